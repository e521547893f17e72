#!/usr/bin/env bash
# Proves: data goes to stdout and messages to stderr; what cannot be written is not passed over; no
# colour where none is wanted.
. "$(dirname "$0")/common.sh"
use_place golden/bad_input/base
run run -q baseline.cfg -o a.h5
expect_code 0
good=$(sha256sum <a.h5)

for call in 'check baseline.cfg' 'schema' 'info a.h5' 'info a.h5 --json' 'verify a.h5' '--help' \
    'export a.h5 --variable population' 'export a.h5 --variable population --json'; do
    # shellcheck disable=SC2086
    "$COHORTFLOW" $call >/dev/full 2>err
    [ $? -eq 74 ] || fail "cohortflow $call >/dev/full does not exit 74"
    [ "$(grep -c 'No space left' err)" -eq 1 ] || fail "cohortflow $call >/dev/full says: $(cat err)"
    # shellcheck disable=SC2086
    "$COHORTFLOW" $call >&- 2>/dev/null
    [ $? -eq 74 ] || fail "cohortflow $call with stdout closed does not exit 74"
done

# A reader that has seen enough: no word, exit 74.
{ "$COHORTFLOW" export a.h5 --variable population 2>err; echo $? >status; } | true
[ "$(cat status)" -eq 74 ] && [ ! -s err ] || [ "$(cat status)" -eq 0 ] ||
    fail "a closed pipe: exit $(cat status), $(cat err)"

# With its streams closed, the program still does not write messages into its results.
"$COHORTFLOW" run baseline.cfg -o a.h5 <&- >&- 2>&-
[ $? -eq 0 ] || fail "a run with all streams closed does not exit 0"
[ "$(sha256sum <a.h5)" = "$good" ] || fail "a run with all streams closed has another result"

escape=$(printf '\033')
coloured() { grep -qF "$escape" <<<"$err"; }
run check nowhere.cfg
if coloured; then fail "colour in a file"; fi
run check nowhere.cfg --color=always
coloured || fail "--color=always gives no colour"
expect_no_out
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then # a terminal can be had
    look() { err=$(script -qec "$* '$COHORTFLOW' check nowhere.cfg" /dev/null </dev/null); }
    look env -u NO_COLOR
    coloured || fail "no colour on a terminal"
    look env NO_COLOR=1
    if coloured; then fail "colour on a terminal although NO_COLOR is set"; fi
fi
exit 0
