#include "cli/slurm_scripts.h"

/* Seconds before its time is up that a job is told, to end the batch it is at. */
#define TOLD_BEFORE 120
/* A job that is stopped more often does not get on, as where its time is too short for a batch. */
#define MOST_RESTARTS 1000

void cf_shell_word(struct cf_text *text, const char *word)
{
    cf_text_add(text, "'");
    for (const char *c = word; *c; c++)
        if (*c == '\'')
            cf_text_add(text, "'\\''");
        else
            cf_text_add_n(text, c, 1);
    cf_text_add(text, "'");
}

/* Only words that are checked stand in lines for sbatch, which has rules of its own for the rest.
 */
static void add_settings(const struct cf_slurm_job *job, const char *name, const char *log,
                         struct cf_text *text)
{
    cf_text_format(text,
                   "#SBATCH --job-name=%s\n#SBATCH --nodes=1\n#SBATCH --ntasks=1\n"
                   "#SBATCH --cpus-per-task=%d\n#SBATCH --signal=USR1@%d\n#SBATCH --requeue\n"
                   "#SBATCH --open-mode=append\n#SBATCH --output=%s\n",
                   name, job->cpus, TOLD_BEFORE, log);
    if (job->partition)
        cf_text_format(text, "#SBATCH --partition=%s\n", job->partition);
    if (job->time)
        cf_text_format(text, "#SBATCH --time=%s\n", job->time);
    cf_text_add(text, "\n");
}

/* `srun`, because without it the program would not hear the signal. */
static void add_step(const struct cf_slurm_job *job, const char *indent, struct cf_text *text)
{
    cf_text_format(text, "%ssrun --ntasks=1 --cpus-per-task=%d ", indent, job->cpus);
    cf_shell_word(text, job->program);
}

static void add_run(const struct cf_slurm_job *job, const char *indent, struct cf_text *text)
{
    add_step(job, indent, text);
    cf_text_format(text, " run --threads=%d", job->cpus);
    for (int i = 0; i < job->n_set; i++) {
        cf_text_format(text, " \\\n%s    --set ", indent);
        cf_shell_word(text, job->set[i]);
    }
    cf_text_format(text, " \\\n%s    --output ", indent);
    cf_shell_word(text, job->file);
}

static void add_scenarios(const struct cf_slurm_job *job, const char *indent, struct cf_text *text)
{
    cf_text_add(text, " --");
    for (int i = 0; i < job->n_scenarios; i++) {
        cf_text_format(text, " \\\n%s    ", indent);
        cf_shell_word(text, job->scenario[i]);
    }
    cf_text_add(text, "\n");
}

/* id: how Slurm knows this job. */
static void add_requeue(const char *id, struct cf_text *text)
{
    cf_text_format(text,
                   "if [ \"$code\" -eq 75 ] && [ \"${SLURM_RESTART_COUNT:-0}\" -lt %d ]; then\n"
                   "    scontrol requeue \"%s\"\n"
                   "fi\n"
                   "exit \"$code\"\n",
                   MOST_RESTARTS, id);
}

void cf_slurm_array_script(const struct cf_slurm_job *job, struct cf_text *text)
{
    cf_text_format(text,
                   "#!/bin/bash\n"
                   "# Made by cohortflow submit. Task k does shard k of %d. Stopped before the end "
                   "(exit 75), it\n"
                   "# asks to be queued again, which Slurm does not do for a job that exits.\n"
                   "#SBATCH --array=0-%d\n",
                   job->tasks, job->tasks - 1);
    add_settings(job, "cohortflow", "array-%A-%a.log", text);
    add_run(job, "", text);
    cf_text_format(text, " \\\n    --shard \"$SLURM_ARRAY_TASK_ID/%d\"", job->tasks);
    add_scenarios(job, "", text);
    cf_text_add(text, "code=$?\n");
    /* The number of the job alone would mean the whole array in the task that has it. */
    add_requeue("${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}", text);
}

void cf_slurm_merge_script(const struct cf_slurm_job *job, struct cf_text *text)
{
    cf_text_add(text,
                "#!/bin/bash\n"
                "# Made by cohortflow submit, to be run when every task of the array has ended: "
                "makes the file.\n"
                "# Where runs are missing (exit 3), because a task failed or was cancelled, it "
                "does them first.\n");
    add_settings(job, "cohortflow-merge", "merge-%j.log", text);
    add_step(job, "", text);
    cf_text_add(text, " merge --output ");
    cf_shell_word(text, job->file);
    cf_text_add(text, " -- ");
    cf_shell_word(text, job->part);
    cf_text_add(text, "\ncode=$?\nif [ \"$code\" -eq 3 ] && [ -d ");
    cf_shell_word(text, job->part);
    cf_text_add(text, " ]; then\n");
    add_run(job, "    ", text);
    add_scenarios(job, "    ", text);
    cf_text_add(text, "    code=$?\nfi\n");
    add_requeue("$SLURM_JOB_ID", text);
}
