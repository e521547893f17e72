#!/usr/bin/env bash
# The same bytes whatever the threads and the build of the kernels, and wherever the file goes.
. "$(dirname "$0")/../cli/common.sh"
use_place scenarios/east-london
hashes=''
made=0
for kernels in generic v3 v4; do
    for threads in 1 2; do
        run run baseline.cfg high-growth.cfg no-migration.cfg --kernels $kernels \
            --threads $threads -o "$kernels-$threads.h5"
        if [ "$code" = 2 ] && [ $kernels != generic ]; then
            echo "$kernels: not on this processor"
            continue
        fi
        expect_code 0
        hashes+="$(sha256sum <"$kernels-$threads.h5")"$'\n'
        made=$((made + 1))
    done
done
[ "$(sort -u <<<"${hashes%$'\n'}" | wc -l)" = 1 ] || fail "hashes differ: $hashes"
[ $made -ge 2 ] || fail "only $made files were made"
echo "$made files, one hash: ${hashes%% *}"
# From another folder, by another path: still the same.
cd .. && run run here/baseline.cfg here/high-growth.cfg here/no-migration.cfg -o elsewhere.h5
expect_code 0
cmp elsewhere.h5 here/generic-1.h5 || fail "the bytes depend on the path"
exit 0
