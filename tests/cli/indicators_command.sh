#!/usr/bin/env bash
# Proves: `indicators` gives, exactly, the share of draws that meet a target, their quantiles, the
# gap and the crossing year, as counted from `export`; what is not set is Not set; without draws
# there is the central run alone; too many failed draws end with 4.
. "$(dirname "$0")/common.sh"
use_place golden/indicators
sed -i 's/^south,South,a1/south,South,a2/' axes/area.csv
cat >futures.cfg <<'CFG'
extends = "included.cfg";
indicators = (
  { code = "ni91"; baseline = 0.79; targets = ( { year = 2010; value = 0.7; }, { year = 2011; } ); },
  { code = "ni117"; targets = ( { year = 2011; value = 0.093; } ); },
  { code = "ni90"; targets = ( { year = 2011; value = 178; } ); },
  { code = "aimless"; label = "No way is better"; numerator = { of = "stock"; where = { age = 17; }; };
    targets = ( { year = 2011; value = 900; } ); }
);
uncertain = (
  { name = "here"; field = "population"; op = "scale"; dist = "uniform"; low = 0.8; high = 1.2; by = "area"; },
  { name = "moods"; field = "area_effect"; where = { status = "kind:neet"; }; op = "add"; dist = "normal"; mean = 0.0; sd = 0.4; by = "area"; },
  { name = "pull"; field = "area_effect"; where = { status = "participates:1"; }; op = "add"; dist = "normal"; mean = 0.0; sd = 0.3; by = "area"; },
  { name = "results"; field = "gain"; op = "logit_add"; dist = "normal"; mean = 0.0; sd = 0.2; }
);
design = { kind = "montecarlo"; draws = 23; seed = 5; };
sweep = ( { name = "work"; field = "area_effect"; where = { status = "kind:work"; }; op = "add"; values = [ 0.0, 0.4 ]; } );
CFG
cat >benchmark.csv <<'CSV'
indicator,year,value,source
ni91,2009,0.9,made up
ni91,2010,0.65,made up
ni91,2011,0.64,made up
ni79,2011,0.99,made up
CSV
run run -q futures.cfg -o f.h5
expect_code 0
run verify f.h5
expect_code 0

# The pools are the authorities and all; pooled counts of persons add up.
run export f.h5 --variable indicator_pooled --json
for pool in a1 a2 all; do expect_out "\"pool\": \"$pool\""; done
run export f.h5 --variable indicator_pooled
pooled=$out
awk -F, 'NR > 1 && $5 == "ni90" { x[$1, $3, $4] = $6; run[$1 "," $3] }
    END { for (r in run) { split(r, k, ","); a = x[k[1], k[2], "a1"] + x[k[1], k[2], "a2"]; b = x[k[1], k[2], "all"]
        n++; if (a - b > 1e-9 || b - a > 1e-9) exit 1 } exit !(n > 100) }' <<<"$pooled" || fail "pools do not add up"
run export f.h5 --variable indicator_value
valued=$out

# Counted from single draws: of each scenario, point, member, indicator and year, central value,
# quantiles, gap, chances. Shares of 23 draws are to be equal to the last bit.
expected() { # of indicator_pooled or indicator_value on stdin
    awk -F, -v CONVFMT=%.17g -v OFS=, '
        function reached(i, v, other) { return i ~ /^ni117/ ? v <= other : v >= other }
        NR == 1 { next }
        $1 % 24 == 0 { central[$2 "," (int($1 / 24) ? "0.4" : "0") "," $4 "," $5 "," $3] = $6; next }
        { cell = $2 "," (int($1 / 24) ? "0.4" : "0") "," $4 "," $5 "," $3; x[cell, n[cell]++] = $6; i[cell] = $5; y[cell] = $3 }
        END {
            target["ni91", 2010] = 0.7; target["ni117", 2011] = 0.093; target["ni90", 2011] = 178; target["ni79", 2010] = 0.82
            target["ni80", 2010] = 0.54
            benchmark["ni91", 2009] = 0.9; benchmark["ni91", 2010] = 0.65; benchmark["ni91", 2011] = 0.64; benchmark["ni79", 2010] = 0.99
            split("0.05 0.25 0.5 0.75 0.95", p, " ")
            for (c in n) {
                met = level = 0; t = target[i[c], y[c]]; b = benchmark[i[c], y[c]]
                for (k = 0; k < n[c]; k++) { v[k] = x[c, k]; met += reached(i[c], v[k] + 0, t + 0); level += reached(i[c], v[k] + 0, b + 0) }
                for (k = 1; k < n[c]; k++)
                    for (j = k; j > 0 && v[j - 1] + 0 > v[j] + 0; j--) { s = v[j]; v[j] = v[j - 1]; v[j - 1] = s }
                line = c "," sprintf("%.10g", central[c])
                for (q = 1; q <= 5; q++) {
                    h = (n[c] - 1) * p[q]; k = int(h); quantile[q] = v[k] + (h - k) * (k + 1 < n[c] ? v[k + 1] - v[k] : 0)
                    line = line "," sprintf("%.10g", quantile[q])
                }
                share = met / n[c]
                gap = sprintf("%.8f", (i[c] ~ /^ni117/ ? -1 : 1) * (t - quantile[3]))
                print line, t == "" ? ",," : gap "," share "," sprintf("%.10g", sqrt(share * (1 - share) / n[c])), \
                    b == "" ? "," : b "," level / n[c], n[c]
            }
        }' | sort
}
got() {
    awk -F, -v CONVFMT=%.17g -v OFS=, '
        function full(text) { return text == "" ? "" : "" (text + 0) }
        NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c; next }
        $4 ~ /^ni/ && $4 !~ /unknown|like|81|82/ {
            line = $1 "," $2 "," $3 "," $4 "," $5 "," sprintf("%.10g", $(at["central"]))
            for (q = at["q0.05"]; q <= at["q0.95"]; q++) line = line "," sprintf("%.10g", $q)
            g = $(at["gap"]); s = $(at["p_met_se"])
            print line, g == "" ? "" : sprintf("%.8f", g), full($(at["p_met"])), s == "" ? "" : sprintf("%.10g", s), \
                full($(at["benchmark"])), full($(at["p_benchmark"])), $(at["draws"])
        }' <<<"$out" | sort
}
for by in pool area; do
    run indicators f.h5 --by $by --year 2009-2011 --csv
    expect_code 0
    expect_no_err
    [ "$(head -n 1 <<<"$out")" = "scenario,work,$by,indicator,year,published,baseline,target,central,q0.05,q0.25,median,q0.75,q0.95,gap,p_met,p_met_se,benchmark,p_benchmark,crossing_year,crossing_published,draws" ] ||
        fail "the columns are $(head -n 1 <<<"$out")"
    wanted=$({ [ $by = pool ] && echo "$pooled" || echo "$valued"; } | grep -E '^run|,ni[0-9]+,' | grep -vE ',ni8[12],' | expected)
    [ "$(wc -l <<<"$wanted")" -ge 60 ] || fail "too little to compare: $wanted"
    [ "$(got)" = "$wanted" ] || fail "--by $by: $(diff <(echo "$wanted") <(got) | head -n 8)"
