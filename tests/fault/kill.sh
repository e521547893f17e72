#!/usr/bin/env bash
# Proves: after a kill -9 at any moment there is no file or one that verifies, and the earlier one
# where there was one until the new one takes its place; whatever else is left behind a rerun clears.
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
"$COHORTFLOW" run "$place/no-migration.cfg" -o "$scratch/earlier.h5" 2>/dev/null ||
    fail "a run of another scenario failed"
cmp -s "$scratch/whole.h5" "$scratch/earlier.h5" && fail "the two scenarios make the same file"

killed=0 kept=0 replaced=0
for i in $(seq 50); do
    earlier=$((i % 2 == 0)) # every second round there is a good file already
    if [ $earlier -eq 1 ]; then cp "$scratch/earlier.h5" disk/out.h5; fi
    wait_for=$((microseconds * RANDOM / 25000)) # 0 to 1.3 of the run time
    "$COHORTFLOW" run "$scenario" -o disk/out.h5 >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '%d.%06d' $((wait_for / 1000000)) $((wait_for % 1000000)))"
    kill -9 $pid 2>/dev/null
    { wait $pid; } 2>/dev/null
    if [ $? -eq 137 ]; then killed=$((killed + 1)); fi
    if [ -e disk/out.h5 ]; then
        "$COHORTFLOW" verify disk/out.h5 >/dev/null || fail "kill $i left a file that does not verify"
        if cmp -s disk/out.h5 "$scratch/whole.h5"; then
            replaced=$((replaced + earlier))
        elif [ $earlier -eq 1 ] && cmp -s disk/out.h5 "$scratch/earlier.h5"; then
            kept=$((kept + 1))
        else
            fail "kill $i left a file that is neither the new one nor the earlier"
        fi
    elif [ $earlier -eq 1 ]; then
        fail "kill $i took the earlier file away"
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
[ $kept -ge 5 ] || fail "only $kept of 25 earlier files were still there"
echo "$killed of 50 killed before their end, $kept earlier files kept, $replaced replaced, run time $((microseconds / 1000)) ms"
