#!/usr/bin/env bash
# The shipped place starts from the published figures, and its ledger closes.
. "$(dirname "$0")/../cli/common.sh"
use_place scenarios/east-london
# Barking and Dagenham, 16 to 18, 2009: 7,663 at 30 June in the table, 7,670 at academic ages.
june=$(awk -F, '$1 == "E09000002" && $2 >= 16 && $2 <= 18 { n += $3 } END { print n }' \
    tables/population.csv)
[ "$june" = 7663 ] || fail "the table holds $june at 30 June, not 7663"
run run baseline.cfg -o east-london.h5
expect_code 0
run export east-london.h5 --variable population --year 2009 --csv
august=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["area"] == "E09000002" && $c["age"] >= 16 && $c["age"] <= 18 { n += $c["value"] }
    END { printf "%.4f", n }' "$scratch/out")
[ "$august" = 7670.0000 ] || fail "academic ages 16-18 are $august, not 7670"
run export east-london.h5 --variable ledger --csv
worst=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["term"] == "residual" { v = $c["value"]; if (v < 0) v = -v; if (v > w) w = v; n++ }
    END { print (n == 96 && w <= 1e-9 * 20000) ? "closed" : n " rows, worst " w }' "$scratch/out")
[ "$worst" = closed ] || fail "the ledger is open: $worst"
run verify east-london.h5
expect_code 0
for overlay in high-growth no-migration; do
    run check $overlay.cfg
    expect_code 0
done
exit 0
