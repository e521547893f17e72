#!/usr/bin/env bash
# Proves: `export --ees` writes the pair of files of explore education statistics by every rule of the
# layout, with the numbers of the results file; and the validator sees each rule broken.
. "$(dirname "$0")/common.sh"
use_place scenarios/east-london
layout=$CF_SOURCE/tests/cli/ees_layout.awk
run run -q baseline.cfg high-growth.cfg --draws 8 -o a.h5
expect_code 0

check() { # NAME [awk option]...: the pair in the folder keeps the layout
    local said
    said=$(LC_ALL=C awk "${@:2}" -f "$layout" "$1/data.csv" "$1/data.meta.csv") ||
        fail "$1: the layout is not kept: $said"
    iconv -f UTF-8 -t UTF-8 "$1/data.csv" "$1/data.meta.csv" >/dev/null || fail "$1: not UTF-8"
    expect_files 'data.csv data.meta.csv' "$1"
}
ees() { # NAME ARGUMENT...
    run export a.h5 --ees "$@"
    expect_code 0
    expect_no_out
}

ees places --variable unplaced
expect_no_err
check places -v totals=1
ees ages --variable stock --age 16-18 --by consortium --scenario baseline
check ages -v totals=1
ees regions --variable population --by region --sum group --scenario baseline
check regions -v totals=1
ees coverage --variable coverage --scenario baseline --year 2015
check coverage
ees attained --variable attained_by_19
check attained
ees offers --variable enrolled --year 2015-2016
check offers -v totals=1
ees whole --variable population --sum area,age --scenario baseline
check whole -v totals=1
ees flows --variable flow --year 2015 --scenario baseline
check flows -v totals=1
ees indicators --variable indicator_value --year 2015
check indicators
ees draws --variable unplaced --quantiles 0.05,0.5,0.95 --mean --sd --exceeds 10
check draws
ees groups --variable unplaced_group --mean
check groups
ees hidden --variable unplaced --suppress 5
check hidden -v totals=1
grep -q ',c$' hidden/data.csv || fail "nothing is hidden"
awk -F, 'NR > 1 && $NF != "c" && $NF != "z" && $NF > 1e-9 && $NF < 5 { bad = 1 } END { exit bad }' hidden/data.csv ||
    fail "a small number is not hidden"

[ "$(head -n 1 places/data.csv)" = time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,la_name,old_la_code,scenario,line,unplaced ] ||
    fail "columns are $(head -n 1 places/data.csv)"
grep -q '^201516,Academic year,Local authority,E92000001,England,E12000007,London,E09000002,Barking and Dagenham,301,baseline,Total,' places/data.csv ||
    fail "there is no total of Barking and Dagenham"

# Each number is that of the results file, and each total the sum of its members.
run export a.h5 --variable unplaced
awk -F, 'NR > 1 { print $NF }' <<<"$out" | sort >numbers
awk -F, 'NR > 1 && !/,Total,/ && $NF != "z" { print $NF }' places/data.csv | sort | cmp - numbers ||
    fail "the numbers of places/data.csv are not those of export"
run export a.h5 --variable unplaced --sum line --year 2015 --scenario baseline
awk -F, 'NR == FNR { if (FNR > 1) sum[$4] = $5; next }
    /^201516,/ && /,baseline,Total,/ { n++; d = $NF - sum[$8]; if (d > 1e-9 || d < -1e-9) bad = 1 }
    END { exit bad || n != 8 }' <(printf '%s\n' "$out") places/data.csv || fail "totals are not the sums of lines"

# The same bytes again; never over what is there.
ees again --variable unplaced
cmp places/data.csv again/data.csv || fail "not the same bytes"
cmp places/data.meta.csv again/data.meta.csv || fail "not the same bytes of the meta file"
before=$(tree_hash again)
run export a.h5 --variable unplaced --ees again
expect_code 73
expect_err "this folder cannot be made: it is not empty"
[ "$(tree_hash again)" = "$before" ] || fail "a folder that was there has changed"

# What cannot be said in this layout.
run export a.h5 --variable offer_site --ees no
expect_code 2
expect_err "'offer_site' has no years, or no numbers for people"
run export a.h5 --variable unplaced --ees no --json
expect_code 2
expect_err "--ees and --json are both given"
[ ! -e no ] || fail "a refused export has left a folder"

