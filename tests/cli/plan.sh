#!/usr/bin/env bash
# Proves: `plan` keeps within its budgets year by year, starts nothing without money, costs no less
# with less of it, and stands beside what the model makes of it; what it writes is a scenario that
# runs from anywhere and does what was simulated; what it may not replace stays; an infeasible plan
# exits 5 and names the rows.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
planning = { penalty = 20000.0; };
uncertain = (
  { name = "room"; field = "places"; op = "scale"; dist = "uniform"; low = 0.5; high = 1.2; },
  { name = "trends"; field = "trend"; where = { status = "job"; }; op = "add"; dist = "normal"; mean = 0.0; sd = 0.01; }
);
design = { kind = "lhs"; draws = 40; seed = 7; };
retain = [ "unplaced", "enrolled@report" ];
CFG
cat >options.csv <<'CSV'
code,label,kind,site,line,places,capital,annual,lead_years,life,max_units,needs,excludes,part,responsible,minutes
more,"More, at s1",expand,s1,voc3,20,50000,60000,1,20,3,,,1,Partnership,
block,A block,expand,s2,voc3,30,300000,90000,2,30,2,more,,2,Council,
open,Voc 2 at s3,open,s3,voc2,15,20000,50000,0,3,2,,block,1,College,
less,Fewer at s1,release,s1,alevel,10,0,20000,0,1,3,,,1,Partnership,
bus,A bus,transport,s2,,,0,30000,0,1,5,,,2,Council,8
CSV
cat >budget.csv <<'CSV'
year,part,capital,revenue
2010,1,60000,60000
2011,1,60000,120000
2012,1,60000,120000
2013,1,60000,120000
2014,1,60000,120000
2011,2,600000,30000
2012,2,0,90000
2013,2,0,190000
2014,2,0,190000
CSV
is() { awk "BEGIN { exit !($1) }" || fail "not so: $1, of $out"; }
# A number in the overlay's words: said objective plan.cfg
said() { sed -n "2s/.*$1 \([-0-9.]*\)[,; ].*/\1/p" "$2"; }

