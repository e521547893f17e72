#!/usr/bin/env bash
# Proves: on a disk of 2 MB that is more or less full, a run ends with a file that verifies, or with
# 74 and no file and no litter. The disk is mounted in a namespace of its own: root or user.
if [ -z "${CF_INNER:-}" ]; then
    try='d=$(mktemp -d) && mount -t tmpfs none "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s'
    for how in -m -rm '-m --propagation unchanged'; do # the last one works in a chroot
        # shellcheck disable=SC2086
        if unshare $how sh -c "$try" 2>/dev/null; then
            CF_INNER=1 exec unshare $how bash "$0"
        fi
    done
    echo "skipped: may not mount here"
    exit 77
fi
. "$(dirname "$0")/common.sh"

mkdir disk && mount -t tmpfs -o size=2m none disk || exit 70
before_exit() { umount "$scratch/here/disk"; }
mkdir disk/out
for kib in 0 256 512 768 1024 1280 1536 1792 1920 1984 2016 2032 2036 2040 2044; do
    rm -rf disk/out/* disk/ballast
    head -c ${kib}K /dev/zero >disk/ballast
    "$COHORTFLOW" run "$scenario" -o disk/out/out.h5 >/dev/null 2>&1
    expect_whole_or_nothing disk/out $?
done
[ "${whole:-0}" -gt 0 ] && [ "${failed:-0}" -gt 0 ] || fail "the disk was never full, or always"
echo "${whole:-0} whole, ${failed:-0} failed cleanly"
