#!/usr/bin/env bash
# Proves: `value` says what an input is worth where that is known: all where nothing else matters,
# nothing where it does not matter; what is known of it today; and which of several scenarios.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
# How much room there is decides who finds none; how many are born late decides nothing by 2014.
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
planning = { penalty = 20000.0; };
uncertain = (
  { name = "room"; field = "places"; op = "scale"; dist = "uniform"; low = 0.5; high = 1.2; },
  { name = "hurry"; field = "phi"; op = "set"; dist = "uniform"; low = 0.0; high = 0.000001; },
  { name = "trends"; field = "trend"; where = { status = "job"; }; op = "add"; dist = "normal"; mean = 0.0; sd = 0.000001; }
);
risks = ( { code = "flood"; label = "A flood"; probability = 0.4; onset = [ 2012, 2012 ]; duration = 1;
            levers = ( { name = "closed for a year"; field = "trend"; op = "add"; value = 0.0; } ); } );
indicators = ( { code = "neet"; label = "NEET"; definition = "Not in anything"; source = "made up"; better = "lower";
                 targets = ( { year = 2014; value = 0.05; } );
                 numerator = { of = "stock"; where = { status = "neet"; age = "16-18"; }; };
                 denominator = { of = "stock"; where = { age = "16-18"; }; }; } );
design = { kind = "lhs"; draws = 300; seed = 7; };
CFG
run run -q futures.cfg -o f.h5
expect_code 0

cell() { # COLUMN INPUT
    awk -F, -v name="$1" -v key="$2" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } $c["input"] == key { print $c[name]; exit }' <<<"$out"
}
is() { awk "BEGIN { exit !($1) }" || fail "not so: $1, of $out"; }

run value f.h5 --csv
expect_code 0
expect_no_err
[ "$(head -n 1 <<<"$out")" = scenario,year,decision,rank,input,kind,evppi,share,evpi,unplaced_share,neet_share,known,vintage,table,by,nature,publisher,draws,advice ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(wc -l <<<"$out")" -eq 5 ] || fail "not a row for each of four inputs: $out"
[ "$(cell rank room)" = 1 ] || fail "room is not first: $out"
is "$(cell share room) > 0.95 && $(cell share room) <= 1 && $(cell unplaced_share room) > 0.98"
is "$(cell neet_share room) > 0.9 && $(cell evpi room) > 1000 && $(cell draws room) == 300"
for input in hurry trends flood; do
    is "$(cell share $input) < 0.02 && $(cell unplaced_share $input) < 0.03"
done
[ "$(cell known room),$(cell table room),$(cell nature room),$(cell vintage room)" = judged,places,illustrative,2009 ] ||
    fail "what is known of room: $out"
[ "$(cell known hurry),$(cell table hurry)" = judged,phi ] || fail "phi stands among the parameters: $out"
[ "$(cell known trends),$(cell table trends)" = 'no source,trend' ] || fail "no source is no source: $out"
[ "$(cell known flood),$(cell kind flood)" = 'an event,risk' ] || fail "a risk is an event: $out"
once=$out
run value f.h5 --csv
[ "$out" = "$once" ] || fail "another time there are other numbers"
run value f.h5
expect_code 0
expect_out 'to get first: room (judged)'
expect_out 'A flood'
expect_out '1. room: places (test, 2009): it is judged or made up'
expect_out 'knowing everything beforehand would save £'
run value f.h5 --json --year 2014
expect_out '"advice": "'

# An entry that is drawn site by site has the mean of its sites.
run run -q futures.cfg -o s.h5 --set 'uncertain=({name="room";field="places";op="scale";dist="uniform";low=0.5;high=1.2;by="site";shared=0.5;})'
run value s.h5 --csv
[ "$(cell by room)" = site ] || fail "room is not by site: $out"
is "$(cell unplaced_share room) > 0.3"
run value s.h5
expect_out "drawn for each member or year by itself"
run export s.h5 --variable draw_mean
expect_code 0

# A low penalty makes no place worth its cost.
run run -q futures.cfg -o p.h5 --set planning.penalty=100.0
run value p.h5
expect_code 0
out=$(tr -s '\n ' ' ' <<<"$out")
expect_out 'in 6 of 6 gaps a learner in a place costs as much as one unplaced or more'

# Of several scenarios, which. Sixty places relieve 46 learners or 61: at 57 they are worth their cost.
cat >options.csv <<'CSV'
code,label,kind,site,line,places,capital,annual,lead_years,life,max_units,needs,excludes,part,responsible
more,More at s1,expand,s1,voc3,60,0,1140000,1,20,1,,,1,Partnership
CSV
echo 'extends = "futures.cfg"; actions = ( { option = "more"; year = 2010; units = 1; } );' >build.cfg
run run -q futures.cfg build.cfg -o two.h5
expect_code 0
run value two.h5 --csv
expect_code 0
[ "$(cell decision room),$(cell scenario room)" = scenario,all ] || fail "not which scenario: $out"
is "$(cell share room) > 0.9 && $(cell share hurry) < 0.02 && $(cell evpi room) > 100"
run value two.h5
expect_out 'decided is which of 2 scenarios'
run value two.h5 --scenario build --csv
[ "$(cell decision room),$(cell scenario room)" = places,build ] || fail "not the places of one: $out"

run run -q futures.cfg -o few.h5 --draws 20
run value few.h5
expect_code 0
expect_err '20 draws are too few to say what an input is worth'
wrong() { # CODE TEXT ARGUMENT...
    local code=$1 text=$2
    shift 2
    run value "$@"
    expect_code "$code"
    expect_no_out
    expect_err "$text"
}
wrong 2 'one report year is wanted' f.h5 --year 2010
wrong 2 "the results have no scenario 'baseline'" f.h5 --scenario baseline
wrong 2 '--csv and --json are both given' f.h5 --csv --json
wrong 3 '--> futures.cfg' futures.cfg
run run -q baseline.cfg -o c.h5
wrong 3 'these results have no uncertain inputs' c.h5
