#!/usr/bin/env bash
# Proves: what `risks` says is what runs of the scenario without each risk, and with it mitigated,
# say: chances of a target, unmet places, effects where it happens. It refuses what the results were
# not made from.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
cat >futures.cfg <<'CFG'
extends = "baseline.cfg"; report_years = [ 2012, 2014 ];
indicators = (
  { code = "learn"; label = "Learners"; definition = "of all"; source = "made up"; better = "higher";
    numerator = { of = "stock"; where = { age = "16-18"; status = "participates:1"; }; };
    denominator = { of = "stock"; where = { age = "16-18"; }; };
    targets = ( { year = 2012; value = 0.335; }, { year = 2014; } ); },
  { code = "idle"; label = "NEET"; definition = "of all"; source = "made up"; better = "lower";
    numerator = { of = "stock"; where = { age = "16-18"; status = "kind:neet"; }; };
    denominator = { of = "stock"; where = { age = "16-18"; }; };
    targets = ( { year = 2012; value = 0.31; } ); } );
uncertain = ( { name = "born"; field = "entrants"; op = "scale"; dist = "normal"; mean = 1.0; sd = 0.2; by = "area"; },
              { name = "luck"; field = "push"; op = "add"; dist = "normal"; mean = 0.0; sd = 0.1;
                where = { status = "kind:neet"; }; } );
risks = (
  { code = "roof"; label = "The roof falls in"; probability = 0.4; onset = [ 2010, 2011 ]; duration = 3; owner = "s1";
    levers = ( { name = "shut"; field = "places"; op = "add"; value = -15.0; where = { site = "s2"; line = "voc2"; }; } );
    mitigation = { cost = 1000.0; probability = 0.25; }; },
  { code = "slump"; probability = 0.3; onset = [ 2011, 2011 ]; duration = 2;
    levers = ( { name = "idle"; field = "push"; op = "add"; value = 0.5; where = { status = "kind:neet"; }; } );
    mitigation = { cost = 70.0; scale = 0.5; }; },
  { code = "never"; probability = 0.0; onset = [ 2011, 2011 ]; duration = 2;
    levers = ( { name = "fewer"; field = "places"; op = "scale"; value = 0.5; } ); } );
design = { kind = "lhs"; draws = 150; seed = 5; };
CFG
run run -q futures.cfg -o f.h5
expect_code 0

# Of the draws of a file: P(target met) by indicator, mean unplaced by year, to 10 digits.
facts() { # FILE.h5
    "$COHORTFLOW" export "$1" --variable indicator_pooled --year 2012 |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            $at["run"] > 0 && $at["pool"] == "all" {
                n[$at["indicator"]]++
                met[$at["indicator"]] += $at["indicator"] == "learn" ? $NF >= 0.335 : $NF <= 0.31 }
            END { printf "%.10g %.10g", met["learn"] / n["learn"], met["idle"] / n["idle"] }'
    "$COHORTFLOW" export "$1" --variable unplaced_draws |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            $at["run"] > 0 { sum[$at["report_year"]] += $NF }
            END { printf " %.10g %.10g\n", sum[2012] / 150, sum[2014] / 150 }'
}
fields() { # of the row of a risk, an indicator and a year: COLUMN...
    local risk=$1 indicator=$2 year=$3
    shift 3
    awk -F, -v risk="$risk" -v indicator="$indicator" -v year="$year" -v wanted="$*" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["risk"] == risk && $at["indicator"] == indicator && $at["year"] == year {
            n = split(wanted, name, " ")
            for (i = 1; i <= n; i++) {
                value = $at[name[i]]
                printf "%s%s", (i > 1 ? " " : ""), value ~ /^[-0-9.e]+$/ ? sprintf("%.10g", value) : value
            }
            print "" }' <<<"$out"
}
expect_same() { [ "$1" = "$2" ] || fail "$3: '$1', not '$2'"; }

