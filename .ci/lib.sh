# Helpers for the steps: count results, wait for conditions, start and stop processes. Sourced by .ci/run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
export CI=${CI:-true}

passed=0 failed=0 skipped=0
work=$(mktemp -d)
groups=() lanes=()

say() { printf '%s\n' "$*"; }
pass() { passed=$((passed + 1)); say "  pass  $*"; }
fail() { failed=$((failed + 1)); say "  FAIL  $*"; }
skip() { skipped=$((skipped + 1)); say "  skip  $*"; }

# check NAME COMMAND...: passes when the command succeeds; else shows the failed tests and the end of its output.
check() {
  local name=$1 log="$work/check.log"
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    pass "$name"
  else
    fail "$name (exit $?)"
    grep -m 5 -A 4 '^failed ' "$log" | cut -c1-1000 | sed 's/^/        /'
    tail -n 30 "$log" | sed 's/^/        /'
    return 1
  fi
}

# expect NAME ACTUAL EXPECTED
expect() {
  if [ "$2" = "$3" ]; then pass "$1"; else fail "$1: got '$2', not '$3'"; return 1; fi
}

# expect_in NAME TEXT PART
expect_in() {
  case $2 in
    *"$3"*) pass "$1" ;;
    *) fail "$1: no '$3' in '$(printf '%.400s' "$2")'"; return 1 ;;
  esac
}

# wait_for SECONDS COMMAND...: retries the command four times a second until it succeeds.
wait_for() {
  local until=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.25
  done
}

# Pick ports below the ephemeral range, so that no outgoing connection can take one before the server listens on it.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
  done
}

# start LOG COMMAND...: runs a command in its own process group and sets $group to the group id. Restores SIGINT, which background
# jobs ignore, and empties the log first, so that no old "ready" line is taken for a new one.
start() {
  local log=$1
  shift
  : >"$log"
  setsid env --default-signal=INT "$@" >>"$log" 2>&1 </dev/null &
  group=$!
  groups+=("$group")
}

group_is_gone() { ! kill -0 -- "-$1" 2>/dev/null; }

# stop GROUP SIGNAL: stops a process group created by start and waits for it. Returns its exit code.
stop() {
  kill "-$2" -- "-$1" 2>/dev/null
  wait_for 30 group_is_gone "$1" || kill -KILL -- "-$1" 2>/dev/null
  { wait "$1"; } 2>/dev/null
}

# install_packages COMMAND=PACKAGE...: installs the distribution packages whose command is missing.
install_packages() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  DEBIAN_FRONTEND=noninteractive $sudo apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 </dev/null \
    || say "  could not install: ${missing[*]}"
}

# lane NAME COMMAND...: runs a command beside the others, with its own counts, output and work folder. See join_lanes.
lane() {
  local name=$1
  shift
  (
    work="$work/$name" groups=() passed=0 failed=0 skipped=0
    mkdir -p "$work"
    trap stop_groups EXIT
    trap 'exit 130' INT TERM
    "$@"
    printf '%s %s %s\n' "$passed" "$failed" "$skipped" >"$work/counts"
  ) >"$work/$name.out" 2>&1 </dev/null &
  lanes+=("$name:$!")
}

# join_lanes: waits for the lanes, shows their output one after another, and adds their counts.
join_lanes() {
  local one name p f s
  for one in "${lanes[@]}"; do
    name=${one%:*}
    wait "${one#*:}"
    cat "$work/$name.out"
    if read -r p f s <"$work/$name/counts"; then
      passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    else
      fail "$name did not end"
    fi
  done
  lanes=()
}

stop_groups() {
  local g
  for g in ${groups[@]+"${groups[@]}"}; do
    kill -TERM -- "-$g" 2>/dev/null
  done
  for g in ${groups[@]+"${groups[@]}"}; do
    wait_for 10 group_is_gone "$g" || kill -KILL -- "-$g" 2>/dev/null
  done
}

cleanup() {
  local one
  for one in ${lanes[@]+"${lanes[@]}"}; do
    kill -TERM "${one#*:}" 2>/dev/null
    wait "${one#*:}" 2>/dev/null
  done
  stop_groups
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

finish() {
  cleanup
  trap - EXIT
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}
