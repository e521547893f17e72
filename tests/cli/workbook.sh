#!/usr/bin/env bash
# Proves: `report --workbook` keeps the rules for accessible spreadsheets and has the numbers of the CSV,
# which are those of the commands; the CSV is a data package that says what it has; the same results
# give the same bytes; LibreOffice opens the workbook.
. "$(dirname "$0")/common.sh"
for needed in unzip xmllint; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
use_place scenarios/east-london

# Labels that somebody would try.
sed -i 's/^E09000016,Havering,/E09000016,"=cmd|'"' \/c calc'"'!A1",/; s/^E09000026,Redbridge,/E09000026,"<script>alert(""1"")<\/script> \&amp; @SUM(A1)",/' axes/area.csv
long=$(printf 'x%.0s' $(seq 300))
sed -i "s/^\\(dip-construction-1\\),[^,]*\\|^\\(dip-construction-1\\),\"[^\"]*\"/dip-construction-1,+$long/" axes/line.csv
run run -q baseline.cfg high-growth.cfg --draws 16 -o a.h5
expect_code 0
run report a.h5 -o page.html --workbook book.xlsx --csv csv
expect_code 0
expect_no_err

# ---- the file ----
run report a.h5 -o page.html --workbook again.xlsx
expect_code 0
cmp book.xlsx again.xlsx || fail "two workbooks of the same results differ"
unzip -q book.xlsx -d book || fail "the workbook is no zip file"
find book -name '*.xml' -exec xmllint --noout {} + || fail "a part of the workbook is no XML"
[ "$(TZ=UTC unzip -l book.xlsx | grep -c ' 1980-01-01 ')" = "$(unzip -Z1 book.xlsx | wc -l)" ] ||
    fail "parts of the workbook have a time"
! grep -rlE '<f>|<mergeCell|<pane |hidden="1"|state="hidden"' book/xl/worksheets book/xl/workbook.xml ||
    fail "the workbook has formulas, merged cells, frozen panes or what is hidden"

mapfile -t sheet < <(xmllint --xpath '//*[local-name()="sheet"]/@name' book/xl/workbook.xml | sed 's/.*name="//; s/"$//')
[ "${sheet[*]:0:6}" = "Cover Contents Findings Notes Columns Provenance" ] || fail "sheets are ${sheet[*]}"
[ "$(printf '%s\n' "${sheet[@]:6}" | sort)" = "$(find csv -name '*.csv' -printf '%f\n' | sed 's/\.csv$//' | sort)" ] ||
    fail "sheets are ${sheet[*]}, files $(ls csv)"
printf '%s\n' "${sheet[@]}" | awk 'length($0) > 31 { exit 1 }' || fail "a name of a sheet is too long"

