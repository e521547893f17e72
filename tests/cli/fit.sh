#!/usr/bin/env bash
# Proves: `fit` makes a table of progression that brings each base stock to the next and keeps the
# zeros and odds ratios of its prior, whether or not the place has a table of its own; after it
# `check` finds no drift. What cannot be met is said, and nothing is written then.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
use_place golden/bad_input/choice
rm -f expected.txt code exit
mkdir other && mv tables/progression.csv other/prior.csv
# Statuses that differ from age to age, and a prior that knows only how people move in general.
cat >tables/status_share.csv <<'END'
age,level,status,value
16,below2,college,0.731
16,below2,job,0.207
16,below2,notknown,0.062
16,l2,college,0.946
16,l2,job,0.041
16,l2,notknown,0.013
17,below2,college,0.603
17,below2,job,0.311
17,below2,notknown,0.086
17,l2,college,0.908
17,l2,job,0.083
17,l2,notknown,0.009
END

run check baseline.cfg
expect_code 3
expect_err 'the table progression is missing'
before=$(tree_hash .)
run fit baseline.cfg --prior other/prior.csv
expect_code 2
expect_err 'needs --output'
run fit baseline.cfg -o tables/progression.csv
expect_code 2
expect_err 'needs --prior'
run fit baseline.cfg --prior other/prio.csv -o tables/progression.csv
expect_code 3
expect_err 'other/prio.csv'
run fit baseline.cfg --prior other/prior.csv -o other/prior.csv
expect_code 73
expect_err 'the prior itself stands under this name'
run fit baseline.cfg --prior other/prior.csv -o tables/population.csv
expect_code 73
expect_err 'something that is no table of progression'
run fit baseline.cfg --prior other/prior.csv -o other/new.csv --rounds 0
expect_code 2
[ "$(tree_hash .)" = "$before" ] || fail "a fit that failed has changed something"

run fit baseline.cfg --prior other/prior.csv -o tables/progression.csv
expect_code 0
expect_out 'tables/progression.csv: '
expect_out '8 fits of group, age and level'
run check baseline.cfg
expect_code 0
grep -q 'disagree' <<<"$err" && fail "there is drift after the fit: $err"
run run baseline.cfg -q -o a.h5
expect_code 0

# The table, by hand: rows sum to 1, the margins are met, odds ratios are those of the prior.
awk -F, -v OFS=, '
    FNR == 1 { next }
    FILENAME ~ /prior/ { prior[$1 "," $2 "," $3] = $4; next }
    FILENAME ~ /share/ { share[$1 "," $2 "," $3] = $4; next }
    { p[$1 "," $2 "," $3, $4, $5] = $6; sum[$1 "," $2 "," $3, $4] += $6 }
    function near(x, wanted, what) {
        if (x - wanted > 1e-9 || wanted - x > 1e-9) { print what ": " x " is not " wanted; bad = 1 }
    }
    END {
        n = split("college job notknown", status, " ")
        for (row in sum) near(sum[row], 1, "sum of row " row)
        for (k = split("below2 l2", level, " "); k > 0; k--) {
            l = level[k]
            head = "main,17," l
            for (t = 1; t <= n; t++) {
                got = 0
                for (s = 1; s <= n; s++)
                    got += share["16," l "," status[s]] * p[head, status[s], status[t]]
                near(got, share["17," l "," status[t]], "age 17, " l ", " status[t])
                near(p["main,16," l, "school", status[t]], share["16," l "," status[t]], "age 16")
            }
            for (s = 2; s <= n; s++)
                for (t = 2; t <= n; t++)
                    near(p[head, "college", "college"] * p[head, status[s], status[t]] \
                        / p[head, "college", status[t]] / p[head, status[s], "college"],
                        prior["17,college,college"] * prior["17," status[s] "," status[t]] \
                        / prior["17,college," status[t]] / prior["17," status[s] ",college"], "odds")
        }
        exit bad
    }' other/prior.csv tables/status_share.csv tables/progression.csv || fail "the fit is wrong"
expect_files 'entrants.csv external.csv gain.csv level_share.csv net_rate.csv population.csv progression.csv regroup.csv split.csv status_share.csv survival.csv' tables

# The place's own table is not read, however wrong it is; the result is the same bytes.
cp tables/progression.csv other/first.csv
printf 'age,status_to,value\n16,nowhere,1\n' >tables/progression.csv
run fit -q baseline.cfg --prior other/prior.csv -o tables/progression.csv
expect_code 0
expect_no_out
cmp other/first.csv tables/progression.csv || fail "the fit differs the second time"

# What cannot be met: nobody may leave college, and some of them are in no college a year later.
sed 's/^17,college,college,.*/17,college,college,1/; /^17,college,[jn]/d' other/prior.csv >other/fixed.csv
run fit baseline.cfg --prior other/fixed.csv -o other/new.csv
expect_code 3
expect_err "group 'main', age 17, level 'below2': status 'job' is larger in the base stock than the prior can bring there in 100000 rounds: the fit misses by"
[ ! -e other/new.csv ] || fail "a fit that cannot be was written"
grep -v '^17,job' other/prior.csv >other/partial.csv
run fit baseline.cfg --prior other/partial.csv -o other/new.csv
expect_code 3
expect_err "group 'lldd', age 17, level 'l2': status 'job' has no row in the prior: the fit misses by 4.1%"
run fit baseline.cfg --prior other/prior.csv -o other/new.csv --rounds 1
expect_code 3
expect_err 'in 1 round:'
rm tables/gain.csv
run fit baseline.cfg --set choice_age=18 --prior other/prior.csv -o other/new.csv
expect_code 3
expect_err 'nobody chooses'
