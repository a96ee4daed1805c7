# Counting, waiting, and starting and ending processes, for the steps. Sourced by .ci/run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
export CI=${CI:-true}

passed=0 failed=0 skipped=0
work=$(mktemp -d)
groups=()

say() { printf '%s\n' "$*"; }
pass() { passed=$((passed + 1)); say "  pass  $*"; }
fail() { failed=$((failed + 1)); say "  FAIL  $*"; }
skip() { skipped=$((skipped + 1)); say "  skip  $*"; }

# check NAME COMMAND...: passes when the command does; when it does not, shows the tests that failed and the end of its output.
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

# wait_for SECONDS COMMAND...: tries four times a second until the command succeeds.
wait_for() {
  local until=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.25
  done
}

# Below what the system gives to clients: such a port is free for who connects to it, and taken for who listens.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
  done
}

# start LOG COMMAND...: runs a command in a process group of its own, whose number is then in $group.
# A background job ignores Ctrl-C unless told otherwise. The log is emptied before it starts: what was ready before it is not.
start() {
  local log=$1
  shift
  : >"$log"
  setsid env --default-signal=INT "$@" >>"$log" 2>&1 </dev/null &
  group=$!
  groups+=("$group")
}

group_is_gone() { ! kill -0 -- "-$1" 2>/dev/null; }

# stop GROUP SIGNAL: ends a process group that start made, and waits for it. Its exit code is the result.
stop() {
  kill "-$2" -- "-$1" 2>/dev/null
  wait_for 30 group_is_gone "$1" || kill -KILL -- "-$1" 2>/dev/null
  { wait "$1"; } 2>/dev/null
}

# install_packages COMMAND=PACKAGE...: from the distribution, those whose command is absent.
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

cleanup() {
  local g
  for g in ${groups[@]+"${groups[@]}"}; do
    kill -TERM -- "-$g" 2>/dev/null
  done
  for g in ${groups[@]+"${groups[@]}"}; do
    wait_for 10 group_is_gone "$g" || kill -KILL -- "-$g" 2>/dev/null
  done
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
