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
