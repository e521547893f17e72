#!/usr/bin/env bash
# Proves: gaps, tiers, coverage, duplicates and flows add up to what `export` gives; a removed line
# turns its cells red and no others; larger groups move lines up; wrong calls are told.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
sed -i '/voc2/d' tables/changes.csv # what is planned of it no lever takes away
cat >removed.cfg <<'END'
extends = "baseline.cfg";
title = "Voc 2 is given up";
levers = ( { name = "give up voc2"; field = "places"; where = { line = "voc2"; }; op = "set"; value = 0.0; from = 2012; } );
END
run run -q baseline.cfg removed.cfg -o a.h5
expect_code 0

# Sum of a column of CSV over the rows that an awk condition on col["name"] selects.
sum() { # COLUMN [CONDITION]
    awk -F, -v want="$1" 'NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
        function col(name) { return $(at[name]) }
        '"${2:-1}"' { s += col(want) } END { printf "%.17g\n", s }' <<<"$out"
}
near() { awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; m = b < 0 ? -b : b; exit !(d * d <= 1e-18 * (m > 1 ? m * m : 1)) }'; }

# Every sum of every variable, by every tier, by route and by line, in every year.
for measure in demand unplaced too_far crowded_out arrivals usable enrolled shortfall spare; do
    run export a.h5 --variable $measure --year 2009-
    declare "export_$measure=$(sum value)"
done
for call in "--by area" "--by authority --line" "--route" ""; do
    # shellcheck disable=SC2086
    run gaps a.h5 --year 2009- $call --csv
    expect_code 0
    expect_no_err
    tier=$(head -n 1 <<<"$out" | cut -d, -f4)
    for measure in demand unplaced too_far crowded_out arrivals usable enrolled shortfall spare; do
        exported=export_$measure
        near "$(sum $measure "col(\"$tier\") == \"all\"")" "${!exported}" ||
            fail "gaps $call: all $measure is not ${!exported}"
        near "$(sum $measure "col(\"$tier\") != \"all\" && col(\"$tier\") != \"here\"")" "${!exported}" ||
            fail "gaps $call: $measure does not add up to ${!exported}"
        near "$(sum $measure "col(\"$tier\") == \"here\"")" "${!exported}" || # nothing is elsewhere
            fail "gaps $call: $measure here is not ${!exported}"
    done
done
run gaps a.h5 --scenario baseline
expect_code 0
expect_out "projection, not a forecast; run 0; scenario baseline; year 2014"
expect_out "Sixth form"
run gaps a.h5 --json --line
expect_code 0
expect_out '"line": "voc2"'
run gaps a.h5 --by authority
by_authority=$out
run gaps a.h5
[ "$out" = "$by_authority" ] || fail "--by authority is not the default"

# What columns do not say by themselves stands below the text, and there alone.
for told in "gaps:too far: would stay away" "tiers:borders play no part" "flows:fits it to no observed" \
    "coverage:within reach whether full or not"; do
    run "${told%%:*}" a.h5
    expect_out "${told#*:}"
    run "${told%%:*}" a.h5 --csv
    if grep -q '^- ' <<<"$out"; then fail "${told%%:*} --csv has notes: $out"; fi
done

# Coverage: where the line is gone it is red, and there alone anything has changed.
run coverage a.h5 --year 2009- --csv
expect_code 0
[ "$(head -n 1 <<<"$out")" = run,scenario,line,entitlement,year,area,coverage,rating ] ||
    fail "columns of coverage are $(head -n 1 <<<"$out")"
awk -F, 'NR > 1 && $1 == 0 { before[$3 $5 $6] = $8 }
    NR > 1 && $1 == 1 {
        gone = $3 == "voc2" && $5 >= 2012
        seen += gone
        if (gone ? $8 != "red" || before[$3 $5 $6] != "green" : $8 != before[$3 $5 $6]) {
            print "wrong: " $0
            bad = 1
        }
    }
    END { exit bad || seen != 3 * 4 }' <<<"$out" || fail "other cells than those of voc2 turn red: $out"
