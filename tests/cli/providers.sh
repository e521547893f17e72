#!/usr/bin/env bash
# Proves: `providers` adds up what `export` gives by provider, its quantiles are those of the sums,
# income and cost are the arithmetic of the lines, lines new, gone and too small are counted; the
# row `all` is the sum of enrolled.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
cat >axes/line.csv <<'CSV'
code,label,route,entitlement,viable_group,full_group,learners_per_teacher,cost_learner,cost_group,guided_hours,success_rate,rate_per_sln,provider_factor
alevel,A level,sixth,1,10,25,11,4000,50000,540,0.8,2920,1.123
voc2,Voc 2,gfe,1,8,20,13,3500,40000,150,,2920,1.123
voc3,Voc 3,gfe,1,45,20,12,3700,42000,,,,
CSV
sed -i 's/,ps2,/,ps1,/' axes/site.csv # s1 and s2 are one provider's
sed -i '1s/$/,provider_name/; /^s[12],/s/$/,The federation/; /^s[34],/s/$/,/' axes/site.csv
cat >futures.cfg <<'CFG'
extends = "baseline.cfg";
report_years = [ 2011, 2014 ];
uncertain = ( { name = "rooms"; field = "places"; op = "scale"; dist = "uniform"; low = 0.5; high = 1.5; by = "site"; } );
design = { kind = "montecarlo"; draws = 17; seed = 3; };
CFG
run run -q futures.cfg -o f.h5
expect_code 0
run providers f.h5 --csv
expect_code 0
expect_no_err
table=$out
[ "$(head -n 1 <<<"$out")" = scenario,year,provider,enrolled_base,enrolled,change,q0.1,median,q0.9,arrivals,usable,sln,income_base,income,cost_base,cost,sites,lines_base,lines,lines_gained,lines_lost,lines_below_viable,p_below_viable,p_below_viable_se,draws ] ||
    fail "the columns are $(head -n 1 <<<"$out")"
[ "$(cut -d, -f2,3 <<<"$out" | sed 1d | paste -sd' ')" = \
    "2011,ps1 2011,ps3 2011,ps4 2011,all 2014,ps1 2014,ps3 2014,ps4 2014,all" ] || fail "the rows are $out"

# The same from single values: YEAR,PROVIDER and the columns behind it, to ten digits.
for variable in enrolled arrivals usable enrolled_draws; do
    run export f.h5 --variable $variable
    sed "1d; s/^/$variable,/; s/,\(s[0-9]\)\//,\1,/" <<<"$out"
done | awk -F, -v OFS=, '
    BEGIN {
        provider["s1"] = provider["s2"] = "ps1"; provider["s3"] = "ps3"; provider["s4"] = "ps4"
        viable["alevel"] = 10; viable["voc2"] = 8; viable["voc3"] = 45
        full["alevel"] = 25; full["voc2"] = full["voc3"] = 20
        each["alevel"] = 4000; each["voc2"] = 3500; each["voc3"] = 3700
        group["alevel"] = 50000; group["voc2"] = 40000; group["voc3"] = 42000
        paid["alevel"] = 540 / 450 * 2920 * 1.123 * 0.9; paid["voc2"] = 150 / 450 * 2920 * 1.123
        hours["alevel"] = 540; hours["voc2"] = 150
    }
    function ceil(x) { return x == int(x) ? x : int(x) + 1 }
    { x[$1, $2, $4, $5, $6] = $7; offer[$5 "," $6] } # variable, run, year, site, line
    function add(p, y,    o, at, e, b) {
        for (o in offer) {
            split(o, at, ",")
            if (p != "all" && provider[at[1]] != p) continue
            e = x["enrolled", 0, y, at[1], at[2]]; b = x["enrolled", 0, 2009, at[1], at[2]]
            sum["base"] += b; sum["then"] += e
            sum["arrivals"] += x["arrivals", 0, y, at[1], at[2]]; sum["usable"] += x["usable", 0, y, at[1], at[2]]
            sum["sln"] += e * hours[at[2]] / 450; sum["now"] += b * paid[at[2]]; sum["income"] += e * paid[at[2]]
            if (b >= 0.5) { sum["cost_base"] += b * each[at[2]] + ceil(b / full[at[2]]) * group[at[2]]; sum["lines_base"]++ }
            if (e >= 0.5) { sum["cost"] += e * each[at[2]] + ceil(e / full[at[2]]) * group[at[2]]; sum["lines"]++ }
            if (e >= 0.5 && b < 0.5) sum["gained"]++
            if (e < 0.5 && b >= 0.5) sum["lost"]++
            if (e >= 0.5 && e < viable[at[2]]) sum["below"]++
            for (d = 1; d <= 17; d++) {
                e = x["enrolled_draws", d, y, at[1], at[2]]; v[d - 1] += e
                if (e >= 0.5 && e < viable[at[2]]) small[d] = 1
            }
        }
        below = 0
        for (d in small) below++
        for (k = 1; k < 17; k++)
            for (j = k; j > 0 && v[j - 1] > v[j]; j--) { s = v[j]; v[j] = v[j - 1]; v[j - 1] = s }
        line = y OFS p
        n = split("base then arrivals usable sln now income cost_base cost lines_base lines gained lost below", w, " ")
        for (k = 1; k <= n; k++) line = line OFS sprintf("%.10g", sum[w[k]])
        n = split("0.1 0.5 0.9", w, " ")
        for (k = 1; k <= n; k++) { h = 16 * w[k]; j = int(h); line = line OFS sprintf("%.10g", v[j] + (h - j) * (v[j + 1] - v[j])) }
        print line, sprintf("%.10g", below / 17)
        delete sum; delete v; delete small
    }
    END { for (y = 2011; y <= 2014; y += 3) { add("ps1", y); add("ps3", y); add("ps4", y); add("all", y) } }' >wanted
