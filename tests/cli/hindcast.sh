#!/usr/bin/env bash
# Proves: `hindcast` scores what the run says against what came out, by numbers worked out beside it; its errors are
# at file:line:column; what was fitted is refused whatever a later file says; the same bytes on any number of threads.
. "$(dirname "$0")/common.sh"

run template place
sed -i 's/$/,north-and-south/; 1s/north-and-south$/region/' place/axes/area.csv
cd place || exit 70

# What came out: in turn 2% above and 1% below the central run.
run run -q baseline.cfg -o central.h5
"$COHORTFLOW" export central.h5 --variable population --sum group | awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "variable,year,area,age,value"; next }
    $at["year"] > 2009 { print "population," $at["year"] "," $at["area"] "," $at["age"] "," $NF * (++n % 2 ? 1.02 : 0.99) }' >out.csv
"$COHORTFLOW" export central.h5 --variable population --sum group >central.csv
column() { # NAME: its values, one a line
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at[name] }' <<<"$out"
}
near() { # IS SHOULD WHAT
    awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(a != "" && d * d <= 1e-16 * (1 + b * b)) }' || fail "$3 is $1, not $2"
}
run hindcast baseline.cfg --outturn out.csv --csv
expect_code 0
[ "$(column year | paste -sd' ')" = "2010 2011 2012 2013 2014 2015" ] || fail "years are $(column year | paste -sd' ')"
[ "$(column cells | sort -u)" = 10 ] || fail "cells are $(column cells)"
[ "$(column base | sort -u)" = "as later revised" ] || fail "it does not say what the base is"
near "$(column mape | head -n 1)" "$(awk 'BEGIN { printf "%.17g", (0.02 / 1.02 + 0.01 / 0.99) / 2 }')" mape
near "$(column signed_error | tail -n 1)" "$(awk 'BEGIN { printf "%.17g", (-0.02 / 1.02 + 0.01 / 0.99) / 2 }')" "signed error"
# Errors of the same in 2013: in all, without change, by cohort and by constant share.
awk -F, '
    function abs(x) { return x < 0 ? -x : x }
    FILENAME == "central.csv" { if (FNR == 1) for (i = 1; i <= NF; i++) at[$i] = i; else v[$at["year"], $at["area"], $at["age"]] = $NF; next }
    $2 == 2013 {
        n++; sum += $5; e += abs(v[2013, $3, $4] - $5); none += abs(v[2009, $3, $4] / $5 - 1)
        if ($4 == 18) { m++; ours += abs(v[2013, $3, 18] - $5); cohort += abs(v[2009, $3, 14] - $5)
            share += abs(v[2009, $3, 18] / (v[2009, "north", 18] + v[2009, "south", 18]) * (v[2009, "north", 14] + v[2009, "south", 14]) - $5) } }
    END { printf "%.17g %.17g %.17g %.17g %.17g\n", e / sum, none / n, cohort / m, 1 - ours / cohort, share / m }' central.csv out.csv >by_hand
read -r wape none cohort skill share <by_hand
row() { column "$1" | sed -n 4p; }
near "$(row wape)" "$wape" wape
near "$(row no_change_mape)" "$none" "mape of no change"
[ "$(row cohort_cells)" = 2 ] || fail "cohorts are of $(row cohort_cells) cells"
near "$(row cohort_mae)" "$cohort" "mae of cohorts"
near "$(row cohort_skill)" "$skill" "skill over cohorts"
near "$(row constant_share_mae)" "$share" "mae of constant shares"

# An official projection that is right has no error; of one row only, only that is held against it.
sed -n '1p;2p' out.csv >official.csv
run hindcast baseline.cfg --outturn out.csv --official official.csv --naive no_change --csv
expect_code 0
near "$(column official_mape | head -n 1)" 0 "error of the official projection"
[ "$(column official_cells | paste -sd' ')" = "1 0 0 0 0 0" ] || fail "official cells are $(column official_cells | paste -sd' ')"
grep -q cohort <<<"$out" && fail "--naive no_change shows cohorts"
sed 's/,north,/,elsewhere,/; s/population,2011/population,2031/' official.csv | cat - <(sed -n 4p out.csv) >more.csv
run hindcast baseline.cfg --outturn out.csv --official more.csv
expect_code 0
expect_out '1 of 2 rows of the official projection are of no cell'
sed '$d' more.csv >none.csv
run hindcast baseline.cfg --outturn out.csv --official none.csv
expect_code 3
expect_err 'no row of the official projection is of a cell that is scored'
rm none.csv
cat official.csv <(sed -n 2p out.csv) >twice.csv
run hindcast baseline.cfg --outturn out.csv --official twice.csv
expect_code 3
expect_err 'twice.csv:3:1'
# Ages as ranges, areas together, groups left out: all the same persons.
awk -F, 'NR == 1 || $2 == 2012' out.csv >y.csv
run hindcast baseline.cfg --outturn y.csv --by region --csv
expect_code 0
[ "$(column cells)" = 5 ] || fail "areas together are $(column cells) cells"
awk -F, 'NR > 1 { s += $5 } END { print "variable,year,age,value\npopulation,2012,14-18," s }' y.csv >all.csv
run hindcast baseline.cfg --outturn all.csv --csv
expect_code 0
near "$(column wape)" "$(awk -F, 'FILENAME == "all.csv" { s = $4; next } FNR > 1 && $3 == 2012 { t += $NF } END { printf "%.17g", (s > t ? s - t : t - s) / s }' all.csv central.csv)" "wape of all"

