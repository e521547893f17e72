#!/usr/bin/env bash
# Proves: `sensitivity` gives the effects and the shares of variance that a model is known to have,
# warns where it cannot, and says what a design does not tell.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_ageing
# How many people there are is linear in who is born, who is there, and who comes from abroad.
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
indicators = ( { code = "people"; label = "People"; definition = "Residents"; source = "made up";
                 numerator = { of = "stock"; }; } );
uncertain = (
  { name = "births"; field = "entrants"; op = "scale"; dist = "uniform"; low = 0.8; high = 1.2; },
  { name = "here"; field = "population"; op = "scale"; dist = "uniform"; low = 0.9; high = 1.1; },
  { name = "abroad"; field = "external"; op = "scale"; dist = "uniform"; low = 0.0; high = 2.0; }
);
design = { kind = "morris"; draws = 6; seed = 7; };
CFG

# The effect of each entry over its whole range, by a lever, in the north and the south in 2014.
people() { "$COHORTFLOW" export "$1" --variable indicator_value --year 2014 | awk -F, '$1 == 0 { print $6 }' | paste -sd' '; }
run run -q futures.cfg -o m.h5
expect_code 0
central=$(people m.h5)
for pulled in entrants:0.4 population:0.2 external:2; do
    echo "extends = \"futures.cfg\"; levers = ( { name = \"pulled\"; field = \"${pulled%:*}\"; op = \"scale\"; value = 1.1; } );" >pulled.cfg
    run run -q pulled.cfg -o pulled.h5 --set 'design={kind="none";}'
    expect_code 0
    echo "$central $(people pulled.h5) ${pulled#*:}"
done | awk '{ print ($3 - $1) * 10 * $5, ($4 - $2) * 10 * $5 }' >effects # of births, here, abroad

