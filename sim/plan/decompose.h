#ifndef CF_DECOMPOSE_H
#define CF_DECOMPOSE_H

#include "base/columns.h"
#include "model/model.h"

struct cf_kernels;

/* What is wanted; all zero but kernels and threads: the defaults. */
struct cf_decompose_query {
    const char *by;                   /* "area" or an attribute of areas; NULL: all of them only */
    const char *variable;             /* code of what is decomposed; NULL: everything */
    const struct cf_table_span *year; /* NULL: the report years */
    const struct cf_table_span *age;  /* of learners, NEET and residents; NULL: 16 to 18 */
    const struct cf_kernels *kernels;
    int threads;
};

/*
 * The change from the base year to a later one by cause: MODEL.md 9.2. A row each year, member of
 * the tier (last: all) and quantity. Columns: base, value, change; under_way, what is left of the
 * change without any cause; and a column each cause, its Shapley share over the runs with every set
 * of causes on. under_way and the causes add up to the change, to 1e-9 of the largest of them; a
 * cause that nothing of the scenario acts by has exactly 0.
 *
 * CF_USAGE, reported, where there is no such year, tier, age or quantity; CF_BAD_INPUT or
 * CF_BROKEN, reported, where one of the runs fails. The texts belong to the model: free the table
 * first.
 */
enum cf_status cf_decompose_table(struct cf_table *table, const struct cf_model *model,
                                  const struct cf_decompose_query *query, cf_diag *diag);

#endif
