#ifndef CF_REPORT_PARTS_H
#define CF_REPORT_PARTS_H

#include "input/csv.h"
#include "output/report.h"
#include "output/results_read.h"

/*
 * How a report is put together: each section is a function of its own and a row of
 * report_sections.c. What it needs of a results file is in the maker; what it adds goes to the last
 * section that was begun.
 */
/* What a report is of. */
struct cf_report_of {
    int nth; /* of the files of the page, from 0 */
    const char *file;
    const char *first_file; /* that of the page's first; NULL: this is it */
    cf_results *results;
    double below;              /* as in the maker */
    const struct cf_csv *card; /* as in the maker */
};

struct cf_report_maker {
    struct cf_arena arena;
    cf_results *results;
    cf_diag *diag;         /* what is to be told */
    cf_diag *quiet;        /* why a table could not be made; a new one each time */
    enum cf_status judged; /* CF_BROKEN: too many draws failed */
    struct cf_ensemble ensemble;
    struct cf_report report;
    struct cf_report_section *sections; /* the last one is being filled */
    const char *place;                  /* what to call it: its title without the scenario's */
    const char *file;                   /* its name, without its folder */
    int nth; /* of the files of the page, from 0: those after the first have names of their own */
    double below;              /* > 0: persons below are hidden */
    const struct cf_csv *card; /* the score card of a hindcast; NULL: none */
    int n_scenarios;
    const char *const *scenario;       /* [n_scenarios] codes */
    const char *const *scenario_label; /* [n_scenarios] */
    int base_year, n_report_years;
    const int *report_year;
    int n_years;
    const int *year;
    /* The last report year of up to 2 years (0: none), of up to 5 (else the first), and of all. */
    int action_year, strategy_year, last_year;
    const struct cf_table *outlook;          /* indicators of all areas; NULL: not made, or none */
    const char *path, *first_path;           /* as typed; NULL: there is no file before it */
    struct cf_report_comparison *comparison; /* NULL: none */
    int n_tables;
    struct cf_table **tables; /* to be freed */
};

/* How far ahead strategies look: beyond, only ranges are told. */
enum { CF_REPORT_STRATEGY_YEARS = 5 };

/* A section: fills it, or says how to get what it needs. */
typedef void cf_report_fill(struct cf_report_maker *maker);
cf_report_fill cf_report_compare, cf_report_answer, cf_report_score, cf_report_demand,
    cf_report_working, cf_report_needs, cf_report_coverage, cf_report_gaps, cf_report_flows,
    cf_report_priorities, cf_report_plan, cf_report_next_year, cf_report_indicators,
    cf_report_risks, cf_report_providers, cf_report_audit, cf_report_method;

/* Everything that the results have to say, as a report; end it whatever came of it. CF_BROKEN where
 * too many draws failed: the report stands. `below` > 0: without persons above 0 and below that
 * (output/suppress.h), in tables, charts and texts. */
enum cf_status cf_report_make(struct cf_report_maker *maker, const struct cf_report_of *of,
                              cf_diag *diag);
/* The same for what is filled in already (report_suppress.c); texts are made without them. */
void cf_report_suppress(struct cf_report_maker *maker);
void cf_report_end(struct cf_report_maker *maker);
void cf_report_end_comparison(struct cf_report_maker *maker);

/* Read a score card, what `hindcast --csv` wrote. CF_BAD_INPUT, reported, where it is none. */
enum cf_status cf_report_read_card(struct cf_csv *card, struct cf_arena *arena, const char *path,
                                   cf_diag *diag);

/* ---- what a section is filled with (report_build.c) ---- */

void cf_report_begin_section(struct cf_report_maker *maker, const char *id, const char *heading,
                             const char *lead);
