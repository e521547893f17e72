#!/usr/bin/env bash
# What the README shows is what the program prints, and its picture is the one drawn today.
. "$(dirname "$0")/common.sh"
mkdir -p results scenarios && cp -r "$CF_SOURCE"/scenarios/{east-london,indicators.cfg} scenarios/
place=scenarios/east-london
run run -q $place/{baseline,evidence,aspiration,recession,high-growth,no-migration}.cfg -o results/a.h5
expect_code 0

# The lines between the first pair of ``` are the findings.
awk '/^```/ { n++; next } n == 1' "$CF_SOURCE/README.md" >shown
$place/findings "$COHORTFLOW" results/a.h5 >found
cmp shown found || fail "the findings of the README are not those of today"
$place/draw "$COHORTFLOW" results/a.h5 baseline high-growth no-migration | cmp - $place/residents-16-18.svg ||
    fail "the picture is not the one drawn today: draw it again"

# Exit codes are those that --help gives.
run --help
codes=$(sed -n '/^exit: /,$p' <<<"$out" | sed 's/^exit: //' | xargs)
tr '\n' ' ' <"$CF_SOURCE/README.md" | tr -s ' ' | grep -qF -e "$codes" || fail "the README lacks: $codes"

# The tour's scenario runs; with its mistake the message is the one shown.
sed -n '/^    extends = "..\/scenarios/,/^    );/p' "$CF_SOURCE/README.md" |
    sed 's/^    //' >results/mine.cfg
run check results/mine.cfg
expect_code 0
sed -i 's/"net_rate"/"net_rat"/' results/mine.cfg
run check results/mine.cfg
expect_code 3
shown=$(sed -n "/^    error: unknown field 'net_rat'/,/help:/p" "$CF_SOURCE/README.md" | sed 's/^    //')
[ "$err" = "$shown" ] || fail "the README shows: $shown; the program says: $err"
exit 0
