#!/usr/bin/env bash
# Proves: quantiles, means and chances are those of the draws as export gives them one by one, sums
# before quantiles, of every scenario and sweep point; draws that are missing are told.
. "$(dirname "$0")/common.sh"
use_place scenarios/leek
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
uncertain = (
  { name = "pull"; field = "area_effect"; where = { status = "general"; }; op = "add"; dist = "normal"; mean = 0.0; sd = 0.3; },
  { name = "births"; field = "entrants"; op = "scale"; dist = "lognormal"; median = 1.0; sd = 0.1; }
);
design = { kind = "montecarlo"; draws = 11; seed = 5; };
sweep = ( { name = "moves"; field = "net_rate"; op = "scale"; values = [ 0.5, 1.25 ]; } );
CFG
sed 's/baseline.cfg/futures.cfg/; 2,$d' futures.cfg >other.cfg
echo 'levers = ( { name = "fewer"; field = "entrants"; op = "scale"; value = 0.9; } );' >>other.cfg
run run -q futures.cfg other.cfg -o f.h5
expect_code 0

# What they ought to be, from a table of single draws: `run` first, `value` last, what lies between
# (less the scenario) names the cell. Of a run number come scenario, point and draw.
expected() { # QUANTILE LEVEL
    awk -F, -v OFS=, -v p="$1" -v level="$2" '
        NR == 1 || $1 % 12 == 0 { next } # the central run is no draw
        {
            cell = $2 "," (int($1 / 12) % 2 ? 1.25 : 0.5)
            for (k = 3; k < NF; k++) cell = cell "," $k
            if (!(cell in n)) order[++cells] = cell
            x[cell, n[cell]++] = $NF
        }
        END {
            for (c = 1; c <= cells; c++) {
                cell = order[c]; sum = squares = above = 0
                for (i = 0; i < n[cell]; i++) { v[i] = x[cell, i]; sum += v[i]; above += v[i] > level }
                mean = sum / n[cell]
                for (i = 0; i < n[cell]; i++) squares += (v[i] - mean) ^ 2
                for (i = 1; i < n[cell]; i++) # into order
                    for (j = i; j > 0 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
                h = (n[cell] - 1) * p; k = int(h)
                q = v[k] + (h - k) * (k + 1 < n[cell] ? v[k + 1] - v[k] : 0)
                printf "%s,%.7g,%.7g,%.5f,%.7g,%d\n", cell, q, mean, \
                    sqrt(squares / (n[cell] - 1)), above / n[cell], n[cell]
            }
        }' <<<"$out" | sort
}
got() { awk -F, -v OFS=, 'NR > 1 { printf "%s", $1; for (k = 2; k < NF - 4; k++) printf ",%s", $k
    printf ",%.7g,%.7g,%.5f,%.7g,%d\n", $(NF - 4), $(NF - 3), $(NF - 2), $(NF - 1), $NF }' <<<"$out" | sort; }

compare() { # QUANTILE LEVEL NAME ARGUMENT...
    local p=$1 level=$2 name=$3 wanted
    shift 3
    run export f.h5 --variable "$name" "$@"
    expect_code 0
    wanted=$(expected "$p" "$level")
    [ "$(wc -l <<<"$wanted")" -ge 4 ] || fail "$command_line: too little to compare"
    run export f.h5 --variable "${name%_draws}" --quantiles "$p" --mean --sd --exceeds "$level" "$@"
    expect_code 0
    expect_no_err
    [ "$(got)" = "$wanted" ] ||
        fail "$command_line: $(diff <(echo "$wanted") <(got) | head -n 6)"
}
compare 0.05 10 demand_draws
compare 0.93 300 demand_draws --by authority --year 2018-2020
compare 0.5 2000 demand_draws --sum area,line
compare 0.25 50 enrolled_draws --year 2020
compare 1 0.8 indicator_value --year 2015
compare 0.5 1 unplaced_group --sum authority,group
compare 0 0 draw_value

run export f.h5 --variable demand --scenario other --year 2020 --by authority --quantiles 0.05,0.5,0.95
[ "$(head -n 1 <<<"$out")" = scenario,moves,report_year,authority,line,q0.05,q0.5,q0.95,draws ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(cut -d, -f1,2 <<<"$out" | sed 1d | sort -u | paste -sd' ')" = "other,0.5 other,1.25" ] || fail "$out"
awk -F, 'NR > 1 && !($6 <= $7 && $7 <= $8) { exit 1 }' <<<"$out" || fail "quantiles do not ascend: $out"
run export f.h5 --variable demand --scenario other --mean --json
expect_out '"moves": 1.25,'
expect_out '"draws": 11'
run export f.h5 --variable demand --scenario other --year 2020 --quantiles 0.5 --text
expect_out 'projection, not a forecast; scenario other; report_year 2020; draws 11'
expect_out '1.250'

# Means of shares are weighted where residents are kept for draws, and refused where not.
run export f.h5 --variable attained_by_19 --by authority --mean
expect_code 2
expect_err "'attained_by_19' was not kept for draws"
run run -q futures.cfg -o g.h5 --set 'retain=["-*", "attained_by_19@report", "population"]'
expect_code 0
run export g.h5 --variable attained_by_19 --by authority --year 2020 --quantiles 0,1
expect_code 0
[ "$(wc -l <<<"$out")" -ge 4 ] || fail "there are too few rows: $out"
run run -q futures.cfg -o g.h5 --set 'retain=["-*", "attained_by_19"]'
run export g.h5 --variable attained_by_19 --by authority --mean
expect_code 2
expect_err "is weighted by \`population\`, which must be kept"

# Draws that are missing are told, and the others count.
run run -q futures.cfg -o p.h5 --shard 0/2
expect_code 0
run merge -q p.h5.part -o p.h5 --allow-missing
expect_code 0
run export p.h5 --variable demand --sum area,line --quantiles 0.5
expect_code 0
expect_err "draws were not computed or failed, and are left out"
awk -F, 'NR > 1 && !($NF > 0 && $NF < 11) { exit 1 }' <<<"$out" || fail "none is missing: $out"

wrong() { # TEXT ARGUMENT...
    local text=$1
    shift
    run export f.h5 "$@"
    expect_code 2
    expect_no_out
    expect_err "$text"
}
for list in 1.5 -0.1 0.5,0.5 '0.5,' ',0.5' median 0.5,,0.9 "$(seq -s, 0.01 0.01 0.4)"; do
    wrong "--quantiles wants at most 32 different numbers from 0 to 1" --variable demand --quantiles "$list"
done
wrong "--exceeds wants a number, not 'much'" --variable demand --exceeds much
wrong "--csv and --text are both given" --variable demand --mean --csv --text
wrong "'flow' was not kept for draws in these results" --variable flow --sd
wrong "its values do not add up" --variable indicator_value --by authority --mean
wrong "did you mean 'demand'?" --variable demnad --mean
wrong "the results have no scenario 'third'" --variable demand --mean --scenario third
run run -q baseline.cfg -o c.h5
run export c.h5 --variable demand --quantiles 0.5
expect_code 2
expect_err "these results have no draws"
