# Tests faults of real servers under load, error messages of programs that cannot start, every mix of servers, and the two profiles
# side by side. The tests start the servers themselves. CI runs a selection of faults; MARKETING_FAULTS=all runs every one.

servers=$(cd .. && pwd)/shared/servers

# on_servers NAME SECONDS FILTER...: runs the tests that start servers and adds their counts. Fails when a test is skipped for lack of
# servers.
on_servers() {
  local name=$1 limit=$2 log="$work/faults.log" ended
  shift 2
  MARKETING_SERVERS=$servers timeout "$limit" dotnet test --project Marketing.Tests --no-build -- "$@" >"$log" 2>&1 </dev/null
  ended=$?
  tally() { sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
  local ran broke left_out
  ran=$(tally succeeded) broke=$(tally failed) left_out=$(tally skipped)
  passed=$((passed + ran)) failed=$((failed + broke)) skipped=$((skipped + left_out))
  say "  $name: $ran passed, $broke failed, $left_out skipped"
  if [ "$ended" -ne 0 ] || [ "$ran" -eq 0 ]; then
    [ "$broke" -gt 0 ] || fail "$name ended with $ended"
    grep -vE '^ *at |^ *$' "$log" | tail -n 60 | sed 's/^/        /'
  elif grep -q 'starts real servers' "$log"; then
    fail "$name did not find the servers"
  fi
}

install_packages redis-server=redis-server java=openjdk-17-jre-headless
if [ ! -d "$servers" ]; then
  skip "faults, refusals, mixes, profiles: ../shared/servers is missing"
elif ! command -v redis-server >/dev/null 2>&1; then
  skip "faults, refusals, mixes, profiles: redis-server is not installed"
elif [ "$(dotnet msbuild Marketing.Stores -getProperty:HasServerDrivers)" != true ]; then
  skip "faults, refusals, mixes, profiles: the package feed lacks the drivers of Neo4j and Milvus"
else
  on_servers Faults 900 --filter-class Marketing.Tests.Faults.FaultTests --filter-class Marketing.Tests.Faults.TwoOfEachTests
  on_servers Refusals 400 --filter-class Marketing.Tests.Startup.RefusedTests
  lane mixes on_servers Mixes 400 --filter-class Marketing.Tests.Startup.CombinationTests
  lane profiles on_servers Profiles 900 --filter-class Marketing.Tests.Profiles.ProfileEqualityTests
  join_lanes
fi
