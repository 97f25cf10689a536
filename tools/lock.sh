#!/usr/bin/env bash
# Resolve requirements.txt (what runs) and requirements-dev.txt (that, and what checks
# it) from pyproject.toml: for every Python from 3.11 and every machine at once, with
# the hashes of all files of each release, so that one lock serves laptop and Pi.
set -euo pipefail

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" --disable-pip-version-check --quiet install uv

# Nothing of this machine's own package sources may end in the lock.
unset UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONSTRAINT

compile() {
    local target=$1
    shift
    "$scratch/venv/bin/uv" pip compile pyproject.toml "$@" \
        --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-emit-index-url --no-emit-find-links --no-annotate \
        --custom-compile-command "make lock" \
        --quiet --output-file "$target"
}

compile requirements.txt --group build
compile requirements-dev.txt --group build --group dev --constraint requirements.txt
