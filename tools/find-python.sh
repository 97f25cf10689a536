#!/usr/bin/env bash
# Print a command that starts the wanted Python; exit 1 where there is none.
#
# usage: find-python.sh 3.13
set -euo pipefail
wanted=$1

if "python$wanted" -c '' 2>/dev/null; then
    command -v "python$wanted"
    exit
fi
# pyenv keeps versions that are installed but not switched on.
command -v pyenv >/dev/null || exit 1
installed=$(pyenv versions --bare | grep "^${wanted//./\\.}\\." | tail -n 1) || exit 1
PYENV_VERSION=$installed pyenv which "python$wanted"
