#ifndef CF_PUBLICATION_H
#define CF_PUBLICATION_H

#include "output/report.h"

#include <cohortflow/results.h>

/* A report with the results files that it is of: what they say of where figures come from goes
 * with the figures. */
struct cf_publication {
    const struct cf_report *report;
    int n_results;
    cf_results *const *results;
};

/* A source of a table of the place, as sources.csv says; texts may be "". */
struct cf_source_text {
    const char *table, *publisher, *title, *year, *licence, *nature, *note;
};
/* The sources of all its results, each once, in their order; *source lives in the arena. */
int cf_publication_sources(const struct cf_publication *of, struct cf_arena *arena,
                           const struct cf_source_text **source);

/* A table of the report, and the section that it stands in. */
struct cf_placed_table {
    const struct cf_report_section *section;
    const struct cf_report_table *said;
};
int cf_publication_tables(const struct cf_publication *of, struct cf_arena *arena,
                          const struct cf_placed_table **table);

/* What people read over a column, and what it means: "" where that is not known. */
const char *cf_column_heading(const struct cf_report_table *said, const struct cf_column *column);
const char *cf_column_meaning(const struct cf_column *column);

#endif
