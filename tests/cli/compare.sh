#!/usr/bin/env bash
# Proves: `compare` says of two results files what differs, where and because of what, by code and not
# by place; counts paired draws as `export` gives them; and exits with 0 or 1 by the tolerance.
. "$(dirname "$0")/common.sh"
use_place scenarios/leek
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
uncertain = (
  { name = "pull"; field = "area_effect"; where = { status = "general"; }; op = "add"; dist = "normal"; mean = 0.0; sd = 0.3; },
  { name = "births"; field = "entrants"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.1; }
);
design = { kind = "montecarlo"; draws = 20; seed = 5; };
CFG
cat >confirmed.cfg <<'CFG'
extends = "futures.cfg";
levers = (
  { name = "general pulls"; field = "area_effect"; where = { status = "general"; }; op = "add"; value = 0.1; },
  { name = "a.dot"; field = "entrants"; op = "scale"; value = 1.01; }
);
CFG
run run -q futures.cfg -o a.h5
expect_code 0
run run -q confirmed.cfg -o b.h5
expect_code 0

# ---- the same
run compare a.h5 a.h5
expect_code 0
expect_no_err
grep -qE '^None of [0-9]+ variables differs\.$' <<<"$out" || fail "the same file differs: $out"
run compare a.h5 a.h5 --csv
expect_code 0
[ "$(head -n 1 <<<"$out")" = variable,change,cells,differ,undefined,difference,a,b,at,relative,relative_a,relative_b,relative_at ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(cut -d, -f2,4 <<<"$out" | sed 1d | sort -u)" = same,0 ] || fail "a variable is not the same: $out"
run compare a.h5 a.h5 --inputs --csv
expect_code 0
[ "$out" = part,scenario,item,change,a,b ] || fail "what went in differs: $out"

# ---- levers: said, key by key, and found where they act
run compare a.h5 b.h5
expect_code 1
grep -qE '^[0-9]+ of [0-9]+ variables differ; unplaced in 2020 is .* (higher|lower) in B .* of the draws; because 2 levers differ\.$' \
    <<<"$out" || fail "the answer is another: $out"
expect_out 'What went in, and is not the same'
expect_out 'where.status = "general"; op = "add"'
expect_out 'levers.a.dot'
run compare a.h5 b.h5 --csv --inputs
expect_code 1
expect_out 'setting,futures,levers.a.dot.value,added,,1.01'
expect_out 'file,,confirmed.cfg,added,,'
run compare b.h5 a.h5 --csv --inputs
expect_out 'setting,confirmed,levers.a.dot.value,removed,1.01,'
sed 's/1.01/1.02/' confirmed.cfg >again.cfg
run run -q again.cfg -o c.h5
run compare b.h5 c.h5
expect_code 1
expect_out 'because 1 lever differs'
run compare b.h5 c.h5 --json --inputs
expect_out '"item": "levers.a.dot.value"'
expect_out '"a": "1.01"'

# The largest difference of a variable is that of the tables, and stands where they have it.
run compare a.h5 b.h5 --csv
line=$(grep '^unplaced,' <<<"$out")
for file in a b; do
    "$COHORTFLOW" export $file.h5 --variable unplaced | sed 1d | cut -d, -f3- >$file.csv
done
paste -d, a.csv b.csv | awk -F, -v line="$(tr -d '"' <<<"$line")" '
    { d = $8 - $4; n++; differ += d != 0; if (d ^ 2 > most ^ 2) { most = d; at = "scenario futures, year " $1 ", area " $2 ", line " $3 } }
    END { split(line, f, ","); if (f[3] != n || f[4] != differ || f[6] != most || !index(line, at)) { print n, differ, most, at; exit 1 } }' ||
    fail "unplaced is not: $line"

# ---- paired draws, as export has them one by one
run compare a.h5 b.h5 --csv --headlines
expect_code 1
[ "$(head -n 1 <<<"$out")" = scenario,year,of,variable,a,b,difference,relative_change,draws,q0.05,median,q0.95,p_higher,paired ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
headlines=$out
for file in a b; do
    "$COHORTFLOW" export $file.h5 --variable unplaced_draws --year 2020 --sum area,line | awk -F, 'NR > 1 && $1 > 0 { print $1, $NF }' >$file.draws
done
join a.draws b.draws | awk '{ printf "%.17g\n", $3 - $2 }' | sort -g >differences
awk -v line="$(grep ',2020,all,unplaced,' <<<"$headlines")" '
    { x[NR - 1] = $1; up += $1 > 0 }
    function q(p,  h, k) { h = (NR - 1) * p; k = int(h); return x[k] + (h - k) * (k + 1 < NR ? x[k + 1] - x[k] : 0) }
    function same(a, b) { return (a - b) ^ 2 <= 1e-18 * (1 + b ^ 2) }
    END { split(line, f, ",")
        if (!(f[9] == 20 && NR == 20 && same(f[10], q(0.05)) && same(f[11], q(0.5)) && same(f[12], q(0.95)) &&
            same(f[13], up / NR) && f[14] == 1)) { print q(0.05), q(0.5), q(0.95), up / NR; exit 1 } }' differences ||
    fail "the paired draws are not: $(grep ',2020,all,unplaced,' <<<"$headlines")"
a=$("$COHORTFLOW" export a.h5 --variable demand --year 2020 --sum area,line | awk -F, 'NR == 2 { print $NF }')
awk -F, -v a="$a" '$2 == 2020 && $4 == "demand" && ($5 - a) ^ 2 < 1e-18 * a ^ 2 { seen = 1 } END { exit !seen }' <<<"$headlines" ||
    fail "demand is not $a: $headlines"

# Draws of another seed are no pairs: every one of A against every one of B.
run run -q confirmed.cfg --seed 6 -o s.h5
run compare a.h5 s.h5 --csv --headlines
"$COHORTFLOW" export s.h5 --variable unplaced_draws --year 2020 --sum area,line | awk -F, 'NR > 1 && $1 > 0 { print $NF }' >s.draws
awk -v line="$(grep ',2020,all,unplaced,' <<<"$out")" 'NR == FNR { a[++n] = $2; next } { for (i = 1; i <= n; i++) up += $1 > a[i]; m++ }
    END { split(line, f, ","); p = up / n / m; if (!(f[9] == 20 && (f[13] - p) ^ 2 < 1e-20 && f[14] == 0 && f[10] == "" && f[12] == "")) exit 1 }' \
    a.draws s.draws || fail "the chances are not those of all pairs: $(grep ',2020,all,unplaced,' <<<"$out")"
run compare a.h5 s.h5
expect_out 'the seed differ'
expect_out 'the files drew different futures'

run run -q futures.cfg --seed 6 -o seed.h5
run compare a.h5 seed.h5
expect_code 1
expect_out 'differs; their draws are of other futures; because the seed differs.'

# More draws of montecarlo begin with the same ones.
run run -q futures.cfg --draws 30 -o more.h5
run compare a.h5 more.h5 --csv --headlines
expect_code 1
[ "$(awk -F, '$4 == "unplaced" { print $9, $11, $14 }' <<<"$out" | sort -u)" = '20 0 1' ] || fail "the first draws differ: $out"
run compare a.h5 more.h5
expect_out 'differs; A has 20 draws, B 30; because the design of the draws differs.'

# ---- a table's row
sed -i '/^male,5,/s/,[0-9]*,,$/,777,,/' tables/population.csv
run run -q futures.cfg -o row.h5
run compare a.h5 row.h5
expect_code 1
expect_out 'tables/population.csv'
expect_out '; because tables/population.csv differs.'
run compare a.h5 row.h5 --csv --inputs
[ "$(sed 1d <<<"$out" | cut -d, -f1-4)" = file,,tables/population.csv,changed ] || fail "what went in is $out"
grep -q "$(sha256sum tables/population.csv | cut -d' ' -f1)" <<<"$out" || fail "B's hash is another: $out"
# What went in may differ where nothing comes of it.
cp "$CF_SOURCE/scenarios/leek/tables/population.csv" tables/population.csv
echo ',,,,' >>tables/population.csv
run run -q futures.cfg -o none.h5
run compare a.h5 none.h5
expect_code 0
expect_out 'though tables/population.csv differs.'
cp "$CF_SOURCE/scenarios/leek/tables/population.csv" tables/population.csv

# ---- tolerance
run run -q futures.cfg -o near.h5 --set 'levers=({name="hardly"; field="entrants"; op="scale"; value=1.000001;})'
run compare a.h5 near.h5 --csv
expect_code 1
run compare a.h5 near.h5 --csv --tolerance 0.01
expect_code 0
[ "$(cut -d, -f2 <<<"$out" | sed 1d | sort -u | paste -sd' ')" = 'same within' ] || fail "beyond 0.01: $out"
run compare a.h5 near.h5 --tolerance 0.01
expect_code 0
expect_out 'differs by more than 0.01 of itself'

# ---- axes in another order are the same members
for axis in area line site; do
    { head -n 1 axes/$axis.csv && sed 1d axes/$axis.csv | tac; } >reversed && mv reversed axes/$axis.csv
done
run run -q futures.cfg -o turned.h5
expect_code 0
run compare a.h5 turned.h5 --tolerance 1e-9
expect_code 0
expect_out 'reordered'
run compare a.h5 turned.h5 --tolerance 1e-9 --csv
awk -F, 'NR > 1 && $3 == 0 { print }' <<<"$out" | grep . && fail "variables have no cells in common: $out"
grep -q '^offer_site,same,' <<<"$out" || fail "offers lie at other sites: $out"

cp "$CF_SOURCE"/scenarios/leek/axes/*.csv axes

# ---- members, variables and scenarios of one alone
run run -q futures.cfg -o short.h5 --set 'report_years=[2014,2020]'
run compare a.h5 short.h5 --csv --inputs
expect_code 1
expect_out 'member,,report_year,removed,2018,'
run compare a.h5 short.h5
expect_out 'A alone has'
run run -q futures.cfg -o lean.h5 --set 'retain=["-*"]'
run compare a.h5 lean.h5 --csv
expect_code 1
expect_out 'demand_draws,removed,0,0,0,,'
run compare a.h5 lean.h5
expect_out 'A alone has'
run run -q futures.cfg confirmed.cfg -o two.h5
run compare a.h5 two.h5
expect_code 1
expect_out '1 more member of dimensions'
run compare a.h5 two.h5 --scenario futures --csv
expect_code 0
run compare two.h5 two.h5 --scenario confirmed
expect_code 0
run compare b.h5 two.h5 # confirmed with confirmed
expect_code 1
run compare b.h5 two.h5 --scenario confirmed --csv
expect_code 0

# ---- by tier
run compare a.h5 b.h5 --by area --headlines --csv
expect_code 1
awk -F, 'NR == FNR { if ($4 == "unplaced") whole[$2] += $5; next } $4 == "unplaced" { part[$2] += $5 }
    END { for (y in whole) if ((whole[y] - part[y]) ^ 2 > 1e-18 * (1 + whole[y] ^ 2)) exit 1 }' <(echo "$headlines") <(echo "$out") ||
    fail "areas do not add up to all: $out"
run compare a.h5 b.h5 --by area --headlines
expect_code 1
expect_out 'unplaced of '

wrong() { # CODE TEXT ARGUMENT...
    local code=$1 text=$2
    shift 2
    run compare "$@"
    expect_code "$code"
    expect_no_out
    expect_err "$text"
}
run run -q baseline.cfg confirmed.cfg -o others.h5 --set 'design={kind="none";}'
wrong 2 "file A has no scenario 'nobody'" a.h5 b.h5 --scenario nobody
wrong 2 "file B has no scenario 'futures'" two.h5 others.h5 --scenario futures
wrong 2 "did you mean 'confirmed'?" two.h5 others.h5 --scenario confrmed
wrong 2 "the files have no scenario in common" a.h5 others.h5
wrong 2 "the areas of these results have no 'county'" a.h5 b.h5 --by county
wrong 2 "--tolerance wants a number from 0 to below 1, not '-1'" a.h5 b.h5 --tolerance -1
wrong 2 "--tolerance wants a number from 0 to below 1, not 'much'" a.h5 b.h5 --tolerance much
wrong 2 "--csv and --json are both given" a.h5 b.h5 --csv --json
wrong 2 "--inputs and --headlines are both given" a.h5 b.h5 --inputs --headlines
wrong 2 "'compare' wants A.h5 B.h5" a.h5
wrong 3 "--> futures.cfg" a.h5 futures.cfg
wrong 3 "--> nowhere.h5" nowhere.h5 a.h5
