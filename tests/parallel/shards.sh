#!/usr/bin/env bash
# Proves: draws are the same bytes whatever the threads and the kernels, and however they are divided into
# shards, which may be run in any order and merged from one folder or several.
. "$(dirname "$0")/common.sh"
futures 21
run run -q "${together[@]}" -o whole.h5
expect_code 0
run verify whole.h5
expect_code 0
[ ! -e whole.h5.part ] || fail "the folder of records is still there"
[ "$(count runs whole.h5)" = 88 ] || fail "88 runs are wanted: $(count runs whole.h5)"

for threads in 1 2 4; do
    for kernels in generic auto; do
        run run -q "${together[@]}" --threads $threads --kernels $kernels -o out.h5
        expect_code 0
        cmp out.h5 whole.h5 || fail "--threads $threads --kernels $kernels makes another file"
    done
done

for n in 1 2 7; do
    rm -rf out.h5* other.h5* far
    mkdir far
    for k in $(seq $((n - 1)) -1 0); do
        # Every third into a folder of its own, as on another machine.
        to=out.h5
        if [ $((k % 3)) -eq 1 ]; then to=far/other.h5; fi
        run run -q "${together[@]}" --shard "$k/$n" --threads $((k % 2 + 1)) -o $to
        expect_code 0
        [ ! -e $to ] || fail "a shard makes a results file"
    done
    parts=(out.h5.part)
    if [ -e far/other.h5.part ]; then parts+=(far/other.h5.part); fi
    run merge -q "${parts[@]}" -o out.h5
    expect_code 0
    cmp out.h5 whole.h5 || fail "$n shards make another file"
    [ ! -e out.h5.part ] || fail "the folder of the file is not removed"
    [ $n = 1 ] || [ -e far/other.h5.part/manifest.json ] || fail "another folder is removed"
done

# Two at the same time into one folder; then `run` without --shard finds everything done.
rm -rf out.h5*
"$COHORTFLOW" run -q "${together[@]}" --shard 0/2 --threads 1 -o out.h5 2>/dev/null &
"$COHORTFLOW" run -q "${together[@]}" --shard 1/2 --threads 1 -o out.h5 2>/dev/null || fail "the second of two fails"
wait $! || fail "the first of two fails"
run run "${together[@]}" -o out.h5
expect_code 0
expect_err '88 of 88 runs are there already'
cmp out.h5 whole.h5 || fail "shards picked up by run make another file"
[ ! -e out.h5.part ] || fail "the folder is still there"
exit 0
