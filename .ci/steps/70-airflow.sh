# Runs each DAG of deploy/airflow in Airflow against a running API: it succeeds when all is well, and fails when a projection
# differs from the log.

airflow=../shared/servers/airflow/airflow
if [ ! -x "$airflow" ] || ! command -v python3.11 >/dev/null; then
  skip "Airflow or its Python 3.11 is not here"
else
  airflow=$(realpath "$airflow")
  install_packages sqlite3=sqlite3
  data="$work/airflow-data" port=$(free_port) key=ci-key-of-airflow-0123456789abcdef
  base="http://127.0.0.1:$port"
  mkdir -p "$work/airflow"
  export AIRFLOW_HOME="$work/airflow" AIRFLOW__CORE__DAGS_FOLDER="$PWD/deploy/airflow/dags" MARKETING_DEADLINES=off
  export AIRFLOW_CONN_MARKETING_API="{\"conn_type\":\"http\",\"host\":\"$base\",\"extra\":{\"Authorization\":\"Bearer $key\"}}"

  serve() {
    start "$work/airflow-api.log" env Storage__DataDirectory="$data" ASPNETCORE_URLS="$base" Jobs__Enabled=false \
      Access__Keys__0__Name=airflow Access__Keys__0__Key="$key" Access__Keys__0__Scopes="admin campaigns:read recommendations:read" \
      dotnet run --no-build --no-launch-profile --project Marketing.Api
    api=$group
    wait_for 120 curl -fsS -o /dev/null "$base/health"
  }
  quiet() { curl -fsS "$base/health" | jq -e '.checks.queue.description == "nothing pending"'; }
  run_dag() { timeout 180 "$airflow" dags test "$1"; }

  check "the API serves for Airflow" serve
  wait_for 60 quiet
  expect_in "the DAG files import" "$("$airflow" dags list-import-errors 2>/dev/null)" "No data found"
  for dag in marketing_micro_batch marketing_sanity marketing_consistency marketing_retention; do
    check "Airflow runs $dag: green" run_dag "$dag"
  done

  stop "$api" TERM
  sqlite3 "$data/graph.db" 'DELETE FROM adjacency'
  check "the API serves a graph that has lost its edges" serve
  # One attempt is enough to see the failure; the DAG's own retries are for requests that get no response.
  if run_dag marketing_consistency >"$work/red.log" 2>&1; then
    fail "Airflow's marketing_consistency is red when a projection differs"
  else
    expect_in "Airflow's marketing_consistency is red and names the projection" "$(cat "$work/red.log")" "Projections differ from the log. graph"
  fi
  stop "$api" TERM
fi
