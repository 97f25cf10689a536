#!/usr/bin/env bash
# Make sure that the named Debian packages are there: install them where that is
# allowed, otherwise say in one line exactly what to type and exit 1.
#
# usage: debian-packages.sh PACKAGE...
set -euo pipefail

is_here() {
    case $1 in
    libatomic1) python3 -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null ;;
    systemd) command -v systemd-analyze >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

lacking=()
for package in "$@"; do
    is_here "$package" || lacking+=("$package")
done
[[ ${#lacking[@]} -eq 0 ]] && exit 0

as_root=()
if [[ $EUID -ne 0 ]]; then
    as_root=(sudo)
fi

give_up() {
    echo "make test: not all Debian packages are here; type: ${as_root[*]:+${as_root[*]} }apt-get install ${lacking[*]}" >&2
    exit 1
}

command -v apt-get >/dev/null || give_up
[[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null || give_up

echo "make test: installing ${lacking[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
{
    "${as_root[@]}" apt-get update &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends "${lacking[@]}"
} >"$log" 2>&1 </dev/null || give_up
