#!/usr/bin/env bash
# Proves: with a limit on the size of files, from nothing to more than is needed, a run ends with a
# file that verifies, or with 74 and no file and no litter; a file that was there stays as it was.
. "$(dirname "$0")/common.sh"

"$COHORTFLOW" run "$scenario" -o "$scratch/whole.h5" 2>/dev/null || fail "a run without limit failed"
"$COHORTFLOW" run "$place/no-migration.cfg" -o "$scratch/earlier.h5" 2>/dev/null ||
    fail "a run of another scenario failed"
size=$(($(stat -c %s "$scratch/whole.h5") / 1024 + 1))

for i in $(seq 0 19); do
    # In KiB: 0, 1, 2, then even steps to a little more than the file.
    limit=$((i < 3 ? i : size * (i - 2) / 16 + 1))
    for earlier in '' "$scratch/earlier.h5"; do
        rm -rf disk && mkdir disk
        if [ -n "$earlier" ]; then cp "$earlier" disk/out.h5; fi
        (ulimit -f $limit && exec "$COHORTFLOW" run "$scenario" -o disk/out.h5) >/dev/null 2>&1
        expect_whole_or_nothing disk $? "$earlier"
    done
done
[ "${whole:-0}" -gt 0 ] && [ "${failed:-0}" -gt 5 ] || fail "the limits did not reach both ends"
echo "${whole:-0} whole, ${failed:-0} failed cleanly; $size KiB are needed"
