#!/usr/bin/env bash
# Population, ledger, stocks and attainment of tiny_ageing equal the reference, computed by others, to 1e-9.
. "$(dirname "$0")/../cli/common.sh"
use_place tests/golden/tiny_ageing
run run baseline.cfg -o tiny.h5
expect_code 0
for variable in population ledger stock level_stock attained_by_19; do
    run export tiny.h5 --variable $variable --csv
    expect_code 0
    awk -v tolerance=1e-9 -f "$CF_SOURCE/tests/golden/compare.awk" expected/$variable.csv \
        "$scratch/out" || fail "$variable is not the reference"
done
# The comparison itself must be able to fail: one person more in one cell.
awk 'NR == 2 { sub(/[^,]*$/, "407.45") } { print }' expected/population.csv >wrong.csv
run export tiny.h5 --variable population --csv
awk -v tolerance=1e-9 -f "$CF_SOURCE/tests/golden/compare.awk" wrong.csv "$scratch/out" \
    >/dev/null && fail "a wrong reference was not noticed"
exit 0
