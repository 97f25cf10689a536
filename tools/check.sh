#!/usr/bin/env bash
# Lint, types, contracts, spelling, generated documents. Every check is run; the exit
# status says whether one of them found something.
set -uo pipefail

bin=${BIN:-.venv/bin}
failed=()

run() {
    local name=$1
    shift
    echo "== $name"
    "$@" || failed+=("$name")
}

mapfile -t scripts < <(git ls-files '*.sh' .ci/run)

run "ruff check" "$bin/ruff" check --quiet .
run "ruff format" "$bin/ruff" format --quiet --check .
run "mypy" "$bin/mypy"
run "import contracts" "$bin/lint-imports"
run "codespell" "$bin/codespell"
run "large files and keys" "$bin/python" -m tools.guard
run "generated documents" env BIN="$bin" bash tools/docs.sh --check
if command -v shellcheck >/dev/null; then
    run "shellcheck" shellcheck "${scripts[@]}"
else
    echo "== shellcheck (not installed, left out)"
fi

if [[ ${#failed[@]} -gt 0 ]]; then
    echo "make check: failed: $(printf '%s, ' "${failed[@]}" | sed 's/, $//')" >&2
    exit 1
fi