done
awk -F, '$15 != "" && $16 > 0 && $16 < 1 { n++ } END { exit n < 3 }' <<<"$out" || fail "no chance is between 0 and 1"
by_area=$out

# Nothing is said of what is not set or of no known way: empty or null, Not set, never 0.
run indicators f.h5 --csv
expect_code 0
default=$out
run indicators f.h5 --by pool --csv
[ "$out" = "$default" ] || fail "--by pool is not the default"
grep -qE '^futures,0,all,ni91,2011,2011,0.79,,' <<<"$out" || fail "an unset target is told: $out"
grep -qE '^futures,0,all,ni79,2010,2011,,0.82,' <<<"$out" || fail "no row of a target's year: $out"
grep -qE '^futures,0,all,aimless,2011,2011,,900,([0-9.e+]+,){6},,,,,,,23$' <<<"$out" ||
    fail "an indicator without a better way is judged: $(grep aimless <<<"$out")"
# The first year from which the median stays at the benchmark: not 2009; ni79 never is.
[ "$(awk -F, '$4 == "ni91" { print $20 "," $21 }' <<<"$out" | sort -u)" = 2010,2010 ] || fail "$(grep ni91 <<<"$out")"
[ "$(awk -F, '$4 == "ni79" { print $20 "," $21 }' <<<"$out" | sort -u)" = , ] || fail "$(grep ni79 <<<"$out")"
run indicators f.h5 --json --indicator ni91 --pool a2
expect_out '"target": null'
expect_out '"p_met": null'
grep -q '"pool": "all"' <<<"$out" && fail "--pool a2 tells of all"
run indicators f.h5 --area south --csv
[ "$(sed 1d <<<"$out" | sort)" = "$(grep ',south,' <<<"$by_area" | grep -E ',2011,20|ni(91|79|80),2010' | sort)" ] ||
    fail "--area south is not its rows: $out"

# For people: the whole, labels, percents; chances with their standard error.
run indicators f.h5
expect_code 0
expect_out "of all areas"
expect_out "NI 91 Participation of 17 year-olds in education or training (higher is better; baseline 79.0%; at its benchmark or better from 2010 on)"
expect_out "Not set"
expect_out "Not set: there is no target, which is not a target of 0"
expect_out "82.0%"
expect_out "work 0.400"
grep -qE '[0-9]+% ±[0-9]' <<<"$out" || fail "no chance has a standard error: $out"
grep -qE ' North|ni91' <<<"$out" && fail "the screen is not of the whole: $out"
run indicators f.h5 --by area --indicator ni117
expect_out "North"

# Without draws: the central run, and the gap from it.
run run -q futures.cfg -o c.h5 --set 'design={kind="none";}' --set 'sweep=()'
expect_code 0
run indicators c.h5 --csv --indicator ni91 --pool all --year 2010
awk -F, 'NR == 2 { gap = 0.7 - $8; exit !($9 $10 $11 $12 $13 == "" && $14 - gap < 1e-12 && gap - $14 < 1e-12 && $15 == "" && $NF == 0) }' \
    <<<"$out" || fail "without draws: $out"
run indicators c.h5
expect_code 0
expect_out "these results have no draws"

# More than 1% of draws failed or missing: told, and 4 after printing.
run run -q futures.cfg -o p.h5 --shard 0/2
run merge -q p.h5.part -o p.h5 --allow-missing
expect_code 0
run indicators p.h5 --csv
expect_code 4
expect_err "draws failed, more than 1%"
[ "$(wc -l <<<"$out")" -gt 20 ] || fail "nothing was printed: $out"

wrong() { # TEXT ARGUMENT...
    local text=$1
    shift
    run indicators f.h5 "$@"
    expect_code 2
    expect_no_out
    expect_err "$text"
}
wrong "--by wants pool or area, not 'authority'" --by authority
wrong "did you mean 'ni79'?" --indicator ni19
wrong "the results have no pool 'a3'" --pool a3
wrong "the results have no area 'west'" --area west
wrong "the results have no scenario 'third'" --scenario third
wrong "the years of these indicators are 2009 to 2011" --year 2030
wrong "--area and --pool are both given" --area north --pool a1
wrong "--csv and --json are both given" --csv --json
run run -q baseline.cfg -o n.h5
run indicators n.h5
expect_code 3
expect_err "these results have no 'indicator_pooled'"
