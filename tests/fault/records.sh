#!/usr/bin/env bash
# Proves: whichever call of a run with draws fails that writes, syncs, names, links, opens or closes,
# or however little room there is, there is a whole file under the name or what was there before; and
# the same call then makes the whole file of what was kept.
. "$(dirname "$0")/common.sh"
command -v cc >/dev/null || skip "there is no cc"
grep -qaE '__(asan|tsan|msan)_init' "$COHORTFLOW" && skip "a sanitizer has the calls for itself"
cc -std=c17 -O1 -shared -fPIC -o "$scratch/preload.so" "$CF_SOURCE/tests/fault/preload.c" ||
    skip "cc cannot make the library"
use_place golden/tiny_places
cat >rooms.cfg <<'CFG'
extends = "baseline.cfg";
uncertain = ( { name = "rooms"; field = "places"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.5; by = [ "site", "line" ]; } );
design = { kind = "montecarlo"; draws = 40; seed = 1; };
CFG
disk=$scratch/disk log=$scratch/log
mkdir "$disk"
"$COHORTFLOW" run -q rooms.cfg -o "$scratch/whole.h5" || fail "a run alone failed"
"$COHORTFLOW" run -q baseline.cfg -o "$scratch/earlier.h5" || fail "a run of another scenario failed"

# After a run that ended with $1, $2 before it: whole, or as it was; then the same call again.
look() {
    local is=none
    if [ -e "$disk/out.h5" ]; then
        is=damaged
        if cmp -s "$disk/out.h5" "$scratch/whole.h5"; then is=new; fi
        if cmp -s "$disk/out.h5" "$scratch/earlier.h5"; then is=earlier; fi
    fi
    case "$1" in
    0) [ $is = new ] || fail "$seen: exit 0, and the file is $is" ;;
    73 | 74 | 3) [ $is = "$2" ] || fail "$seen: exit $1, and the file is $is; it said: $(tail -n 3 "$scratch/out")" ;;
    139) [ $is = "$2" ] || [ $is = new ] || fail "$seen: exit $1, and the file is $is" ;; # see preload.sh
    *) fail "$seen: exit $1; it said: $(tail -n 3 "$scratch/out")" ;;
    esac
    if [ "$1" != 139 ] && [ -e "$disk/out.h5.cohortflow-tmp" ]; then fail "$seen: exit $1, and litter"; fi
    ended[$1]=$((${ended[$1]:-0} + 1))
    if [ -e "$disk/out.h5.part" ]; then kept=$((kept + 1)); fi
    "$COHORTFLOW" run -q rooms.cfg -o "$disk/out.h5" >"$scratch/again" 2>&1 ||
        fail "$seen: exit $1, and the same call fails then: $(cat "$scratch/again")"
    cmp "$disk/out.h5" "$scratch/whole.h5" || fail "$seen: the same call then makes another file"
    expect_files 'out.h5 out.h5.json' "$disk"
}
prepare() {
    rm -rf "${disk:?}"/*
    if [ "$1" = earlier ]; then cp "$scratch/earlier.h5" "$disk/out.h5"; fi
}
run_with() {
    rm -f "$log"
    { CF_FAULT_CALL=$1 CF_FAULT_AT=$2 CF_FAULT_LOG=$log LD_PRELOAD=$scratch/preload.so \
        "$COHORTFLOW" run rooms.cfg --threads 1 -o "$disk/out.h5" >"$scratch/out" 2>&1; } 2>/dev/null
    code=$?
}

ended=() kept=0 n_failed=0
prepare none
run_with none 0
seen='nothing fails'
look $code none
cp "$log" "$scratch/good"
for kind in fsync rename link write close open truncate; do
    n=$(sed -n "s/^count $kind //p" "$scratch/good")
    [ "${n:-0}" -gt 0 ] || fail "no call of $kind was counted"
    step=$((n / 60 + 1)) # HDF5 writes in many small pieces
    for k in $(seq 1 $step "$n"); do
        before=none
        if [ $((k / step % 2)) -eq 0 ]; then before=earlier; fi
        prepare $before
        run_with $kind "$k"
        seen="$kind $k of $n, $before before"
        if grep -qx failed "$log"; then n_failed=$((n_failed + 1)); fi
        look $code $before
    done
done
[ $n_failed -gt 80 ] || fail "only $n_failed calls failed"

# ---- a limit on the size of files, from nothing to more than is needed ----
size=$(($(stat -c %s "$scratch/whole.h5") / 1024 + 1))
for i in $(seq 0 24); do
    limit=$((i < 9 ? i : size * (i - 8) / 15 + 1))
    before=none
    if [ $((i % 2)) -eq 0 ]; then before=earlier; fi
    prepare $before
    (ulimit -f $limit && exec "$COHORTFLOW" run rooms.cfg -o "$disk/out.h5") >"$scratch/out" 2>&1
    code=$?
    seen="$limit KiB, $before before"
    look $code $before
done
[ "${ended[0]:-0}" -gt 1 ] && [ "${ended[74]:-0}" -gt 20 ] && [ "${ended[73]:-0}" -gt 1 ] && [ $kept -gt 20 ] ||
    fail "the faults did not reach what they should"
for k in "${!ended[@]}"; do printf 'exit %s: %s  ' "$k" "${ended[k]}"; done
echo "; $n_failed calls failed, records kept $kept times"
