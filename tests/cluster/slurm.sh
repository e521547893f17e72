#!/usr/bin/env bash
# Proves: `submit` has a real Slurm make the file of one process, byte for byte, though a task of the
# array is cancelled, one is queued again and one stopped; and ranks run under srun.
. "$(dirname "$0")/common.sh"
for tool in slurmctld slurmd sbatch srun munged; do
    command -v $tool >/dev/null || skip "Slurm is not installed: no $tool"
done
[ "$(id -u)" = 0 ] || skip "slurmctld and slurmd are started as root"
not_quickly
slurm=''
before_exit() { [ -z "$slurm" ] || stop_slurm; }
start_slurm 4
make_country
draws=800

submit() { # FILE.h5 ARGUMENT...: $array and $merge are the numbers of the jobs
    local file=$1
    shift
    run submit country/futures.cfg --draws $draws --tasks 4 --time 60 -o "$file" "$@"
    expect_code 0
    array=$(awk '$1 == "array" { print $3 + 0 }' <<<"$out")
    merge=$(awk '$1 == "merge" { print $3 + 0 }' <<<"$out")
    logs=$file.slurm
}
state() { squeue -h -o %T -j "$1" 2>/dev/null; }
is_state() { [ "$(state "$1")" = "$2" ]; }
# It begins after the cred_expire of the configuration, which is two minutes where nothing is said:
# sooner, the end of the old task could be taken for that of the new one.
queued_again() {
    wait_until 60 is_state "$1" PENDING || fail "$1 is not queued again: $(squeue)"
}
ended() { # FILE.h5
    wait_until 400 no_jobs || fail "jobs do not end: $(squeue)"
    [ -e "$1" ] || { tail -n +1 "$1".slurm/*.log && fail "no $1"; }
}
all_begun() { # FILE.h5: each shard has some runs done
    local k
    for k in 0 1 2 3; do
        [ "$(in_shard "$1" $k/4 "done")" -ge 16 ] 2>/dev/null || return 1
    done
}

run run country/futures.cfg --draws $draws -o alone.h5
expect_code 0

# ---- one task cancelled, one queued again, one stopped as at the end of its time ----
submit 'it is "a"  $HOME'\''s.h5'
file=$PWD/it\ is\ \"a\"\ \ \$HOME\'s.h5
wait_until 120 all_begun "$file" || fail "the tasks do not get on: $(squeue)"
is_state "$merge" PENDING || fail "the merge does not wait: $(state "$merge")"
scancel "${array}_2"
scontrol requeue "${array}_1"
scancel --signal=USR1 "${array}_3"
queued_again "${array}_1"
queued_again "${array}_3"
ended "$file"
same_file alone.h5 "$file" "an array of 4, one cancelled, one queued again, one stopped"
grep -q 'stopped by SIGUSR1' "$logs/array-$array-3.log" || fail "task 3 was not stopped"
for k in 1 3; do
    grep -qE '[1-9][0-9]* of [0-9]+ runs are there already' "$logs/array-$array-$k.log" ||
        fail "task $k did not go on from where it was: $(cat "$logs/array-$array-$k.log")"
    grep -q "shard $k of 4: " "$logs/array-$array-$k.log" || fail "task $k did not end its shard"
done
! grep -q "shard 2 of 4: " "$logs/array-$array-2.log" || fail "task 2 was done when cancelled"
grep -qE '^error: [1-9][0-9]* of [0-9]+ runs are missing' "$logs/merge-$merge.log" ||
    fail "nothing was missing after a task was cancelled: $(cat "$logs/merge-$merge.log")"
grep -q 'results in' "$logs/merge-$merge.log" || fail "the merge does not say where the file is"

# ---- nothing happens ----
submit plain.h5 --cpus 2
ended plain.h5
same_file alone.h5 plain.h5 "an array of 4"
! grep -q 'missing' "$logs/merge-$merge.log" || fail "runs were missing: $(cat "$logs/merge-$merge.log")"

# ---- cancelled before it began: nothing is left to do, and nothing is done ----
scontrol update NodeName="$(hostname -s)" State=DRAIN Reason=test
submit cancelled.h5
scancel "$array"
scontrol update NodeName="$(hostname -s)" State=RESUME
wait_until 120 no_jobs || fail "jobs do not end: $(squeue)"
[ ! -e cancelled.h5 ] || fail "an array that was cancelled has made a file"
[ -s "$logs/merge-$merge.log" ] || fail "the merge of a cancelled array says nothing"

# ---- ranks ----
if [ -x "$COHORTFLOW-mpi" ] && srun --mpi=list 2>&1 | grep -q pmix; then
    command_line="srun --mpi=pmix -n 3 cohortflow-mpi run"
    srun --mpi=pmix -n 3 "$COHORTFLOW-mpi" run country/futures.cfg --draws $draws --threads 1 \
        -o ranks.h5 2>"$scratch/err" </dev/null
    code=$? out='' err=$(<"$scratch/err")
    expect_code 0
    expect_err 'results in ranks.h5'
    case $err in *'launch failed'*) grep error "$slurm/log/slurmd.log" ;; esac # srun says not why
    same_file alone.h5 ranks.h5 "3 ranks under srun"
else
    echo "ranks under srun not tried: no cohortflow-mpi, or no pmix in Slurm"
fi
exit 0
