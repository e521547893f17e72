#!/usr/bin/env bash
# Proves: `info` says what a file holds, as text and as JSON, and refuses what is no results file.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
run run -q baseline.cfg -o a.h5
expect_code 0

run info a.h5
expect_code 0
expect_no_err
for text in 'Small valid place' 'projection, not a forecast' '2009 to 2012' '14 to 17' \
    'north, south' 'illustrative (judged or made up)' 'population' 'ledger' "$(grep -oE '[0-9a-f]{64}' a.h5.json | tail -n 1)"; do
    expect_out "$text"
done
run info a.h5 --json
expect_code 0
expect_out '"title": "Small valid place"'
if command -v jq >/dev/null; then
    [ "$(jq -r '.variables[] | select(.name == "population") | .dimensions | join(" ")' <<<"$out")" = \
        "run year area group age" ] || fail "$command_line: population has other dimensions: $out"
    [ "$(jq -c '.dimensions.year.members' <<<"$out")" = "[2009,2010,2011,2012]" ] ||
        fail "$command_line: other years: $out"
fi
expect_out '"North"'

# A place of places: whose they are, and which.
(mkdir places && cd places && use_place golden/tiny_places) || exit 70
run run -q places/baseline.cfg -o p.h5
run info p.h5
grep -qE '^  authority +2  x, y$' <<<"$out" || fail "no authorities: $out"
grep -qE '^  offer +[0-9]+  s1/alevel, ' <<<"$out" || fail "no offers: $out"
run info p.h5 --json
expect_out '"offer": {'
expect_out '"s2/alevel"'
expect_out '"authority": {'

# The findings and the picture of the shipped place are made of what the file says of itself.
for script in findings draw; do
    "$CF_SOURCE/scenarios/east-london/$script" "$COHORTFLOW" a.h5 >$script.out || fail "$script: exit $?"
    "$CF_SOURCE/scenarios/east-london/$script" "$COHORTFLOW" nowhere.h5 >nothing 2>&1 &&
        fail "$script of no file: exit 0"
done
grep -qE '^Residents aged 16-18 +2009 +2010 +2012 +2009-12$' findings.out &&
    grep -qE '^South +630 ' findings.out || fail "findings: $(cat findings.out)"
grep -q '>North</text>' draw.out || fail "draw: $(cat draw.out)"

for file in baseline.cfg nowhere.h5 tables; do
    run info $file
    expect_code 3
    expect_no_out
    expect_err "--> $file"
done
