#!/bin/sh
# How the rules of bench/evidence.sh were chosen: each is tried from origins before a base year, with what was known at
# each origin, and held against what came out up to the base year; nothing later is read. Prints the mean absolute error
# at ages 16-18 of every rule, best first. About five minutes.
#
#     bench/evidence/rolling.sh [2006] [2009] [2013] [london]      one table each; all of them without
#
# 2006, 2009, 2013: ten regions (2013: the seven whose figures after 2009 are at hand), every origin from 2003 on and
# every year from it to the base. london: boroughs by the single years of the GLA's round of 2014, of which each origin
# sees one year alone, as the authorities' case sees 2013; seven years ahead, to 2011, 2012 and 2013.
set -eu
LC_ALL=C
export LC_ALL

parts=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$parts/../..
data=${COHORTFLOW_SHARED:-$root/../shared}/data
program=${COHORTFLOW:-$root/build/cohortflow}
work=$root/results/evidence/places/rolling
regions=$data/mye_region_syoa_components_2002_2013.csv
rm -rf "$work"
mkdir -p "$work"

# try ORIGIN RULE...: the rule's errors from this origin, added to $work/errors as "error count rule".
try() {
    origin=$1 last=$2 only=$3
    shift 3
    "$program" calibrate -q "$work/$origin/baseline.cfg" -o "$work/$origin/tried.cfg" "$@"
    "$program" run -q "$work/$origin/tried.cfg" -o "$work/tried.h5" 2>/dev/null
    "$program" export "$work/tried.h5" --variable population --sum group --csv >"$work/tried.csv"
    awk -F, -v origin="$origin" -v last="$last" -v only="$only" -f "$parts/past.awk" "$work/out.csv" "$work/tried.csv" |
        sed "s/\$/ $*/" >>"$work/errors"
}

show() {
    awk '{ rule = $0; sub(/^[^ ]+ [^ ]+ /, "", rule); sum[rule] += $1; n[rule] += $2 }
        END { for (r in sum) printf "%.3f%%  %s  (%d)\n", sum[r] / n[r], r, n[r] }' "$work/errors" | sort -n
}

of_regions() {
    base=$1 areas=$parts/regions.csv
    : >"$work/errors"
    if [ "$base" -gt 2009 ]; then
        awk -F, '$2 != "South East" && $2 != "London" && $2 != "Wales"' "$areas" >"$work/areas.csv"
        areas=$work/areas.csv
    fi
    "$program" import -q ons-mye "$regions" --only --areas "$areas" --year "$base" -o "$work/base"
    cp "$work/base/history/population.csv" "$work/out.csv"
    rm -rf "$work/base"
    from=2003
    [ "$base" -le 2009 ] || from=2005
    for origin in $(seq "$from" $((base - 1))); do
        rm -rf "${work:?}/$origin"
        "$program" import -q ons-mye "$regions" --only --areas "$areas" --year "$origin" --end-year "$base" \
            --ages-as-given -o "$work/$origin"
        for years in 2 5; do
            for unexplained in 0 0.5 1; do
                for pool in 0 0.15 0.3; do
                    for smooth in 0 2; do
                        try "$origin" "$base" 0 --years $years --unexplained $unexplained --pool $pool --smooth $smooth
                    done
                done
            done
        done
    done
    show
}

of_london() {
    gla=$data/gla2014round_borough_syoa_2001_2041.csv
    : >"$work/errors"
    awk -F, -v of=London -f "$parts/authorities.awk" "$parts/regions.csv" "$parts/crosswalk-2013-2020.csv" \
        "$data/lookup_lad2013_county_region.csv" "$data/mye_lad_totals_components_2001_2019.csv" >"$work/areas.csv"
    awk -F, 'NR == 1 || $3 <= 2013' "$gla" >"$work/gla.csv"
    awk -F, 'NR == 1 { print "year,area,group,age,value"; next } { print $3 "," $1 ",persons," $4 "," $5 }' \
        "$work/gla.csv" >"$work/out.csv"
    for origin in 2004 2005 2006; do
        awk -F, -v origin=$origin 'NR == 1 || $3 == origin' "$work/gla.csv" >"$work/one.csv"
        rm -rf "${work:?}/$origin"
        "$program" import -q ons-mye "$work/one.csv" "$regions" "$data/mye_lad_totals_components_2001_2019.csv" \
            --only --persons --areas "$work/areas.csv" --year $origin --end-year 2013 --ages-as-given -o "$work/$origin"
        for level in 0 0.4 0.7 1; do
            for pattern in 0 0.25 0.4 0.6 0.8 1; do
                try "$origin" 2013 $((origin + 7)) --years 5 --unexplained 0 --pool 0.3 --level $level --pattern $pattern
            done
        done
    done
    show
}

[ $# -gt 0 ] || set -- 2006 2009 2013 london
for base; do
    echo
    echo "== $base"
    case $base in
    london) of_london ;;
    *) of_regions "$base" ;;
    esac
done