awk -F, -v OFS=, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c; next }
    {
        line = $2 OFS $3
        n = split("enrolled_base enrolled arrivals usable sln income_base income cost_base cost lines_base lines lines_gained lines_lost lines_below_viable q0.1 median q0.9 p_below_viable", w, " ")
        for (k = 1; k <= n; k++) line = line OFS sprintf("%.10g", $(at[w[k]]))
        print line
    }' <<<"$table" >got
diff wanted got || fail "not what single values add up to"
awk -F, '$14 > 0 { gained++ } $15 > 0 { lost++ } $20 > 0 && $20 < 1 { chance++ } END { exit !(gained && lost && chance) }' OFS=, wanted ||
    fail "too little happens: $(cat wanted)"

# The row `all` is the sum of enrolled, of every year.
for year in 2009 2012 2014; do
    run export f.h5 --variable enrolled --year $year
    total=$(awk -F, '{ s += $NF } END { printf "%.9g", s }' <<<"$out")
    run providers f.h5 --year $year --csv
    [ "$(awk -F, '$3 == "all" { printf "%.9g", $5 }' <<<"$out")" = "$total" ] || fail "all of $year is not $total"
    [ "$(awk -F, 'NR > 1 && $3 != "all" { s += $5 } END { printf "%.9g", s }' <<<"$out")" = "$total" ] || fail "$year: $out"
done
awk -F, 'NR > 1 && !($7 $8 $9 == "" || $2 == 2014) { exit 1 }' <<<"$out" || fail "ranges of a year without draws: $out"

# For people: one year, or one provider; who has no name is called by its sites.
run providers f.h5
expect_code 0
expect_out "year 2014"
expect_out "The federation"
expect_out "s3"
grep -q "ps3\|2011" <<<"$out" && fail "the screen has codes or two years: $out"
run providers f.h5 --provider ps1
expect_out "provider The federation"
grep -q "^all" <<<"$out" && fail "--provider tells of all"
[ "$(grep -cE '^20(11|14) ' <<<"$out")" -eq 2 ] || fail "a provider has not all report years: $out"
run providers f.h5 --json --provider ps4 --year 2014
expect_out '"provider": "ps4"'
# More than 1% of draws missing: 4 after printing.
run run -q futures.cfg -o p.h5 --shard 0/2
run merge -q p.h5.part -o p.h5 --allow-missing
run providers p.h5 --csv
expect_code 4
expect_err "draws failed, more than 1%"
[ "$(wc -l <<<"$out")" -eq 9 ] || fail "it printed $out"

# A site outside the place has others too: what it costs and whether groups are too small is not known.
sed -i '1s/,provider_name//; s/,The federation$//; /^s[34]/s/,$//; s/^s3,s3,dale/s3,s3,/' axes/site.csv
run run -q baseline.cfg -o c.h5
expect_code 0
run providers c.h5 --csv
awk -F, '$3 == "ps3" && !($5 > 0 && $15 $16 $22 == "" && $14 != "") { exit 1 }' <<<"$out" || fail "a site outside is judged: $out"
awk -F, 'NR > 1 && !($7 $8 $9 $23 $24 == "" && $25 == 0) { exit 1 }' <<<"$out" || fail "there are no draws: $out"
run providers c.h5
expect_out "s1 and 1 more"
expect_out "sites outside the place teach others too"

wrong() { # TEXT ARGUMENT...
    local text=$1
    shift
    run providers f.h5 "$@"
    expect_code 2
    expect_no_out
    expect_err "$text"
}
wrong "the results have no provider 'ps2'" --provider ps2
wrong "the results have no scenario 'third'" --scenario third
wrong "the years of these results are 2009 to 2014" --year 2030
wrong "--csv and --json are both given" --csv --json
mkdir other && cd other || exit 70
use_place golden/indicators
run run -q baseline.cfg -o n.h5
run providers n.h5
expect_code 3
expect_err "these results have no 'enrolled'"
