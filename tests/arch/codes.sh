#!/usr/bin/env bash
# Proves: every diagnostic that reading inputs can give is given by a case of bad input (what the
# files `code` say is what golden_bad_input.sh has seen), or at least named in a test.
. "$(dirname "$0")/common.sh"

# Not to be provoked: a fault of the program itself.
never='^config\.internal$'

mapfile -t sources <<<"$(files_named c | grep -E '^sim/(input|model|design|calibrate)/|^sim/cli/scenarios\.c$')"
codes=$(grep -ohE '"[a-z]+\.[a-z0-9_-]+"' "${sources[@]}" | tr -d '"' |
    grep -vE '\.(csv|cfg)$' | sort -u | grep -vE "$never")
provoked=$(cat tests/golden/bad_input/*/code | tr ' ' '\n' | sort -u)
named=$(grep -rohE '"[a-z]+\.[a-z0-9_-]+"' tests/unit | tr -d '"' | sort -u)

bad=0
while read -r code; do
    grep -qxF -e "$code" <<<"$provoked" && continue
    if grep -qxF -e "$code" <<<"$named"; then
        echo "$code: in a unit test, in no case of tests/golden/bad_input"
    else
        echo "$code: no test provokes it"
        bad=1
    fi
done <<<"$codes"
echo "$(wc -l <<<"$codes") codes"
exit $bad
