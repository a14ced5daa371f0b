#!/bin/sh
# Installs whatever is missing, and starts nothing: `./setup.sh` what running needs, `./setup.sh test` what the
# tests need as well. A step is done again only when the file it is done from has changed.
set -eu
cd "$(dirname "$0")"
log=$PWD/setup.log

say() { echo "Koolle: $*" >&2; }
stop() { say "$*"; exit 1; }

# step STAMP FILE COMMAND...: runs COMMAND unless STAMP says that it was done from this very FILE.
step() {
    stamp=$1 file=$2 from=$(sha256sum "$2")
    shift 2
    [ "$(cat "$stamp" 2>/dev/null)" = "$from" ] && return
    say "installing from $file ..."
    "$@" >"$log" 2>&1 || stop "needs what $file names, and could not install it (no network?). The reasons are in $log"
    echo "$from" >"$stamp"
}

# --- Python and the Debian packages ---

python=
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && python=$candidate && break
done
[ "$python" ] || stop "needs Python 3.11 or newer (on Debian and Ubuntu: apt-get install python3)."

# What is asked for is the file that gets used, for the package's name differs between releases.
needed="libpango-1.0.so.0=libpango-1.0-0 libpangoft2-1.0.so.0=libpangoft2-1.0-0
    libharfbuzz-subset.so.0=libharfbuzz-subset0"
[ "${1:-}" = test ] && needed="$needed /usr/bin/chromium=chromium libatomic.so.1=libatomic1 libical.so.3=libical3
    /usr/bin/pdftotext=poppler-utils /usr/lib/dovecot/imap=dovecot-imapd"
missing=$("$python" - $needed <<'PYTHON'
import ctypes, os, sys

def there(file):
    try:
        return os.path.exists(file) if file.startswith("/") else bool(ctypes.CDLL(file))
    except OSError:
        return False

print(*(package for file, package in (need.split("=") for need in sys.argv[1:]) if not there(file)))
PYTHON
)
# Debian keeps ensurepip in a package of its own; a pip from anywhere does instead.
[ -x .venv/bin/python ] || "$python" -c 'import ensurepip' 2>/dev/null || pip --python "$python" --version >/dev/null 2>&1 ||
    missing="${missing:+$missing }$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"

if [ "$missing" ]; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    command -v apt-get >/dev/null || stop "needs these packages, and there is no apt-get to install them with: $missing"
    $as_root true 2>/dev/null || stop "needs packages that only root can install. Run: sudo apt-get install $missing"
    say "installing $missing ..."
    { $as_root apt-get update -q &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
    } >"$log" 2>&1 || stop "needs packages that could not be installed (no network?): $missing. The reasons are in $log"
fi

# --- Python packages, in .venv ---

pip() {
    if [ -x .venv/bin/pip ]; then .venv/bin/python -m pip "$@"; else command pip --python .venv/bin/python "$@"; fi
}
packages() { pip install --disable-pip-version-check --no-input --require-hashes -r "$1"; }

# A .venv from a folder that was moved or copied, or whose Python is gone, is made anew.
if ! [ "$(cat .venv/.made 2>/dev/null)" = "$PWD" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    "$python" -m venv --clear .venv >"$log" 2>&1 || "$python" -m venv --clear --without-pip .venv
    echo "$PWD" >.venv/.made
fi
step .venv/.packages requirements.txt packages requirements.txt
[ "${1:-}" = test ] && step .venv/.packages-dev requirements-dev.txt packages requirements-dev.txt
step .venv/.koolle pyproject.toml pip install --disable-pip-version-check --no-deps --no-build-isolation -e .

# --- What browsers are served, in node_modules ---

npm_ci() {
    if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; }; then
        packages requirements-node.txt
        PATH=$PWD/.venv/bin:$PATH
    fi
    npm ci --ignore-scripts
}

step node_modules/.made package-lock.json npm_ci
