#!/usr/bin/env bash
# The same bytes whatever the threads and the build of the kernels, and wherever the file goes.
. "$(dirname "$0")/../cli/common.sh"
use_place scenarios/east-london
hashes=''
made=0
for kernels in generic v3 v4; do
    for threads in 1 2; do
        run run baseline.cfg aspiration.cfg evidence.cfg high-growth.cfg --kernels $kernels \
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
cd .. && run run here/baseline.cfg here/aspiration.cfg here/evidence.cfg here/high-growth.cfg -o elsewhere.h5
expect_code 0
cmp elsewhere.h5 here/generic-1.h5 || fail "the bytes depend on the path"
# A scenario beside others, a back-cast among them, is what it is alone.
run run here/evidence.cfg -o alone.h5
for variable in population stock level_stock attained_by_19 ledger; do
    "$COHORTFLOW" export alone.h5 --variable $variable | cut -d, -f3- >alone.csv
    "$COHORTFLOW" export elsewhere.h5 --variable $variable --scenario evidence |
        cut -d, -f3- >beside.csv
    cmp alone.csv beside.csv || fail "$variable of a scenario depends on its neighbours"
done
"$COHORTFLOW" export elsewhere.h5 --variable shift --scenario baseline |
    awk -F, 'NR > 1 && $NF != 0 { exit 1 }' || fail "a baseline has shifts"
# An overlay that lies elsewhere gives the same bytes wherever that is.
for folder in one other/deeper; do
    mkdir -p $folder
    printf 'extends = "%s/here/baseline.cfg";\ntitle = "Overlay";\n' "$PWD" >$folder/overlay.cfg
    run run $folder/overlay.cfg -o "${folder%/*}.h5"
    expect_code 0
done
cmp one.h5 other.h5 || fail "the bytes depend on where an overlay lies"
exit 0
