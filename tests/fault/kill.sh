#!/usr/bin/env bash
# Proves: after a kill -9 at any moment there is no file or one that verifies, and whatever else is
# left behind a rerun clears.
. "$(dirname "$0")/common.sh"
RANDOM=2009 # the same moments, as shares of the run time, every time

now() { echo $((${EPOCHREALTIME/[.,]/})); }
mkdir disk
began=$(now)
"$COHORTFLOW" run "$scenario" -o disk/out.h5 2>/dev/null || fail "a run left alone failed"
microseconds=$(($(now) - began))
expect_files 'out.h5 out.h5.json' disk
cp disk/out.h5 "$scratch/whole.h5"
rm disk/*

killed=0
for i in $(seq 50); do
    wait_for=$((microseconds * RANDOM / 25000)) # 0 to 1.3 of the run time
    "$COHORTFLOW" run "$scenario" -o disk/out.h5 >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '%d.%06d' $((wait_for / 1000000)) $((wait_for % 1000000)))"
    kill -9 $pid 2>/dev/null
    { wait $pid; } 2>/dev/null
    if [ $? -eq 137 ]; then killed=$((killed + 1)); fi
    if [ -e disk/out.h5 ]; then
        "$COHORTFLOW" verify disk/out.h5 >/dev/null || fail "kill $i left a file that does not verify"
    fi
    # What earlier kills left is there for the next, but a finished file would end it early.
    rm -f disk/out.h5 disk/out.h5.json
    if [ $((i % 10)) -eq 0 ]; then
        "$COHORTFLOW" run "$scenario" -o disk/out.h5 2>/dev/null || fail "the rerun after kill $i failed"
        expect_files 'out.h5 out.h5.json' disk
        cmp disk/out.h5 "$scratch/whole.h5" || fail "the rerun after kill $i made another file"
        rm -rf disk/*
    fi
done
[ $killed -ge 10 ] || fail "only $killed of 50 were still running when killed"
echo "$killed of 50 killed before their end, run time $((microseconds / 1000)) ms"