/* A text of a scenario (its index, -1: of all). */
void cf_report_say(struct cf_report_maker *maker, enum cf_report_text_kind kind, int scenario,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
/* What is not there, and how to get it; command NULL: nothing to type. */
void cf_report_miss(struct cf_report_maker *maker, const char *missing, const char *command);
/* Copied; the scenario's index (-1: of all) is added to its id where there are several. */
void cf_report_add_chart(struct cf_report_maker *maker, int scenario, struct cf_chart chart);
/* A table of the maker's, empty, that is freed with it. */
struct cf_table *cf_report_new_table(struct cf_report_maker *maker);
/* The same with a table that is there already. */
struct cf_table *cf_report_keep_table(struct cf_report_maker *maker, struct cf_table *table);
struct cf_report_table *cf_report_add_table(struct cf_report_maker *maker, const char *id,
                                            const char *title, const struct cf_table *table,
                                            const struct cf_report_column *columns);
/* Make `quiet` new, and say what was wrong: the first error in it, "" without one. */
void cf_report_hush(struct cf_report_maker *maker);
const char *cf_report_why(struct cf_report_maker *maker);

/* ---- reading tables (report_build.c) ---- */

const struct cf_column *cf_report_column_of(const struct cf_table *table, const char *name);
/* NaN, "" where there is no such column. The label of a text, or the text. */
double cf_report_number(const struct cf_table *table, const char *name, size_t row);
const char *cf_report_text(const struct cf_table *table, const char *name, size_t row);
const char *cf_report_code(const struct cf_table *table, const char *name, size_t row);
/* People read labels where the results have some for the codes of a column that is called by its
 * dimension: line, area, indicator, ... */
void cf_report_label(struct cf_report_maker *maker, struct cf_table *table);
/* Whether a row is of a scenario (index), in a table with a column `scenario`. */
int cf_report_is_of(const struct cf_report_maker *maker, const struct cf_table *table, size_t row,
                    int scenario);
/* 13,637 and 88.4%, as people read them. */
const char *cf_report_count(struct cf_report_maker *maker, double value);
const char *cf_report_share(struct cf_report_maker *maker, double value);

/* ---- what the runs say (report_gather.c) ---- */

/* What members of a dimension are added up to: group [n of the dimension], -1: left out. */
struct cf_report_fold {
    const char *dim;
    const int *group;
    int n;
};
/* Cells [year][fold 0][fold 1]... of a scenario's first sweep point; folds in the order of the
 * variable's dimensions, of which others are added up. */
struct cf_gathered {
    int n_cells, n_draws;
    double *central; /* [cell] NaN: not known */
    double *draw;    /* [cell][n_draws] ascending; NaN in all: not kept for draws */
};
/* 0 where the results have no such variable. */
int cf_report_gather(struct cf_report_maker *maker, const char *variable, int scenario,
                     const int *years, int n_years, const struct cf_report_fold *folds, int n_folds,
                     struct cf_gathered *gathered);
/* Shares: what the folds gather, of what the first n_of of them do; the others have one group. */
int cf_report_gather_share(struct cf_report_maker *maker, const char *variable, int scenario,
                           const int *years, int n_years, const struct cf_report_fold *folds,
                           int n_folds, int n_of, struct cf_gathered *gathered);
/* Quantile of a cell over draws; of the central run where there are none. */
double cf_gathered_quantile(const struct cf_gathered *gathered, int cell, double p);
/* Whether a cell has draws. */
int cf_gathered_has_draws(const struct cf_gathered *gathered, int cell);
/* A series of cells first, first + step, ...: values, and bands where there are draws. */
struct cf_chart_series cf_report_series(struct cf_report_maker *maker,
                                        const struct cf_gathered *gathered, int first, int step,
                                        int n, const char *label);

/* The routes: which of them each line is of [line], and each of them by name. -1: of none. */
struct cf_report_routes {
    int n;
    const char **label;
    int *of_line;
};
struct cf_report_routes cf_report_routes(struct cf_report_maker *maker);
/* Years as labels. */
const char **cf_report_year_labels(struct cf_report_maker *maker, const int *years, int n);
/* The base year and the report years, *n of them. */
const int *cf_report_base_and_report_years(struct cf_report_maker *maker, int *n);
/* Index of a dimension's member all of which are 0: one group. */
const int *cf_report_together(struct cf_report_maker *maker, size_t n);
/* How many targets of the strategy's year are likely met, in words; "" without indicators. */
const char *cf_report_targets(struct cf_report_maker *maker, int scenario);
/* The first tier of planning that areas have, with at most so many members; "area" if none. */
const char *cf_report_tier(struct cf_report_maker *maker, int most);

#endif
