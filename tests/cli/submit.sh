#!/usr/bin/env bash
# Proves: `submit` checks first, writes scripts that hold whatever the paths are, and hands them to
# sbatch. Slurm is played by three small scripts; tests/cluster/slurm.sh has a real one.
. "$(dirname "$0")/common.sh"
mkdir 'it is a "$PLACE"' && cd 'it is a "$PLACE"' || exit 70
use_place golden/tiny_ageing
sed 's/title = .*/title = "Second";/' baseline.cfg >"it's.cfg"
before=$(tree_hash .)

# ---- wrong calls, and what is shown without doing it ----
refused() { # CODE TEXT ARGUMENT...
    local expected=$1 text=$2
    shift 2
    run submit "$@"
    expect_code "$expected"
    expect_no_out
    expect_err "$text"
    [ "$(tree_hash .)" = "$before" ] || fail "$command_line: something on disk has changed"
}
refused 2 '`submit` needs --tasks and a number' baseline.cfg
refused 2 "--tasks wants a whole number from 1 to 1000000, not '0'" baseline.cfg --tasks 0
refused 2 "--cpus wants a whole number from 1 to 1024, not 'two'" baseline.cfg --tasks 1 --cpus two
refused 2 "--time wants minutes, or days-hours:minutes:seconds, not '1 h'" baseline.cfg --tasks 1 --time '1 h'
for name in '' '-x' 'a b' $'a\n#SBATCH --wrap=x' 'a;b'; do
    refused 2 "--partition wants names of partitions, not '$name'" baseline.cfg --tasks 1 --partition "$name"
done
refused 3 "there is no file 'nowhere.cfg'" nowhere.cfg --tasks 2
refused 3 "unknown setting 'nothing'" baseline.cfg --tasks 2 --set nothing=1
refused 73 "this folder, for scripts and logs, cannot be made: there is no such place" \
    baseline.cfg --tasks 1 -o nowhere/a.h5

run submit baseline.cfg "it's.cfg" --tasks 4 --cpus 2 --partition long,short --time 1-0:30 --dry-run -q
expect_code 0
for line in '#SBATCH --array=0-3' '#SBATCH --cpus-per-task=2' '#SBATCH --signal=USR1@120' \
    '#SBATCH --requeue' '#SBATCH --partition=long,short' '#SBATCH --time=1-0:30' \
    'sbatch --parsable --dependency=afterany:${id%%;*} merge.sh'; do
    expect_out "$line"
done
[ "$(grep -c '^#SBATCH --array' <<<"$out")" = 1 ] || fail "two arrays: $out"
bash -n <<<"$out" || fail "what --dry-run shows is no script"
[ "$(tree_hash .)" = "$before" ] || fail "--dry-run has changed something on disk"

# ---- a Slurm that does at once what it is told ----
slurm=$scratch/bin
mkdir "$slurm"
cat >"$slurm/sbatch" <<'TEXT'
#!/usr/bin/env bash
script=${!#}
echo "$*" >>"$PLAYED/submitted"
[ "$(wc -l <"$PLAYED/submitted")" != "${REFUSE:-}" ] || { echo "sbatch: no" >&2; exit 1; }
export SLURM_RESTART_COUNT=0 SLURM_JOB_ID=8 SLURM_ARRAY_JOB_ID=7
if grep -q '^#SBATCH --array=0-2$' "$script"; then
    for SLURM_ARRAY_TASK_ID in ${TASKS:-0 1 2}; do
        SLURM_ARRAY_TASK_ID=$SLURM_ARRAY_TASK_ID bash "$script" >>log 2>&1
        echo "$?" >>"$PLAYED/codes"
    done
    echo "${ANSWER:-7;cluster}"
else
    bash "$script" >>log 2>&1
    echo "$?" >>"$PLAYED/codes"
    echo 8
fi
TEXT
cat >"$slurm/srun" <<'TEXT'
#!/usr/bin/env bash
while [[ $1 = --* ]]; do shift; done
[ -z "${STOPPED:-}" ] || exit 75
exec "$@"
TEXT
printf '#!/usr/bin/env bash\necho "$*" >>"$PLAYED/scontrol"\n' >"$slurm/scontrol"
chmod +x "$slurm"/*

play() { # ARGUMENT...
    export PLAYED=$scratch/played
    rm -rf "$PLAYED" && mkdir "$PLAYED" && touch "$PLAYED"/{submitted,codes,scontrol}
    PATH=$slurm:$PATH run submit baseline.cfg "it's.cfg" --tasks 3 --set 'title="A $HOME'\''s `x`"' "$@"
}
played() { # FILE TEXT: its lines, blanks between
    local text
    text=$(tr '\n' ' ' <"$PLAYED/$1")
    [ "${text% }" = "$2" ] || fail "$command_line: $1 is '$text', not '$2'"
}

run run baseline.cfg "it's.cfg" --set 'title="A $HOME'\''s `x`"' -o one.h5
expect_code 0
play -o "the file's.h5"
expect_code 0
expect_out 'array    job 7, 3 tasks'
expect_out 'merge    job 8,'
expect_out 'scancel 7 8'
expect_err 'there are only 2 batches of runs'
played submitted '--parsable array.sh --parsable --dependency=afterany:7 merge.sh'
played codes '0 0 0 0'
played scontrol ''
cmp one.h5 "the file's.h5" || fail "not the same bytes"
[ ! -e "the file's.h5.part" ] || fail "records are left behind"
expect_files 'array.sh log merge.sh' "the file's.h5.slurm"

# A task that did nothing: the last job does its runs.
TASKS='0 2' play -o lazy.h5
expect_code 0
played codes '0 0 0'
grep -q '1 of 2 runs are missing' lazy.h5.slurm/log || fail "nothing was missing"
cmp one.h5 lazy.h5 || fail "not the same bytes where a task did nothing"
# All did nothing: then the last job does not do everything by itself.
TASKS=' ' play -o none.h5
expect_code 0
played codes '3'
[ ! -e none.h5 ] || fail "no task did anything, and there is a file"
# Stopped: each asks to be queued again, by its own name, and says how it ended.
STOPPED=1 play -o stopped.h5
expect_code 0
played codes '75 75 75 75'
played scontrol 'requeue 7_0 requeue 7_1 requeue 7_2 requeue 8'

# ---- what can go wrong with sbatch ----
command_line="cohortflow submit, without sbatch"
PATH=$scratch "$COHORTFLOW" submit baseline.cfg --tasks 1 -o a.h5 >/dev/null 2>"$scratch/err"
code=$? out='' err=$(<"$scratch/err")
expect_code 74
expect_err 'there is no sbatch in PATH'
expect_err '--dry-run shows the scripts'
REFUSE=1 play -o a.h5
expect_code 74
expect_err 'sbatch did not take the script'
ANSWER='not today' play -o a.h5
expect_code 74
expect_err "sbatch answered 'not today', which is not the number of a job"
REFUSE=2 play -o half.h5
expect_code 74
expect_err 'the array is submitted as job 7, the job that makes the file is not'

# ---- what stands in the way ----
echo mine >mine.h5
run submit baseline.cfg --tasks 1 -o mine.h5
expect_code 73
expect_err 'something stands under this name'
run run baseline.cfg --shard 0/2 -o other.h5
expect_code 0
run submit "it's.cfg" --tasks 1 -o other.h5
expect_code 73
expect_err 'this folder holds records of other runs'
touch file.h5.slurm
PATH=$slurm:$PATH run submit baseline.cfg --tasks 1 -o file.h5
expect_code 73
expect_err 'this folder, for scripts and logs, cannot be made'
exit 0
