#ifndef CF_RISKS_H
#define CF_RISKS_H

#include "base/columns.h"
#include "model/model.h"

#include <cohortflow/results.h>

struct cf_kernels;

/* What is wanted; all zero but kernels and threads: the defaults. */
struct cf_risks_query {
    const char *indicator;            /* code, or "all": a row for each; NULL: the worst of them */
    const char *authority;            /* its areas alone; NULL: all areas */
    const struct cf_table_span *year; /* of the report years; NULL: all of them */
    const struct cf_kernels *kernels;
    int threads;
    int scenario; /* index of the model in the results */
    int brief;    /* 1: the columns that people read in a line */
};

/*
 * What each risk has to do with targets and unmet places: MODEL.md 9.3. The draws of a results file
 * are made again with each risk away, and with each mitigated, all else the same; as it is they
 * stand in the file. A row each sweep point, risk, report year and indicator.
 *
 * The model must be what the file was made from: cf_same_inputs. CF_USAGE, reported, where there is
 * no such year, indicator or authority; CF_BAD_INPUT, reported, where the scenario has no risks or
 * the results no draws, or not what is needed of them, or where the central run comes out otherwise
 * than in the file. CF_BROKEN, reported, with the table made, where more than 1% of some draws
 * failed. The texts belong to the results and the model: free the table first.
 */
enum cf_status cf_risks_table(struct cf_table *table, cf_results *results,
                              const struct cf_model *model, const struct cf_risks_query *query,
                              cf_diag *diag);

#endif
