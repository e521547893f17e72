# Shared by the tests of the source tree: which files there are. Sourced, not run.
set -euo pipefail
cd "${CF_SOURCE:-$(dirname "${BASH_SOURCE[0]}")/../..}"

# Every file of the project, relative, sorted: without builds, results and hidden folders.
project_files() {
    find . \( -path './build*' -o -path ./results -o -path './.*' ! -path ./.ci \) -type d -prune \
        -o -type f ! -name .git ! -name '*.h5' ! -name '*.h5.json' -printf '%P\n' | sort
}

# Those with one of the endings: files_named c h sh
files_named() {
    local endings
    endings=$(IFS='|' && echo "$*")
    project_files | grep -E "\.($endings)$" || true
}

skip() {
    echo "skipped: $*"
    exit 77
}
