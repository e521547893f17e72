# Shared by the tests that run the program. Sourced, not run:
#
#   . "$(dirname "$0")/../cli/common.sh"
#   use_place golden/tiny_ageing              # a copy of it is now the current folder
#   run check baseline.cfg                    # stdout in $out, stderr in $err, exit code in $code
#   expect_code 0; expect_out 'text'; expect_err 'text'; expect_files 'a.h5 a.h5.json'
#
# Every failure is said and the test goes on; it exits 1 at the end when there was one.
set -u
: "${COHORTFLOW:?path of the program}"
CF_SOURCE=$(cd "${CF_SOURCE:-$(dirname "${BASH_SOURCE[0]}")/../..}" && pwd)
scratch=$(mktemp -d)
mkdir "$scratch/here" && cd "$scratch/here" || exit 70
failures=0 code=0 out='' err=''

before_exit() { :; } # a test may have something to undo
at_exit() {
    local status=$?
    before_exit
    cd / && rm -rf "$scratch"
    [ "$failures" -eq 0 ] || exit 1
    exit $status
}
trap at_exit EXIT

fail() {
    failures=$((failures + 1))
    echo "FAIL ${BASH_SOURCE[-1]##*/}:${BASH_LINENO[-2]}: $*"
}
skip() {
    echo "skipped: $*"
    exit 77
}

# Copy a place of tests/ or scenarios/ here: use_place golden/tiny_ageing, use_place scenarios/east-london
# What places include from the folder above them is there too.
use_place() {
    local from=$CF_SOURCE/tests/$1
    [ -d "$from" ] || from=$CF_SOURCE/$1
    cp -r "$from/." . && cp "$CF_SOURCE/scenarios/indicators.cfg" .. || exit 70
}

run() {
    command_line="cohortflow $*"
    "$COHORTFLOW" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    code=$?
    out=$(tr -d '\0' <"$scratch/out")
    err=$(tr -d '\0' <"$scratch/err")
}

expect_code() {
    [ "$code" -eq "$1" ] || fail "$command_line: exit $code, not $1; it said: ${err:-$out}"
}
expect_out() {
    grep -qF -e "$1" <<<"$out" || fail "$command_line: stdout lacks '$1'; it is: $out"
}
expect_err() {
    grep -qF -e "$1" <<<"$err" || fail "$command_line: stderr lacks '$1'; it is: $err"
}
expect_no_out() { [ -z "$out" ] || fail "$command_line: stdout is not empty: $out"; }
expect_no_err() { [ -z "$err" ] || fail "$command_line: stderr is not empty: $err"; }
# The current folder holds these files and no other: expect_files 'a b' [folder]
expect_files() {
    local there
    there=$(cd "${2:-.}" && find . -mindepth 1 -printf '%P\n' | sort | tr '\n' ' ')
    [ "${there% }" = "$1" ] || fail "files are '${there% }', not '$1'"
}

# One line that changes when anything below a folder does: names, kinds, rights, times, contents.
tree_hash() {
    (cd "$1" && { find . -printf '%y %m %s %T@ %P %l\n' | sort && find . -type f -print0 |
        sort -z | xargs -0 -r sha256sum; }) | sha256sum
}
