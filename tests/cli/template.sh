#!/usr/bin/env bash
# Proves: `template` makes a place that is good and runs at once, without a word to say against it,
# and makes nothing where something is or cannot be.
. "$(dirname "$0")/common.sh"
files='README.md axes axes/area.csv axes/group.csv axes/level.csv axes/line.csv axes/site.csv
axes/status.csv baseline.cfg sources.csv tables tables/beta.csv tables/entrants.csv
tables/level_share.csv tables/line_share.csv tables/minutes.csv tables/places.csv
tables/population.csv tables/progression.csv tables/reach.csv tables/status_share.csv'
files=${files//$'\n'/ }

run template my-place
expect_code 0
expect_no_err
expect_out "cohortflow check my-place/baseline.cfg"
expect_files "$files" my-place
run check my-place/baseline.cfg
expect_code 0
expect_no_err
expect_out "good; 2 areas, 2 groups, ages 14-18, years 2009-2015"
run run -q my-place/baseline.cfg -o a.h5
expect_code 0
run verify a.h5
expect_code 0
"$CF_SOURCE/scenarios/east-london/findings" "$COHORTFLOW" a.h5 | grep -qE '^South +1820 ' ||
    fail "findings of it: $("$CF_SOURCE/scenarios/east-london/findings" "$COHORTFLOW" a.h5)"
# Its provision is whole: with room for everybody the base year leaves as many unplaced as `outside`
# says.
sum_of() {
    "$COHORTFLOW" export a.h5 --variable "$1" --year 2009 |
        awk -F, '{ s += $NF } END { printf "%.15g\n", s }'
}
awk -v u="$(sum_of unplaced)" -v d="$(sum_of demand)" \
    'BEGIN { r = d > 3000 ? u / d / 0.002 - 1 : 1; exit !(r < 1e-9 && r > -1e-9) }' ||
    fail "in its base year $(sum_of unplaced) of $(sum_of demand) are unplaced, not 0.2%"
grep -q "$(printf '[ \t]')\$" -r my-place && fail "blanks at the end of a line"
while read -r file; do
    grep -qF "\`$file\`" my-place/README.md || fail "its README does not say what $file is for"
done <<<"$(cd my-place && find . -name '*.c??' -printf '%P\n')"

# A folder with nothing in it is as good as none; one with something is left alone.
mkdir empty
run template -q empty/
expect_code 0
expect_no_out
expect_files "$files" empty
before=$(tree_hash my-place)
run template my-place
expect_code 73
expect_no_out
expect_err "the folder is not empty"
[ "$(tree_hash my-place)" = "$before" ] || fail "$command_line: something has changed"
mkdir hidden && touch hidden/.file
run template hidden
expect_code 73
expect_files .file hidden

run template a.h5
expect_code 73
run template nowhere/my-place
expect_code 73
expect_err "--> nowhere/my-place"
[ ! -e nowhere ] || fail "$command_line: made the folder above"
run template
expect_code 2

# Where a file cannot be written nothing of the place is left, not even its folder.
(ulimit -f 0 && "$COHORTFLOW" template full >/dev/null 2>&1)
[ $? -eq 74 ] || fail "without room for a file: not 74"
[ ! -e full ] || fail "without room for a file: something is left: $(find full)"
