#!/usr/bin/env bash
# Proves: `check` says of a good place that it is good, reads what --set and other folders ask for,
# and gives every message as JSON. What it says of bad ones: golden_bad_input.sh.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
before=$(tree_hash .)

run check baseline.cfg
expect_code 0
expect_out "baseline.cfg: good; 2 areas, 2 groups, ages 14-17, years 2009-2012, 1 lever, 13 files"
run check -q baseline.cfg
expect_code 0
expect_no_out
expect_no_err

run check baseline.cfg --set end_year=2011 --set 'report_years=[2011]'
expect_code 0
expect_out "years 2009-2011"
run check baseline.cfg --set end_yaer=2011
expect_code 3
expect_no_out
expect_err "--set:1:1"
run check -q baseline.cfg nowhere.cfg
expect_code 3
expect_err "there is no file 'nowhere.cfg'"

# From another folder the paths are those one can open from there.
mkdir elsewhere && cd elsewhere || exit 70
run check ../baseline.cfg
expect_code 0
run check ../baseline.cfg --set first_age=15
expect_code 3
expect_err "--> ../tables/population.csv:2:12"
cd .. && rmdir elsewhere

# A table without a source is good, and said.
sed -i.kept '/^net_rate\|^split/d' sources.csv
run check baseline.cfg
expect_code 0
expect_out "baseline.cfg: good; 2 tables without a source; 2 areas"
mv sources.csv sources.kept
run check baseline.cfg
expect_out "baseline.cfg: good; 7 tables without a source; 2 areas"
mv sources.csv.kept sources.csv && rm sources.kept

# One place by two ways: what is said of its tables is said once, and a link is another way.
mkdir -p elsewhere/further && echo 'extends = "../.././baseline.cfg";' >elsewhere/further/other.cfg
run check baseline.cfg elsewhere/further/other.cfg
expect_code 0
[ "$(grep -c "entrants: 4 rows are split" <<<"$err")" -eq 1 ] || fail "$command_line: twice: $err"
cat >late.cfg <<'CFG'
extends = "baseline.cfg";
levers = ( { name = "late"; field = "net_rate"; op = "add"; value = 0.01; from = 2090; } );
CFG
echo 'extends = "../.././late.cfg";' >elsewhere/further/other.cfg
run check late.cfg elsewhere/further/other.cfg
expect_code 0
[ "$(grep -c "lever 'late' acts in no year" <<<"$err")" -eq 1 ] || fail "$command_line: twice: $err"
rm -r elsewhere late.cfg
mkdir -p deep/folder && ln -s deep/folder linked
run check baseline.cfg --set 'place="linked/.."'
expect_code 3
expect_err "--> linked/../axes/area.csv"
rm -r deep linked

run check --json baseline.cfg --set end_yaer=2011
expect_code 3
for line in '"severity": "error"' '"code": "setting.unknown"' '"path": "--set"' '"line": 1' \
    '"column": 1' "\"text\": \"unknown setting 'end_yaer'\"" \
    "\"help\": \"did you mean 'end_year'?\""; do
    expect_out "$line"
done
expect_err "unknown setting 'end_yaer'"
if command -v jq >/dev/null; then
    [ "$(jq -r '.messages[] | select(.severity == "error") | .code' <<<"$out")" = setting.unknown ] ||
        fail "$command_line: jq reads: $out"
fi
run check --json -q baseline.cfg
expect_code 0
expect_out '"severity": "notice"'
find . -exec touch -d @0 {} + && before=$(tree_hash .)
run check baseline.cfg
[ "$(tree_hash .)" = "$before" ] || fail "check has changed something on disk"
