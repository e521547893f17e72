#!/bin/sh
# Evidence: projections from earlier bases, made with nothing that is dated after the base, and scored where the outturn
# is at hand. Writes results/evidence/<case>.csv and prints the scores. bench/EVIDENCE.md says what and why.
#
#     bench/evidence.sh [CASE...]      without a case, all of them: regions-2009 south-east-2006 authorities-2013
#                                      london-2013 london-2009 attainment-2009
#
# COHORTFLOW_SHARED: the folder that holds data/ (default: shared beside the repository); COHORTFLOW: the program
# (default: build/cohortflow); DRAWS: of each case (default: 1000).
set -eu
LC_ALL=C
export LC_ALL

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$here/..
data=${COHORTFLOW_SHARED:-$root/../shared}/data
program=${COHORTFLOW:-$root/build/cohortflow}
draws=${DRAWS:-1000}
out=$root/results/evidence
parts=$here/evidence

regions=$data/mye_region_syoa_components_2002_2013.csv
authorities=$data/mye_lad_syoa_2013_2019_2020.csv
totals=$data/mye_lad_totals_components_2001_2019.csv
boroughs=$data/gla2014round_borough_syoa_2001_2041.csv
lookup=$data/lookup_lad2013_county_region.csv

for file in "$regions" "$authorities" "$totals" "$boroughs" "$lookup"; do
    if [ ! -r "$file" ]; then
        echo "evidence: cannot read $file: set COHORTFLOW_SHARED to the folder that holds data/" >&2
        exit 3
    fi
done

# project CASE: the place $work/CASE, calibrated, run and brought into the rows that are scored.
project() {
    work=$out/places/$1
    "$program" run -q "$work/calibrated.cfg" --draws "$draws" --seed 2009 --set 'retain=["-*","population"]' \
        -o "$work/run.h5"
    "$program" export "$work/run.h5" --variable population --sum group --csv >"$work/central.csv"
    "$program" export "$work/run.h5" --variable population --sum group --quantiles 0.1,0.25,0.5,0.75,0.9 --csv \
        >"$work/quantiles.csv"
    awk -F, -v names="${2:-0}" -f "$parts/rows.awk" "$work/areas.csv" "$work/central.csv" "$work/quantiles.csv" \
        >"$out/$1.csv.new"
    mv "$out/$1.csv.new" "$out/$1.csv"
    rm -f "$work/run.h5" "$work/run.h5.json"
}

# score CASE TABLE OPTION...: rows of the case beside what the table says came out.
score() {
    name=$1 table=$2
    shift 2
    awk -F, "$@" -f "$parts/outturn.awk" "$parts/crosswalk-2013-2020.csv" "$table" >"$out/places/$name/outturn.csv"
    awk "$@" -v bands=10-18 -f "$parts/score.awk" "$out/$name.csv" "$out/places/$name/outturn.csv"
}

begin() {
    work=$out/places/$1
    rm -rf "$work"
    mkdir -p "$work"
    echo
    echo "== $1"
}

# Ten regions from one base year.
of_regions() {
    name=$1 base=$2
    shift 2
    begin "$name"
    cp "$parts/regions.csv" "$work/areas.csv"
    "$program" import ons-mye "$regions" --areas "$work/areas.csv" --year "$base" --end-year 2013 --ages-as-given \
        --vintage 2014 -o "$work"
    "$program" calibrate "$work/baseline.cfg" -o "$work/calibrated.cfg" "$@"
    project "$name" 1
}

# Authorities of a region, or '' for all, as the areas of the place.
areas_of() {
    awk -F, -v of="$1" -f "$parts/authorities.awk" "$parts/regions.csv" "$parts/crosswalk-2013-2020.csv" "$lookup" \
        "$totals" >"$work/areas.csv"
}

# London's boroughs from 2009, by single years of age of the GLA (no others are published for 2009).
of_boroughs_2009() {
    name=$1
    shift
    begin "$name"
    areas_of London
    awk -F, 'NR == 1 || $3 == 2009' "$boroughs" >"$work/one.csv"
    "$program" import ons-mye "$work/one.csv" "$totals" "$regions" --areas "$work/areas.csv" --year 2009 \
        --end-year 2020 --ages-as-given --persons --only --vintage 2015 -o "$work"
    "$program" calibrate "$work/baseline.cfg" -o "$work/calibrated.cfg" "$@"
    project "$name"
}

# Authorities, all or of one region.
of_authorities() {
    name=$1 of=$2
    shift 2
    begin "$name"
    areas_of "$of"
    only=
    [ -z "$of" ] || only=--only
    "$program" import ons-mye "$authorities" "$totals" "$regions" --areas "$work/areas.csv" --year 2013 \
        --end-year 2020 --ages-as-given --persons --type "local authority" $only \
        --crosswalk "$parts/crosswalk-2013-2020.csv" --vintage 2014 -o "$work"
    "$program" calibrate "$work/baseline.cfg" -o "$work/calibrated.cfg" "$@"
    project "$name"
}

# The South East at 16-17 beside the LSC South East forecast, from the same base and data of its day.
south_east() {
    awk -F, '$1 == "South East" && $4 == "central" && ($3 == 16 || $3 == 17) { n[$2] += $5 }
        END { printf "South East, ages 16-17, 2006 to 2013: %+.1f%% (LSC South East forecast: -4.7%%)\n",
                  100 * (n[2013] / n[2006] - 1) }' "$out/$1.csv"
}

mkdir -p "$out"
[ $# -gt 0 ] || set -- regions-2009 south-east-2006 authorities-2013 london-2013 london-2009 attainment-2009
for case; do
    case $case in
    regions-2009)
        of_regions "$case" 2009 --years 5 --unexplained 0.5 --pool 0.3
        score "$case" "$regions" -v base=2009 -v years=2010,2011,2012,2013 -v show=2013
        ;;
    south-east-2006)
        of_regions "$case" 2006 --years 4 --unexplained 1 --pool 0.15 --smooth 2
        score "$case" "$regions" -v base=2006 -v years=2007,2009,2011,2013 -v show=2013
        south_east "$case"
        ;;
    authorities-2013)
        of_authorities "$case" '' --years 5 --unexplained 0 --pool 0.3 --level 0.6 --pattern 0.25
        score "$case" "$authorities" -v base=2013 -v years=2019,2020
        ;;
    london-2013)
        of_authorities "$case" London --years 5 --unexplained 0 --pool 0.3 --level 0.7 --pattern 0.6
        score "$case" "$authorities" -v base=2013 -v years=2019,2020 -v show=2020 -v only=1
        ;;
    london-2009)
        of_boroughs_2009 "$case" --years 5 --unexplained 0.5 --pool 0.3 --level 0.7 --pattern 0.6
        score "$case" "$authorities" -v base=2009 -v years=2013,2019,2020 -v only=1
        ;;
    attainment-2009)
        echo
        echo "== $case"
        EVIDENCE_TO=$out "$here/evidence-attainment.sh"
        ;;
    *)
        echo "evidence: there is no case '$case'" >&2
        exit 2
        ;;
    esac
done