# ---- sheet by sheet ----
sed 's/<si>/\n<si>/g' book/xl/sharedStrings.xml >strings.xml
tables=0
for ((k = 0; k < ${#sheet[@]}; k++)); do
    part=book/xl/worksheets/sheet$((k + 1)).xml
    sed 's/<row /\n<row /g; s/<c /\n<c /g' "$part" >part.xml
    LC_ALL=C awk -f "$CF_SOURCE/tests/cli/xlsx_sheet.awk" strings.xml part.xml >"cells.${sheet[k]}"
    [ "$(awk -F '\t' '$1 == 1' "cells.${sheet[k]}" | cut -f2-3)" = "1	s" ] || fail "${sheet[k]}: A1 is not its title alone"
    n=$(grep -o '<tablePart ' "$part" | wc -l)
    tables=$((tables + n))
    [ "${sheet[k]}" = Cover ] && continue
    [ "$n" -eq 1 ] || fail "${sheet[k]}: has $n tables"
    grep -o 'tables/table[0-9]*' "book/xl/worksheets/_rels/sheet$((k + 1)).xml.rels" >table.name
    table=book/xl/$(cat table.name).xml
    # From A4 on, no blank cell in it, its header as its columns are called, each once.
    ref=$(xmllint --xpath 'string(/*/@ref)' "$table")
    [ "${ref%%:*}" = A4 ] || fail "${sheet[k]}: its table is at $ref"
    awk -F '\t' -v last="${ref##*[A-Z]}" -v columns="$(grep -o '<tableColumn ' "$table" | wc -l)" '
        $1 >= 4 { n[$1]++; if ($3 == "blank" || $4 == "") bad = 1; if ($1 > last || $2 > columns) bad = 1 }
        $1 == 4 { if ($3 != "s" || tolower($4) in head) bad = 1; head[tolower($4)] = 1 }
        END { for (r = 4; r <= last; r++) if (n[r] != columns) bad = 1; exit bad }' "cells.${sheet[k]}" ||
        fail "${sheet[k]}: a blank cell, one outside of its table, or a header twice"
    grep -q 'displayName="table_[A-Za-z0-9_]*"' "$table" || fail "${sheet[k]}: its table has no name"
done
[ "$(grep -ho 'displayName="[^"]*"' book/xl/tables/*.xml | sort -u | wc -l)" -eq $tables ] || fail "tables share a name"
for text in '[c] confidential' '[x] not available' '[z] not applicable'; do
    grep -qF "$text" cells.Cover || fail "Cover does not explain '$text'"
done
grep -q 'rojection, not a forecast' cells.Cover || fail "Cover does not say that it is a projection"
[ "$(awk -F '\t' '$1 > 4 && $2 == 1' cells.Contents | wc -l)" -eq $((${#sheet[@]} - 2)) ] || fail "Contents lacks a sheet"
grep -c '<hyperlink ' book/xl/worksheets/sheet2.xml >/dev/null || fail "Contents has no links"
grep -qF "=cmd|' /c calc'!A1" strings.xml || fail "a label that begins with = is not there as it is"
grep -qF "+$long" strings.xml || fail "a long label is cut"

# ---- numbers: of each table, cell by cell, those of its CSV ----
for file in csv/*.csv; do
    name=$(basename "$file" .csv)
    LC_ALL=C awk -F '\t' -v name="$name" '
        function split_csv(line, field,  n, rest, at) {
            for (rest = line; ; ) {
                n++
                if (substr(rest, 1, 1) == "\"") {
                    field[n] = ""; rest = substr(rest, 2)
                    for (;;) {
                        at = index(rest, "\""); field[n] = field[n] substr(rest, 1, at - 1); rest = substr(rest, at + 1)
                        if (substr(rest, 1, 1) != "\"") break
                        field[n] = field[n] "\""; rest = substr(rest, 2)
                    }
                    if (rest == "") return n
                    rest = substr(rest, 2)
                } else {
                    at = index(rest, ",")
                    if (!at) { field[n] = rest; return n }
                    field[n] = substr(rest, 1, at - 1); rest = substr(rest, at + 1)
                }
            }
        }
        FNR == 1 { files++ }
        files == 1 { kind[$1, $2] = $3; cell[$1, $2] = $4; if ($1 > last) last = $1; next }
        {
            n = split_csv($0, f)
            if (FNR == 1) next
            for (c = 1; c <= n; c++) {
                is = kind[FNR + 3, c]; x = cell[FNR + 3, c]
                if (is == "n") { d = f[c] - x; if (d < 0) d = -d; size = x < 0 ? -x : x; numbers++
                    if (f[c] == "" || d > 1e-14 * size) { print name ":" FNR ": " f[c] " is " x; bad = 1 } }
                else if (is != "s") { print name ":" FNR ": no cell " c; bad = 1 }
                else if (f[c] == "" && x != "[x]" && x != "[z]") { print name ":" FNR ": nothing is " x; bad = 1 }
            }
            rows = FNR
        }
        END { if (rows + 3 != last) { print name ": " rows " rows, " last - 3 " in the sheet"; bad = 1 } exit bad }' \
        "cells.$name" "$file" >different || fail "$(head -n 3 different)"
done

# And the CSV has what the commands say.
same() { # FILE COMMAND...: a table of the report is what a command prints
    run "${@:2}" --csv
    expect_code 0
    cmp -s "csv/$1.csv" - <<<"$out" || fail "csv/$1.csv is not what '$command_line' says"
}
same indicators-by-area indicators a.h5 --by area
same flows-pairs flows a.h5 --matrix --year "$(awk -F, 'NR == 2 { print $3 }' csv/flows-pairs.csv)"
same providers-table providers a.h5 --year "$(awk -F, 'NR == 2 { print $2 }' csv/providers-table.csv)"

# ---- the data package ----
package=csv/datapackage.json
python=$(command -v python3 || true)
if [ -n "$python" ]; then
    "$python" - csv <<'PY' || fail "$package does not say what is there"
import csv, hashlib, json, os, sys
folder = sys.argv[1]
package = json.load(open(os.path.join(folder, "datapackage.json"), encoding="utf-8"))
assert package["name"] and package["title"] and package["sources"] and package["licenses"], "name, title, sources, licenses"
there = {name for name in os.listdir(folder) if name != "datapackage.json"}
assert {r["path"] for r in package["resources"]} == there, "resources"
for r in package["resources"]:
    data = open(os.path.join(folder, r["path"]), "rb").read()
    assert len(data) == r["bytes"], r["path"]
    assert "sha256:" + hashlib.sha256(data).hexdigest() == r["hash"], r["path"]
    rows = list(csv.reader(data.decode("utf-8").splitlines()))
    fields = r["schema"]["fields"]
    assert rows[0] == [f["name"] for f in fields], r["path"]
    missing = set(r["schema"]["missingValues"])
    for row in rows[1:]:
        assert len(row) == len(fields), r["path"]
        for value, field in zip(row, fields):
            if value not in missing and field["type"] != "string":
                (int if field["type"] == "integer" else float)(value)
for s in package["sources"]:
    assert s["title"] and s["nature"] in ("real", "estimated", "illustrative"), s
PY
fi
n=$(find csv -name '*.csv' | wc -l)
[ "$(grep -c '"hash": "sha256:' $package)" -eq "$n" ] || fail "not every file has a hash"
for file in csv/*.csv; do
    grep -q "$(sha256sum <"$file" | cut -d' ' -f1)" $package || fail "the hash of $file is not in $package"
    grep -q "\"bytes\": $(stat -c %s "$file")," $package || fail "the length of $file is not in $package"
done
grep -q '"unit": "persons"' $package || fail "no column says that it counts persons"
run report a.h5 -o again.html --csv csv2
diff -r csv csv2 || fail "the CSV of the same results differs"

# ---- never over what is there ----
before=$(tree_hash csv)
rm page.html
run report a.h5 -o page.html --csv csv
expect_code 73
expect_err 'this folder cannot be made: it is not empty'
[ "$(tree_hash csv)" = "$before" ] || fail "a folder that was there has changed"
[ ! -e page.html ] || fail "a report that was refused has left a page"
run report a.h5 -o page.html --workbook nowhere/book.xlsx
expect_code 73
expect_err '--> nowhere/book.xlsx'
mkdir folder.xlsx
run report a.h5 -o page.html --workbook folder.xlsx
expect_code 73

# ---- LibreOffice ----
if command -v soffice >/dev/null; then
    HOME=$PWD timeout 240 soffice --headless --convert-to \
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
        --outdir office book.xlsx >office.log 2>&1 || fail "LibreOffice does not open the workbook: $(tail -n 3 office.log)"
    [ "$(find office -name 'book-*.csv' | wc -l)" -eq ${#sheet[@]} ] ||
        fail "LibreOffice sees $(find office -name 'book-*.csv' | wc -l) of ${#sheet[@]} sheets"
    grep -qF "=cmd|' /c calc'!A1" office/book-*.csv || fail "LibreOffice does not show a label that begins with ="
    ! grep -qE '#NAME\?|#REF!|Err:5' office/book-*.csv || fail "LibreOffice has taken a label for a formula"
    [ "$(wc -l <office/book-flows-pairs.csv)" -eq $(($(wc -l <csv/flows-pairs.csv) + 3)) ] ||
        fail "LibreOffice sees other rows"
else
    echo "not tested here: LibreOffice is not installed"
fi
