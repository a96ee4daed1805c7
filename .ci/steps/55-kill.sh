# Kills the processes at random moments under writes and erasures: nothing acknowledged is lost. docs/reliability.md has a run of 1,000.

check "nothing is lost, duplicated or inconsistent after 10 kills" timeout 180 \
  dotnet run --no-build --project Marketing.Benchmarks -- kill --count 10 --check-every 5 --port "$(free_port)"
