#!/usr/bin/env bash
# Proves: scenarios that offer different things lie side by side in one file, each as it is alone; what
# is placed adds up; what cannot be placed in time is told and nothing is written.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places

# The sum of a variable in one scenario and year: total FILE VARIABLE SCENARIO YEAR
total() {
    "$COHORTFLOW" export "$1" --variable "$2" --scenario "$3" --year "$4" |
        awk -F, 'NR > 1 { n += $NF } END { printf "%.6f", n }'
}

# A lever that names a pair by code opens an offer that the place does not have.
cat >opens.cfg <<'CFG'
extends = "baseline.cfg";
levers = ( { name = "voc2 at s1"; field = "places"; op = "set"; value = 50.0; from = 2011;
             where = { site = "s1"; line = "voc2"; }; } );
CFG
# One that names it by an attribute, or a whole line, does not.
cat >more.cfg <<'CFG'
extends = "baseline.cfg";
levers = ( { name = "a tenth more"; field = "places"; op = "scale"; value = 1.1;
             where = { line = "voc2"; }; } );
CFG
run run -q baseline.cfg opens.cfg more.cfg -o all.h5
expect_code 0
run verify all.h5
expect_code 0
for scenario in baseline opens more; do
    run run -q $scenario.cfg -o alone.h5
    expect_code 0
    for variable in stock demand usable enrolled scarcity flow; do
        "$COHORTFLOW" export alone.h5 --variable $variable | cut -d, -f2- | sort >alone.csv
        "$COHORTFLOW" export all.h5 --variable $variable --scenario $scenario | cut -d, -f2- |
            sort >beside.csv
        # Beside others there may be rows more: offers of theirs, without places here.
        comm -23 alone.csv beside.csv | grep -q . && fail "$variable of $scenario differs beside others"
        comm -13 alone.csv beside.csv | grep -vE ',s1/voc2,(0)?$' | grep -q . &&
            fail "$variable of $scenario has other rows beside others"
    done
done
run export all.h5 --variable usable --scenario opens --year 2011
expect_out "2011,s1/voc2,50"
run export all.h5 --variable usable --scenario baseline --year 2011
expect_out "2011,s1/voc2,0"

# A scenario that closes a site is a place whose axis does, for those who may finish there too.
cat >closes.cfg <<'CFG'
extends = "baseline.cfg";
closures = ( { name = "a"; site = "s1"; year = 2011; teach_out = 1; }, { name = "b"; site = "s4"; year = 2013; } );
CFG
cat >later.cfg <<'CFG'
extends = "closes.cfg"; // by name: s1 still closes
closures = ( { name = "b"; year = 2014; teach_out = 2; } );
CFG
cp -r . ../closed
sed -i -E 's/^(s1,.*),$/\1,2011,1/; s/^(s4,.*),2012/\1,2013,/; s/^(s[23],.*),$/\1,,/; s/closing_year/&,teach_out/' \
    ../closed/axes/site.csv
run run -q baseline.cfg closes.cfg later.cfg -o closes.h5
expect_code 0
run run -q ../closed/baseline.cfg -o closed.h5
expect_code 0
for variable in stock usable enrolled arrivals unplaced flow; do
    "$COHORTFLOW" export closes.h5 --variable $variable --scenario closes | cut -d, -f3- >one.csv
    "$COHORTFLOW" export closed.h5 --variable $variable | cut -d, -f3- >other.csv
    cmp -s one.csv other.csv || fail "$variable of closures is not that of closing_year"
done
# What s1 and s4 still teach: places [s1 2011, s1 2012, s4 2013], learners of s1 in 2011.
at() { # SCENARIO VARIABLE YEAR SITE
    "$COHORTFLOW" export closes.h5 --variable "$2" --scenario "$1" --year "$3" |
        awk -F, -v site="$4/" 'index($4, site) == 1 { n += $NF } END { printf "%.3f", n }'
}
[ "$(at closes usable 2011 s1)" = 0.000 ] || fail "s1 has places in 2011"
[ "$(at closes enrolled 2011 s1)" != 0.000 ] || fail "nobody finishes at s1"
[ "$(at closes enrolled 2012 s1)" = 0.000 ] || fail "s1 teaches in 2012"
[ "$(at closes usable 2012 s4)" != 0.000 ] || fail "s4 is closed in 2012, as the axis has it"
[ "$(at closes usable 2013 s4)" = 0.000 ] || fail "s4 is open in 2013"
[ "$(at later usable 2013 s4)" != 0.000 ] || fail "s4 is closed in 2013, as another file has it"
[ "$(at later usable 2011 s1)" = 0.000 ] || fail "closures of a file that is extended are gone"

# placed = enrolled; demand = placed at first + unplaced; what leaves an authority enters another.
for year in 2009 2012 2014; do
    [ "$(total all.h5 placed baseline $year)" = "$(total all.h5 enrolled baseline $year)" ] ||
        fail "$year: placed is not enrolled"
    [ "$(total all.h5 placed baseline $year)" = "$(total all.h5 flow baseline $year)" ] ||
        fail "$year: placed is not what flows"
    awk -v d="$(total all.h5 too_far baseline $year)" -v c="$(total all.h5 crowded_out baseline $year)" \
        -v u="$(total all.h5 unplaced baseline $year)" \
        'BEGIN { e = d + c - u; exit !(e < 1e-5 && e > -1e-5) }' || fail "$year: unplaced has another cause"
done
# Learners by home area and offer, of the report years, are those enrolled.
[ "$(total all.h5 flow_offer opens 2014)" = "$(total all.h5 enrolled opens 2014)" ] ||
    fail "flow_offer is not who is enrolled"

# Too few rounds: the run is told, and there is no file.
run run baseline.cfg --set max_rounds=1 -o none.h5
expect_code 4
expect_err "placing did not converge in max_rounds (line 'alevel')"
[ ! -e none.h5 ] || fail "a file of a failed run stands"
exit 0
