#!/usr/bin/env bash
# Proves: no wrong access and no leak in runs, also of a shipped place, a check with errors and the unit tests.
# label: slow
. "$(dirname "$0")/common.sh"
command -v valgrind >/dev/null || skip "valgrind is not installed"
export COHORTFLOW_KERNELS=v3 # valgrind knows no AVX-512

under_valgrind() { # WANTED_CODE PROGRAM...
    local wanted=$1 ended
    shift
    # A thread that waits at the end still holds its memory: not a leak of ours.
    valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect \
        --errors-for-leak-kinds=definite,indirect \
        --log-file="$scratch/valgrind" "$@" >"$scratch/out" 2>&1 </dev/null
    ended=$?
    if [ $ended -eq 99 ] || [ -s "$scratch/valgrind" ]; then
        fail "$*:"
        head -n 60 "$scratch/valgrind"
    elif [ $ended -ne "$wanted" ]; then
        fail "$*: exit $ended, not $wanted"
        tail -n 20 "$scratch/out"
    fi
}

golden=$CF_SOURCE/tests/golden
under_valgrind 0 "$COHORTFLOW" run "$golden/tiny_ageing/baseline.cfg" -o out.h5
under_valgrind 0 "$COHORTFLOW" verify out.h5
under_valgrind 0 "$COHORTFLOW" run "$scenario" -o place.h5
under_valgrind 0 "$COHORTFLOW" verify place.h5
under_valgrind 0 "$COHORTFLOW" export out.h5 --variable population --csv
use_place golden/bad_input/base
cp -r "$golden/bad_input/unknown_setting/." .
under_valgrind 3 "$COHORTFLOW" check baseline.cfg

units=0
for program in "$CF_BUILD"/tests/unit.*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    # Reads a file some thousand times over, each time with a byte changed: minutes here. It runs
    # under AddressSanitizer as well, which sees the same.
    case $program in *results_damage) continue ;; esac
    cd "$CF_SOURCE" || exit 70
    under_valgrind 0 "$program"
    units=$((units + 1))
done
[ $units -gt 0 ] || fail "no unit tests in $CF_BUILD/tests"
echo "$units unit tests"
