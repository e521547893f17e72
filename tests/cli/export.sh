#!/usr/bin/env bash
# Proves: `export` writes the table it is asked for; a roll-up adds up to the sum of its areas.
. "$(dirname "$0")/common.sh"
use_place scenarios/east-london
run run -q baseline.cfg -o a.h5
expect_code 0

sum() { awk -F, 'NR > 1 { s += $NF } END { printf "%.6f\n", s }' <<<"$out"; }
header() { head -n 1 <<<"$out"; }

run export a.h5 --variable population
expect_code 0
expect_no_err
[ "$(header)" = run,scenario,year,area,group,age,value ] || fail "columns are $(header)"
all=$(sum)
[ "$(cut -d, -f3 <<<"$out" | sed 1d | sort -u | wc -l)" -eq 12 ] || fail "there are not 12 years"
csv=$out
run export a.h5 --variable population --csv
[ "$out" = "$csv" ] || fail "--csv is not the default"

run export a.h5 --variable population --year 2009
expect_code 0
[ "$(cut -d, -f3 <<<"$out" | sed 1d | sort -u)" = 2009 ] || fail "--year 2009 gives other years"
base=$(sum)
awk -v one="$base" -v all="$all" 'BEGIN { exit !(one > 0 && one < all) }' || fail "$base of $all"

# 7,670 at academic ages in Barking and Dagenham in 2009.
[ "$(awk -F, '$4 == "E09000002" && $6 >= 16 && $6 <= 18 { s += $7 } END { printf "%.0f", s }' <<<"$out")" = \
    7670 ] || fail "Barking and Dagenham, 16-18, 2009 is not 7,670"

for level in area consortium authority subregion region; do
    run export a.h5 --variable population --year 2009 --by $level
    expect_code 0
    [ "$(header)" = "run,scenario,year,$level,group,age,value" ] || fail "by $level: $(header)"
    [ "$(sum)" = "$base" ] || fail "by $level it adds up to $(sum), not $base"
done
[ "$(cut -d, -f4 <<<"$out" | sed 1d | sort -u)" = london ] || fail "there are other regions than london"

run export a.h5 --variable ledger --by region --year 2010
expect_code 0
awk -F, '{ v[$5] = $6 } END { exit !(v["start"] > 0 && v["residual"] < 1e-9 * v["start"]) }' <<<"$out" ||
    fail "the ledger does not close: $out"

run export a.h5 --variable population --year 2020 --by region --json
expect_code 0
expect_out '"region": "london"'
if command -v jq >/dev/null; then
    persons=$(jq 'map(.value) | add' <<<"$out")
    run export a.h5 --variable population --year 2020
    awk -v a="$persons" -v b="$(sum)" 'BEGIN { exit !(a - b < 1e-5 && b - a < 1e-5) }' ||
        fail "JSON adds up to $persons, CSV to $(sum)"
fi

# One number a consortium, as findings adds it up.
run run -q baseline.cfg high-growth.cfg -o b.h5
expect_code 0
run export b.h5 --variable population --scenario baseline --year 2015 --age 16-18 --by consortium --sum group,age
expect_code 0
[ "$(header)" = run,scenario,year,consortium,value ] || fail "$command_line: $(header)"
[ "$(cut -d, -f2-4 <<<"$out" | sed 1d | paste -sd' ')" = \
    "baseline,2015,outer-north-east baseline,2015,inner-east baseline,2015,south-of-river" ] ||
    fail "$command_line: $out"
[ "$(printf '%.0f' "$(sum)")" = 75714 ] || fail "$command_line: adds up to $(sum)"
run export b.h5 --variable population --year 2013-2015 --age 16- --sum area,group
[ "$(cut -d, -f2-4 <<<"$out" | sed 1d | sort -u | wc -l)" -eq $((2 * 3 * 9)) ] || fail "$command_line: $out"

# Shares of residents are weighted by them: attainment of two consortia of the eight boroughs.
"$COHORTFLOW" export a.h5 --variable attained_by_19 --year 2015 >share.csv
"$COHORTFLOW" export a.h5 --variable population --year 2015 --age 18 --sum group,age >residents.csv
run export a.h5 --variable attained_by_19 --year 2015 --by consortium
expect_code 0
wanted=$(awk -F, 'FNR == 1 { file++; next }
    file == 1 { consortium[$1] = $3; next }
    file == 2 { n[$4] = $5; next }
    $5 == "l3" { part[consortium[$4]] += n[$4] * $6; all[consortium[$4]] += n[$4] }
    END { printf "%.9f %.9f", part["inner-east"] / all["inner-east"], part["outer-north-east"] / all["outer-north-east"] }' \
    axes/area.csv residents.csv share.csv)
here=$(awk -F, '$5 == "l3" { v[$4] = $6 } END { printf "%.9f %.9f", v["inner-east"], v["outer-north-east"] }' <<<"$out")
[ "$here" = "$wanted" ] || fail "attained_by_19 by consortium is $here, not $wanted"
# Greenwich has no land-based Diploma within reach: 1 less its share of the residents of 16 to 18.
run export a.h5 --variable coverage --year 2020 --by region
expect_code 0
covered=$(awk -F, '$5 == "dip-land-2" { print $6 }' <<<"$out")
wanted=$("$COHORTFLOW" export a.h5 --variable population --year 2020 --age 16-18 --sum group,age |
    awk -F, 'NR > 1 { all += $5; if ($4 == "E09000011") away = $5 } END { printf "%.9f", 1 - away / all }')
[ "$(printf '%.9f' "$covered")" = "$wanted" ] || fail "coverage by region is $covered, not $wanted"
run export a.h5 --variable access --by region
expect_code 2
run export a.h5 --variable coverage --sum area
expect_code 2

wrong() { # TEXT ARGUMENT...
    local text=$1
    shift
    run export "$@"
    expect_code 2
    expect_no_out
    expect_err "$text"
}
wrong "did you mean 'population'?" a.h5 --variable popluation
wrong "did you mean 'authority'?" a.h5 --variable population --by athority
wrong "its years are 2009 to 2020" a.h5 --variable population --year 2021
wrong "its ages are 3 to 24" a.h5 --variable population --age 25-30
wrong "there is: baseline" a.h5 --variable population --scenario high-growth
wrong "did you mean 'group'?" a.h5 --variable population --sum gruop
wrong "it has no areas" a.h5 --variable run_status --by region
wrong "'run_status' has no years" a.h5 --variable run_status --year 2010
for file in baseline.cfg nowhere.h5 tables; do
    run export $file --variable population
    expect_code 3
    expect_no_out
    expect_err "--> $file"
done
# For people: labels of what was chosen, and what is the same said once.
run export b.h5 --variable stock --scenario baseline --year 2015 --age 17 --sum area --text
expect_code 0
expect_out 'projection, not a forecast; run 0; scenario baseline; year 2015'
grep -qE '^ *17  General qualifications, full time +[0-9]+$' <<<"$out" || fail "$command_line: $out"