# A place whose areas have neither old codes nor regions says so.
sed -i '1s/region/zone/2;1s/old_la_code/old_code/;1s/,region,/,zone,/' axes/area.csv
run run -q baseline.cfg -o b.h5
expect_code 0
run export b.h5 --variable population --age 16 --ees codes
expect_code 0
expect_err "the old code of 8 of 8 local authorities is not known: it is z"
expect_err "the region of 8 of 8 places is not known: it is z"
check codes -v totals=1

# ---- the validator itself: each rule, broken ----
ees good --variable unplaced --year 2015-2016
check good -v totals=1
broken() { # RULE FILE SED-SCRIPT
    local said
    rm -rf bad && cp -r good bad
    sed -i "$3" "bad/$2"
    cmp -s "good/$2" "bad/$2" && fail "$1: '$3' changes nothing"
    said=$(LC_ALL=C awk -v totals=1 -f "$layout" bad/data.csv bad/data.meta.csv)
    grep -q "^$1: " <<<"$said" || fail "the validator does not see $1; it says: ${said:0:300}"
}
broken snake-case data.csv '1s/unplaced/Unplaced/'
broken name-length data.csv '1s/unplaced/unplaced_unplaced_unplaced_unplaced_unplaced_unplaced_/'
broken column-twice data.csv '1s/,line,/,scenario,/'
broken mandatory-column data.csv '1s/country_name/country/'
broken fields data.csv '2s/$/,1/'
broken csv data.csv '2s/$/,"a/'
broken no-data-symbol data.csv '2s/[^,]*$/NA/'
broken blank data.csv '2s/,baseline,/,,/'
broken whitespace data.csv '2s/,baseline,/, baseline,/'
broken observational-total data.csv '2s/Barking and Dagenham/Total/'
broken time-period data.csv '2s/^201516/2015/'
broken time-period-years data.csv '2s/^201516/201520/'
broken time-identifier data.csv '2s/Academic year/School year/'
broken geographic-level data.csv '2s/Local authority/Borough/'
broken level-column data.csv '2s/Local authority/Ward/'
broken country data.csv '2s/England/Scotland/'
broken region data.csv '2s/London/Londinium/'
broken new-la-code data.csv '2s/E09000002/E0900002/'
broken old-la-code data.csv '2s/,301,/,3,/'
broken region-for-la data.csv '1s/region_code,region_name/zone_code,zone_name/'
broken row-twice data.csv '2p'
broken combinations data.csv '2d'
broken indicator-value data.csv '2s/[^,]*$/x/'
broken bom data.csv '1s/^/\xef\xbb\xbf/'
broken line-end data.csv '2s/$/\r/'
broken empty-row data.csv '2s/.*/,,,/'
broken data-not-in-meta data.meta.csv '/^line,/d'
broken no-indicator data.meta.csv '/^unplaced,/d'
broken meta-columns data.meta.csv '1s/label/name/'
broken meta-fields data.meta.csv '2s/$/,/'
broken meta-twice data.meta.csv '2p'
broken meta-not-in-data data.meta.csv '2s/^/no/'
broken meta-name-spaces data.meta.csv '2s/^/a /'
broken observational-in-meta data.meta.csv '2s/^[a-z]*/la_name/'
broken col-type data.meta.csv '2s/Filter/filter/'
broken label data.meta.csv '2s/,[A-Z][a-z]*,,/,,,/'
broken label-twice data.meta.csv '2{p;s/^[a-z]*/unplaced/}'
broken label-length data.meta.csv '2s/Filter,/Filter,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'
broken filter-has-indicator data.meta.csv '/Filter/s/,,,,,$/,a,,,,/'
broken indicator-has-filter data.meta.csv '/Indicator/s/,$/,line/'
broken indicator-unit data.meta.csv '/Indicator/s/,,0,/,persons,0,/'
broken indicator-dp data.meta.csv '/Indicator/s/,0,/,,/'
cp -r good one && sed -i '1s/$/,one/;2,$s/$/,1/' one/data.csv && echo 'one,Filter,One,,,,,' >>one/data.meta.csv
said=$(LC_ALL=C awk -f "$layout" one/data.csv one/data.meta.csv)
[ "$said" = "filter-of-one: one" ] || fail "the validator does not see filter-of-one; it says: $said"
