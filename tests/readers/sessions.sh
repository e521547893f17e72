#!/usr/bin/env bash
# Proves: the sessions that output/README.md shows are those that stand here, run, and find the numbers
# that `export` gives.
#
# One line a session: PASS, FAIL, or SKIP where R or xarray is not installed. 1 when one failed, 77 when
# none is installed.
. "$(dirname "$0")/../cli/common.sh"
python=${PYTHON:-/usr/bin/python3}
here=$CF_SOURCE/tests/readers area=E09000025 indicator=ni117
use_place scenarios/east-london
run run -q futures/futures.cfg --draws 24 -o f.h5
expect_code 0

# shown LANGUAGE: the session in that language in the page.
shown() {
    awk -v begin="\`\`\`$1" '/^```/ { on = $0 == begin; next } on && /^# A session/ { shown = 1 } shown && on
        shown && !on { exit }' "$CF_SOURCE/output/README.md"
}

"$COHORTFLOW" export f.h5 --variable indicator_value --quantiles 0.05,0.25,0.5,0.75,0.95 |
    awk -F, -v OFS=, -v a=$area -v i=$indicator '$3 == a && $4 == i { print $2, $5, $6, $7, $8, $9 }' >fan.expected
"$COHORTFLOW" export f.h5 --variable unplaced --year 2020 --sum area | sed 1d | cut -d, -f4- | sort >unplaced.expected
cut -d, -f1 unplaced.expected >lines
if [ "$(wc -l <fan.expected)" -lt 12 ] || [ "$(wc -l <lines)" -lt 10 ]; then
    fail "export gives too little: $(wc -l <fan.expected) years, $(wc -l <lines) lines"
fi

# The numbers of two lists of rows are the same, to the digits that R writes; -k: the first is a code.
same() {
    paste -d, "$1" "$2" | awk -F, '
        { n = NF / 2; if (NF % 2 || $1 != $(n + 1)) { print; exit 1 }
          for (k = 2; k <= n; k++) if (!(($k - $(n + k)) ^ 2 <= 1e-24 * (1 + $k ^ 2))) { print; exit 1 } }' >&2
}

# session NAME LANGUAGE FILE COMMAND...
session() {
    local name=$1 language=$2 file=$3 failures_before=$failures
    shift 3
    rm -f fan.csv unplaced.csv
    shown "$language" | cmp -s - "$here/$file" || fail "output/README.md shows another $file"
    "$@" "$here/$file" f.h5 $area $indicator >said 2>&1 || fail "$name: $(tail -n 5 said)"
    for text in population indicator_pooled tables/population.csv \
        "Newham - NI 117 16 to 18 year-olds not in education, employment or training"; do
        grep -qF -e "$text" said || fail "$name does not tell of $text"
    done
    sed 1d fan.csv 2>said | tr -d '"' >fan.found
    sed 1d unplaced.csv 2>said | tr -d '"' | awk -F, -v OFS=, '{ print $1, $NF }' | sort >unplaced.found
    same fan.expected fan.found || fail "$name: the fan is not that of export"
    same unplaced.expected unplaced.found || fail "$name: the unplaced are not those of export"
    awk -F, -v label="$(sed -n 's/^dip-construction-1,"\([^"]*\)",.*/\1/p' axes/line.csv)" '
        /dip-construction-1/ { seen = index($0, label) } END { exit !seen }' unplaced.csv || fail "$name has not joined the labels"
    ran=$((ran + 1))
    [ "$failures" -gt "$failures_before" ] && echo "FAIL $name" || echo "PASS $name"
}

ran=0
if "$python" -c 'import xarray, netCDF4' 2>/dev/null; then
    session xarray python session.py "$python"
else
    echo "SKIP xarray"
fi
if command -v Rscript >/dev/null && Rscript -e 'library(ncdf4)' >/dev/null 2>&1; then
    session "R ncdf4" r session.R Rscript
else
    echo "SKIP R ncdf4"
fi
[ $ran -gt 0 ] || skip "neither xarray nor R's ncdf4 is installed"
