#ifndef CF_SLURM_SCRIPTS_H
#define CF_SLURM_SCRIPTS_H

#include "base/text.h"

/* What a Slurm cluster is to do: a set of runs by the tasks of an array, then their file. */
struct cf_slurm_job {
    const char *program;         /* absolute path of cohortflow */
    const char *const *scenario; /* [n_scenarios] absolute paths */
    int n_scenarios;
    const char *const *set; /* [n_set] "path=value" */
    int n_set;
    const char *file, *part;      /* absolute paths of FILE.h5 and of its records */
    int tasks, cpus;              /* of the array; of each task */
    const char *partition, *time; /* NULL: as the cluster has it */
};

/* The script of the array, and that of the job that follows it. Both may be submitted by hand, from
 * the folder that is to have their logs. */
void cf_slurm_array_script(const struct cf_slurm_job *job, struct cf_text *text);
void cf_slurm_merge_script(const struct cf_slurm_job *job, struct cf_text *text);

/* A word of a shell, whatever is in it. */
void cf_shell_word(struct cf_text *text, const char *word);

#endif
