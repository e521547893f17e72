#!/usr/bin/env bash
# Proves: the numbers of `regret` are those that can be counted again from `export`, of plans that
# were written by hand; places are used in the year that is looked at; what is wanted in enough
# futures and begins next year is without regret; a file that says other things twice is told of.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
planning = { penalty = 20000.0; discount = 0.05; no_regret = 0.7; };
uncertain = (
  { name = "room"; field = "places"; op = "scale"; dist = "uniform"; low = 0.5; high = 1.2; }
);
design = { kind = "lhs"; draws = 30; seed = 7; };
CFG
cat >options.csv <<'CSV'
code,label,kind,site,line,places,capital,annual,lead_years,life,max_units,needs,excludes,part,responsible,minutes
more,"More, at s1",expand,s1,voc3,20,50000,60000,1,20,3,,,1,Partnership,
short,A year,expand,s1,voc2,10,12000,10000,0,1,2,,,1,Partnership,
idle,Nobody comes,expand,s4,alevel,500,0,1,0,30,1,,,2,Council,
less,Fewer at s1,release,s1,alevel,4,0,20000,0,30,3,,,1,Partnership,
CSV
cat >low.cfg <<'CFG'
extends = "futures.cfg"; title = "Low";
actions = ( { option = "more"; year = 2010; units = 1.0; share = 0.7; },
            { option = "short"; year = 2011; units = 2.0; share = 1.0; },
            { option = "idle"; year = 2010; units = 1.0; share = 1.0; } );
CFG
cat >high.cfg <<'CFG'
extends = "low.cfg"; title = "High";
actions = ( { option = "more"; year = 2010; units = 2.0; share = 0.699; },
            { option = "more"; year = 2011; units = 1.0; share = 0.9; },
            { option = "less"; year = 2010; units = 1.0; share = 0.9; } );
CFG
is() { awk "BEGIN { exit !($1) }" || fail "not so: $1, of $out"; }
cell() { # COLUMN KEY... : of the row in which these columns=values stand
    local column=$1
    shift
    awk -F, -v name="$column" -v keys="$*" '
        NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; n = split(keys, key, " "); next }
        { for (k = 1; k <= n; k++) { split(key[k], is, "="); if ($c[is[1]] != is[2]) next } print $c[name]; exit }' <<<"$out"
}

run run -q futures.cfg low.cfg high.cfg -o all.h5 --set 'retain=["unplaced","enrolled","usable"]'
expect_code 0

# Plans against futures, counted again. d is 0.05, a life of 20 or 1 years; 2010 is the first.
"$COHORTFLOW" export all.h5 --variable unplaced_draws >unplaced.csv
run regret all.h5 --csv
expect_code 0
expect_no_err
printf '%s\n' "$out" >regret.csv
run regret all.h5 --draws --csv
expect_code 0
[ "$(wc -l <<<"$out")" -eq 91 ] || fail "not a row for each plan and draw: $out"
printf '%s\n' "$out" >draws.csv
awk -F, '
    function near(a, b, what) { if ((a - b)^2 > 1e-18 * (1 + a^2 + b^2)) print what, a, "not", b }
    function annuity(capital, life) { return capital * 0.05 / (1 - 1.05^-life) }
    BEGIN {
        for (y = 1; y <= 5; y++) {
            more = y >= 2 ? annuity(50000, 20) + 60000 : 0
            late = y >= 3 ? annuity(50000, 20) + 60000 : 0
            cost["low"] += 1.05^-y * (more + (y == 2 ? 2 * (annuity(12000, 1) + 10000) : 0) + 1)
            cost["high"] += 1.05^-y * (2 * more + late - 20000)
        }
        cost["futures"] = 0; n = split("futures low high", plan, " ")
    }
    FILENAME == "unplaced.csv" {
        if (FNR == 1 || $3 == 2009 || $1 % 31 == 0) next
        short[$2, $1 % 31] += $NF; paid[$2, $1 % 31] += 20000 * 1.05^-($3 - 2009) * $NF
        next
    }
    FILENAME == "draws.csv" && FNR == 1 {
        for (d = 1; d <= 30; d++) {
            least = 1e300; ties = 0
            for (p = 1; p <= n; p++) {
                c = cost[plan[p]] + paid[plan[p], d]
                if (c < least) { least = c; ties = p }
            }
            best[d] = least; first[plan[ties]]++
        }
        next
    }
    FILENAME == "draws.csv" {
        near($3, short[$1, $2], "unplaced"); near($4, cost[$1] + paid[$1, $2], "cost")
        if (($5 - $4 + best[$2])^2 > 1) print "regret", $0
        mean[$1] += $4 / 30; regret[$1] += $5 / 30; most[$1] = $5 > most[$1] ? $5 : most[$1]
        next
    }
    FNR > 1 {
        near($2, cost[$1], "plan_cost of " $1); near($3, mean[$1], "mean cost")
        near($5, regret[$1], "mean regret"); near($7, most[$1] + 0, "largest regret")
        near($8, first[$1] / 30, "p_best of " $1); rows++
    }
    END { if (rows != 3) print "rows", rows }' unplaced.csv draws.csv regret.csv >wrong.txt
