#!/usr/bin/env bash
# Proves: `decompose` adds up to the change in every shipped scenario; its values are the run's; a
# cause that a scenario has switched off has exactly 0 and the others add up to the new change.
. "$(dirname "$0")/common.sh"

# Every row of a table: under_way and the causes add up to value - base, to 1e-9 of the largest.
adds_up() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { sum = 0; largest = 1e-300
          for (i = at["under_way"]; i <= NF; i++) { sum += $i; if ($i > largest) largest = $i; if (-$i > largest) largest = -$i }
          for (i = at["base"]; i <= at["value"]; i++) if ($i > largest) largest = $i
          off = sum - $at["change"]; d = $at["value"] - $at["base"] - $at["change"]
          if (off * off > (1e-9 * largest) ^ 2 || d * d > (1e-12 * largest) ^ 2) { print "row " NR ": " $0; bad = 1 } }
        END { exit bad || NR < 2 }' <<<"$out"
}
cp -r "$CF_SOURCE/scenarios" ..
for scenario in ../scenarios/*/*.cfg ../scenarios/*/futures/*.cfg; do
    run decompose -q "$scenario" --csv
    expect_code 0
    adds_up || fail "$scenario does not add up"
done

# A place in which every cause has something to do.
use_place golden/tiny_choice
cat >all.cfg <<'CFG'
extends = "baseline.cfg"; report_years = [ 2011, 2013 ];
levers = (
  { name = "phi"; field = "phi"; op = "set"; value = 0.6; },
  { name = "short"; field = "places"; op = "scale"; value = 0.3; from = 2010; },
  { name = "gone"; field = "places"; where = { site = "s2"; line = "voc2"; }; op = "set"; value = 0.0; from = 2011; }
);
indicators = (
  { code = "neet-17"; label = "NEET at 17"; definition = "of all"; source = "made up"; better = "lower";
    numerator = { of = "stock"; where = { age = 17; status = "kind:neet"; }; };
    denominator = { of = "stock"; where = { age = 17; }; }; },
  { code = "l3"; label = "Level 3"; definition = "of all"; source = "made up"; better = "higher";
    numerator = { of = "attained"; where = { level = "l3"; }; }; denominator = { of = "attained"; }; } );
CFG
column() { # NAME [FILE]: the values of a column, one a line
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at[name] }' <<<"$out"
}
run decompose all.cfg --csv
expect_code 0
adds_up || fail "all.cfg does not add up"
[ "$(head -n 1 <<<"$out")" = scenario,year,variable,base,value,change,under_way,demography,progression,views,economy,policy,access,capacity ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(column variable | paste -sd' ')" = "learners neet residents participation unplaced neet-17 l3 learners neet residents participation unplaced neet-17 l3" ] ||
    fail "the rows are $(column variable | paste -sd' ')"
for cause in demography progression views economy policy access capacity; do
    column $cause | awk '$1 * $1 > 1e-6 { some = 1 } END { exit !some }' || fail "$cause has nothing to do: $(column $cause)"
done
all=$out

# The values are those of the run, in the base year too.
run run -q all.cfg -o all.h5
seen() { "$COHORTFLOW" export all.h5 "$@" | awk -F, 'NR > 1 { sum += $NF } END { printf "%.9g\n", sum }'; }
out=$all
said() { awk -F, -v variable="$1" -v year="$2" -v at="$3" '$2 == year && $3 == variable { printf "%.9g\n", $at }' <<<"$out"; }
for year in 2011 2013; do
    [ "$(said residents $year 5)" = "$(seen --variable stock --year $year --age 16-18)" ] || fail "residents of $year"
    [ "$(said unplaced $year 5)" = "$(seen --variable unplaced --year $year)" ] || fail "unplaced of $year"
    [ "$(said unplaced $year 4)" = "$(seen --variable unplaced --year 2009)" ] || fail "unplaced of 2009"
done
"$COHORTFLOW" export all.h5 --variable indicator_pooled | grep ',all,' >pooled
for code in neet-17 l3; do
    [ "$(said $code 2013 5)" = "$(awk -F, -v code=$code '/,2013,all,/ && $5 == code { printf "%.9g\n", $6 }' pooled)" ] || fail "$code of 2013"
    [ "$(said $code 2013 4)" = "$(awk -F, -v code=$code '/,2009,all,/ && $5 == code { printf "%.9g\n", $6 }' pooled)" ] || fail "$code of 2009"
done

# What a scenario has switched off has 0 to the last bit; the others add up to what changes then.
off() { # CAUSE LEVER...
    local cause=$1
    shift
    {
        echo 'extends = "all.cfg"; levers = ('
        for field in "$@"; do echo "  { name = \"no $field\"; field = \"$field\"; op = \"set\"; value = 0.0; },"; done | sed '$s/,$//'
        echo ');'
    } >off.cfg
    run decompose -q off.cfg --csv
    expect_code 0
    adds_up || fail "without $cause it does not add up"
    [ "$(column $cause | sort -u)" = 0 ] || fail "$cause is off and has $(column $cause | paste -sd' ')"
    [ "$(column value | paste -sd' ')" != "$(out=$all && column value | paste -sd' ')" ] || fail "$cause changes nothing"
    run decompose -q off.cfg
    expect_out "Nothing of it is by: $cause."
}
off progression trend
off views theta
off economy elasticity
off policy duty push
off access phi
run decompose "$CF_SOURCE/tests/golden/tiny_ageing/baseline.cfg" --csv
expect_code 0
adds_up || fail "tiny_ageing does not add up"
[ "$(column access | sort -u)" = 0 ] || fail "access has no effect there: $out"

# By tier, one quantity, ages, threads; back-casts; what is wrong with a call.
run decompose all.cfg --by area --variable learners --age 17 --year 2010-2012 --csv --threads 2
expect_code 0
[ "$(column area | paste -sd' ')" = "east west all east west all east west all" ] || fail "the areas are $(column area)"
adds_up || fail "areas do not add up"
awk -F, 'NR > 1 { if ($3 != "all") sum += $7; else { if ((sum - $7) ^ 2 > 1e-18) exit 1; sum = 0 } }' <<<"$out" ||
    fail "areas do not add up to all: $out"
once=$out
run decompose all.cfg --by area --variable learners --age 17 --year 2010-2012 --csv --threads 1
[ "$out" = "$once" ] || fail "one thread gives another table"
run decompose all.cfg --json
expect_out '"demography": '
cat >aim.cfg <<'CFG'
extends = "all.cfg"; mode = "backcast";
targets = ( { status = "kind:neet"; age = "16-17"; year = 2013; value = 0.05; path = "linear"; } );
CFG
run decompose -q aim.cfg --csv
expect_code 0
adds_up || fail "the back-cast does not add up"
run decompose -q aim.cfg --variable neet
expect_out 'held as they are in all runs'

wrong() { # CODE TEXT ARGUMENT...
    local code=$1 text=$2
    shift 2
    run decompose "$@"
    expect_code "$code"
    expect_no_out
    expect_err "$text"
}
wrong 2 "the years after the base year are 2010 to 2013" all.cfg --year 2009
wrong 2 "the ages are 14 to 19" all.cfg --age 30
wrong 2 "did you mean 'authority'?" all.cfg --by autority
wrong 2 "did you mean 'learners'?" all.cfg --variable learner
wrong 2 "--csv and --json are both given" all.cfg --csv --json
# A run that fails is named by what it is without: held at the base year, with nobody of 17 to come, those
# of 18 go on from where the base year has them, and there progression has no row.
cat >fails.cfg <<'CFG'
extends = "baseline.cfg"; end_year = 2010; report_years = [ 2010 ];
levers = ( { name = "campaign"; where = { status = "gfe"; year = "2010-"; }; },
           { name = "jobs"; where = { status = "job"; year = 2010; }; } );
CFG
sed -i 's/^\(.*,17,\).*/\10/' tables/population.csv
sed -i '/^[fm],18,/d' tables/progression.csv
wrong 3 "that is the run without demography" fails.cfg
exit 0
