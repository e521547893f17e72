# Shared by the tests of many machines. Sourced, not run. It needs what tests/cli/common.sh gives.
. "$(dirname "$0")/../cli/common.sh"
: "${CF_BUILD:?folder of the build}"

# How the quick tests leave these aside, after what is not installed has been said.
not_quickly() { [ -z "${COHORTFLOW_QUICK:-}" ] || skip "takes minutes: ./bootstrap test --all"; }

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
    [ "$(counted "$1" "done")" -ge "$2" ]
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

# ---- a Slurm cluster of one node, of our own ----
# Configuration, keys, state, logs and sockets are in $slurm, ports are free ones, and it is gone
# when the test is, however that ends.

# Below those that the kernel gives to whoever connects, for else one may be taken in between.
free_port() { # AT LEAST: one of 6000
    local port
    while port=$(($1 + RANDOM % 6000)); do
        (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo $port
}

# The node offers as many processors as are asked for, whatever the machine has.
#
# Ranks under srun share what is named by the numbers of user, job and step: for PMIx a folder in
# TmpFS (where it is there already they are not launched: "Unspecified error"), for Open MPI pieces of
# /dev/shm (in which the ranks of two such jobs write over each other). So that folder is our own and
# jobs are counted from anywhere: what another test runs or has left behind is not in the way.
write_slurm_conf() { # PROCESSORS
    local host
    host=$(hostname -s)
    cat >"$slurm/slurm.conf" <<TEXT
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/run/munge.sock,cred_expire=30
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SwitchType=switch/none
ReturnToService=2
KillWait=10
SlurmctldPort=$(free_port 20000)
SlurmdPort=$(free_port 26000)
SlurmctldPidFile=$slurm/run/slurmctld.pid
SlurmdPidFile=$slurm/run/slurmd.pid
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
TmpFS=$slurm/tmp
FirstJobId=$((1 + 1000 * RANDOM + RANDOM % 1000))
SlurmctldLogFile=$slurm/log/slurmctld.log
SlurmdLogFile=$slurm/log/slurmd.log
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=$1 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
TEXT
}

idle() { [ "$(sinfo -h -o %T 2>/dev/null)" = idle ]; }
no_jobs() {
    local jobs
    jobs=$(squeue -h -o %i 2>/dev/null) && [ -z "$jobs" ]
}

start_slurm() { # PROCESSORS
    slurm=${scratch:?}/slurm
    export SLURM_CONF=$slurm/slurm.conf
    mkdir -p "$slurm"/{state,spool,tmp,log,run}
    chmod 711 "$scratch" "$slurm" "$slurm/run" # munged wants others to reach its socket
    (umask 077 && head -c 1024 /dev/urandom >"$slurm/munge.key")
    write_slurm_conf "$1"
    # Even if the test is killed by force, somebody is left to stop the daemons.
    setsid --fork bash -c "$(declare -f stop_slurm no_jobs wait_until)
        slurm=$slurm
        while kill -0 $$ 2>/dev/null; do sleep 1; done
        stop_slurm" </dev/null >/dev/null 2>&1
    munged --force --key-file="$slurm/munge.key" --socket="$slurm/run/munge.sock" \
        --pid-file="$slurm/run/munged.pid" --log-file="$slurm/log/munged.log" \
        --seed-file="$slurm/state/munge.seed" 2>"$slurm/log/munged.err" &&
        slurmctld -f "$SLURM_CONF" -c && slurmd -f "$SLURM_CONF" -c && wait_until 60 idle || {
        tail -n 20 "$slurm"/log/* 2>/dev/null
        fail "Slurm does not start"
        exit 1
    }
}

# With its jobs, and by the numbers that the daemons have written down.
stop_slurm() {
    local daemon pid
    export SLURM_CONF=$slurm/slurm.conf
    if [ -s "$slurm/run/slurmctld.pid" ]; then
        timeout 20 scancel --full -u root 2>/dev/null
        wait_until 30 no_jobs
    fi
    for daemon in slurmd slurmctld munged; do
        pid=$(cat "$slurm/run/$daemon.pid" 2>/dev/null) && kill "$pid" 2>/dev/null || continue
        wait_until 20 eval "! kill -0 $pid 2>/dev/null" || kill -KILL "$pid" 2>/dev/null
        rm -f "$slurm/run/$daemon.pid"
    done
}
