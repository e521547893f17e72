#!/usr/bin/env bash
# Proves: actions of a scenario do what their options say, in the years they are open, and the file
# says what was started.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
cp -r "$CF_SOURCE/tests/golden/bad_input/placing/." .
cat >options.csv <<'CSV'
code,label,kind,site,line,places,capital,annual,lead_years,life,max_units,needs,excludes,part,responsible,minutes
more,More A levels,expand,hill,alevel,25,100000,5000,1,1,2,,,1,Council,
craft,Crafts at Hill,open,hill,craft,7.5,0,1000,0,9,4,,,1,Hill,
less,Fewer places,release,quay,craft,20,0,3000,0,1,3,,,1,Quay,
bus,A bus to Quay,transport,quay,,,0,2000,0,1,3,,,2,Council,4.5
pool,Open borders,pool,,,0,0,1000,0,1,2,,,2,Both,
CSV
cat >plan.cfg <<'CFG'
extends = "baseline.cfg";
actions = (
  { option = "more"; year = 2010; units = 2; },
  { option = "craft"; year = 2010; units = 2; },
  { option = "craft"; year = 2012; },
  { option = "less"; year = 2011; units = 3; },
  { option = "bus"; year = 2011; units = 2; },
  { option = "pool"; year = 2012; }
);
CFG
cat >budget.csv <<'CSV'
year,part,capital,revenue
2010,1,200000,10000
2011,2,0,1500.5
CSV
run run -q baseline.cfg plan.cfg -o both.h5
expect_code 0
run verify both.h5
expect_code 0

# What a variable of the plan is more than that of the baseline, by year: more VARIABLE KEY...
more() {
    local variable=$1
    shift
    "$COHORTFLOW" export both.h5 --variable "$variable" |
        awk -F, -v key="$*" '
            NR > 1 {
                rest = ""
                for (i = 4; i < NF; i++) rest = rest (i > 4 ? " " : "") $i
                if (rest != key) next
                if ($2 == "plan") plan[$3] = $NF; else base[$3] = $NF
            }
            END { for (y = 2009; y <= 2012; y++) printf "%s%.10g", (y > 2009 ? " " : ""), plan[y] - base[y] }'
}
expect_more() { # WANTED VARIABLE KEY...
    local wanted=$1 got
    shift
    got=$(more "$@")
    [ "$got" = "$wanted" ] || fail "$*: $got, not $wanted"
}
"$COHORTFLOW" export both.h5 --variable usable | grep -q 'hill/alevel' || fail "no offer hill/alevel"
expect_more "0 0 50 0" usable hill/alevel
expect_more "0 15 15 22.5" usable hill/craft
expect_more "0 0 -60 0" usable quay/craft
expect_more "0 0 0 0" usable quay/alevel
expect_more "0 0 -9 0" journey_minutes north quay
expect_more "0 0 -9 0" journey_minutes south quay
expect_more "0 0 0 0" journey_minutes north hill

# A closed border opens by a level for as long as they pool.
printf 'authority,authority_to,value\na1,a2,0\na2,a1,0\n' >tables/collaboration.csv
run run -q plan.cfg -o pooled.h5
expect_code 0
crossed=$("$COHORTFLOW" export pooled.h5 --variable flow |
    awk -F, 'NR > 1 && $4 != $5 { n[$3] += $NF }
             END { for (y = 2009; y <= 2012; y++) printf "%d", (n[y] > 0) }')
[ "$crossed" = 0001 ] || fail "borders are crossed in: $crossed, not in 2012 alone"

# Those of one site's authority open both ways.
sed 's/^pool,Open borders,pool,,/pool,Open borders,pool,quay,/' options.csv >pool.csv
printf 'extends = "plan.cfg";\noptions = "pool.csv";\n' >one-site.cfg
run run -q one-site.cfg -o one-site.h5
expect_code 0
crossed=$("$COHORTFLOW" export one-site.h5 --variable flow --year 2012 |
    awk -F, 'NR > 1 && $4 != $5 && $NF > 0 { print $4 "-" $5 }' | sort -u | xargs)
[ "$crossed" = "a1-a2 a2-a1" ] || fail "a pool of one site opens: $crossed"

# ---- what the file says ----
run export both.h5 --variable action_units
expect_code 0
want='plan,more,2010,2
plan,craft,2010,2
plan,craft,2012,1
plan,less,2011,3
plan,bus,2011,2
plan,pool,2012,1'
[ "$(grep -vE ',0$' <<<"$out" | tail -n +2)" = "$want" ] || fail "action_units: $out"
run export both.h5 --variable budget_revenue
[ "$(grep -vE ',0$' <<<"$out" | tail -n +2)" = $'1,2010,10000\n2,2011,1500.5' ] ||
    fail "budget_revenue: $out"
run export both.h5 --variable option_capital
[ "$(grep more <<<"$out")" = more,100000 ] || fail "option_capital: $out"
run export both.h5 --variable planning
[ "$out" = $'setting,value\ndiscount,0.035\npenalty,6000\nquality_floor,0\nno_regret,0.8\nfutures,12' ] ||
    fail "planning: $out"
run export both.h5 --variable criterion_weight
[ "$(grep -c ',0.125$' <<<"$out")" = 8 ] || fail "criteria without a table weigh alike: $out"
printf 'code,label,weight,direction\ncost,Cost,1,lower\nunmet,,3,higher\n' >criteria.csv
run run -q baseline.cfg -o weighed.h5
expect_code 0
run export weighed.h5 --variable criterion_weight
[ "$out" = $'criterion,value\ncost,0.25\nunmet,0.75' ] || fail "criterion_weight: $out"
run export weighed.h5 --variable criterion_sign
[ "$out" = $'criterion,value\ncost,-1\nunmet,1' ] || fail "criterion_sign: $out"
exit 0
