#!/usr/bin/env bash
# Python packages into $VENV, exactly as locked, and the program itself. Run again, it
# sees by a stamp that nothing has changed and does nothing.
set -euo pipefail

python=${PYTHON:-python3}
venv=${VENV:-.venv}
stamp=$venv/.hometime-stamp

fail() {
    echo "make setup: $1" >&2
    exit 1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

version=$(version_of "$python") || fail "no $python here; type: sudo apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$python is Python $version, wanted 3.11 or later; type: make setup PYTHON=python3.11"

# Where the tree lies is part of the key: the program is installed as a link to it.
key=$("$python" - "$version $PWD" <<'END'
import hashlib, pathlib, sys
seen = hashlib.sha256(sys.argv[1].encode())
for name in ("requirements-dev.txt", "pyproject.toml", "tools/setup.sh"):
    seen.update(pathlib.Path(name).read_bytes())
print(seen.hexdigest())
END
)
if [[ -x $venv/bin/hometime && -f $stamp && $(<"$stamp") == "$key" ]]; then
    exit 0
fi

if [[ ! -x $venv/bin/python || $(version_of "$venv/bin/python") != "$version" ]]; then
    echo "make setup: Python $version into $venv"
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 || {
        rm -rf "$venv"
        fail "Python cannot make a virtual environment; type: sudo apt-get install python3-venv"
    }
fi

echo "make setup: the locked packages (a minute or two)"
rm -f "$stamp"
log=$venv/hometime-setup.log
pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check install --no-deps "$@" >>"$log" 2>&1 || {
        cat "$log" >&2
        fail "the packages could not be installed (see above); check the network, then type: make setup"
    }
}
: >"$log"
# --no-deps: the lock is complete but for RPi.GPIO, which mfrc522 asks for and which
# must not be here (hardware/pi/ says why).
pip --require-hashes -r requirements-dev.txt
pip --no-build-isolation --editable .
echo "$key" >"$stamp"
