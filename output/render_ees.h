#ifndef CF_RENDER_EES_H
#define CF_RENDER_EES_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* What is to be published: a table of cf_table_of_variable or cf_table_of_draws, and what it was
 * made of. */
struct cf_ees {
    const struct cf_table *table;
    const cf_results *results;
    const struct cf_results_variable *variable;
    const char *tier; /* what stands in place of areas: "area", or what --by says */
    double below;     /* > 0: hide persons below, as cf_suppress */
};

/*
 * A folder with the pair of files that explore education statistics takes: data.csv and
 * data.meta.csv. One row for each academic year, place and combination of filters, all of them:
 * what has no value is "z", what is hidden "c". Codes of places decide the geographic level
 * (output/ees_places.h). Filters are the other dimensions, by their labels, and scenario, sweep and
 * age; where values add up each has its Total. A filter of one member stays in the data and out of
 * the meta file. Indicators are in full precision, shares as fractions. The folder must be new or
 * empty; both files are there, or none.
 *
 * CF_USAGE, reported, where the variable has no years, or the table would have more than
 * CF_EES_MOST_ROWS rows; else as cf_folder_begin.
 */
#define CF_EES_MOST_ROWS 4000000
enum cf_status cf_write_ees(const char *path, const struct cf_ees *ees, cf_diag *diag);

/* The rows of data.csv as a table, hidden what is to be hidden; and of data.meta.csv. Free both. */
enum cf_status cf_ees_tables(const struct cf_ees *ees, struct cf_table *data, struct cf_table *meta,
                             cf_diag *diag);

#endif