run run -q futures.cfg -o f.h5
expect_code 0
run plan futures.cfg f.h5 -o plan.cfg --csv
expect_code 0
expect_err 'notice: least expected cost for'
expect_err 'simulated in 40 draws'
[ "$(head -n 1 <<<"$out")" = year,option,kind,site,line,responsible,part,units,places,capital,annual,opens,latest_start,served,share ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(wc -l <<<"$out")" -gt 2 ] || fail "nothing much is started: $out"
actions=$out

# What is spent, counted again from the actions: never more than there is, and what --years says.
run plan futures.cfg f.h5 -o plan-years.cfg --years --csv
expect_code 0
cmp plan.cfg plan-years.cfg || fail "another time there is another plan"
[ "$(head -n 1 <<<"$out")" = year,unplaced,relief_planned,relief_simulated,capital_1,capital_budget_1,revenue_1,revenue_budget_1,capital_2,capital_budget_2,revenue_2,revenue_budget_2 ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
years=$out
printf '%s\n' "$actions" >actions.csv
printf '%s\n' "$years" >years.csv
awk -F, '
    FILENAME == "options.csv" { gsub(/"[^"]*"/, "x"); lead[$1] = $9; life[$1] = $10; next }
    FILENAME == "budget.csv" { capital[$1, $2] = $3; revenue[$1, $2] = $4; next }
    FILENAME == "actions.csv" {
        if (FNR == 1) next
        spent[$1, $7] += $10
        for (y = $1 + lead[$2]; y < $1 + lead[$2] + life[$2]; y++) runs[y, $7] += $11
        next
    }
    FNR > 1 {
        for (p = 1; p <= 2; p++) {
            c = $(p * 4 + 1); r = $(p * 4 + 3)
            if (c != spent[$1, p] + 0 || r != runs[$1, p] + 0) print $1, "part", p, "spends", c, r, "not", spent[$1, p] + 0, runs[$1, p] + 0
            if (c > capital[$1, p] + 0 || r > revenue[$1, p] + 0) print $1, "part", p, "spends more than there is:", c, r
            if ($(p * 4 + 2) != capital[$1, p] + 0 || $(p * 4 + 4) != revenue[$1, p] + 0) print $1, "budget of part", p
        }
    }' options.csv budget.csv actions.csv years.csv >wrong.txt
[ ! -s wrong.txt ] || fail "money: $(cat wrong.txt)"

# What the plan does, run as the scenario it is, is what was simulated: all forty draws were.
run run -q futures.cfg plan.cfg -o both.h5
expect_code 0
"$COHORTFLOW" export both.h5 --variable unplaced_draws >unplaced.csv
awk -F, '
    FILENAME == "unplaced.csv" { if (FNR > 1 && $1 % 41) sum[$2, $3] += $NF / 40; next }
    FNR > 1 {
        before = sum["futures", $1]; relief = before - sum["plan", $1]; all += $4
        if (($2 - before)^2 > 1e-12 * before^2 || ($4 - relief)^2 > 1e-12 * before^2) print $1, $2, before, $4, relief
    }
    END { if (!(all > 100)) print "next to no relief", all }' unplaced.csv years.csv >wrong.txt
[ ! -s wrong.txt ] || fail "simulated is not what the run has: $(cat wrong.txt)"
is "$(said simulated plan.cfg) > 0.8 * $(said planned plan.cfg) && $(said simulated plan.cfg) < 1.2 * $(said planned plan.cfg)"

# The same plan on one thread and on several; objective regret is another programme.
run plan futures.cfg f.h5 -o one.cfg --threads 1
cmp plan.cfg one.cfg || fail "one thread plans otherwise"
run plan futures.cfg f.h5 -o regret.cfg --objective regret
expect_code 0
expect_out 'least largest regret'
is "$(said objective regret.cfg) < $(said objective plan.cfg)"
run plan futures.cfg f.h5 -o second.cfg --seconds 1e-3 --nodes 1
expect_code 0
run plan futures.cfg f.h5 -o bad.cfg --objective least
expect_code 2
expect_err "--objective cannot be 'least'"

# Next year: as many futures as planning.no_regret asks for.
run plan futures.cfg f.h5 -o text.cfg
expect_out 'no regret, to be started in 2010 in at least 80% of futures: More, at s1 ('
for least in 0.5 0.6; do
    set_to="planning={penalty=6000.0;no_regret=$least;}"
    run run -q futures.cfg -o few.h5 --set "$set_to"
    run plan futures.cfg few.h5 -o few.cfg --set "$set_to"
    expect_code 0
    expect_out '55.4%'
    case $least in
    0.5) expect_out 'no regret, to be started in 2010 in at least 50% of futures: More, at s1 (55%)' ;;
    0.6) expect_out 'no regret, to be started in 2010 in at least 60% of futures: nothing' ;;
    esac
    grep -qxF "// made, and to be run, with --set '$set_to'" few.cfg || fail "what was set is not told: $(cat few.cfg)"
done

# What is without regret is as much as so many futures want, not all that is started.
{ head -n 1 options.csv && echo 'one,A place,expand,s1,voc3,1,0,0,0,1,1000,,,1,Council,'; } >ones.csv
run plan futures.cfg f.h5 -o ones.cfg --options ones.csv
expect_code 0
grep -qE 'futures: A place \([0-9]+ of [0-9]+ units\)' <<<"$out" || fail "as if all of it were without regret: $out"

# Without money nothing is started, and it says how that was found.
echo year,part,capital,revenue >none.csv
run plan futures.cfg f.h5 -o none.cfg --budget none.csv
expect_code 0
expect_out 'gap 0, 1 node'
! grep -q 'option =' none.cfg || fail "something is started without money: $(cat none.cfg)"
run check none.cfg
expect_code 0

# Of the central run alone, linearised once: the less money, the dearer the best plan.
run run -q baseline.cfg -o c.h5
last=0
for percent in 1000 100 75 50 25 0; do
    awk -F, -v OFS=, -v by=$percent 'NR > 1 { $3 *= by / 100; $4 *= by / 100 } { print }' budget.csv >tight.csv
    run plan baseline.cfg c.h5 -o tight.cfg --budget tight.csv
    expect_code 0
    [ "$percent" = 0 ] || expect_out 'after linearising 1 time;'
    is "$(said objective tight.cfg) >= $last"
    last=$(said objective tight.cfg)
done
expect_out 'least expected cost for 1 future: '
out=$(tr -s '\n ' ' ' <<<"$out")
expect_out 'with one future alone that says nothing of others'

# A limit that nothing can hold: 5, the rows, and no file.
run run -q futures.cfg -o most.h5 --set planning.most_unplaced=10.0
run plan futures.cfg most.h5 -o most.cfg --set planning.most_unplaced=10.0
expect_code 5
expect_err 'no plan holds all of: '
expect_err 'at most 10 unserved in 2014'
[ ! -e most.cfg ] || fail "an infeasible plan was written"

echo 'extends = "futures.cfg"; actions = ( { option = "open"; year = 2010; units = 1.0; } );
planning = { most_unplaced = 100.0; };' >open.cfg
run run -q open.cfg -o open.h5
run plan open.cfg open.h5 -o open.plan
expect_code 5
expect_err "'block' is excluded by what is started; at most 100 unserved in 2014"

# Draws that failed were the crowded ones.
run run -q futures.cfg -o failed.h5 --set max_rounds=15
expect_code 4
run plan futures.cfg failed.h5 -o failed.cfg --set max_rounds=15
expect_code 4
expect_err '11 of 40 draws failed, more than 1%'
run regret failed.h5
expect_code 4
expect_out 'Plans in 29 futures'
expect_err '11 of 40 draws failed, more than 1%'

# Results of something else.
sed 's/high = 1.2/high = 1.3/' futures.cfg >other.cfg
run plan other.cfg f.h5 -o other.plan
expect_code 3
expect_err "the results are of no scenario 'other'"
sed -i.kept 's/high = 1.2/high = 1.3/' futures.cfg
run plan futures.cfg f.h5 -o other.plan
expect_code 3
mv futures.cfg.kept futures.cfg
[ ! -e other.plan ] || fail "a plan of other results was written"
run run -q futures.cfg -o kept.h5 --set 'retain=["indicator_value@report"]'
run plan futures.cfg kept.h5 -o other.plan --set 'retain=["-*"]'
expect_code 3
run run -q futures.cfg -o kept.h5 --set 'retain=["-*"]'
run plan futures.cfg kept.h5 -o other.plan --set 'retain=["-*"]'
expect_code 3
expect_err "the results do not keep 'unplaced' of their draws"
mv options.csv away.csv
run run -q futures.cfg -o bare.h5
run plan futures.cfg bare.h5 -o other.plan
expect_code 3
expect_err 'there are no options to choose from'
mv away.csv options.csv

# What stands under the name and is no plan stays; so does what the scenario itself is made of.
before=$(tree_hash .)
for name in futures.cfg f.h5 tables; do
    run plan futures.cfg f.h5 -o "$name"
    expect_code 73
    expect_err 'something that is no plan stands under this name'
done
run plan futures.cfg f.h5
expect_code 2
[ "$(tree_hash .)" = "$before" ] || fail "a plan that may not be written has changed something"
cp plan.cfg again.cfg
run run -q plan.cfg -o again.h5 --set end_year=2014
run plan plan.cfg again.h5 -o plan.cfg --set end_year=2014
expect_code 73
expect_err 'the scenario is made of this file'
cmp plan.cfg again.cfg || fail "a plan was replaced by one that extends itself"

# The overlay lies where it is wanted: blanks, quotes, a folder that is a link.
mkdir -p "$scratch/far/away/there" "sub/a \"b\" c"
ln -s "$scratch/far/away/there" link
cp options.csv 'sub/its "own" options.csv'
for name in "sub/a \"b\" c/plan.cfg" link/plan.cfg "$scratch/far/plan.cfg"; do
    run plan futures.cfg f.h5 -o "$name" --options 'sub/its "own" options.csv'
    expect_code 0
    (cd / && "$COHORTFLOW" check "$scratch/here/${name#"$scratch/here/"}" >/dev/null 2>&1) ||
        [ "${name#/}" != "$name" ] || fail "$name cannot be read: $(cat "$name")"
    run run -q "$name" -o "$scratch/it.h5"
    expect_code 0
done

# A plan of a plan: what was started stays and costs, and nothing opens before what it needs.
cat >started.cfg <<'CFG'
extends = "futures.cfg";
budget = "rich.csv";
options = "needy.csv";
actions = ( { option = "more"; year = 2013; units = 1.0; } );
CFG
awk -F, -v OFS=, 'NR > 1 { $3 = 1e6; $4 = 1e6 } { print } END { print 2010, 2, 1e6, 1e6 }' budget.csv >rich.csv
{ cat options.csv && echo 'extra,Extra,expand,s2,voc3,20,0,1000,0,20,1,more,,1,Council,'; } >needy.csv
run run -q started.cfg -o started.h5
expect_code 0
run plan started.cfg started.h5 -o further.cfg --csv
expect_code 0
grep -q 'option = "more"; year = 2013; units = 1.0; }' further.cfg || fail "what was started is gone: $(cat further.cfg)"
grep -q '"extra"; year = 2014' further.cfg || fail "no extra place from 2014 on, so nothing is proven: $(cat further.cfg)"
run check further.cfg
expect_code 0

# Labels may hold anything.
awk -F, -v OFS=, '{ if ($1 == "extra") $2 = "\"a \"\"block\"\",\n*/ \\ }; //\""; print }' needy.csv >odd.csv
run plan started.cfg started.h5 -o odd.cfg --options odd.csv
expect_code 0
expect_out 'a "block", */ \ }; //'
run check odd.cfg
expect_code 0

# A place of demography alone has no gaps to fill.
mkdir "$scratch/bare" && cp -r "$CF_SOURCE/tests/golden/bad_input/base/." "$scratch/bare"
run run -q "$scratch/bare/baseline.cfg" -o "$scratch/bare/b.h5"
run plan "$scratch/bare/baseline.cfg" "$scratch/bare/b.h5" -o "$scratch/bare/plan.cfg"
expect_code 3
expect_err 'the place has no lines'