run risks futures.cfg f.h5 --indicator all --csv
expect_code 0
expect_no_err
[ "$(wc -l <<<"$out")" -eq 13 ] || fail "not a row for each of 2 years, 3 risks, 2 indicators: $out"
table=$out
as_is=$(facts f.h5)
compare() { # RISK COLUMN FILE
    expect_same "$(fields "$1" learn 2012 "p_met$2") $(fields "$1" idle 2012 "p_met$2") $(fields "$1" learn 2012 "unplaced$2") $(fields "$1" learn 2014 "unplaced$2")" \
        "$(facts "$3")" "$1$2"
}
for risk in roof slump never; do
    compare $risk '' f.h5
    run run -q futures.cfg -o without.h5 --set risks.$risk.probability=0.0
    expect_code 0
    out=$table
    compare $risk _without without.h5
done
run run -q futures.cfg -o mitigated.h5 --set risks.roof.probability=0.25
out=$table
compare roof _mitigated mitigated.h5
run run -q futures.cfg -o mitigated.h5 --set risks.slump.levers.idle.value=0.25
out=$table
compare slump _mitigated mitigated.h5
expect_same "$(fields never learn 2012 p_met p_met_without unplaced)" \
    "$(set -- $as_is && echo "$1 $1 $3")" "what never happens changes nothing"
expect_same "$(fields never learn 2012 happened unplaced_effect p_met_mitigated likelihood rating residual)" \
    "0   nil nil nil" "what never happens"
expect_same "$(fields roof learn 2014 target p_met)" "not set " "no target"
expect_same "$(fields roof learn 2012 target owner probability mitigation_cost)" "0.335 s1 0.4 1000" "what is said"

