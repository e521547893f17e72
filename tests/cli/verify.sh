#!/usr/bin/env bash
# Proves: `verify` passes a good file, and no byte that means something changes without its saying so.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
run run -q baseline.cfg -o a.h5
expect_code 0
run verify a.h5
expect_code 0
expect_out "a.h5: whole"
run verify -q a.h5
expect_code 0
expect_no_out

# A byte of the file, wherever it is: the sidecar names the SHA-256 of all of them.
bytes=$(stat -c %s a.h5)
cp a.h5.json b.h5.json
for k in {0..19}; do
    at=$((k * (bytes - 1) / 19))
    old=$(od -An -tu1 -j $at -N 1 a.h5 | tr -d ' ')
    cp a.h5 b.h5
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $((old ^ 1)))" | dd of=b.h5 bs=1 seek=$at conv=notrunc status=none
    run verify b.h5
    [ "$code" -eq 3 ] || [ "$code" -eq 4 ] || fail "byte $at of $bytes changed: exit $code: $out$err"
    expect_no_out
done
rm b.h5 b.h5.json

# Another sidecar's file: readable in itself, and not the one that was written.
run run -q baseline.cfg --set end_year=2013 -o b.h5
cp a.h5.json b.h5.json
run verify b.h5
expect_code 4
expect_no_out
expect_err "b.h5"
rm b.h5.json

for length in 0 1 8 2048 $((bytes / 2)) $((bytes - 1)); do
    head -c "$length" a.h5 >b.h5
    run verify b.h5
    expect_code 3
    expect_err "--> b.h5"
done
for file in baseline.cfg nowhere.h5 tables /dev/null; do
    run verify $file
    expect_code 3
    expect_no_out
    expect_err "--> $file"
done
