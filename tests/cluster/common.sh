# Shared by the tests of many machines. Sourced, not run. It needs what tests/cli/common.sh gives.
. "$(dirname "$0")/../cli/common.sh"
: "${CF_BUILD:?folder of the build}"

# A small country with drawn futures, as ./country/futures.cfg.
make_country() {
    "$CF_BUILD/bench/make_country" country 40 40 || exit 70
}

# wait_until SECONDS COMMAND...: 0 when it succeeds in time.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.05
    done
}

# A number of `cohortflow status`: counted FILE.h5 done; 0 where there is nothing yet.
counted() {
    "$COHORTFLOW" status "$1" 2>/dev/null |
        awk -v what="$2" '$1 == what { n = $2 } END { print n + 0 }'
}
at_least() { # FILE.h5 RUNS: so many are done
    [ "$(counted "$1" done)" -ge "$2" ]
}
# Of one shard: in_shard FILE.h5 K/N missing
in_shard() {
    "$COHORTFLOW" status "$1" 2>/dev/null | awk -v shard="$2" -v what="$3" '
        $1 == "shard" { for (i = 1; i <= NF; i++) if ($i == what) column = i }
        $1 == shard { print $column }'
}

same_file() { # A B WHAT
    cmp -s "$1" "$2" || fail "$3: not the same bytes"
    [ ! -e "$2.part" ] || fail "$3: $2.part is left behind"
}

# Else mpirun refuses root, as whom these tests may run.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
