#!/usr/bin/env bash
# Case (f) of bench/EVIDENCE.md: participation and NEET at 16-18 in England from 2009, beside the published series.
#
#   bench/evidence-participation.sh         writes results/evidence/participation-2009.csv and prints its scores
#
# England is one area with the population of its nine regions in mid-2009 and the statuses, levels, gains, progression
# and duty of scenarios/east-london, which are England's published rates of the time but for rows of single boroughs,
# left out here; no places, so nobody is refused.
# Overlays are those of scenarios/east-london, unchanged. Reads $COHORTFLOW_SHARED/data (default ../shared/data).
#
#   net_rate(x) = sum over 2005-2009 of net flows of age x / sum over 2004-2008 of persons of age x - 1
set -eu
cd "$(dirname "$0")/.."
data=${COHORTFLOW_SHARED:-../shared}/data build=${CF_BUILD:-build} to=${EVIDENCE_TO:-results/evidence}
program=${COHORTFLOW:-$build/cohortflow}
regions=$data/mye_region_syoa_components_2002_2013.csv published=$data/participation_england_16_18_2011_2023.csv
for file in "$regions" "$published"; do
    [ -r "$file" ] || { echo "skipped: there is no $file" >&2; exit 77; }
done
[ -x "$program" ] || { echo "$program is not built" >&2; exit 70; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
from=scenarios/east-london place=$scratch/england first=5 last=18 base=2009 end=2020
mkdir -p "$to" "$place/axes" "$place/tables"

# ---- the place: nothing after the base year is read ----
printf 'code,label\nE92000001,England\n' >"$place/axes/area.csv"
cp $from/axes/level.csv $from/axes/status.csv "$place/axes/"
sed 's/,24$/,18/' $from/axes/group.csv >"$place/axes/group.csv"
cp $from/tables/split.csv "$place/tables/"
for table in status_share level_share gain progression survival duty; do # up to the last age followed
    awk -F, -v first=$first -v last=$last '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
        { split($at["age"], age, "-") }
        age[1] <= last && age[1] + 0 > (at["sex"] ? first : 0) && !(at["area"] && $at["area"] != "")' $from/tables/$table.csv >"$place/tables/$table.csv"
done
awk -F, -v first=$first -v last=$last -v base=$base -v place="$place" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["region"] == "Wales" || $at["year"] > base { next }
    {
        x = $at["age"]; y = $at["year"]
        persons[x, y] += $at["population"]
        net[x, y] += $at["internal_in"] - $at["internal_out"] + $at["international_in"] - $at["international_out"]
    }
    END {
        to = place "/tables/population.csv"; print "area,age,value" >to
        for (x = first - 1; x <= last; x++) printf "E92000001,%d,%.0f\n", x, persons[x, base] >to
        to = place "/tables/entrants.csv"; print "year,area,value" >to
        printf "%d-,E92000001,%.0f\n", base + 1, persons[first, base] >to
        to = place "/tables/net_rate.csv"; print "age,value" >to
        for (x = first + 1; x <= last; x++) {
            flow = stock = 0
            for (y = base - 4; y <= base; y++) { flow += net[x, y]; stock += persons[x - 1, y - 1] }
            printf "%d,%.6f\n", x, flow / stock >to
        }
    }' "$regions"
cat >"$place/sources.csv" <<'CSV'
table,publisher,title,year,licence,nature,age_reference,note
population,Office for National Statistics,"Mid-2013 population estimates, MYEB2, regions of England",2014,OGL v3.0,real,30 June,
CSV
cat >"$place/baseline.cfg" <<CFG
title = "England from $base"; base_year = $base; end_year = $end; report_years = [ 2011, 2015, 2020 ];
first_age = $first; last_age = $last; choice_age = 14; exempt_level = "l3"; duty_default = "otherfe"; residual = 0.01;
indicators = (
  { code = "participating"; label = "In education or training, 16-18"; better = "higher";
    numerator = { of = "stock"; where = { age = "16-18"; status = "participates:1"; }; };
    denominator = { of = "stock"; where = { age = "16-18"; }; }; },
  { code = "neet"; label = "NEET, 16-18"; better = "lower";
    numerator = { of = "stock"; where = { age = "16-18"; status = "kind:neet"; }; };
    denominator = { of = "stock"; where = { age = "16-18"; }; }; } );
CFG
cp $from/evidence.cfg $from/aspiration.cfg "$place/"

# ---- the projections ----
"$program" run -q "$place"/{baseline,evidence,aspiration}.cfg -o "$scratch/england.h5"
"$program" export "$scratch/england.h5" --variable indicator_value >"$scratch/projected.csv"

# ---- the outturn: read from here on alone ----
# In education and training are those in education, apprenticeships or other training.
awk -F, -v end=$end '
    FNR > 1 && $1 <= end { sum[$1, $3 == "neet" ? "neet" : $3 ~ /^employment/ ? "" : "participating"] += $4 / 100 }
    END {
        print "variable,year,area,indicator,value"
        for (y = 2011; y <= end; y++) {
            printf "indicator_value,%d,E92000001,participating,%.6f\n", y, sum[y, "participating"]
            printf "indicator_value,%d,E92000001,neet,%.6f\n", y, sum[y, "neet"]
        }
    }' "$published" >"$scratch/outturn.csv"
awk -F, '
    FILENAME ~ /outturn/ { if (FNR > 1) came[$2, $4] = $5; next }
    FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "scenario,year,measure,projected,published"; next }
    { y = $at["year"]; m = $at["indicator"]
      printf "%s,%d,%s,%.4f,%s\n", $at["scenario"], y, m, 100 * $NF, (y, m) in came ? sprintf("%.3f", 100 * came[y, m]) : "" }
' "$scratch/outturn.csv" "$scratch/projected.csv" >"$to/participation-$base.csv.new"
mv "$to/participation-$base.csv.new" "$to/participation-$base.csv"

# Errors in points, and of the change since 2011, by measure and scenario.
awk -F, '
    function abs(x) { return x < 0 ? -x : x }
    NR == 1 { next }
    { k = $1 "," $3; if (!(k in seen)) { seen[k] = 1; order[++n] = k }; if ($2 == 2009) base[k] = $4 }
    $5 != "" { c[k]++; off[k] += abs($4 - $5); lean[k] += $4 - $5; same[k] += abs(base[k] - $5)
               if ($2 == 2011) { p0[k] = $4; o0[k] = $5 }
               p1[k] = $4; o1[k] = $5 }
    END { print "scenario,measure,years,points,signed,no_change,projected_2011,published_2011,projected_2020,published_2020"
          for (i = 1; i <= n; i++) { k = order[i]
              printf "%s,%d,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f\n", k, c[k], off[k] / c[k], lean[k] / c[k], same[k] / c[k], p0[k], o0[k], p1[k], o1[k] } }
' "$to/participation-$base.csv"
for measure in participating neet; do
    awk -F, -v m=$measure 'NR == 1 || $4 == m' "$scratch/outturn.csv" >"$scratch/$measure.csv"
    printf '\n%s, as the evidence overlay has it\n' $measure
    "$program" hindcast -q "$place/evidence.cfg" --outturn "$scratch/$measure.csv"
done
