#ifndef COHORTFLOW_DIAG_H
#define COHORTFLOW_DIAG_H

#include <cohortflow/status.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Everything that a call wants to tell: errors, warnings, notices, each at a place in a file. */
typedef struct cf_diag cf_diag;

enum cf_severity { CF_NOTICE, CF_WARNING, CF_ERROR };

/* A message as the caller may read it. path is "" and line 0 where there is no file or line. */
struct cf_message {
    enum cf_severity severity;
    const char *code; /* short stable name, e.g. "table.ambiguous" */
    const char *path;
    int line, column; /* counted from 1; 0 where it concerns the whole file */
    const char *text;
    const char *help; /* "" where there is none */
};

/* Open an empty collection; NULL only when memory is out. */
cf_diag *cf_diag_open(void);
void cf_diag_close(cf_diag *diag);

/* How many messages of at least this severity. */
size_t cf_diag_count(const cf_diag *diag, enum cf_severity at_least);

/* Message i of cf_diag_count(diag, CF_NOTICE), in order of file, line and column after
 * cf_diag_sort; valid until the collection is closed. */
struct cf_message cf_diag_message(const cf_diag *diag, size_t i);
void cf_diag_sort(cf_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
