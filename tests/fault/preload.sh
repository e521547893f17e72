#!/usr/bin/env bash
# Proves: whichever call of a run fails that writes, syncs, names, opens, closes or asks for memory,
# there is a whole file under the name or what was there before; failures that are told leave no
# litter; and a file is on the disk before it has its name, and its name after.
. "$(dirname "$0")/common.sh"
command -v cc >/dev/null || skip "there is no cc"
grep -qaE '__(asan|tsan|msan)_init' "$COHORTFLOW" && skip "a sanitizer has the calls for itself"
cc -std=c17 -O1 -shared -fPIC -o "$scratch/preload.so" "$CF_SOURCE/tests/fault/preload.c" ||
    skip "cc cannot make the library"

use_place golden/tiny_ageing
disk=$scratch/disk log=$scratch/log
mkdir "$disk"
"$COHORTFLOW" run baseline.cfg -o "$scratch/whole.h5" >/dev/null 2>&1 || fail "a run alone failed"
# Something else that verifies, so that it can be told from what the runs make.
"$COHORTFLOW" run "$place/baseline.cfg" -o "$scratch/earlier.h5" >/dev/null 2>&1 ||
    fail "a run of another place failed"

# A run into $disk in which call $2 of kind $1 fails; $code is how it ended.
run_with() {
    rm -f "$log"
    { CF_FAULT_CALL=$1 CF_FAULT_AT=$2 CF_FAULT_LOG=$log LD_PRELOAD=$scratch/preload.so \
        "$COHORTFLOW" run baseline.cfg --threads 1 -o "$disk/out.h5" >"$scratch/out" 2>&1; } 2>/dev/null
    code=$?
}
count() { sed -n "s/^count $1 //p" "$log"; }

# What is there after a run in which $1 failed: `new`, `earlier`, `none`, or something else.
found() {
    if [ ! -e "$disk/out.h5" ]; then
        echo none
    elif cmp -s "$disk/out.h5" "$scratch/whole.h5"; then
        "$COHORTFLOW" verify "$disk/out.h5" >/dev/null 2>&1 && echo new || echo "new, not verified"
    elif cmp -s "$disk/out.h5" "$scratch/earlier.h5"; then
        echo earlier
    else
        echo damaged
    fi
}
litter() { find "$disk" -mindepth 1 ! -name out.h5 ! -name out.h5.json -printf '%P '; }

# Memory that is out ends the program where it stands (70), and where a library does not survive it,
# it crashes: then litter is left for the next run, and the file may have its name already.
try() { # KIND N BEFORE
    rm -rf "${disk:?}"/*
    if [ "$3" = earlier ]; then cp "$scratch/earlier.h5" "$disk/out.h5"; fi
    run_with "$1" "$2"
    local is seen="$1 $2 of ${n:-?}, $3 before: exit $code"
    is=$(found)
    case "$1 $code" in
    *\ 0) [ "$is" = new ] || fail "$seen, and the file is $is" ;;
    *\ 73 | *\ 74 | open\ 3 | memory\ 3) [ "$is" = "$3" ] || fail "$seen, and the file is $is" ;;
    memory\ 70 | library\ *) [ "$is" = "$3" ] || [ "$is" = new ] || fail "$seen, and the file is $is" ;;
    # HDF5 crashes at the end of the process when a close of its failed; all of ours is done by then.
    close\ 139) [ "$is" = "$3" ] || [ "$is" = new ] || fail "$seen, and the file is $is" ;;
    *) fail "$seen; it said: $(tail -n 3 "$scratch/out")" ;;
    esac
    case "$1 $code" in
    memory\ 70 | library\ *) ;;
    *) [ -z "$(litter)" ] || fail "$seen, and left $(litter)" ;;
    esac
    ended[code]=$((${ended[code]:-0} + 1))
    if grep -qx failed "$log"; then failed=$((${failed:-0} + 1)); fi
}

# ---- the order of a good run ----
run_with none 0
if [ "$code" -ne 0 ] || [ "$(found)" != new ]; then fail "a run that is only counted: exit $code"; fi
awk -v folder="$(readlink -f "$disk")" '
    $1 == "write" || $1 == "fsync" { last[$2] = $1 }
    $1 == "fsync" && $2 == folder { unsynced = 0 }
    $1 == "rename" {
        if (last[folder "/" $2] != "fsync") wrong = wrong " " $2 " is named before it is synced;"
        unsynced = 1; renames++
    }
    $1 == "rename" && $3 == "out.h5" { named = 1 }
    # Its name is on the disk before anything else is begun.
    $1 == "write" && unsynced && $2 ~ "^" folder { wrong = wrong " " $2 " is written before the folder is synced;" }
    END {
        if (unsynced) wrong = wrong " the folder is not synced after a rename;"
        if (!named || renames != 2) wrong = wrong " " renames " renames;"
        if (wrong) { print wrong; exit 1 }
    }' "$log" >"$scratch/order" || fail "the order of the calls:$(cat "$scratch/order")"
cp "$log" "$scratch/good"

# ---- every call ----
failed=0
ended=()
for kind in fsync rename write close open truncate; do
    n=$(sed -n "s/^count $kind //p" "$scratch/good")
    [ "$n" -gt 0 ] || fail "no call of $kind was counted"
    for k in $(seq "$n"); do
        try "$kind" "$k" none
        try "$kind" "$k" earlier
    done
done
# ---- a sample of the memory: the first ones, then even steps ----
for kind in memory library; do
    n=$(sed -n "s/^count $kind //p" "$scratch/good")
    before=earlier
    for k in 1 2 3 5 8 $(seq 13 $((n / 45 + 1)) "$n"); do
        try "$kind" "$k" $before
        [ $before = earlier ] && before=none || before=earlier
    done
done
[ "$failed" -gt 100 ] || fail "only $failed calls failed"
for k in 73 74 70; do [ "${ended[k]:-0}" -gt 1 ] || fail "no run ended with $k"; done
for k in "${!ended[@]}"; do printf 'exit %s: %s  ' "$k" "${ended[k]}"; done
echo "; $failed calls failed"
