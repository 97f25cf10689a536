#!/usr/bin/env bash
# Write the generated parts of the documents; with --check only say whether they are
# as they would be written.
set -euo pipefail

bin=${BIN:-.venv/bin}
mode=${1:-}
status=0

mapfile -t documents < <(grep -rl --include='*.md' '\[\[\[cog' README.md docs)
if [[ ${#documents[@]} -gt 0 ]]; then
    if [[ $mode == --check ]]; then
        PYTHONPATH=. "$bin/cog" --check --check-fail-msg="type: make docs" "${documents[@]}" || status=1
    else
        PYTHONPATH=. "$bin/cog" -r "${documents[@]}"
    fi
fi
"$bin/python" -m tools.requirements ${mode:+"$mode"} || status=1
exit "$status"
