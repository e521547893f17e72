#!/usr/bin/env bash
# Proves: killed or asked to stop at any moment, nothing stands under the name and what is done is
# kept; the same call goes on from there, does only what is missing, and makes the same bytes.
. "$(dirname "$0")/common.sh"
RANDOM=2009 # the same moments, as shares of the run time, every time
futures 55

began=$(now)
run run -q "${together[@]}" -o whole.h5
expect_code 0
took=$(($(now) - began))

signals=(KILL TERM USR1 KILL)
stopped=0 killed=0 partly=0
for i in $(seq 20); do
    rm -rf out.h5*
    share=$RANDOM
    signal=${signals[i % 4]}
    "$COHORTFLOW" run -q "${together[@]}" -o out.h5 >/dev/null 2>&1 &
    pid=$!
    sleep_share $share $took
    kill -$signal $pid 2>/dev/null
    { wait $pid; } 2>/dev/null
    code=$?
    there=0
    case $code in
    0) cmp out.h5 whole.h5 || fail "moment $i: a run that ended by itself made another file" ;;
    75 | 137 | 138 | 143) # the last two: before it had begun to heed signals
        [ ! -e out.h5 ] || fail "moment $i: $signal left a file under the name"
        if [ $code = 137 ]; then killed=$((killed + 1)); fi
        if [ $code = 75 ]; then
            stopped=$((stopped + 1))
            [ ! -e out.h5.cohortflow-tmp ] || fail "moment $i: $signal left litter"
        fi
        if [ -e out.h5.part/manifest.json ]; then there=$(count 'done' out.h5); fi
        ;;
    *) fail "moment $i: exit $code" ;;
    esac
    run run "${together[@]}" --threads $((i % 3 + 1)) -o out.h5
    expect_code 0
    if [ "$there" -gt 0 ]; then
        expect_err "$there of 224 runs are there already, in out.h5.part"
        partly=$((partly + 1))
    fi
    cmp out.h5 whole.h5 || fail "moment $i: picked up after $signal it is another file"
    [ ! -e out.h5.part ] || fail "moment $i: the folder of records is still there"
done
[ $killed -ge 3 ] && [ $stopped -ge 3 ] && [ $partly -ge 8 ] ||
    fail "of 20 only $killed were killed and $stopped stopped in time, $partly with something done"

# Again and again, until it is done by itself.
rm -rf out.h5*
calls=0
code=75
while [ $code -ne 0 ] && [ $calls -lt 50 ]; do
    "$COHORTFLOW" run -q "${together[@]}" -o out.h5 >/dev/null 2>&1 &
    pid=$!
    sleep_share 9000 $took
    kill -TERM $pid 2>/dev/null
    { wait $pid; } 2>/dev/null
    code=$?
    calls=$((calls + 1))
done
[ $calls -gt 1 ] || fail "a run was done in a quarter of its time"
cmp out.h5 whole.h5 || fail "a run in $calls pieces is another file"

# A second SIGINT ends it at once. It may come when it has ended by the first already: then again.
for try in $(seq 20); do
    rm -rf out.h5*
    "$COHORTFLOW" run -q "${together[@]}" --draws 20000 -o out.h5 >/dev/null 2>&1 &
    pid=$!
    until [ -e out.h5.part/shard-0-of-1.0.rec ]; do sleep 0.02; done
    kill -INT $pid
    sleep 0.002
    kill -INT $pid 2>/dev/null
    { wait $pid; } 2>/dev/null
    code=$?
    [ ! -e out.h5 ] || fail "SIGINT left a file"
    [ $code = 75 ] || break
done
[ $code = 130 ] || fail "two SIGINT: exit $code after $try tries"
echo "$killed killed, $stopped stopped, $partly with something done; $calls pieces; run time $((took / 1000)) ms"
exit 0
