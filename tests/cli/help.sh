#!/usr/bin/env bash
# Proves: help is there for the program and for every command it lists, on stdout, exit 0.
. "$(dirname "$0")/common.sh"

run
expect_code 2
expect_out "usage: cohortflow COMMAND"
expect_no_err
plain=$out
for how in --help -h help; do
    run $how
    expect_code 0
    [ "$out" = "$plain" ] || fail "cohortflow $how is not the help without arguments"
done
run --version
expect_code 0
grep -qE '^cohortflow [0-9]+\.[0-9]+\.[0-9]+' <<<"$out" || fail "--version says $out"

# As a planner meets them, under headings, and every exit code.
[ "$(awk '/^[A-Z]/ && NR > 1 { heading = $0 } /^  (check|gaps|plan|fit) / { print $1 ": " heading }' <<<"$plain" | paste -sd' ')" = \
    "check: Run gaps: Ask what is missing plan: Decide fit: Make a place" ] || fail "the headings are others: $plain"
for status in 0 1 2 3 4 5 70 73 74 75 130; do
    grep -A 3 '^exit:' <<<"$plain" | grep -qE "(^|[ ,])$status [a-z]" || fail "the help has no exit code $status"
done

commands=$(awk '/^  [a-z]/ && $1 != "cohortflow" { print $1 }' <<<"$plain")
[ "$(wc -l <<<"$commands")" -ge 6 ] || fail "the help lists too few commands: $commands"
for command in $commands; do
    run "$command" --help
    expect_code 0
    expect_out "usage: cohortflow $command"
    expect_out "--color"
    expect_no_err
    by_name=$out
    run help "$command"
    expect_code 0
    [ "$out" = "$by_name" ] || fail "help $command differs from $command --help"
    run "$command" nowhere.cfg --no-such-option -h # help is what was asked for
    expect_code 0
done
run help chekc
expect_code 2
expect_err "did you mean 'check'?"
run schema
expect_code 0
for word in population net_rate end_year log_add; do expect_out "$word"; done
expect_files ''
