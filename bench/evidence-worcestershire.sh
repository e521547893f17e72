#!/usr/bin/env bash
# A place as it is shipped, beside what came out: Worcestershire and its futures from 2013, ages 14 to 18 in 2019 and 2020.
#
#   bench/evidence-worcestershire.sh [hindcast's options]
#
# Outturn of 30 June becomes academic ages on 31 August as the base did: 10/12 N(x) + 2/12 N(x - 1). Districts of which
# no outturn is there are left out. Reads $COHORTFLOW_SHARED/data (default ../shared/data).
set -eu
cd "$(dirname "$0")/.."
data=${COHORTFLOW_SHARED:-../shared}/data
program=${COHORTFLOW:-${CF_BUILD:-build}/cohortflow} place=scenarios/worcestershire
table=$data/mye_lad_syoa_2013_2019_2020.csv
[ -r "$table" ] || { echo "skipped: there is no $table" >&2; exit 77; }
[ -x "$program" ] || { echo "$program is not built" >&2; exit 70; }

outturn=$(mktemp)
trap 'rm -f "$outturn"' EXIT
awk -F, '
    FILENAME ~ /area/ { if (FNR > 1) area[++n] = $1; next }
    FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["sex"] == "persons" && $at["year"] > 2013 { v[$at["year"], $at["area_code"], $at["age"]] = $at["population"] }
    END {
        print "variable,year,area,age,value"
        for (y = 2019; y <= 2020; y++)
            for (i = 1; i <= n; i++)
                for (x = 14; x <= 18; x++)
                    if ((y, area[i], x) in v)
                        printf "population,%d,%s,%d,%.6f\n", y, area[i], x, 10 / 12 * v[y, area[i], x] + 2 / 12 * v[y, area[i], x - 1]
    }' $place/axes/area.csv "$table" >"$outturn"
"$program" hindcast -q $place/futures/futures.cfg --outturn "$outturn" "$@"
