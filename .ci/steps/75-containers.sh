# Runs every store in its container, started by Aspire, and by docker compose from the files that Aspire publishes. Builds the images
# from ../shared/servers under the names that the AppHost requests, so no registry is needed.

servers=$(cd .. && pwd)/shared/servers

engine_answers() { docker info; }

# with_engine: uses a running container engine, else starts one that stops with this script.
with_engine() {
  engine_answers >/dev/null 2>&1 && return 0
  [ "$(id -u)" -eq 0 ] && command -v dockerd >/dev/null || return 1
  start "$work/dockerd.log" dockerd
  wait_for 30 engine_answers
}

compose() { docker-compose --project-name "$project" --project-directory "$work/compose" --file "$work/compose/docker-compose.yaml" "$@"; }

# Publishes as described in docs and deploy/README.md, without any parameters.
publishes() {
  local target
  for target in compose kubernetes; do
    timeout 90 dotnet run --no-build --project Marketing.AppHost -- \
      --operation publish --step publish --output-path "$work/published/$target" --Deployment="$target" || return
    diff --recursive --exclude='.env*' --exclude=values.example.yaml "$work/published/$target" "deploy/$target" || return
  done
}

# Runs the suite of Redis, which starts its own container. The image of Testcontainers' cleaner cannot be pulled, and Debian's engine
# speaks an older API than Testcontainers asks for.
own_container() {
  MARKETING_TEST_CONTAINERS=true TESTCONTAINERS_RYUK_DISABLED=true DOCKER_API_VERSION=$(docker version --format '{{.Server.APIVersion}}') \
    timeout 240 dotnet test --project Marketing.Tests --no-build -- --filter-namespace Marketing.Tests.Stores.Redis | tee "$work/own.log" &&
    grep -qE '^ *skipped: *0 *$' "$work/own.log"
}

on_compose() {
  local folder="$work/compose" port secret name admin key
  project=marketing-ci-$$
  port=$(free_port)
  base="http://localhost:$port"
  mkdir -p "$folder"
  check "publishes the API" dotnet publish Marketing.Api --no-build -c Debug -v q --nologo -o "$folder/api" || return
  check "publishes the worker" dotnet publish Marketing.Ingest --no-build -c Debug -v q --nologo -o "$folder/ingest" || return
  check "builds their images" .ci/images/programs.sh "$folder" || return

  # Fills in the example file as a person would: every line, with a separate secret each.
  while IFS= read -r name; do
    secret=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
    case $name in
      API_IMAGE) secret=marketing-api:ci ;;
      INGEST_IMAGE) secret=marketing-ingest:ci ;;
      ADMIN_KEY) admin=$secret ;;
      GEMINI_API_KEY) secret= ;;
      ALLOWED_HOSTS) secret=api ;;
    esac
    echo "$name=$secret"
  done < <(sed -n 's/^\([A-Z0-9_]*\)=.*/\1/p' deploy/compose/.env.example) >"$folder/.env"
  # Listen on a free port, on this machine only.
  sed "s/\"5080:8080\"/\"127.0.0.1:$port:8080\"/" deploy/compose/docker-compose.yaml >"$folder/docker-compose.yaml"

  if check "docker compose up" compose up -d; then
    answers() { curl -fsS --max-time 5 "$base/health" | jq -e '.status == "healthy"'; }
    makes_key() {
      key=$(curl -fsS --max-time 20 "$base/admin/keys" -H "Authorization: Bearer $admin" -H 'Content-Type: application/json' \
        -d '{"name":"ci","scopes":["interactions:write","recommendations:read","users:write","campaigns:write"]}' | jq -er .key)
    }
    refuses() { [ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 "$base/recommendations/ci-user")" = 401 ]; }
    asked() { curl -fsS --max-time 10 "$base/recommendations/ci-user" -H "X-Api-Key: $key" | jq -e '.basis == "chat" and .campaigns[0].campaignId == "travel-card"'; }
    kept() { curl -fsS --max-time 10 "$base/users/ci-user/export" -H "X-Api-Key: $key" | jq -e '.interactions | length == 1'; }
    wait_for 150 answers && pass "the published system is healthy" || fail "the published system is healthy"
    makes_key && pass "the admin key makes a key" || fail "the admin key makes a key"
    check "answers nobody without a key" refuses
    check "accepts a campaign" curl -fsS --max-time 20 -X PUT "$base/campaigns/travel-card" -H "X-Api-Key: $key" \
      -H 'Content-Type: application/json' -d '{"name":"Travel card","text":"Pay abroad at the real exchange rate"}'
    check "accepts a chat" curl -fsS --max-time 20 "$base/interactions" -H "X-Api-Key: $key" -H 'Content-Type: application/json' \
      -d '{"eventId":"ci-1","userId":"ci-user","type":"chat","text":"which exchange rate do I get abroad?"}'
    wait_for 30 asked && pass "the chat determines the recommendation" || fail "the chat determines the recommendation"
    check "restarts a store" compose restart mongo
    wait_for 60 answers && pass "the system is healthy after that" || fail "the system is healthy after that"
    wait_for 20 kept && pass "the chat survived the restart" || fail "the chat survived the restart"
    check "docker compose down" compose down
    check "docker compose up on the same volumes" compose up -d
    wait_for 90 answers && wait_for 20 asked && pass "the recommendation is unchanged" || fail "the recommendation is unchanged"
    [ "$failed" -eq 0 ] || compose logs --tail 15 --no-color 2>&1 | cut -c1-300 | sed 's/^/        /'
  fi
  check "docker compose down with its volumes" compose down --volumes --timeout 10
}

if [ ! -d "$servers" ]; then
  skip "containers: ../shared/servers is missing"
elif [ "$(dotnet msbuild Marketing.AppHost -getProperty:HasAllAspireIntegrations)" != true ]; then
  skip "containers: the package feed lacks Aspire's integrations"
elif [ "$(id -u)" -ne 0 ]; then
  skip "containers: making the images needs root"
else
  check "publishes the deployment files that are in the repository" publishes
  install_packages dockerd=docker.io debootstrap=debootstrap docker-compose=docker-compose jq=jq
  if with_engine; then
    if check "builds the images" .ci/images/build.sh "$servers"; then
      check "the AppHost runs on containers" env MARKETING_TEST_CONTAINERS=true DOTNET_USE_POLLING_FILE_WATCHER=true timeout 240 \
        dotnet test --project Marketing.Tests --no-build -- --filter-class "Marketing.Tests.Aspire.Integrations.ContainerTests"
      check "a suite starts its server in a container" own_container
      on_compose
    fi
  else
    skip "containers: no container engine runs, and none can be started"
  fi
fi
