#!/usr/bin/env bash
# Proves: `report` writes one page that needs nothing else, the same bytes each time; its sections are
# there in their order, and what is missing says how to get it; its numbers are those of the other
# commands, to the last digit; labels meant as harm are text; figures stand alone.
. "$(dirname "$0")/common.sh"
use_place scenarios/worcestershire
run run --quiet futures/futures.cfg --draws 40 -o w.h5
expect_code 0

# ---- the page ----
run report w.h5 -o w.html --figures figures
expect_code 0
expect_no_err
run report w.h5 -o again.html --figures again
cmp -s w.html again.html || fail "the same results give two pages"
diff -rq figures again >/dev/null || fail "the same results give two sets of figures"

sections='answer score demand working needs coverage gaps flows priorities plan next-year indicators risks providers audit method'
there=$(grep -o '<section id="[a-z-]*"' w.html | cut -d'"' -f2 | tr '\n' ' ')
[ "${there% }" = "$sections" ] || fail "the sections are: $there"
for id in $sections; do
    grep -qF "<a href=\"#$id\">" w.html || fail "the contents lack $id"
done

# Nothing from elsewhere, nothing that runs but the script whose digest the policy names.
grep -qE "https?://|url\(|@import|<(link|img|iframe|object|embed|base)[ >]| (src|style|on[a-z]+)=" w.html &&
    fail "the page asks for something else: $(grep -oE "https?://.{20}|url\(.{20}|<(link|img|iframe|object|embed|base)[ >]| (src|style|on[a-z]+)=.{20}" w.html | head -3)"
policy=$(grep -o 'Content-Security-Policy" content="[^"]*"' w.html)
for part in "default-src 'none'" "base-uri 'none'" "form-action 'none'"; do
    grep -qF "$part" <<<"$policy" || fail "the policy lacks $part: $policy"
done
digest() { # NAME: of what stands in the page's element of that name
    awk -v begin="<$1>" -v end="</$1>" '
        { page = page $0 "\n" }
        END { from = index(page, begin) + length(begin); rest = substr(page, from)
              printf "%s", substr(rest, 1, index(rest, end) - 1) }' w.html | sha256sum |
        cut -d' ' -f1 | sed 's/../\\x&/g' | xargs -0 printf '%b' | tr -d '\n' | base64
}
for name in style script; do
    grep -qF "$name-src 'sha256-$(digest $name)'" <<<"$policy" || fail "the policy names another $name: $(digest $name)"
    [ "$(grep -c "<$name>" w.html)" = 1 ] || fail "not one $name"
done
[ "$(stat -c %s w.html)" -le $((3 * 1024 * 1024)) ] || fail "the page is $(stat -c %s w.html) bytes"

# Every chart has a title, a description and its table; every name is there once.
charts=$(grep -c '<figure id=' w.html)
[ "$charts" -ge 10 ] || fail "$charts charts"
[ "$(grep -c 'The figures of this chart' w.html)" = "$charts" ] || fail "a chart without its table"
twice=$(grep -oE ' id="[^"]*"' w.html | sort | uniq -d)
[ -z "$twice" ] || fail "names that are there twice: $twice"
[ "$(find figures -name '*.svg' | wc -l)" = "$charts" ] || fail "not a figure for each chart"
for figure in figures/*.svg; do
    head -c 200 "$figure" | grep -q '^<svg xmlns="http://www.w3.org/2000/svg" viewBox=' || fail "$figure is no SVG file"
    ! grep -qE 'script|href|url\(' "$figure" || fail "$figure asks for something else"
done

# ---- its numbers ----
# Rows of a table of the page, all digits: by data-v where there is one.
table() { # PAGE ID
    awk -v id="class=\"table\" id=\"$2\"" '
        index($0, id) { on = 1; next }
        on && /<\/tbody>/ { exit }
        on && /^<tr/ {
            n = split($0, cell, /<t[dh]/); line = ""
            for (k = 2; k <= n; k++) {
                if (match(cell[k], /data-v="[^"]*"/)) text = substr(cell[k], RSTART + 8, RLENGTH - 9)
                else { text = cell[k]; sub(/^[^>]*>/, "", text); sub(/<.*/, "", text) }
                line = line (k > 2 ? "," : "") text
            }
            print line
        }' "$1"
}
same() { # WHAT PAGE'S OTHER'S
    [ -n "$2" ] && [ "$2" = "$3" ] || fail "$1: the page has '$(head -3 <<<"$2")', the command '$(head -3 <<<"$3")'"
}
for name in demand unplaced; do
    run export w.h5 --variable $name --sum area,line --quantiles 0.5,0.05,0.95
    what='ask for a place'
    [ $name = demand ] || what='have no place on their first choice'
    same "$name" "$(table w.html answer-figures | awk -F, -v what="$what" '$1 == what && $3 != "" { print $2 "," $3 "," $4 "," $5 }')" \
        "$(awk -F, 'NR > 1 { print $2 "," $3 "," $4 "," $5 }' <<<"$out")"
done
run indicators w.h5 --pool all --csv
same indicators "$(table w.html indicators-table | awk -F, '{ print $1, $2, $5, $6, $7, $8 }')" \
    "$(awk -F, 'NR > 1 { print $3, $4, $11, $9, $13, $8 }' <<<"$out")"
grep -q 'data-v="">Not set<' w.html || fail "a target that is not set is not told as such"
run providers w.h5 --year 2018 --csv
same providers "$(table w.html providers-table | cut -d, -f1-5)" \
    "$(awk -F, -v OFS=, 'NR > 1 { print $3, $4, $8, $7, $9 }' <<<"$out")"
