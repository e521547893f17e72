#!/usr/bin/env bash
# label: slow
# Proves: the projections from earlier bases are made by one command with nothing later than the base, name every area,
# year and quantile, are the same bytes the second time, and come out as bench/EVIDENCE.md says.
. "$(dirname "$0")/common.sh"
data=${COHORTFLOW_SHARED:-}/data
[ -r "$data/mye_region_syoa_components_2002_2013.csv" ] || skip "no public figures: COHORTFLOW_SHARED"

mkdir -p tree/bench tree/shared/data && cp -r "$CF_SOURCE/bench/evidence" "$CF_SOURCE/bench/evidence.sh" tree/bench/
evidence() { COHORTFLOW_SHARED=$1 DRAWS=$2 tree/bench/evidence.sh "${@:3}" >said 2>&1 || fail "evidence.sh: $(cat said)"; }

evidence "$COHORTFLOW_SHARED" 200 regions-2009 south-east-2006 authorities-2013 london-2013 london-2009
for case in regions-2009:10:5 south-east-2006:10:8 authorities-2013:336:8 london-2013:33:8 london-2009:33:12; do
    IFS=: read -r name areas years <<<"$case"
    awk -F, -v areas="$areas" -v years="$years" '
        NR == 1 { if ($0 != "area,year,age,quantile,value") exit 1; next }
        { a[$1]; y[$2]; x[$3]; q[$4]; n++ }
        END { exit length(a) != areas || length(y) != years || length(x) != 16 || length(q) != 6 || \
                  n != areas * years * 16 * 6 }' "tree/results/evidence/$name.csv" || fail "$name: rows are missing"
done
# Errors in per cent that may not grow unnoticed: those of EVIDENCE.md, rounded up.
below() {
    awk -v case="== $1" -v row="$2" -v most="$3" '
        index($0, "== ") == 1 { here = $0 == case }
        here && index($0, row) == 1 { match($0, /MAPE [0-9.]+/); is = substr($0, RSTART + 5, RLENGTH - 5); seen = 1 }
        END { exit !seen || is > most }' said || fail "$1, $2: more than $3%: $(grep -A30 "== $1" said)"
}
below regions-2009 '2013 ages 16-18' 0.30
below south-east-2006 '2013 ages 16-18' 2.05
below authorities-2013 '2020 ages 16-18' 3.56
below london-2013 '2020 ages 16-18' 3.35

# Without what came later the projections are the same bytes.
for file in mye_region_syoa_components_2002_2013 mye_lad_totals_components_2001_2019 mye_lad_syoa_2013_2019_2020; do
    awk -F, -v file="$file" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; last = NF; print; next }
        { year = $(c["year"] < 3 ? c["year"] : NF - last + c["year"]) }
        year <= (file ~ /region/ ? 2009 : 2013)' "$data/$file.csv" >"tree/shared/data/$file.csv"
done
cp "$data/lookup_lad2013_county_region.csv" "$data/gla2014round_borough_syoa_2001_2041.csv" tree/shared/data/
for name in regions-2009 london-2013; do mv "tree/results/evidence/$name.csv" "$name.csv"; done
evidence "$PWD/tree/shared" 200 regions-2009
cmp regions-2009.csv tree/results/evidence/regions-2009.csv || fail "regions-2009 depends on what came later"
grep -q 'no outturn is here' said || fail "nothing is said of the outturn that is missing"
awk -F, '$4 <= 2013 || NR == 1' "$data/mye_region_syoa_components_2002_2013.csv" >tree/shared/data/mye_region_syoa_components_2002_2013.csv
evidence "$PWD/tree/shared" 200 london-2013
cmp london-2013.csv tree/results/evidence/london-2013.csv || fail "london-2013 depends on what came later"
