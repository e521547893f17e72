#!/usr/bin/env bash
# Every scenario that is shipped checks and runs; no baseline drifts: from the base year to the next
# no status share at 16, 17 or 18 moves by more than 0.5 points; the base year's audit has room for all
# but 2% of every route; the back-casts meet their targets with what young people choose.
. "$(dirname "$0")/../cli/common.sh"
cp -r "$CF_SOURCE/scenarios" . || exit 70

# Shares of some statuses: shares FILE SCENARIO AGES STATUS_PATTERN [VARIABLE] -> "year share" lines
shares() {
    "$COHORTFLOW" export "$1" --variable "${5:-stock}" |
        awk -F, -v scenario="$2" -v low="${3%-*}" -v high="${3#*-}" -v wanted="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["scenario"] == scenario && $c["age"] >= low && $c["age"] <= high {
            all[$c["year"]] += $c["value"]
            if ($c["status"] ~ "^(" wanted ")$") n[$c["year"]] += $c["value"]
        }
        END { for (y in all) printf "%d %.9f\n", y, n[y] / all[y] }' | sort
}

for baseline in scenarios/*/baseline.cfg scenarios/*/*/baseline.cfg; do
    folder=$(dirname "$baseline")
    run check "$folder"/*.cfg
    expect_code 0
    if grep -q '^warning' <<<"$err"; then fail "$folder: $err"; fi
    run run -q "$folder"/*.cfg -o here.h5
    expect_code 0
    run verify here.h5
    expect_code 0
    base=$(sed -n 's/^base_year *= *\([0-9]*\).*/\1/p' "$baseline")
    drift=$("$COHORTFLOW" export here.h5 --variable stock | awk -F, -v base="$base" '
        NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["scenario"] == "baseline" && $c["age"] >= 16 && $c["age"] <= 18 &&
        $c["year"] <= base + 1 {
            n[$c["year"], $c["age"], $c["status"]] += $c["value"]
            all[$c["year"], $c["age"]] += $c["value"]
            status[$c["status"]]
            cells++
        }
        END {
            for (s in status) for (x = 16; x <= 18; x++) {
                d = 100 * (n[base + 1, x, s] / all[base + 1, x] - n[base, x, s] / all[base, x])
                if (d < 0) d = -d
                if (d > worst) worst = d
            }
            printf "%.4f", cells ? worst : 99
        }')
    echo "$folder: largest drift of a status share at 16 to 18: $drift points"
    awk -v d="$drift" 'BEGIN { exit !(d <= 0.5) }' || fail "$folder drifts by $drift points"
    rm -f here.h5 here.h5.json
done

# Overlays of futures each have a design of their own. Fewer draws than they ask for, for the time.
for futures in scenarios/*/futures/*.cfg; do
    run check "$futures"
    expect_code 0
    expect_out ' uncertain, '
    if grep -q '^warning' <<<"$err"; then fail "$futures: $err"; fi
    run run -q "$futures" --draws 200 --set 'retain=[ "-*" ]' -o f.h5
    expect_code 0
    run verify f.h5
    expect_code 0
done
rm -f f.h5 f.h5.json

# East London's progression is what `fit` makes of its prior.
run fit scenarios/east-london/baseline.cfg --prior scenarios/east-london/prior/progression.csv \
    -o fitted.csv
expect_code 0
cmp fitted.csv scenarios/east-london/tables/progression.csv ||
    fail "progression of East London is not what fit makes of its prior: fit it again"

# East London's aspiration: 0.99 of 16-17 choose to participate in 2015 and after. With the places of
# 2009 not all of them can: that is what it finds.
run run -q scenarios/east-london/aspiration.cfg -o a.h5
learning='school|general|diploma|apprentice|foundation|otherfe|he|worktrain'
for year in 2015 2020; do
    met=$(shares a.h5 aspiration 16-17 "$learning" first_choice | sed -n "s/^$year //p")
    [ "$met" = 0.990000000 ] || fail "aspiration: $met of 16-17 want to participate in $year"
    in_the_end=$(shares a.h5 aspiration 16-17 "$learning" | sed -n "s/^$year //p")
    echo "aspiration: $in_the_end of 16-17 participate in $year"
    awk -v p="$in_the_end" 'BEGIN { exit !(p > 0.95 && p < 0.99) }' ||
        fail "aspiration: $in_the_end of 16-17 participate in $year"
done

# The geometric path of the South East: 0.87 in 2006, 0.8839, 0.8980, ... 0.972 in 2013.
run run -q scenarios/south-east/2006/lsc-path.cfg -o s.h5
path=$(shares s.h5 lsc-path 16-17 'school|fulltime|wbl|other' | awk '{ printf "%s%.4f", (NR > 1 ? " " : ""), $2 }')
[ "$path" = "0.8700 0.8839 0.8980 0.9123 0.9269 0.9417 0.9567 0.9720" ] || fail "lsc-path: $path"

# Frozen as a push table, the same run without targets.
run run -q scenarios/south-east/2006/lsc-path.cfg --write-push scenarios/south-east/2006/tables/push.csv -o s.h5
expect_code 0
echo 'push,test,shifts,2006,OGL,illustrative,,' >>scenarios/south-east/2006/sources.csv
run run -q scenarios/south-east/2006/baseline.cfg -o b.h5
"$COHORTFLOW" export s.h5 --variable stock | cut -d, -f3- >frozen.csv
"$COHORTFLOW" export b.h5 --variable stock >again.csv
awk -v tolerance=1e-12 -f "$CF_SOURCE/tests/golden/compare.awk" frozen.csv again.csv ||
    fail "the frozen push is another run"
exit 0