# Where it happens: the mean difference of the same draws.
run run -q futures.cfg -o without.h5 --set risks.roof.probability=0.0
differences() {
    for file in f.h5 without.h5; do
        "$COHORTFLOW" export $file --variable unplaced_draws --year 2012 |
            awk -F, -v file=$file 'NR > 1 { sum[$1] += $NF } END { for (run in sum) print file, run, sum[run] }'
    done
    "$COHORTFLOW" export f.h5 --variable risk_happened | awk -F, 'NR > 1 && /roof/ && $NF == 1 { print "happened", $1 }'
}
expected=$(differences | awk '$1 == "f.h5" { is[$2] = $3 } $1 == "without.h5" { not[$2] = $3 }
    $1 == "happened" { n++; sum += is[$2] - not[$2] } END { printf "%.4f %.6f", sum / n, n / 150 }')
out=$table
expect_same "$(fields roof learn 2012 unplaced_effect happened | awk '{ printf "%.4f %.6f", $1, $2 }')" "$expected" "where it happens"

# Threads change nothing; the worst indicator alone; areas of an authority; a sweep; several scenarios.
run risks futures.cfg f.h5 --indicator all --csv --threads 1
expect_same "$out" "$table" "one thread"
run risks futures.cfg f.h5 --csv
[ "$(wc -l <<<"$out")" -eq 7 ] || fail "not a row for each of 2 years, 3 risks: $out"
expect_same "$(fields slump idle 2012 risk)$(fields slump learn 2012 risk)" slump "the worst"
run risks futures.cfg f.h5
expect_out 'The roof falls in'
expect_out 'not set'
expect_out 'judgement'
run risks futures.cfg f.h5 --authority x --year 2012 --indicator learn --csv
expect_code 0
run run -q futures.cfg -o sweep.h5 --set 'sweep=({name="theta"; field="theta"; op="set"; values=[0.0,1.0];})' --draws 9
run risks futures.cfg sweep.h5 --csv --set 'sweep=({name="theta"; field="theta"; op="set"; values=[0.0,1.0];})'
expect_code 0
[ "$(wc -l <<<"$out")" -eq 13 ] || fail "not a row for each of 2 points, 2 years, 3 risks: $out"
echo 'extends = "futures.cfg"; levers = ( { name = "new building"; value = 60.0; } );' >other.cfg
run run -q other.cfg futures.cfg -o two.h5
run risks futures.cfg two.h5 --indicator all --csv
expect_same "$out" "$table" "one of two scenarios"

# Draws and seed are the file's own.
run run -q futures.cfg -o few.h5 --draws 20 --seed 77
run risks futures.cfg few.h5 --csv
expect_code 0
out=$(cut -d, -f1-99 <<<"$out")
expect_same "$(fields roof learn 2012 draws)$(fields roof idle 2012 draws)" 20 "draws of the file"

refused() { # CODE TEXT ARGUMENT...
    local want=$1 text=$2
    shift 2
    run risks "$@"
    expect_code "$want"
    expect_no_out
    expect_err "$text"
}
refused 2 "did you mean 'learn'?" futures.cfg f.h5 --indicator lern
refused 2 "the report years are 2012 to 2014" futures.cfg f.h5 --year 2013
refused 2 "no area is of an authority 'z'" futures.cfg f.h5 --authority z
refused 2 "--csv and --json are both given" futures.cfg f.h5 --csv --json
refused 3 "the results are of no scenario 'baseline'" baseline.cfg f.h5
run run -q baseline.cfg -o b.h5 --set 'design={kind="lhs"; draws=4;}'
refused 3 "there are no risks" baseline.cfg b.h5
run run -q futures.cfg -o c.h5 --set 'design={kind="none";}'
refused 3 "the results were made by another design" futures.cfg c.h5
refused 3 "there are no draws" futures.cfg c.h5 --set 'design={kind="none";}'
run run -q futures.cfg -o r.h5 --set 'retain=["-unplaced"]'
refused 3 "there are no unplaced learners of draws" futures.cfg r.h5 --set 'retain=["-unplaced"]'
run run -q futures.cfg -o r.h5 --set 'retain=["-indicator_pooled"]'
refused 3 "there are no indicators of draws" futures.cfg r.h5 --set 'retain=["-indicator_pooled"]'
# Draws that fail are counted, and too many of them are said.
run run -q futures.cfg -o failed.h5 --set max_rounds=15
expect_code 4
run risks futures.cfg failed.h5 --set max_rounds=15 --csv
expect_code 4
expect_err "risk 'roof': 3 of 150 draws as they are failed, more than 1%"
expect_err "risk 'roof': 3 of 150 draws without it failed, more than 1%"
[ "$(wc -l <<<"$out")" -eq 7 ] || fail "the table is not there: $out"
# Results of another version of the program, whose central run comes out otherwise.
if /usr/bin/python3 -c 'import h5py' 2>/dev/null; then
    cp f.h5 version.h5
    /usr/bin/python3 -c 'import h5py; f = h5py.File("version.h5", "r+"); f["indicator_pooled"][0, 3] *= 1.0000001'
    refused 3 "another version of the program made them" futures.cfg version.h5
fi
# Other settings, another file, one that is gone, one that is new.
run run -q futures.cfg -o set.h5 --set tolerance=1e-8 --set max_rounds=499
refused 3 'the settings are not those that the results were made with: `' futures.cfg set.h5
run risks futures.cfg set.h5 --set tolerance=1e-8 --set max_rounds=499 --csv
expect_code 0
cp tables/places.csv ..
sed -i 's/^s1,alevel,.*/s1,alevel,149/' tables/places.csv
refused 3 "'tables/places.csv' is not what the results were made from" futures.cfg f.h5
cp ../places.csv tables/places.csv
mv tables/border.csv ..
refused 3 "'tables/border.csv' is no longer read" futures.cfg f.h5
mv ../border.csv tables
echo 'year,area,value' >tables/dwellings.csv
refused 3 "'tables/dwellings.csv' was not there when the results were made" futures.cfg f.h5
rm tables/dwellings.csv
run risks futures.cfg f.h5 --indicator all --csv
expect_same "$out" "$table" "as it was"
exit 0
