# The README's second command. Adds its test counts to the totals.

say "  dotnet test"
timeout 1500 dotnet test >"$work/test.log" 2>&1 </dev/null
test_exit=$?
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\) *$/\1/p" "$work/test.log" | awk '{ n += $1 } END { print n + 0 }'; }
tests_passed=$(count succeeded) tests_failed=$(count failed) tests_skipped=$(count skipped)
passed=$((passed + tests_passed)) failed=$((failed + tests_failed)) skipped=$((skipped + tests_skipped))
say "  $tests_passed passed, $tests_failed failed, $tests_skipped skipped"
if [ "$test_exit" -ne 0 ] || [ "$tests_passed" -eq 0 ]; then
  [ "$tests_failed" -gt 0 ] || fail "dotnet test ended with $test_exit"
  grep -iE '^ *failed |error|exception' "$work/test.log" | head -n 60
fi
