#!/usr/bin/env bash
# Proves: ranks make the same bytes as one process; what a job leaves that was killed or asked to
# stop is completed by ranks or one process; what goes wrong in one rank ends all with its code.
. "$(dirname "$0")/common.sh"
program=$COHORTFLOW-mpi
command -v mpirun >/dev/null || skip "Open MPI is not installed: no mpirun"
[ -x "$program" ] || skip "cohortflow-mpi is not built: no MPI compiler when CMake looked"
not_quickly
make_country

mpi() { # RANKS ARGUMENT...
    local ranks=$1
    shift
    command_line="mpirun -n $ranks cohortflow-mpi $*"
    mpirun --oversubscribe --bind-to none -n "$ranks" "$program" "$@" \
        >"$scratch/out" 2>"$scratch/err" </dev/null
    code=$?
    out=$(<"$scratch/out") err=$(<"$scratch/err")
}
# The processes that a mpirun of ours has started, rank 0 first.
ranks_of() { ps -o pid= --ppid "$1" | tr -d ' '; }
said_once() { # TEXT
    [ "$(grep -cF -e "$1" <<<"$err")" = 1 ] || fail "$command_line: not once '$1': $err"
}

# ---- the same bytes ----
run run country/futures.cfg --draws 90 -o alone.h5
expect_code 0
for ranks in 1 2 3 14; do # 13 batches: one of 14 has nothing to do
    mpi $ranks run country/futures.cfg --draws 90 -o ranks.h5
    expect_code 0
    said_once "results in ranks.h5"
    same_file alone.h5 ranks.h5 "$ranks ranks"
done
mkdir place && cd place && use_place scenarios/east-london
run run baseline.cfg aspiration.cfg recession.cfg -o alone.h5
expect_code 0
mpi 2 run baseline.cfg aspiration.cfg recession.cfg -o ranks.h5
expect_code 0
said_once "views are given and ignored"
same_file alone.h5 ranks.h5 "central runs by 2 ranks"
cd ..

# ---- killed, stopped, picked up ----
draws=600
run run country/futures.cfg --draws $draws -o alone.h5
expect_code 0
begin() { # FILE.h5 RUNS: two ranks, until at least so many are done
    command_line="mpirun -n 2 cohortflow-mpi run country/futures.cfg -o $1"
    mpirun --oversubscribe --bind-to none -n 2 "$program" run country/futures.cfg --draws $draws \
        --threads 1 -o "$1" >/dev/null 2>"$scratch/err" </dev/null &
    job=$!
    wait_until 120 at_least "$1" "$2" || fail "$command_line: does not get on"
}
end() { # CODE
    wait $job
    code=$?
    out='' err=$(<"$scratch/err")
    expect_code "$1"
}

run run country/futures.cfg --draws $draws --shard 1/2 -o killed.h5
expect_code 0
begin killed.h5 350 # of 601: shard 1 has 300 of them
kill -KILL "$(ranks_of $job | tail -n 1)"
end 137
[ ! -e killed.h5 ] || fail "a rank was killed, and there is a file"
[ "$(in_shard killed.h5 1/2 missing)" = 0 ] || fail "the finished shard is lost"
left=$(counted killed.h5 missing)
[ "$left" -gt 0 ] || fail "nothing was missing when the rank was killed"
cp -r killed.h5.part copy.h5.part
mpi 3 run country/futures.cfg --draws $draws -o killed.h5
expect_code 0
same_file alone.h5 killed.h5 "killed with $left runs missing, then 3 ranks"
run run country/futures.cfg --draws $draws -o copy.h5
expect_code 0
expect_err "$((draws + 1 - left)) of $((draws + 1)) runs are there already"
same_file alone.h5 copy.h5 "killed with $left runs missing, then one process"

begin stopped.h5 50
kill -USR1 $job # mpirun hands it on
end 75
said_once "stopped by SIGUSR1"
done_then=$(counted stopped.h5 "done")
[ "$done_then" -ge 50 ] && [ "$done_then" -le $draws ] || fail "$done_then runs done when stopped"
# One rank asked to stop stops all: its batch is ended, so are theirs.
begin stopped.h5 $((done_then + 50))
kill -TERM "$(ranks_of $job | head -n 1)"
end 75
[ ! -e stopped.h5 ] || fail "stopped, and there is a file"
mpi 2 run country/futures.cfg --draws $draws -o stopped.h5
expect_code 0
same_file alone.h5 stopped.h5 "stopped twice, then 2 ranks"

# ---- what goes wrong ----
before=$(tree_hash country)
mpi 2 info alone.h5
expect_code 2
said_once "cohortflow-mpi does 'run' only; 'info' is a command of cohortflow"
mpi 2 run country/futures.cfg --shard 0/2 --restart --write-push a.csv
expect_code 2
said_once "--shard is not for cohortflow-mpi"
said_once "--restart is not for cohortflow-mpi"
said_once "--write-push is not for cohortflow-mpi"
mpi 3 run country/futures.cfg --set design.draws=-1
expect_code 3
said_once "error:"
mpi 2 run country/futures.cfg -o nowhere/a.h5
expect_code 73
said_once "error:"
[ "$(tree_hash country)" = "$before" ] || fail "a call that was wrong has changed something"
# A rank that cannot go on does not wait for the others to be through.
command_line="mpirun -n 1 ... : -n 1 ... -o nowhere/bad.h5"
mpirun --oversubscribe --bind-to none \
    -n 1 "$program" run country/futures.cfg --draws 100000 -o bad.h5 : \
    -n 1 "$program" run country/futures.cfg --draws 100000 -o nowhere/bad.h5 \
    >/dev/null 2>"$scratch/err" </dev/null &
job=$!
end 73
said_once "error:"
[ ! -e bad.h5 ] || fail "one of two ranks failed, and there is a file"
[ "$(counted bad.h5 missing)" -gt 50000 ] || fail "the other rank did not stop"
rm -r bad.h5.part

# ---- what one prints for all ----
mpi 2 run country/futures.cfg --draws 90 --threads 3 --dry-run
expect_code 0
[ "$(grep -c '^threads' <<<"$out")" = 1 ] || fail "the estimate is printed more than once"
[ "$(awk '$1 == "threads" { print $2 }' <<<"$out")" = 6 ] || fail "2 ranks of 3 threads: $out"
mpi 2 --help
expect_code 0
[ "$(grep -c 'usage: cohortflow-mpi COMMAND' <<<"$out")" = 1 ] || fail "help is printed twice"
mpi 2 --version
[ "$(wc -l <<<"$out")" = 1 ] || fail "the version is printed twice"
exit 0
