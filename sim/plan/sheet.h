#ifndef CF_SHEET_H
#define CF_SHEET_H

#include "plan/plan_tables.h"

/*
 * A results file as the tables of this room see it: the runs and years asked for, lines and offers
 * as indices, the members of a tier. The first failure is kept and reported; what comes after it
 * does nothing, so that a table asks for all it needs and looks at `status` once.
 */
#define CF_SHEET_MOST_READ 24

struct cf_member {
    const char *code, *label; /* label: what people read */
};

struct cf_sheet_year {
    int number, y, r; /* r: its place among the report years, -1: is none */
};

struct cf_sheet {
    cf_results *results;
    const struct cf_plan_query *query;
    struct cf_table *table; /* the one that is made */
    cf_diag *diag;
    enum cf_status status;
    int Y, R, A, G, X, S, I, J, O, H; /* extents in the file; 0: it has no such dimension */
    const struct cf_results_dim *area, *authority, *status_axis, *line, *site;
    int n_runs, *run; /* asked for: index on `run` */
    int *run_number;  /* the number of each */
    const char **run_scenario;
    int n_years;
    struct cf_sheet_year *year;           /* asked for */
    int *line_route;                      /* [I] status, -1: none */
    double *viable_group;                 /* [I] learners; 0: any group will do */
    int *entitlement;                     /* [I] */
    int *site_area;                       /* [J] -1: it lies elsewhere */
    const char *read[CF_SHEET_MOST_READ]; /* variables that were read, once each */
    double *owned[CF_SHEET_MOST_READ];    /* and their values */
    int n_owned;
};

/* Begin a table; last_only: of the report years, where no year is asked for, the last. */
void cf_sheet_open(struct cf_sheet *sheet, struct cf_table *table, cf_results *results,
                   const struct cf_plan_query *query, int last_only, cf_diag *diag);
/* End it; frees the table where it failed. */
enum cf_status cf_sheet_close(struct cf_sheet *sheet);

/* All values of a variable, valid until closed. It must have these dimensions: "run year area
 * line". */
const double *cf_sheet_read(struct cf_sheet *sheet, const char *name, const char *dims);
/* The same as indices below n. */
const int *cf_sheet_read_indices(struct cf_sheet *sheet, const char *name, const char *dims, int n);
/* Whether a place with lines has no offer of any: then there is nothing by offer in its results. */
int cf_nothing_offered(const struct cf_sheet *sheet);
/* What is wrong with the results, for good. */
void cf_sheet_spoil(struct cf_sheet *sheet, const char *what);

/* Index of a code on a dimension that may be missing, -1: it is none of its members. */
int cf_find_code(const struct cf_results_dim *dim, const char *code);

/* What areas can be added up by: themselves, then the tiers of planning, which are attributes. */
enum { CF_N_TIERS = 5, CF_FIRST_PLAN_TIER = 1 };
extern const char *const cf_tier_names[CF_N_TIERS];

/* Members of a tier: first those that areas belong to, in order of the areas, then those that only
 * sites belong to. */
struct cf_tier {
    const char *name;
    int n, n_home; /* with areas */
    struct cf_member *member;
    int *of_area, *of_site; /* [A], [J] */
};
/* by NULL: the first of the two names, area if need be, that the areas have. */
void cf_sheet_tier(struct cf_sheet *sheet, const char *by, const char *or_by, struct cf_tier *tier);

/* What the rows are about: routes or lines. */
struct cf_subjects {
    const char *name; /* "route", "line" */
    int n;
    struct cf_member *member;
    int *of_line;     /* [I] -1: none */
    int *route;       /* [n] status */
    int *entitlement; /* [n] */
};
void cf_sheet_subjects(struct cf_sheet *sheet, int by_line, struct cf_subjects *subjects);

/*
 * Share of an area's residents within reach of a line; of a route's lines (its entitlement lines,
 * where it has any) on the average. NaN where it is not known. Members of a tier are weighted by
 * their residents of the ages that the file's coverage is a share of.
 */
struct cf_reach {
    int by_line;
    const double *value, *population;
    unsigned char *counted; /* [X] 1: of these ages */
    const char *ages;       /* "aged 16 to 18" */
};
void cf_sheet_reach(struct cf_sheet *sheet, int by_line, struct cf_reach *reach);
double cf_within_reach(const struct cf_sheet *sheet, const struct cf_reach *reach,
                       const struct cf_subjects *subjects, int k, int y, int a, int subject);
double cf_residents(const struct cf_sheet *sheet, const struct cf_reach *reach, int k, int y,
                    int a);

/*
 * Minutes and reach as the run has them in the year. A file in which they are the same in all runs
 * and years has them once.
 */
struct cf_travel {
    int by_year;           /* 1: [run][year] before the dimensions below */
    const double *minutes; /* [area][site] */
    const double *reach;   /* [status] */
};
void cf_sheet_travel(struct cf_sheet *sheet, struct cf_travel *travel);
double cf_minutes(const struct cf_sheet *sheet, const struct cf_travel *travel, int k, int y, int a,
                  int j);
double cf_reach_of(const struct cf_sheet *sheet, const struct cf_travel *travel, int k, int y,
                   int route);

/* The columns every table begins with, and their cells. */
void cf_add_run_columns(struct cf_sheet *sheet, size_t rows);
struct cf_column *cf_add_year_column(struct cf_sheet *sheet, size_t rows);
void cf_put_run(struct cf_sheet *sheet, size_t row, int k);
/* A column of members: code and label. */
struct cf_column *cf_add_member_column(struct cf_sheet *sheet, const char *name, size_t rows);
void cf_put_member(struct cf_column *column, size_t row, const struct cf_member *member);
struct cf_member cf_site_member(const struct cf_sheet *sheet, int site);
struct cf_member cf_area_member(const struct cf_sheet *sheet, int area);
struct cf_member cf_authority_member(const struct cf_sheet *sheet, int authority);

extern const struct cf_member cf_all_members; /* "all" */

/* Groups that so many learners make, and whether they make one. Learners are sums: a hair too few
 * is enough. Where any group will do, viable_group 0, one learner or less is one. */
double cf_count_groups(double learners, double viable_group);
int cf_is_group(double learners, double viable_group);

#endif
