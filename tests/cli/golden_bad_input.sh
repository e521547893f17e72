#!/usr/bin/env bash
# Proves: each wrong input is told exactly, all in one pass, and changes nothing on disk.
#
# A case is a folder of tests/golden/bad_input. What it holds is laid over the valid place `base`,
# but for: over (another case, whose files are laid under these), remove (files to take away),
# setup.sh (run in the place, for what git cannot keep), args (of `cohortflow check`, else
# baseline.cfg), exit (code, else 3), expected.txt (stderr, exactly), code (the codes of all
# messages, but for notices that the base has as well).
#
#   golden_bad_input.sh [case...]            compare
#   golden_bad_input.sh --update [case...]   write expected.txt and code, for review
. "$(dirname "$0")/common.sh"
cases=$CF_SOURCE/tests/golden/bad_input
update=0
if [ "${1:-}" = --update ]; then
    update=1
    shift
fi

# Severity and code of each kind of message that --json has printed.
kinds() {
    awk -F'"' '$2 == "severity" { severity = $4 } $2 == "code" { print severity, $4 }' <<<"$out" |
        sort -u
}

check_case() {
    local name=$1 case=$cases/$1 place=$scratch/$1 args=(baseline.cfg) wanted=3 before
    mkdir "$place" && cp -r "$cases/base/." "$place" && cd "$place" || exit 70
    if [ -f "$case/over" ]; then
        cp -r "$cases/$(<"$case/over")/." . || exit 70
        rm -f remove setup.sh args exit
    fi
    cp -r "$case/." . || exit 70
    if [ -f remove ]; then xargs -r rm -r -- <remove; fi
    if [ -f setup.sh ]; then
        sh -e ./setup.sh || fail "$name: setup.sh failed"
    fi
    if [ -f args ]; then read -r -a args <args; fi
    if [ -f exit ]; then read -r wanted <./exit; fi
    rm -f over remove setup.sh args exit expected.txt code

    before=$(tree_hash .)
    run check --json "${args[@]}"
    kinds | comm -23 - "$scratch/base_kinds" | awk '{ print $2 }' | sort -u | xargs >"$scratch/code"
    [ "$code" -eq "$wanted" ] || fail "$name: exit $code, not $wanted; it said: $err"
    [ "$(tree_hash .)" = "$before" ] || fail "$name: something on disk has changed"
    if [ $update = 1 ]; then
        cp "$scratch/err" "$case/expected.txt"
        cp "$scratch/code" "$case/code"
    else
        diff -u --label "$name/expected.txt" --label "$name as it is" "$case/expected.txt" \
            "$scratch/err" || fail "$name: the messages differ"
        diff -u --label "$name/code" --label "$name as it is" "$case/code" "$scratch/code" ||
            fail "$name: the codes differ"
    fi
    cd "$scratch" && chmod -R u+rwX "$place" && rm -rf "$place"
}

use_place golden/bad_input/base
run check --json baseline.cfg
expect_code 0
kinds >"$scratch/base_kinds"

if [ $# -eq 0 ]; then
    for folder in "$cases"/*/; do
        folder=$(basename "$folder")
        [ "$folder" = base ] || set -- "$@" "$folder"
    done
fi
[ $# -gt 0 ] || fail "no cases"
for name; do check_case "$name"; done
echo "$# cases"
