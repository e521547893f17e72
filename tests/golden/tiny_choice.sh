#!/usr/bin/env bash
# tiny_choice against the reference, computed by others, to 1e-9: population and ledger of every
# year, the stock by status of the base year, the stock by level of the base year and the next.
# Later stocks need placing.
. "$(dirname "$0")/../cli/common.sh"
use_place tests/golden/tiny_choice
run run baseline.cfg -o tiny.h5
expect_code 0
compare() { # variable, awk condition on the expected rows
    awk -F, "NR == 1 || ($2)" expected/"$1".csv >wanted.csv
    run export tiny.h5 --variable "$1" --csv
    awk -v tolerance=1e-9 -f "$CF_SOURCE/tests/golden/compare.awk" wanted.csv "$scratch/out" ||
        fail "$1 is not the reference"
}
compare population 1
compare ledger 1
compare stock '$1 == 2009'
compare level_stock '$1 <= 2010'
exit 0
