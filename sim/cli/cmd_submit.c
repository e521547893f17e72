#include "cli/job.h"
#include "cli/slurm_scripts.h"

#include "output/image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_TASKS 1000000
#define MOST_CPUS 1024
#define ARRAY_SCRIPT "array.sh"
#define MERGE_SCRIPT "merge.sh"

/* One call of `submit`. */
struct submission {
    const struct cf_call *call;
    struct cf_job job;
    struct cf_slurm_job slurm;
    const char *folder; /* FILE.h5.slurm: scripts and logs */
    struct cf_text array, merge;
};

/* ---- what is asked for ---- */

/* A word that goes into a line for sbatch as it is: of these characters only. */
static int plain_word(const struct cf_call *call, const char *option, const char *allowed,
                      const char *wanted, const char **word)
{
    const char *text = *word = cf_call_value(call, option);
    if (!text || (*text && *text != '-' && text[strspn(text, allowed)] == '\0'))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.word", (struct cf_at){0}, NULL, "--%s wants %s, not '%s'",
              option, wanted, text);
    return 0;
}

static enum cf_status read_options(struct submission *s)
{
    const struct cf_call *call = s->call;
    s->slurm.cpus = 1;
    if (!cf_call_value(call, "tasks")) {
        cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL,
                  "`submit` needs --tasks and a number");
        return CF_USAGE;
    }
    if (!cf_call_int(call, "tasks", 1, MOST_TASKS, &s->slurm.tasks) ||
        !cf_call_int(call, "cpus", 1, MOST_CPUS, &s->slurm.cpus) ||
        !plain_word(call, "time", "0123456789:-", "minutes, or days-hours:minutes:seconds",
                    &s->slurm.time) ||
        !plain_word(call, "partition",
                    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,-",
                    "names of partitions", &s->slurm.partition))
        return CF_USAGE;
    return CF_OK;
}

/* ---- what is to be done ---- */

static enum cf_status find_program(struct submission *s)
{
    char *path = realpath("/proc/self/exe", NULL);
    if (!path) {
        cf_report(s->call->diag, CF_ERROR, "submit.program", (struct cf_at){0}, NULL,
                  "the path of this program cannot be found: %s", strerror(errno));
        return CF_INTERNAL;
    }
    s->slurm.program = cf_arena_copy(&s->job.arena, path);
    free(path);
    return CF_OK;
}

/* Records that are there must be of these runs. */
static enum cf_status look_at_records(struct submission *s)
{
    struct cf_record_set *records;
    const char *manifest = cf_path_join(&s->job.arena, s->slurm.part, CF_MANIFEST_FILE);
    if (access(manifest, F_OK) != 0)
        return CF_OK;
    const enum cf_status status =
        cf_records_gather(&s->job.manifest, &s->slurm.part, 1, 0, &records, s->call->diag);
    if (status != CF_OK)
        return CF_CANNOT_CREATE;
    const struct cf_records_count count = cf_records_count(records, 0, 1);
    if (!s->call->quiet)
        fprintf(stderr, "%lld of %lld runs are there already, in %s\n", count.done, count.runs,
                s->slurm.part);
    cf_records_close(records);
    return CF_OK;
}

static enum cf_status prepare(struct submission *s)
{
    struct cf_arena *arena = &s->job.arena;
    const char *path = cf_call_value(s->call, "output");
    if (!path)
        path = cf_arena_format(arena, "%s.h5", s->job.model[0]->scenario.name);
    s->slurm.file = cf_path_absolute(arena, path);
    const char **scenario = CF_TAKE(arena, (size_t)s->call->n_operands, const char *);
    for (int i = 0; i < s->call->n_operands; i++)
        scenario[i] = cf_path_absolute(arena, s->call->operand[i]);
    s->slurm.scenario = scenario;
    s->slurm.n_scenarios = s->call->n_operands;
    s->slurm.set = s->job.scenarios.set;
    s->slurm.n_set = s->job.scenarios.n_set;
    s->folder = cf_arena_format(arena, "%s.slurm", s->slurm.file);
    enum cf_status status = cf_job_to(&s->job, s->slurm.file);
    s->slurm.part = s->job.part;
    if (status == CF_OK)
        status = look_at_records(s);
    if (status == CF_OK)
        status = find_program(s);
    if (status != CF_OK)
        return status;
    if (cf_n_batches(&s->job.runs) < s->slurm.tasks)
        cf_report(s->call->diag, CF_WARNING, "submit.tasks", (struct cf_at){0}, NULL,
                  "there are only %lld batches of runs: the other tasks have nothing to do",
                  cf_n_batches(&s->job.runs));
    cf_slurm_array_script(&s->slurm, &s->array);
    cf_slurm_merge_script(&s->slurm, &s->merge);
    return CF_OK;
}

/* ---- doing it ---- */