[ ! -s wrong.txt ] || fail "$(cat wrong.txt)"
run regret all.h5
expect_out 'Plans in 30 futures'

# A file that keeps one report year only: what a draw has more than the central run then has come
# along a line from the base year, and stays.
run run -q futures.cfg low.cfg -o some.h5 --set 'report_years=[2012]'
"$COHORTFLOW" export some.h5 --variable unplaced_draws >unplaced.csv
"$COHORTFLOW" export some.h5 --variable unplaced >central.csv
run regret some.h5 --draws --csv
expect_code 0
printf '%s\n' "$out" >draws.csv
awk -F, '
    FNR == 1 { next }
    FILENAME == "central.csv" { central[$2, $3] += $NF; next }
    FILENAME == "unplaced.csv" { kept[$2, $1 % 31] += $NF; next }
    {
        more = kept[$1, $2] - central[$1, 2012]; all = 0
        for (y = 2010; y <= 2014; y++) {
            learners = central[$1, y] + more * (y < 2012 ? (y - 2009) / 3 : 1)
            all += learners > 0 ? learners : 0
        }
        if ((all - $3)^2 > 1e-18 * all^2) print $1, "draw", $2, "has", $3, "not", all
        rows++
    }
    END { if (rows != 60) print rows, "rows" }' central.csv unplaced.csv draws.csv >wrong.txt
[ ! -s wrong.txt ] || fail "$(head -n 3 wrong.txt)"

