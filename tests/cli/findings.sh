#!/usr/bin/env bash
# Proves: the script `findings` says of any results file what is of it: places of the scenario asked for
# and of its own sites, the most short by what is missing, '-' for what the place does not know.
. "$(dirname "$0")/common.sh"
use_place golden/tiny_places
scripts=$CF_SOURCE/scenarios/east-london
cat >a-first.cfg <<'CFG'
extends = "baseline.cfg";
levers = ( { name = "fewer"; field = "places"; op = "scale"; value = 0.5; where = { line = "voc2"; }; } );
CFG
run run -q a-first.cfg baseline.cfg -o a.h5
expect_code 0

# found [SCENARIO]: what the script says, in $out
found() {
    out=$("$scripts/findings" "$COHORTFLOW" a.h5 "$@" 2>"$scratch/err")
    code=$?
    err=$(<"$scratch/err")
    command_line="findings a.h5 $*"
}
found
expect_code 0
expect_out "Places in 2014, baseline"
found a-first
expect_out "Places in 2014, a-first"
found fisrt
expect_code 2
expect_no_out
expect_err "has no scenario 'fisrt'"

# A place that has sites elsewhere: usable and spare are those of its own, beside them the others'.
column_of() { # ROW COLUMN
    awk -F, -v row="$1" -v want="$2" 'NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
        $(at["area"]) == row && $(at["route"]) == "gfe" { printf "%.0f", $(at[want]) }' gaps.csv
}
sed -i -E 's/^(s3,[^,]*),dale,/\1,,/' axes/site.csv
run run -q baseline.cfg -o a.h5
expect_code 0
"$COHORTFLOW" gaps a.h5 --by area --csv >gaps.csv
found
[ "$(column_of elsewhere usable)" -gt 0 ] || fail "nothing is offered elsewhere: $(<gaps.csv)"
shown=$(awk '/^Places in/ { on = 1 } on && /^College / { print $3, $6, $7; exit }' <<<"$out")
wanted="$(column_of here usable) $(column_of here spare) $(column_of elsewhere spare)"
[ "$shown" = "$wanted" ] || fail "usable, spare and spare elsewhere are $shown, not $wanted: $out"
found
expect_out "NEET, 16-18"
# Without sites elsewhere, and without a status of kind neet.
cp "$CF_SOURCE"/tests/golden/tiny_places/axes/site.csv axes/
sed -i 's/,neet,0,0,1/,unknown,0,0,1/' axes/status.csv
run run -q baseline.cfg -o a.h5
expect_code 0
found
awk '/^NEET/ { on = 1; next } on { exit !($2 == "-" && $3 == "-") }' <<<"$out" ||
    fail "NEET of a place without such a status: $out"
awk '/^Places in/ { on = 1 } on && /^College / { exit $7 != "-" }' <<<"$out" ||
    fail "spare elsewhere where there is none: $out"

# Most short of places: a residents' area without any place near is there by its unplaced.
sed -i -E 's/^dale,(s[12]),.*/dale,\1,900/; s/^(dale),s([34]),.*/\1,s\2,900/' tables/minutes.csv
run run -q baseline.cfg -o a.h5
expect_code 0
found
awk '/^Most short/ { on = 1; next } on && /^dale,/ { seen = $(NF - 2) >= 0.5 && $(NF - 2) > $(NF - 1) } END { exit !seen }' <<<"$out" ||
    fail "nobody of dale has a place, and it is not there: $out"

for script in findings draw; do
    out=$("$scripts/$script" --help) || fail "$script --help fails"
    command_line="$script --help"
    expect_out "scenarios/east-london/$script build/cohortflow results/east-london.h5"
    if "$scripts/$script" >/dev/null 2>"$scratch/err"; then fail "$script without arguments is fine"; fi
    grep -q "results/east-london.h5" "$scratch/err" || fail "$script does not say what it wants"
done
exit 0