# With draws there are bands; the card says on one screen what they are worth and what the base is.
cat >drawn.cfg <<'CFG'
extends = "baseline.cfg";
uncertain = ( { name = "migration"; field = "net_rate"; op = "add"; dist = "normal"; mean = 0.0; sd = 0.01; by = "area"; ar1 = 0.5; } );
design = { kind = "sobol"; draws = 256; seed = 7; };
CFG
run hindcast drawn.cfg --outturn out.csv
expect_code 0
expect_out 'The base year is 2009 (population: Nobody, 2009): the series as later revised'
expect_out 'median of 256 draws'
expect_out 'Wilson at 95%'
[ "$(wc -l <<<"$out")" -le 32 ] || fail "the card has $(wc -l <<<"$out") lines"
[ "$(wc -L <<<"$out")" -le 110 ] || fail "the card is $(wc -L <<<"$out") wide"
run hindcast drawn.cfg --outturn out.csv --json --threads 1
expect_code 0
one=$out
run hindcast drawn.cfg --outturn out.csv --json --threads 3
[ "$out" = "$one" ] || fail "three threads give another card than one"
run hindcast drawn.cfg --outturn out.csv --csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { n = 0; for (b = 1; b <= 10; b++) n += $at["pit_" b]
      if (n != 10 || $at["cover_50"] > $at["cover_80"] || $at["cover_80"] > $at["cover_95"] || $at["cover_80_low"] > $at["cover_80"] || !($at["crps"] > 0)) bad = 1 }
    END { exit bad }' <<<"$out" || fail "bands do not hold together: $out"

# Shares: by level, and nothing added up.
cat >shares.csv <<'CSV'
variable,year,area,level,age,status,value
attained_by_19,2012,north,l2,,,0.7
stock,2012,south,,17,college,300
CSV
level=$(sed -n 2p axes/level.csv | cut -d, -f1) status=$(sed -n 3p axes/status.csv | cut -d, -f1)
sed -i "s/,l2,/,$level,/; s/,college,/,$status,/" shares.csv
run hindcast baseline.cfg --outturn shares.csv --csv
expect_code 0
[ "$(column variable | paste -sd' ')" = "attained_by_19 stock" ] || fail "variables are $(column variable | paste -sd' ')"
run hindcast baseline.cfg --outturn shares.csv --by region
expect_code 2
expect_err "'attained_by_19' does not add up over areas"

# Everything that is wrong, at its place.
cat >bad.csv <<'CSV'
variable,year,area,age,statsu,value
populatoin,2010,north,16,,1
population,2010,nroth,16,,1
population,2010,north,61,,1
population,2009,north,16,,1
population,2016,north,16,,1
population,201x,north,16,,1
population,2010,north,17,,
population,2010,north,17,,many
population,2010,north,18,,1
population,2010,north,18,,2
coverage,2010,north,,,0.5
unplaced,2010,north,16,,0.5
CSV
run hindcast baseline.cfg --outturn bad.csv
expect_code 3
expect_no_out
expect_err "'201x' is not a year"
expect_err 'bad.csv:7:12'
expect_err 'the value is empty'
expect_err "'many' is not a number"
sed -i '7,9d' bad.csv
run hindcast baseline.cfg --outturn bad.csv
expect_code 3
for text in "no variable 'populatoin' by year" "did you mean 'population'?" bad.csv:2:1 "the scenario has no area 'nroth'" \
    bad.csv:3:17 "the scenario has no age '61'" bad.csv:4:23 'year 2009 is not from 2010' bad.csv:5:12 'year 2016 is not from 2010' \
    "'statsu' is no dimension of what is scored" bad.csv:1:24 'given already, in line 7' bad.csv:8:1 \
    "the row names no line" bad.csv:9:1 "'unplaced' is not by age" bad.csv:10:21; do
    expect_err "$text"
done
echo variable,year,area,age,value >empty.csv
run hindcast baseline.cfg --outturn empty.csv
expect_code 3
expect_err 'there are no rows'
run hindcast baseline.cfg --outturn none.csv
expect_code 3
run hindcast baseline.cfg
expect_code 2
expect_err '--outturn FILE.csv is missing'
run hindcast baseline.cfg --outturn out.csv --naive cohrt
expect_code 2
expect_err "did you mean 'cohort'?"

# What was fitted may not be scored, whatever comes later.
cat >fitted.cfg <<'CFG'
extends = "baseline.cfg";
fitted = ( { field = "net_rate"; years = [ 2005, 2011 ]; } );
CFG
echo 'extends = "fitted.cfg"; fitted = ( );' >denied.cfg
for scenario in fitted.cfg denied.cfg; do
    run hindcast $scenario --outturn out.csv --set 'fitted=()'
    expect_code 3
    expect_no_out
    expect_err "'net_rate' was fitted to 2005 to 2011"
    expect_err 'so 2010 may not be scored'
    expect_err 'so 2011 may not be scored'
    expect_err out.csv:2:12
done
[ "$(grep -c 'may not be scored' <<<"$err")" = 2 ] || fail "each year is told more than once: $err"
awk -F, 'NR == 1 || $2 > 2011' out.csv >later.csv
run hindcast fitted.cfg --outturn later.csv
expect_code 0
expect_err 'fitted to years up to 2011, after base_year 2009'
sed 's/2011/2009/' fitted.cfg >known.cfg
run hindcast known.cfg --outturn out.csv
expect_code 0
expect_no_err

# A sweep is several projections, and draws laid out for screening are no sample.
echo 'extends = "baseline.cfg"; sweep = ( { name = "b"; field = "beta"; op = "scale"; values = [ 0.5, 1.0 ]; } );' >sweep.cfg
run hindcast sweep.cfg --outturn out.csv
expect_code 3
expect_err 'sweep.cfg:1:'
run hindcast drawn.cfg --outturn out.csv --set 'design={kind="morris"; draws=3;}'
expect_code 3
expect_err 'draws of kind morris are no sample'