# Who does what, and the verdicts.
run regret all.h5 --actions --csv
expect_code 0
[ "$(head -n 1 <<<"$out")" = scenario,responsible,option,kind,part,year,opens,units,places,capital,annual,wanted,used,verdict ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(wc -l <<<"$out")" -eq 7 ] || fail "not a row for each action: $out"
[ "$(cell verdict scenario=low option=more)" = 'no regret' ] || fail "wanted in enough futures, next year: $out"
[ "$(cell verdict scenario=high option=more year=2010)" = '' ] || fail "wanted in too few: $out"
[ "$(cell verdict scenario=high option=more year=2011)" = '' ] || fail "not next year: $out"
[ "$(cell verdict scenario=low option=idle),$(cell used scenario=low option=idle)" = lease,0 ] || fail "nobody comes: $out"
[ "$(cell used scenario=low option=short)" = '' ] || fail "its year is over: $out"
[ "$(cell places scenario=high option=less),$(cell annual scenario=high option=less)" = -4,-20000 ] || fail "a release: $out"
[ "$(cell opens scenario=low option=more),$(cell capital scenario=high option=more)" = 2011,100000 ] || fail "times and money: $out"
# Used: enrolled beyond what there is without the places, in the last report year, draw by draw.
for variable in enrolled_draws usable_draws; do
    "$COHORTFLOW" export all.h5 --variable $variable | grep -E ',low,2014,.*(s1/voc3|s1,voc3)' |
        awk -F, '$1 % 31 { print $1, $NF }' >$variable.txt
done
used=$(join enrolled_draws.txt usable_draws.txt | awk '{ n++; there = $3 < 20 ? $3 : 20; used += there > 0 && $2 >= $3 - there / 2 } END { printf "%.17g", used / n }')
is "$(cell used scenario=low option=more) == $used"
run regret all.h5 --actions --scenario high
expect_out 'More, at s1'
[ "$(grep -c Nobody <<<"$out")" = 0 ] || fail "one plan was asked for: $out"

# Places that go before the end: the last report year counts, in what is enrolled and in what is there.
cat >gone.cfg <<'CFG'
extends = "futures.cfg";
actions = ( { option = "short"; year = 2012; units = 2.0; share = 1.0; } );
CFG
run run -q futures.cfg gone.cfg -o gone.h5 --set 'report_years=[2012]'
"$COHORTFLOW" export gone.h5 --variable enrolled_draws | grep -E ',gone,2012,.*(s1/voc2|s1,voc2)' | awk -F, '$1 % 31 { print $1, $NF }' >enrolled.txt
room=$("$COHORTFLOW" export gone.h5 --variable usable --year 2012 | grep -E ',gone,.*(s1/voc2|s1,voc2)' | head -n 1 | sed 's/.*,//')
used=$(awk -v room="$room" '{ n++; used += room > 0 && $2 >= room - (room < 20 ? room : 20) / 2 } END { printf "%.17g", used / n }' enrolled.txt)
run regret gone.h5 --actions --csv
is "$(cell used option=short) == $used"

# Two words on what plans are held to.
sed 's/title = "Low"/planning = { penalty = 1.0; }; title = "Low"/' low.cfg >held.cfg
run run futures.cfg held.cfg -o held.h5
expect_code 0
expect_err "planning.penalty is 1 here and 20000 in 'futures.cfg': plans are compared by the latter"

run regret all.h5 --scenario low
expect_code 2
expect_err '--scenario goes with --actions'
run regret all.h5 --actions --scenario middle
expect_code 2
run regret all.h5 --actions --draws
expect_code 2
run run -q futures.cfg -o none.h5
run regret none.h5 --actions
expect_code 3
expect_err 'no scenario of the results starts anything'
run run -q futures.cfg low.cfg -o kept.h5 --set 'retain=["-*"]'
run regret kept.h5
expect_code 3
expect_err 'the results do not keep who is unplaced in their runs'
run regret kept.h5 --actions --csv
expect_code 0
[ "$(cell used option=more)" = '' ] || fail "what is not kept is not known: $out"

# A draw that failed in one of the plans is of no use to any.
echo 'extends = "baseline.cfg"; design = { kind = "montecarlo"; draws = 1; seed = 1; };
uncertain = ( { name = "rooms"; field = "places"; op = "scale"; dist = "uniform"; low = 0.5; high = 1.2; } );' >one.cfg
for seed in 1 2 3 4 5 6 7 8; do
    run run -q one.cfg -o "one$seed.h5" --seed $seed --set max_rounds=15
    [ "$code" -eq 4 ] && break
done
[ "$code" -eq 4 ] || fail "no draw failed"
run regret "one$seed.h5"
expect_code 4
expect_no_out
expect_err 'no draw is good in every plan'

# A file whose options say what none can is spoilt: a unit of `more` costs less than nothing here.
at=$(LC_ALL=C grep -obUaP '\x00\x00\x00\x00\x00\x6a\xe8\x40\x00\x00\x00\x00\x00\x70\xc7\x40' all.h5 | head -n 1 | cut -d: -f1)
[ -n "$at" ] || fail "no capital in the file"
printf '\300' | dd of=all.h5 bs=1 seek=$((at + 7)) conv=notrunc status=none
for how in --csv --actions --draws; do
    run regret all.h5 $how
    expect_code 3
    expect_err 'options are not said in full'
done
