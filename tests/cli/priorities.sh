#!/usr/bin/env bash
# Proves: `priorities` ranks gaps by the place's criteria, with acceptabilities that add up, one body
# responsible for each, and reasons; the same seed gives the same; what it is not told is refused.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
report_years = [ 2010, 2012, 2014 ];
uncertain = (
  { name = "room"; field = "places"; op = "scale"; dist = "uniform"; low = 0.5; high = 1.3; by = "site"; },
  { name = "births"; field = "entrants"; op = "scale"; dist = "uniform"; low = 0.9; high = 1.1; }
);
design = { kind = "lhs"; draws = 100; seed = 7; };
CFG
run run -q futures.cfg -o f.h5
expect_code 0

# Column NAME of row KEY (by rank; "rest"), of the CSV in $out.
cell() {
    awk -F, -v name="$1" -v key="$2" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        (key == "rest" ? $c["line"] == "rest" : $c["rank"] == key) { print $c[name]; exit }' <<<"$out"
}
add_up() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { sum += $c[name] } END { printf "%.9f", sum }' <<<"$out"; }

run priorities f.h5 --csv --top 100
expect_code 0
expect_no_err
[ "$(head -n 1 <<<"$out" | cut -d, -f1-14)" = scenario,year,rank,line,authority,need,responsible,score,first,top,confidence,uniform_first,unplaced,short ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(add_up first)" = 1.000000000 ] && [ "$(add_up uniform_first)" = 1.000000000 ] || fail "somebody is first: $out"
gaps=$(($(wc -l <<<"$out") - 1))
[ "$gaps" -eq 6 ] || fail "three lines of two authorities are not $gaps gaps"
[ "$(add_up top)" = 6.000000000 ] || fail "all are among the first hundred: $out"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["responsible"] == "" || $c["need"] !~ /^(more|less|new|none)$/ || $c["unplaced_low"] > $c["unplaced"] ||
    $c["score"] > last && NR > 2 { exit 1 } { last = $c["score"] }' <<<"$out" || fail "of these: $out"
[ "$(awk -F, 'NR > 1 { print $7 }' <<<"$out" | sort -u | paste -sd' ')" = 'x y' ] || fail "authorities answer: $out"
once=$out
run priorities f.h5 --csv --top 100
[ "$out" = "$once" ] || fail "another time there are other numbers"
run run -q futures.cfg -o again.h5 --seed 8
run priorities again.h5 --csv --top 100
[ "$out" != "$once" ] || fail "another seed gives the same numbers"

# The top, and the rest in one row.
run priorities f.h5 --csv --top 2
[ "$(wc -l <<<"$out")" -eq 4 ] || fail "not two and the rest: $out"
[ "$(add_up first)" = 1.000000000 ] || fail "the rest is lost: $out"
[ -z "$(cell rank rest)" ] && [ -z "$(cell score rest)" ] || fail "the rest has a rank: $out"
run priorities f.h5 --json --top 2
expect_out '"reasons": "'
expect_out '"central_unmet": '
run priorities f.h5 --top 2
expect_code 0
expect_out 'Commissioning priorities by line and authority: the top 2 of 6 gaps'
expect_out 'the rest: 4 gaps'
expect_out '- 1. '
expect_out 'responsible: '
expect_out 'weights: unmet 12.5%, entitlement 12.5%'

# Criteria are data: with one alone, the rank is that of what it counts.
printf 'code,label,weight,direction\nunmet,Learners without a place,1,higher\n' >criteria.csv
run run -q futures.cfg -o one.h5
run priorities one.h5 --csv --top 100
expect_code 0
most=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { print $c["unmet"] }' <<<"$out" | sort -gr | head -n 1)
[ "$(cell unmet 1)" = "$most" ] || fail "the first has not most unplaced: $out"
[ "$(cell central_unmet 1)" = 1 ] || fail "one criterion has all the weight: $out"
[ "$(awk -F, 'NR == 1 { print NF }' <<<"$out")" -eq 28 ] || fail "other columns: $(head -n 1 <<<"$out")"
rm criteria.csv

# An option for a gap brings its lead time and who answers for it.
cat >options.csv <<'CSV'
code,label,kind,site,line,places,capital,annual,lead_years,life,max_units,needs,excludes,part,responsible
more-a,More A levels at s1,expand,s1,alevel,20,100000,90000,3,20,2,,,1,Partnership
less-a,Fewer,release,s3,voc3,20,0,50000,0,20,1,,,1,Nobody
CSV
run run -q futures.cfg -o o.h5
expect_code 0
run priorities o.h5 --csv --top 100
expect_code 0
[ "$(grep -c ',Partnership,' <<<"$out")" -eq 1 ] || fail "one gap has an option: $out"
[ "$(grep -c ',Nobody,' <<<"$out")" -eq 0 ] || fail "a release fills no gap: $out"
expect_out 'quickest option: More A levels at s1, 3 years from its start'
expect_out 'no option for it yet'

# A place without draws has weights alone, and one without lines nothing.
run run -q baseline.cfg -o c.h5
run priorities c.h5 --by area
expect_code 0
expect_out 'these results have no draws: weights alone vary'
wrong() { # CODE TEXT ARGUMENT...
    local code=$1 text=$2
    shift 2
    run priorities "$@"
    expect_code "$code"
    expect_no_out
    expect_err "$text"
}
wrong 2 'one report year is wanted, of 2010 to 2014' f.h5 --year 2011
wrong 2 'one report year is wanted, of 2010 to 2014' f.h5 --year 2010-2014
wrong 2 'the areas of these results have no attribute' f.h5 --by consortium
wrong 2 "the results have no scenario 'baseline'" f.h5 --scenario baseline
wrong 2 '--top wants a whole number from 1' f.h5 --top 0
wrong 2 '--csv and --json are both given' f.h5 --csv --json
wrong 3 '--> futures.cfg' futures.cfg
run run -q futures.cfg -o n.h5 --set 'retain=["-unplaced"]'
wrong 3 "these results have draws, but no 'unplaced_draws'" n.h5
