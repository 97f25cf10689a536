#!/usr/bin/env bash
# One part of the tests in two halves at once, one for each of two cores: the second is
# printed whole when it is done. A file that nobody names here is in the first.
# Arguments: fast or browser, then the command that runs pytest.
set -uo pipefail

part=$1
shift
case $part in
fast)
    wanted='not browser and not slow'
    second=(tests/hardware tests/web tests/stories tests/controller/{config,journal,people,roll})
    ;;
browser)
    wanted='browser or slow'
    second=(tests/web tests/browser/test_{custody_class,own_devices,release_desk}.py
        tests/browser/test_staff_{records,today}.py)
    ;;
*)
    echo "tools/test-halves.sh: no part '$part': fast or browser" >&2
    exit 2
    ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" -m "$wanted" -p no:cacheprovider "${second[@]}" >"$log" 2>&1 &
half=$!
"$@" -m "$wanted" "${second[@]/#/--ignore=}"
first=$?
wait "$half"
other=$?
cat "$log"
exit $((first || other))
