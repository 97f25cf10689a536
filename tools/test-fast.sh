#!/usr/bin/env bash
# The tests that need no browser, in two halves at once: one for each of two cores.
# Arguments: the command that runs pytest. Each half is printed whole when it is done.
set -uo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
wanted='not browser and not slow'
apart=(tests/hardware tests/web tests/stories tests/controller/{config,journal,people,roll})

"$@" -m "$wanted" -p no:cacheprovider "${apart[@]}" >"$log" 2>&1 &
half=$!
"$@" -m "$wanted" "${apart[@]/#/--ignore=}"
rest=$?
wait "$half"
first=$?
cat "$log"
exit $((first || rest))