static void show(struct submission *s)
{
    struct cf_text folder = {0};
    cf_shell_word(&folder, s->folder);
    printf("# %s/" ARRAY_SCRIPT "\n%s\n# %s/" MERGE_SCRIPT "\n%s\n"
           "# submitted by\ncd %s\nid=$(sbatch --parsable " ARRAY_SCRIPT ")\n"
           "sbatch --parsable --dependency=afterany:${id%%%%;*} " MERGE_SCRIPT "\n",
           s->folder, s->array.data, s->folder, s->merge.data, folder.data);
    cf_text_free(&folder);
}

static enum cf_status write_scripts(struct submission *s)
{
    struct cf_arena *arena = &s->job.arena;
    if (mkdir(s->folder, 0777) < 0 && (errno != EEXIST || !cf_is_folder(s->folder))) {
        cf_report(s->call->diag, CF_ERROR, "submit.folder", (struct cf_at){.path = s->folder}, NULL,
                  "this folder, for scripts and logs, cannot be made: %s",
                  errno == ENOENT ? "there is no such place" : strerror(errno));
        return CF_CANNOT_CREATE;
    }
    const enum cf_status status = cf_write_image(cf_path_join(arena, s->folder, ARRAY_SCRIPT),
                                                 s->array.data, s->array.length, s->call->diag);
    return status != CF_OK ? status
                           : cf_write_image(cf_path_join(arena, s->folder, MERGE_SCRIPT),
                                            s->merge.data, s->merge.length, s->call->diag);
}

/* What sbatch prints goes into answer. 0, reported, when it does not exit with 0. */
static int do_sbatch(const struct submission *s, const char *words, char *answer, size_t room)
{
    struct cf_text line = {0};
    int code = -1;
    cf_text_add(&line, "command -v sbatch >/dev/null || exit 127; cd ");
    cf_shell_word(&line, s->folder); /* which gets the logs */
    cf_text_format(&line, " && exec sbatch --parsable %s", words);
    fflush(stdout);
    FILE *pipe = popen(line.data, "r");
    if (pipe) {
        answer[fread(answer, 1, room - 1, pipe)] = '\0';
        code = pclose(pipe);
    }
    cf_text_free(&line);
    if (code == 0)
        return 1;
    const int missing = WIFEXITED(code) && WEXITSTATUS(code) == 127;
    cf_report(s->call->diag, CF_ERROR, "submit.sbatch", (struct cf_at){.path = s->folder},
              missing ? "is Slurm installed here? --dry-run shows the scripts" : NULL, "%s",
              missing ? "there is no sbatch in PATH" : "sbatch did not take the script");
    return 0;
}

/* The number of a job: digits, and behind ';' the name of a cluster. */
static int submit(const struct submission *s, const char *words, char *id, size_t room)
{
    if (!do_sbatch(s, words, id, room))
        return 0;
    id[strcspn(id, ";\r\n")] = '\0';
    if (*id && id[strspn(id, "0123456789")] == '\0')
        return 1;
    cf_report(s->call->diag, CF_ERROR, "submit.sbatch", (struct cf_at){.path = s->folder}, NULL,
              "sbatch answered '%s', which is not the number of a job", id);
    return 0;
}

static enum cf_status submit_both(struct submission *s)
{
    char array[128], merge[128], after[256];
    enum cf_status status = write_scripts(s);
    if (status != CF_OK)
        return status;
    if (!submit(s, ARRAY_SCRIPT, array, sizeof array))
        return CF_IO;
    /* After any end: what tasks that failed have left out is done then. */
    snprintf(after, sizeof after, "--dependency=afterany:%s " MERGE_SCRIPT, array);
    if (!submit(s, after, merge, sizeof merge)) {
        cf_report(s->call->diag, CF_ERROR, "submit.half", (struct cf_at){.path = s->folder},
                  "submit " MERGE_SCRIPT " from there by hand, or cancel the array",
                  "the array is submitted as job %s, the job that makes the file is not", array);
        return CF_IO;
    }
    printf("array    job %s, %d task%s\nmerge    job %s, when these have ended\nfile     %s\n"
           "scripts  %s, and logs\nstop     scancel %s %s\n",
           array, s->slurm.tasks, s->slurm.tasks == 1 ? "" : "s", merge, s->slurm.file, s->folder,
           array, merge);
    return CF_OK;
}

enum cf_status cf_cmd_submit(const struct cf_call *call)
{
    struct submission s = {.call = call};
    enum cf_status status = read_options(&s);
    if (status != CF_OK)
        return status;
    status = cf_job_begin(&s.job, call);
    if (status == CF_OK)
        status = prepare(&s);
    if (status == CF_OK && cf_call_value(call, "dry-run"))
        show(&s);
    else if (status == CF_OK)
        status = submit_both(&s);
    cf_text_free(&s.array);
    cf_text_free(&s.merge);
    cf_job_end(&s.job);
    return status;
}