run sensitivity m.h5 --csv
expect_code 0
expect_no_err
[ "$(head -n 1 <<<"$out")" = scenario,year,area,indicator,entry,mu_star,mu,sigma,trajectories ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(cut -d, -f1-5 <<<"$out" | sed 1d | paste -sd' ')" = "futures,2014,north,people,births \
futures,2014,north,people,here futures,2014,north,people,abroad futures,2014,south,people,births \
futures,2014,south,people,here futures,2014,south,people,abroad" ] || fail "the rows are $out"
awk -F'[ ,]' 'NR == FNR { b[1, NR] = $1; b[2, NR] = $2; next }
    FNR > 1 { e = b[$3 == "north" ? 1 : 2, (FNR - 2) % 3 + 1]
        if (!(e > 1 && ($7 - e) ^ 2 < 1e-12 * e ^ 2 && $6 == $7 && $8 < 1e-9 * e && $9 == 6)) exit 1 }' \
    effects - <<<"$out" || fail "the effects are not those of levers, $(paste -sd' ' effects): $out"

# Shares of the variance of a sum are effect^2 / sum of effects^2, alone and in all.
run run -q futures.cfg -o s.h5 --set 'design={kind="saltelli"; draws=8192; seed=7;}'
expect_code 0
run sensitivity s.h5 --csv
expect_code 0
expect_no_err
awk -F'[ ,]' 'NR == FNR { b[1, NR] = $1 ^ 2; b[2, NR] = $2 ^ 2; s[1] += $1 ^ 2; s[2] += $2 ^ 2; next }
    FNR > 1 { a = $3 == "north" ? 1 : 2; e = b[a, (FNR - 2) % 3 + 1] / s[a]
        if (!(($6 - e) ^ 2 < 1e-4 && ($9 - e) ^ 2 < 1e-4 && $7 <= $6 && $6 <= $8 && $10 <= $9 &&
            $9 <= $11 && $12 == 8192)) exit 1 }' effects - <<<"$out" || fail "the shares are not known ones: $out"
again=$out
run sensitivity s.h5 --csv
[ "$out" = "$again" ] || fail "the intervals are others the second time"
run sensitivity s.h5 --area south --year 2010-2014 --json
expect_code 0
expect_out '"first_order": 0.9'
[ "$(grep -c '"area": "south"' <<<"$out")" -eq 15 ] || fail "the rows are not 5 years' of 3 entries: $out"
run sensitivity s.h5
expect_out 'projection, not a forecast; scenario futures; year 2014; indicator People; rows 8192'

# Few rows have not converged.
run run -q futures.cfg -o few.h5 --set 'design={kind="saltelli"; draws=16; seed=7;}'
run sensitivity few.h5 --csv
expect_code 0
expect_err "warning: the indices of 2 of 2 values have not converged"
run sensitivity few.h5 --quiet
expect_no_err

# Other designs give a weaker answer, and say so. Sweep points have rows of their own.
run run -q futures.cfg -o l.h5 --set 'design={kind="lhs"; draws=200; seed=7;}' \
    --set 'sweep=({name="moves"; field="out_rate"; op="scale"; values=[0,1];})'
expect_code 0
run sensitivity l.h5 --csv
expect_code 0
expect_err "a weaker answer: the design lhs gives rank regression only"
[ "$(head -n 1 <<<"$out")" = scenario,moves,year,area,indicator,entry,rank_coefficient,r2,draws ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(wc -l <<<"$out")" -eq 13 ] || fail "there are not two points, two areas, three entries: $out"
awk -F, 'NR > 1 && ($8 < 0.98 || ($6 == "births" && $7 < 0.9)) { exit 1 }' <<<"$out" || fail "$out"

# An entry drawn by area is the mean of its areas: the south follows its own as much as the north.
sed 's/name = "births".*/name = "here"; field = "population"; op = "scale"; dist = "uniform"; low = 0.9; high = 1.1; by = "area"; shared = 0.0; }/
    /name = "here"; field.*1\.1; },/d; /name = "abroad"/d; s/kind = "morris"; draws = 6/kind = "lhs"; draws = 400/' futures.cfg >by.cfg
run run -q by.cfg -o by.h5
expect_code 0
run sensitivity by.h5 --csv --quiet
expect_code 0
awk -F, '$5 == "here" { seen++; if ($6 < 0.55 || $6 > 0.85) exit 1 } END { exit seen != 2 }' <<<"$out" ||
    fail "the areas do not share what is drawn for them: $out"

# Trajectories with a run missing are left out.
run run -q futures.cfg -o p.h5 --shard 0/2 --set design.draws=20
run merge -q p.h5.part -o p.h5 --allow-missing
expect_code 0
run sensitivity p.h5 --csv
expect_code 0
expect_err "of 20 trajectories are left out, since a draw of them is"
awk -F, 'NR > 1 && !($NF > 0 && $NF < 20) { exit 1 }' <<<"$out" || fail "none is left out: $out"

wrong() { # CODE TEXT ARGUMENT...
    local code=$1 text=$2
    shift 2
    run sensitivity "$@"
    expect_code "$code"
    expect_no_out
    expect_err "$text"
}
wrong 2 "did you mean 'people'?" s.h5 --indicator peple
wrong 2 "there are: north, south" s.h5 --area east
wrong 2 "the results have no scenario 'baseline'" s.h5 --scenario baseline
wrong 2 "the years of the indicators of draws are 2009 to 2014" s.h5 --year 2021
wrong 2 "--csv and --json are both given" s.h5 --csv --json
wrong 2 "'sensitivity' wants FILE.h5"
wrong 3 "--> futures.cfg" futures.cfg
run run -q futures.cfg -o c.h5 --set 'design={kind="none";}'
wrong 3 "these results have no draws" c.h5
run run -q futures.cfg -o c.h5 --set 'retain=["-*"]'
wrong 3 "these results have no indicators of draws" c.h5
run run -q baseline.cfg -o c.h5 --set 'design={kind="lhs"; draws=4;}'
wrong 3 "these results have no " c.h5
