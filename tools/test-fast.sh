#!/usr/bin/env bash
# The tests that need no browser, in two halves at once: one for each of two cores.
# Arguments: the command that runs pytest. Each half is printed whole when it is done.
set -uo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
wanted='not browser and not slow'

"$@" -m "$wanted" -p no:cacheprovider tests/hardware tests/web >"$log" 2>&1 &
half=$!
"$@" -m "$wanted" --ignore=tests/hardware --ignore=tests/web
rest=$?
wait "$half"
first=$?
cat "$log"
exit $((first || rest))