run coverage a.h5 --scenario removed --year 2014
expect_out "projection, not a forecast; run 1; scenario removed; year 2014"
grep -qE '^Voc 2 +yes +0\.0% red +0\.0% red +0\.0% red +0\.0% red$' <<<"$out" || fail "no red row: $out"
run coverage a.h5 --route --scenario removed --csv
[ "$(awk -F, '$3 == "gfe" && $6 == "all" { print $7 " " $8 }' <<<"$out")" = "0.5 amber" ] ||
    fail "of the two lines of gfe one is within reach: $out"

# Flows: what one exports another imports; the matrix is what export gives.
run flows a.h5 --year 2009- --csv
expect_code 0
near "$(sum exports 'col("authority") != "all"')" "$(sum imports 'col("authority") != "all"')" ||
    fail "exports are not imports: $out"
near "$(sum net 'col("authority") == "all"')" 0 || fail "there is something left over: $out"
taught=$(sum taught 'col("authority") == "all"')
run export a.h5 --variable flow --year 2009-
near "$(sum value)" "$taught" || fail "flow adds up to $(sum value), not $taught"
exported=$(awk -F, '$3 == 2013 && $6 == "gfe" && $2 == "removed" { print $4 " " $5 " " $7 }' <<<"$out" | sort)
run flows a.h5 --year 2013 --route --matrix --scenario removed --csv
[ "$(awk -F, '$4 == "gfe" && $5 != "all" && $6 != "all" { print $5 " " $6 " " $7 }' <<<"$out" | sort)" = \
    "$exported" ] || fail "the matrix is not what export gives: $out; $exported"

# A group that nobody can make moves a line out of every tier; a smaller one back again.
tier_of() { # VIABLE_GROUP
    sed -i -E "s/^(voc3,[^,]*,gfe,1),[0-9]+/\1,$1/" axes/line.csv
    run run -q baseline.cfg -o b.h5
    expect_code 0
    run tiers b.h5 --csv
    expect_code 0
    awk -F, '$4 == "voc3" { print $7 }' <<<"$out"
}
[ "$(tier_of 8)" = authority ] || fail "a group of 8 is not of an authority: $out"
[ "$(tier_of 100000)" = none ] || fail "a group of 100000 is of a tier: $out"
run tiers a.h5 --route
expect_code 0
expect_out "projection, not a forecast; year 2014"

# Duplicates: voc3 at two sites, to groups that are too small now, its minutes as asked for.
run duplicates b.h5 --line --csv
expect_code 0
pairs=$(grep -c ',voc3,' <<<"$out")
[ "$pairs" -ge 1 ] || fail "there is no pair of voc3: $out"
run duplicates b.h5 --line --csv --minutes 0.5
[ "$(wc -l <<<"$out")" -eq 1 ] || fail "sites are half a minute away: $out"
run duplicates b.h5 --minutes 0.5
expect_out none

wrong() { # TEXT ARGUMENT...
    local text=$1
    shift
    run "$@"
    expect_code 2
    expect_no_out
    expect_err "$text"
}
for command in gaps tiers coverage duplicates; do
    wrong "--route and --line are both given" $command a.h5 --route --line
    wrong "--csv and --json are both given" $command a.h5 --csv --json
    wrong "did you mean 'authority'?" $command a.h5 --by athority
    wrong "the results have no scenario 'remove'" $command a.h5 --scenario remove
    wrong "the years of these results are 2009 to 2014" $command a.h5 --year 2021
    wrong "--year wants a number or a range" $command a.h5 --year soon
    wrong "'$command' wants FILE.h5" $command
done
wrong "unknown option '--by'" flows a.h5 --by authority
wrong "unknown option '--line'" flows a.h5 --line
wrong "which 2010 is not" duplicates a.h5 --year 2010
wrong "--minutes wants a number above 0" duplicates a.h5 --minutes 0
wrong "--share wants a number above 0, 1 at most, not '1.5'" tiers a.h5 --share 1.5

run gaps baseline.cfg
expect_code 3
expect_err "--> baseline.cfg"
rm -r ./* && use_place scenarios/south-east/2009 # nothing is provided there
run run -q baseline.cfg -o c.h5
expect_code 0
for command in gaps tiers coverage duplicates flows; do
    run $command c.h5
    expect_code 3
    expect_no_out
    expect_err "these results have no '"
done