run coverage w.h5 --csv
same coverage "$(table w.html coverage-table | awk -F, '{ print $1, $3, $4, $5, $6 }')" \
    "$(awk -F, 'NR > 1 { print $3, $5, $6, $7, $8 }' <<<"$out")"
run flows w.h5 --year 2018 --csv
same flows "$(table w.html flows-net)" "$(awk -F, -v OFS=, 'NR > 1 { print $4, $3, $5, $6, $7, $8, $9, $10 }' <<<"$out")"

# With draws no headline is of the central run: what the paragraph says are medians.
run export w.h5 --variable demand --sum area,line --year 2018 --quantiles 0.5
middle=$(awk -F, 'NR == 2 { printf "%.0f", $3 }' <<<"$out" | sed -E ':a; s/^([0-9]+)([0-9]{3})/\1,\2/; ta')
grep -o '<p class="message">[^<]*' w.html | head -1 | grep -qF "futures that is $middle in 2018" || fail "the answer does not tell the median $middle"

# ---- what is missing ----
for text in 'cohortflow plan futures.cfg w.h5 -o plan.cfg' 'cohortflow risks futures.cfg w.h5' 'cohortflow hindcast EARLIER.cfg'; do
    grep -qF "$text" w.html || fail "the page does not say: $text"
done
run report absent.h5 -o absent.html
expect_code 3
[ ! -e absent.html ] || fail "a page of nothing"
run report w.h5 -o nowhere/w.html
expect_code 73

# ---- a small place: one area, one scenario, one run ----
mkdir small && cd small || exit 70
run template place
sed -i '3,$d' place/axes/area.csv
for file in place/tables/*.csv; do
    head -1 "$file" | grep -q area && sed -i '/south/d' "$file"
done
run run --quiet place/baseline.cfg -o small.h5
if [ "$code" -ne 0 ]; then # the template's two areas, then
    rm -rf place && run template place
    run run --quiet place/baseline.cfg -o small.h5
fi
expect_code 0
run report small.h5
expect_code 0
expect_no_err
[ -s report.html ] || fail "no report.html without -o"
grep -qF 'Make a plan' report.html || grep -qF 'cohortflow plan baseline.cfg small.h5' report.html || fail "no word of how to get a plan"
cd ..

# ---- harm ----
mkdir harm && cd harm || exit 70
cp -r "$CF_SOURCE"/tests/golden/tiny_places/. .
long=$(printf 'x%.0s' $(seq 300))
sed -i -E '2s/,[^,]*/,"<script>alert(1)<\/script> ""quoted"" '"'"'single'"'"' \&amp; =cmd()"/' axes/area.csv
sed -i -E '2s/,[^,]*/,"'"$long"'"/; 3s/,[^,]*/,"'"$(printf '\xe2\x80\xae')"'right to left <img src=x onerror=alert(2)>"/' axes/site.csv
run run --quiet baseline.cfg -o harm.h5
expect_code 0
run report harm.h5 -o harm.html --figures figures
expect_code 0
[ "$(grep -c '<script' harm.html)" = 1 ] || fail "a label became a script"
! grep -q '<img' harm.html || fail "a label became an element"
grep -qF '&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &#39;single&#39; &amp;amp; =cmd()' harm.html || fail "the label is not shown"
grep -qF "$long" harm.html || fail "the long label is not shown"
! grep -q "$(printf '\xe2\x80\xae')" harm.html || fail "a label turns the direction of what follows"
! grep -lE '<script|<img' figures/*.svg || fail "a label became an element of a figure"
cd ..

# ---- several scenarios, several files ----
run run --quiet baseline.cfg closed-neighbours.cfg -o two.h5
run report two.h5 w.h5 -o two.html
expect_code 0
grep -qF '<select id="choose-scenario">' two.html || fail "no choice of scenario"
grep -qF 'data-s="closed-neighbours"' two.html || fail "rows do not say which scenario they are of"
grep -qF 'The two files cannot be compared: ' two.html || fail "it does not say that the two cannot be compared"
run run --quiet futures/futures.cfg --draws 20 -o draft.h5
run report w.h5 draft.h5 -o both.html
expect_code 0
run compare w.h5 draft.h5 --headlines --csv
same compare "$(table both.html file-2-compare-headlines | cut -d, -f1-6)" "$(awk -F, -v OFS=, 'NR > 1 { print $1, $4, $2, $5, $6, $7 }' <<<"$out")"
grep -qF '<section id="file-2-answer"' two.html || fail "the second file has no sections"
twice=$(grep -oE ' id="[^"]*"' two.html | sort | uniq -d)
[ -z "$twice" ] || fail "names that are there twice: $twice"

# ---- a score card ----
cat >card.csv <<'CSV'
variable,year,horizon,cells,mape,cover_80,no_change_mape,no_change_skill
population,2014,1,10,0.011,0.75,0.02,0.4
population,2015,2,10,0.0235,0.7,0.04,0.45
CSV
run report w.h5 --hindcast card.csv -o scored.html
expect_code 0
grep -qF 'After 2 years the projection of population was off by 2.4%, one of no change by 4%' scored.html || fail "the score card is not told"
same "score card" "$(table scored.html score-card | cut -d, -f1-5)" "$(sed 1d card.csv | cut -d, -f1-5)"
run report w.h5 --hindcast baseline.cfg -o none.html
expect_code 3
run report w.h5 --hindcast sources.csv -o none.html
expect_code 3
expect_err 'is no score card'
[ ! -e none.html ] || fail "a page with what is no score card"
