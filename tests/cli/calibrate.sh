#!/usr/bin/env bash
# Proves: from published tables to a calibrated run: `import` makes a place that checks, `calibrate` an
# overlay whose rates are those of the past, with the years it was fitted to; what is wrong changes nothing.
. "$(dirname "$0")/common.sh"

cat >areas.csv <<'END'
code,label,region
A1,"Hill, City of",north
A2,Dale,north
END
# Cohorts of 1000 that grow by 2% a year in A1 and shrink by 1% in A2; years 2005 to 2010.
awk 'BEGIN {
    print "year,area_code,area_name,area_type,boundary_year,sex,age,population"
    for (y = 2005; y <= 2010; y++) for (a = 1; a <= 2; a++) for (s = 1; s <= 2; s++) for (x = 0; x <= 20; x++) {
        n = 1000 * exp((a == 1 ? 0.02 : -0.01) * x)
        code = a == 2 ? (s ? "B2" : "") : "A1"
        printf "%d,%s,\"x, y\",district,%d,%s,%d,%.6f\n", y, code, y, s == 1 ? "female" : "male", x, n
    }
}' >t.csv
printf 'old,new\nB2,A2\n' >cross.csv

run import ons-mye t.csv --areas areas.csv --year 2009 -o place
expect_code 3
expect_err "1 areas are not of the place: 'B2'"
[ ! -e place ] || fail "an import that failed has made a place"
run import ons t.csv --areas areas.csv --year 2009 -o place
expect_code 2
run import ons-mye t.csv --areas areas.csv -o place
expect_code 2
expect_err 'needs --year'
run import ons-mye t.csv --areas areas.csv --crosswalk cross.csv --year 2009 --end-year 2012 --ages-as-given -o place
expect_code 0
expect_out 'estimates by area type and age'
expect_out '2 areas'
expect_files 'area.csv group.csv level.csv status.csv' place/axes
expect_files 'components.csv population.csv totals.csv' place/history
run import ons-mye t.csv --areas areas.csv --crosswalk cross.csv --year 2009 --end-year 2012 --ages-as-given -o place
expect_code 0
expect_out 'left as they were: axes/area.csv, axes/group.csv, axes/level.csv, axes/status.csv, sources.csv, baseline.cfg'
run check place/baseline.cfg
expect_code 0
run run -q place/baseline.cfg -o before.h5
expect_code 0

run calibrate place/baseline.cfg
expect_code 2
expect_err 'needs --output'
run calibrate place/baseline.cfg --parent county -o place/calibrated.cfg
expect_code 3
expect_err "areas have no column 'county'"
run calibrate place/baseline.cfg --history nowhere -o place/calibrated.cfg
expect_code 3
run calibrate place/baseline.cfg --pool 2 -o place/calibrated.cfg
expect_code 2
[ ! -e place/calibrated.cfg ] || fail "a calibration that failed has left an overlay"
run calibrate place/baseline.cfg --years 3 -o place/calibrated.cfg
expect_code 0
expect_out '2 areas, years 2006 to 2009'
run check place/calibrated.cfg
expect_code 0
grep -q 'fitted = ( { field = "net_rate"; years = \[ 2006, 2009 \]; }' place/calibrated.cfg ||
    fail "the overlay does not say its years: $(cat place/calibrated.cfg)"
grep -q '^A1,male,17,0.020201$' place/calibrated.net_rate.csv || fail "rates are not those of the past"
grep -q '^A2,female,4,-0.009950$' place/calibrated.net_rate.csv || fail "rates are not those of the past"
run run -q place/calibrated.cfg --draws 50 -o after.h5 --set 'retain=["population"]'
expect_code 0
"$COHORTFLOW" export after.h5 --variable population | awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    { wanted = 1000 * exp(($c["area"] == "A1" ? 0.02 : -0.01) * $c["age"]); n++
      off = $c["value"] / wanted - 1; if (off > 1e-5 || off < -1e-5) { print; bad = 1 } }
    END { exit bad || n != 2 * 2 * 16 * 4 }' || fail "what was planted does not go on"

# A table in place of the place's own: unknown ones, and rules of years where there are none.
cat >place/wrong.cfg <<'END'
extends = "baseline.cfg";
tables = ( { name = "net_rat"; file = "calibrated.net_rate.csv"; },
           { name = "net_rate"; beyond = "error"; }, { name = "survival"; file = "none.csv"; } );
END
run check place/wrong.cfg
expect_code 3
expect_err "unknown table 'net_rat'"
expect_err "table 'net_rate' in entry 2 of 'tables' has no year axis"
expect_err "there is no file 'place/none.csv'"
