#!/usr/bin/env bash
# Proves: the projections of cases (e) and (f) of bench/EVIDENCE.md are whole, do not read what they are scored on, and
# beat no change and linear trends where that is said. Skipped where there are no published figures.
. "$(dirname "$0")/common.sh"
shared=${COHORTFLOW_SHARED:-$CF_SOURCE/../shared} table=attainment_by_19_la_cohort_2005_2025.csv
build=${CF_BUILD:-$CF_SOURCE/build}
[ -r "$shared/data/$table" ] || skip "no $table in COHORTFLOW_SHARED"
[ -x "$build/bench/attainment" ] || skip "build/bench/attainment is not built"
export EVIDENCE_TO=$PWD/evidence CF_BUILD=$build COHORTFLOW_SHARED=$shared

scores=$("$CF_SOURCE/bench/evidence-attainment.sh" 2>chosen) || fail "evidence-attainment.sh: $(cat chosen)"
grep -q 'on origins 2006 to 2008' chosen || fail "it says nothing of the choice: $(cat chosen)"
file=$EVIDENCE_TO/attainment-2009.csv
[ "$(head -n 1 "$file")" = area,year,level,quantile,value ] || fail "columns are $(head -n 1 "$file")"
codes=$(awk -F, '$1 == 2009 && $9 == "ALL" && $4 != "ALL" { print $4 }' "$shared/data/$table" | sort -u)
[ "$(tail -n +2 "$file" | cut -d, -f1 | sort -u)" = "$codes" ] || fail "areas are not the codes of a cohort 19 in 2009"
awk -F, 'NR > 1 { n[$1]++; v[$1, $2, $3, $4] = $5; if (!($5 > 0 && $5 < 100)) bad = 1 }
    END {
        for (a in n) {
            if (n[a] != 13 * 2 * 6) bad = 1
            for (y = 2010; y <= 2022; y++)
                if (!(v[a, y, "l3", 0.1] < v[a, y, "l3", 0.25] && v[a, y, "l3", 0.25] < v[a, y, "l3", 0.5] &&
                      v[a, y, "l3", 0.5] < v[a, y, "l3", 0.75] && v[a, y, "l3", 0.75] < v[a, y, "l3", 0.9] && v[a, y, "l3", "central"] < v[a, y, "l2", "central"])) bad = 1
        }
        exit bad }' "$file" || fail "rows are missing, out of order or out of bounds"
awk -F, '$2 ~ /-/ { n++; if (!($5 < $7 && $5 < $8) || $4 != 0) bad = 1 } END { exit bad || n != 4 }' <<<"$scores" ||
    fail "not below no change and the linear trend: $(grep -- - <<<"$scores")"

# Later cohorts taken away, or turned into others, change no byte.
mkdir -p other/data
awk -F, 'NR == 1 || $1 <= 2009' "$shared/data/$table" >other/data/$table
"$build/bench/attainment" project other/data/$table 2009 2022 2>/dev/null | cmp -s - "$file" ||
    fail "cohorts after 2009 have a part in the projection"

# A shipped place and its futures: better than no change and than ageing the cohorts.
if [ -r "$shared/data/mye_lad_syoa_2013_2019_2020.csv" ]; then
    "$CF_SOURCE/bench/evidence-worcestershire.sh" --csv --draws 64 >card 2>said || fail "evidence-worcestershire.sh: $(cat said)"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { n++; if (!($at["no_change_skill"] > 0 && $at["cohort_skill"] > 0 && $at["cells"] >= 15)) bad = 1 }
        END { exit bad || n != 2 }' card || fail "Worcestershire is no better than its naive forecasts: $(cat card)"
fi

[ -r "$shared/data/participation_england_16_18_2011_2023.csv" ] || exit 0
"$CF_SOURCE/bench/evidence-participation.sh" >scores 2>said || fail "evidence-participation.sh: $(cat said)"
awk -F, '$1 == "evidence" { n++; if (!($4 < $6)) bad = 1 } END { exit bad || n != 2 }' scores ||
    fail "the evidence overlay is no better than no change: $(head -n 7 scores)"
awk -F, '$2 == 2009 { d = $4 - ($3 == "neet" ? 9.4 : 82.5); n++; if (d * d > 1e-4) bad = 1 } END { exit bad || n != 6 }' \
    "$EVIDENCE_TO/participation-2009.csv" || fail "the base is not what was published for 2009"
