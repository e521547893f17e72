#!/usr/bin/env bash
# Proves: the shipped indicators are read, also where the scenario extends another; their values are
# what stock, levels and weights give; what is not set stays blank; scenarios of one run share them.
. "$(dirname "$0")/common.sh"
use_place golden/indicators
run check included.cfg
expect_code 0
run run -q included.cfg -o a.h5
expect_code 0
run verify a.h5
expect_code 0

# One value of a variable: value VARIABLE COLUMN=TEXT...
value() {
    local variable=$1
    shift
    run export a.h5 --variable "$variable"
    awk -F, -v wanted="$*" '
        NR == 1 { for (c = 1; c <= NF; c++) column[$c] = c; n = split(wanted, w, " "); next }
        { for (k = 1; k <= n; k++) { split(w[k], is, "="); if ($column[is[1]] != is[2]) next } print $NF }' \
        <<<"$out"
}
same() { # WHAT ONE OTHER: to 1e-12
    awk -v a="$2" -v b="$3" 'BEGIN { d = a - b; exit !(a != "" && b != "" && d < 1e-12 && d > -1e-12) }' ||
        fail "$1: $2, not $3"
}

# NI 117 by hand, for the base year and the last: a third of those aged 15, two thirds of those of 18.
run export a.h5 --variable stock
stock=$out
for year in 2009 2011; do
    for area in north south; do
        by_hand=$(awk -F, -v year=$year -v area=$area '
            BEGIN { weight[15] = 1 / 3; weight[16] = weight[17] = 1; weight[18] = 2 / 3 }
            $3 == year && $4 == area && $5 in weight && $6 != "notknown" {
                known += weight[$5] * $7
                if ($6 == "neet") neet += weight[$5] * $7
            }
            END { printf "%.17g", neet / known }' <<<"$stock")
        same "NI 117, $area, $year" "$(value indicator_value year=$year area=$area indicator=ni117)" "$by_hand"
    done
done
# The same in the base year, on paper, from the tables: of those aged 15 to 18 there live in the north
# 114, 121, 128, 135 with free meals and 317, 324, 331, 338 others.
same "NI 117 on paper" "$(value indicator_value year=2009 area=north indicator=ni117)" "$(awk 'BEGIN {
    neet = 0.07 * 445 + 0.09 * 459 + 2 / 3 * (0.16 * 135 + 0.11 * 338)
    known = 431 / 3 + 0.95 * 445 + 0.94 * 459 + 2 / 3 * (0.93 * 135 + 0.94 * 338)
    printf "%.17g", neet / known }')"

# Level 2 and 3 by 19 are attained_by_19; on paper 1 - 0.25 x 0.9 of everybody in the base year.
for year in 2009 2010 2011; do
    for pair in ni79:l2 ni80:l3; do
        same "$pair, $year" "$(value indicator_value year=$year area=south indicator=${pair%:*})" \
            "$(value attained_by_19 year=$year area=south level=${pair#*:})"
    done
done
same "NI 79 on paper" "$(value indicator_value year=2009 area=north indicator=ni79)" 0.775
same "NI 81 on paper" "$(value indicator_value year=2009 area=north indicator=ni81)" 0.03
same "HE gap on paper" "$(value indicator_value year=2009 area=south indicator=ni106-like)" 0.15
same "NI 91 on paper" "$(value indicator_value year=2009 area=south indicator=ni91)" 0.7
same "Diploma learners" "$(value indicator_value year=2010 area=south indicator=ni90)" "$(awk -F, '
    $3 == 2010 && $4 == "south" && $6 == "diploma" { n += $7 } END { printf "%.17g", n }' <<<"$stock")"

# Targets: of the year whose value they are for; what is not set is no row, and no number.
run export a.h5 --variable indicator_target
[ "$(grep -c . <<<"$out")" -eq 3 ] || fail "targets are: $out"
expect_out 'ni79,2010,0.82'
run export a.h5 --variable indicator_target --json
if grep -qE 'ni91|nan|null' <<<"$out"; then fail "what is not set is told: $out"; fi
run export a.h5 --variable indicator_baseline
[ "$out" = "indicator,value" ] || fail "baselines are: $out"
run export a.h5 --variable benchmark_value
expect_out 'ni79,2009,0.787'
expect_out 'ni91,2010,0.85'
[ "$(grep -c . <<<"$out")" -eq 4 ] || fail "benchmarks are: $out"
run export a.h5 --variable indicator_value --by authority
expect_code 2
run info a.h5 --json
expect_code 0
for text in definition source responsible; do expect_out "\"$text\": ["; done
for text in indicator_definition indicator_name area_name; do
    run export a.h5 --variable $text
    expect_code 2
    expect_err "texts: see info --json"
done
run info a.h5
grep -qE '^  ni117 +[A-Z].*16' <<<"$out" || fail "$command_line: no line of ni117: $out"
expect_out 'indicator '
expect_out 'september-17'
expect_out '(draw_run year area indicator)'

# A scenario's own targets, by the indicator's code; two scenarios of one run share them.
run run -q local.cfg -o a.h5
expect_code 0
same "the place's target" "$(value indicator_target indicator=ni91 year=2010)" 0.9
same "the place's baseline" "$(value indicator_baseline indicator=ni91)" 0.79
run run -q included.cfg local.cfg -o b.h5
expect_code 3
expect_err "the indicator 'ni91' is not what it is in 'included.cfg'"
run run -q included.cfg baseline.cfg -o b.h5
expect_code 3
expect_err "the indicator 'ni79' is not what it is in 'included.cfg'"
[ ! -e b.h5 ] || fail "b.h5 stands"

# A baseline that takes them by extending them may change them at once.
{
    printf 'extends = "../indicators.cfg"; place = ".";\n'
    cat baseline.cfg
    printf 'indicators = ( { code = "ni79"; baseline = 0.7; },\n'
    printf '  { code = "own"; numerator = { of = "stock"; where = { age = 13; }; }; } );\n'
} >own.cfg
run run -q own.cfg -o c.h5
expect_code 0
run export c.h5 --variable indicator_baseline
expect_out 'ni79,0.7'
run export c.h5 --variable indicator_value --year 2009
expect_out '0,own,2009,north,own,403'
