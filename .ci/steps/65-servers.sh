# Runs the stores' contract suites on real servers: those of ../shared/servers, and Debian's Redis. Two servers at a time, each
# started empty and stopped before the next. A suite that takes minutes counts as hung.

servers=$(cd .. && pwd)/shared/servers

# suite NAME NAMESPACE VARIABLE=VALUE: runs the tests and adds their counts. Fails when a test is skipped although its server is there.
suite() {
  local log="$work/suite.log" ended ran broke left_out
  env "ConnectionStrings__$3" timeout 600 dotnet test --project Marketing.Tests --no-build -- \
    --filter-namespace "Marketing.Tests.Stores.$2" >"$log" 2>&1 </dev/null
  ended=$?
  tally() { sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
  ran=$(tally succeeded) broke=$(tally failed) left_out=$(tally skipped)
  passed=$((passed + ran)) failed=$((failed + broke)) skipped=$((skipped + left_out))
  say "  $1: $ran passed, $broke failed, $left_out skipped"
  if [ "$ended" -ne 0 ] || [ "$ran" -eq 0 ]; then
    [ "$broke" -gt 0 ] || fail "$1 ended with $ended"
    grep -m 5 -A 4 '^failed ' "$log" | cut -c1-1000 | sed 's/^/        /'
    grep -vE '^ *at |^ *$' "$log" | tail -n 20 | sed 's/^/        /'
  elif grep -q 'needs a real server' "$log"; then
    fail "$1 did not find its server"
  fi
}

# on NAME NAMESPACE VARIABLE=VALUE COMMAND...: starts a server, waits for its line "ready", runs the suite, stops the server.
on() {
  local name=$1 namespace=$2 connection=$3 server_log="$work/server.log"
  shift 3
  start "$server_log" "$@"
  local server=$group
  if wait_for 90 grep -qiE '^ready |ready to accept connections' "$server_log"; then
    suite "$name" "$namespace" "$connection"
  else
    fail "$name did not start"
    tail -n 20 "$server_log" | sed 's/^/        /'
  fi
  stop "$server" TERM
}

on_redis() {
  local port
  port=$(free_port)
  on Redis Redis "redis=127.0.0.1:$port" redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$work"
}

on_log_servers() {
  local port
  port=$(free_port)
  on mongo-java-server Mongo "mongodb=mongodb://127.0.0.1:$port/marketing" "$servers/mongo-java-server/start" --port "$port"
  on FerretDB Mongo "mongodb=mongodb://127.0.0.1:$port/marketing" "$servers/ferretdb/start" --port "$port"
}

on_other_servers() {
  local port
  port=$(free_port)
  on Kafka Kafka "kafka=127.0.0.1:$port" "$servers/kafka/start" --port "$port"
  on BigQuery BigQuery "bigquery=Project=test;Endpoint=http://127.0.0.1:$port" "$servers/bigquery-emulator/start" --port "$port"
  if [ "$(dotnet msbuild Marketing.Stores -getProperty:HasNeo4jDriver)" = true ]; then
    on Neo4j Neo4j "neo4j=bolt://neo4j:for%20tests@127.0.0.1:$port" "$servers/neo4j/start" --port "$port" --password 'for tests'
  else
    skip "Neo4j: the package feed lacks its driver"
  fi
  if [ "$(dotnet msbuild Marketing.Stores -getProperty:HasMilvusClient)" = true ]; then
    on Milvus Milvus "milvus=Endpoint=http://127.0.0.1:$port" "$servers/milvus/start" --port "$port" --data "$work/milvus"
  else
    skip "Milvus: the package feed lacks its client"
  fi
}

install_packages redis-server=redis-server java=openjdk-17-jre-headless
if command -v redis-server >/dev/null 2>&1; then
  on_redis
else
  skip "Redis: redis-server is not installed"
fi

if [ -d "$servers" ]; then
  lane log on_log_servers
  lane other on_other_servers
  join_lanes
else
  skip "MongoDB, Kafka, BigQuery, Neo4j, Milvus: ../shared/servers is missing"
fi
