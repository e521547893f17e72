#!/usr/bin/env bash
# Proves: --suppress hides small numbers of persons wherever numbers are told: export as CSV, JSON and
# text, page, charts, workbook, CSV of the report; and a total never tells a single hidden number.
. "$(dirname "$0")/common.sh"
use_place scenarios/east-london
run run -q baseline.cfg high-growth.cfg --draws 16 -o a.h5
expect_code 0

# ---- export ----
run export a.h5 --variable unplaced --year 2015
all=$out
run export a.h5 --variable unplaced --year 2015 --suppress 5
expect_code 0
# Without totals in the table the small ones are hidden, and no other.
paste -d, <(printf '%s\n' "$all") <(printf '%s\n' "$out") | awk -F, 'NR > 1 {
        small = $6 > 1e-9 && $6 < 5
        n += small
        if (small != ($12 == "c") || (!small && $12 != $6)) { bad = 1; print }
    }
    END { exit bad || !n }' || fail "$command_line: hides others than the small ones"
run export a.h5 --variable unplaced --year 2015 --suppress 5 --json
expect_code 0
expect_out '"value": null,'
[ "$(grep -c '"hidden": \[' <<<"$out")" = "$(awk -F, '$6 > 1e-9 && $6 < 5' <<<"$all" | wc -l)" ] ||
    fail "$command_line: not every hidden value is named"
run export a.h5 --variable unplaced --year 2015 --suppress 5 --text
expect_code 0
expect_out 'c: hidden, so that no person can be told'
run export a.h5 --variable usable --year 2015 --suppress 5
grep -q ',c$' <<<"$out" && fail "$command_line: hides places"
run export a.h5 --variable coverage --suppress 5
grep -q ',c$' <<<"$out" && fail "$command_line: hides shares"
run export a.h5 --variable indicator_value --suppress 5
grep -q ',c$' <<<"$out" && fail "$command_line: hides shares"
run export a.h5 --variable unplaced --year 2015 --quantiles 0.05,0.95 --suppress 5
expect_code 0
awk -F, 'NR > 1 { for (c = 5; c <= 6; c++) { n += $c == "c"; if ($c != "c" && $c > 1e-9 && $c < 5) bad = 1 } }
    END { exit bad || !n }' <<<"$out" || fail "$command_line: small quantiles are not hidden"
for wrong in 0 -5 1001 five ''; do
    run export a.h5 --variable unplaced --suppress "$wrong"
    expect_code 2
    expect_no_out
    run report a.h5 --suppress "$wrong" -o no.html
    expect_code 2
done
[ ! -e no.html ] || fail "a refused report was written"

# ---- the report ----
run report a.h5 -o page.html --csv csv --workbook book.xlsx --figures figures --suppress 5
expect_code 0
grep -q 'data-v="c">c<' page.html || fail "nothing is hidden in the page"
grep -q 'numbers of persons above 0 and below 5 are hidden (c)' page.html || fail "the page does not say so"

# Columns that count persons have no small number in any table of CSV.
persons='demand arrivals enrolled unplaced too_far crowded_out shortfall learners combined other_enrolled enrolled_base exports imports residents taught at_home'
for file in csv/*.csv; do
    awk -v persons=" $persons " -v file="$file" '
        # Texts in quotes have no numbers of ours.
        { while (match($0, /"[^"]*"/)) $0 = substr($0, 1, RSTART - 1) "text" substr($0, RSTART + RLENGTH); n = split($0, f, ",") }
        NR == 1 { for (c = 1; c <= n; c++) is[c] = index(persons, " " f[c] " ") > 0 || f[c] ~ /^demand_/; next }
        { for (c = 1; c <= n; c++) if (is[c] && f[c] + 0 > 1e-9 && f[c] + 0 < 5) { print file ":" NR ": " f[c]; bad = 1 } }
        END { exit bad }' "$file" || fail "$file: a small number is not hidden"
done

# Gaps: of the members that add up to a row that is seen, none or two at least are hidden.
for file in csv/gaps-by-*.csv; do
    awk -F, 'NR == 1 { for (c = 6; c <= NF; c++) name[c] = $c; next }
        { for (c = 6; c <= NF; c++) {
            if (name[c] !~ /^(demand|arrivals|enrolled|unplaced|too_far|crowded_out|shortfall|spare)$/) continue
            key = $1 FS $3 FS $5 FS name[c]
            if ($4 == "all") all[key] = $c
            else if ($4 == "here") here[key] = $c
            else { hidden[key] += $c == "c"; if ($4 != "elsewhere") inside[key] += $c == "c" }
            any += $c == "c" } }
        END {
            for (key in all) if (all[key] != "c" && hidden[key] == 1) { print key; bad = 1 }
            for (key in here) if (here[key] != "c" && inside[key] == 1) { print key; bad = 1 }
            exit bad || !any
        }' "$file" || fail "$file: a hidden number is what is left of a total"
done

# The same is hidden in the workbook as in the CSV.
if command -v unzip >/dev/null; then
    n_csv=$(cat csv/*.csv | tr ',' '\n' | grep -cx 'c')
    n_book=0
    index=$(unzip -p book.xlsx xl/sharedStrings.xml | sed 's/<si>/\n<si>/g' | grep '^<si>' |
        grep -nF '<t>[c]</t>' | head -n 1 | cut -d: -f1)
    for part in $(unzip -Z1 book.xlsx 'xl/worksheets/sheet*.xml'); do
        n=$(unzip -p book.xlsx "$part" | grep -o "t=\"s\"><v>$((index - 1))</v>" | wc -l)
        n_book=$((n_book + n))
    done
    # Notes say what [c] is, in a cell.
    [ "$n_book" -eq $((n_csv + 1)) ] || fail "$n_csv cells are hidden in CSV, $((n_book - 1)) in the workbook"
fi

# The same again is the same.
run report a.h5 -o again.html --csv again --workbook again.xlsx --suppress 5
expect_code 0
cmp page.html again.html || fail "the page is not the same"
cmp book.xlsx again.xlsx || fail "the workbook is not the same"
diff -r csv again || fail "the CSV is not the same"
