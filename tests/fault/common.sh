# Shared by the fault tests: a run that may fail leaves a file that verifies, or none. Sourced.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/common.sh"
place=$CF_SOURCE/scenarios/east-london
scenario=$place/baseline.cfg

# After a run into $1/out.h5 that ended with $2: whole and verified, or 74 and nothing at all.
# An earlier file, $3, must be as it was when the run failed.
expect_whole_or_nothing() {
    case "$2" in
    0)
        whole=$((${whole:-0} + 1))
        "$COHORTFLOW" verify "$1/out.h5" >/dev/null || fail "exit 0, but the file does not verify"
        expect_files 'out.h5 out.h5.json' "$1"
        ;;
    74)
        failed=$((${failed:-0} + 1))
        if [ -n "${3:-}" ]; then
            cmp "$3" "$1/out.h5" || fail "exit 74, and the earlier file has changed"
            expect_files 'out.h5' "$1"
        else
            expect_files '' "$1"
        fi
        ;;
    *) fail "exit $2, neither 0 nor 74" ;;
    esac
}
