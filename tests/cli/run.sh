#!/usr/bin/env bash
# Proves: where `run` writes, what it will not write over, and that it writes nothing when it fails.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
mkdir here && cd here || exit 70

run run ../baseline.cfg # named after the scenario, in the current folder
expect_code 0
expect_no_out
expect_err "1 run, 0 failed; results in baseline.h5"
expect_files 'baseline.h5 baseline.h5.json'
first=$(sha256sum <baseline.h5)
run run -q ../baseline.cfg -o other.h5
expect_code 0
expect_no_err
expect_files 'baseline.h5 baseline.h5.json other.h5 other.h5.json'
cmp baseline.h5 other.h5 || fail "the name of the file is in the file"
run run -q ../baseline.cfg --set end_year=2013 # a results file may be written over
expect_code 0
[ "$(sha256sum <baseline.h5)" != "$first" ] || fail "baseline.h5 was not written over"
run run -q ../baseline.cfg
expect_code 0
[ "$(sha256sum <baseline.h5)" = "$first" ] || fail "a second run of the same is not the same file"
rm ./*

run run ../baseline.cfg --dry-run
expect_code 0
expect_out "runs     1"
expect_out "file     baseline.h5"
expect_files ''
run run ../baseline.cfg --dry-run -o nowhere/a.h5
expect_code 73
expect_files ''

# Several scenarios in one file, and the same thing twice is refused.
printf 'extends = "baseline.cfg";\nlevers = ( { name = "fewer leave"; value = 0.01; } );\n' >../more.cfg
run run -q ../baseline.cfg ../more.cfg -o both.h5
expect_code 0
run info both.h5
expect_out "scenario         2  baseline, more"
rm ./*
run run ../baseline.cfg ../baseline.cfg
expect_code 3
expect_err "two scenarios are called 'baseline'"

# Nothing is written when the input is bad, nor in place of something that is not ours.
run run ../baseline.cfg --set levers.nobody.value=1
expect_code 3
expect_files ''
mkdir folder
echo mine | tee note.txt results.h5.json >empty.h5
printf '\211HDF\r\n\032\nmine' >data.h5
before=$(tree_hash .)
for file in folder note.txt empty.h5 data.h5 results.h5 ../baseline.cfg nowhere/a.h5 '' note.txt/a.h5; do
    run run ../baseline.cfg -o "$file"
    expect_code 73
    [ -z "$file" ] || expect_err "$file"
    [ "$(tree_hash .)" = "$before" ] || fail "$command_line: something on disk has changed"
done
if [ "$(id -u)" -ne 0 ]; then
    mkdir closed && chmod a-w closed
    run run ../baseline.cfg -o closed/a.h5
    expect_code 73
    expect_files '' closed
fi
