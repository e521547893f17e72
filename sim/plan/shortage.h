#ifndef CF_SHORTAGE_H
#define CF_SHORTAGE_H

#include "output/results_read.h"
#include "plan/funding.h"
#include "plan/sheet.h"

/*
 * Who goes without what: learners without a place, and those who want one, by line and member of a
 * tier, in every draw and report year. One run of the sheet at a time.
 *
 * Short is a line for a member in a year when CF_SHORT_LEARNERS or more are unplaced and they are
 * the share CF_SHORT_SHARE of those who want it: some stay away however much room there is.
 */
#define CF_SHORT_LEARNERS 1.0
#define CF_SHORT_SHARE 0.01

struct cf_gap_key {
    int line, member;
};

struct cf_shortage {
    struct cf_sheet sheet;
    struct cf_ensemble ensemble;
    struct cf_tier tier;
    struct cf_arena scratch; /* of one run */
    int R, *report_year;     /* report years of the file, and the one looked at */
    int horizon;
    const struct cf_line_money *money; /* [I] */
    int n; /* gaps: what anybody wants in the year looked at, in one of the runs at least */
    struct cf_gap_key *gap;
    const double *demand, *unplaced; /* of central runs: [run][year][area][line] */
    /* Of the run last read: */
    int run, scenario, point;
    int D, *draw;                    /* good draws; the central run alone where the file has
                                        none: then draw[0] is 0 */
    double *unplaced_of, *demand_of; /* [D][R][n] */
};

/* Begin as cf_sheet_open does; the year asked for must be one report year. Default tier: consortium
 * where areas have one, else authority. */
void cf_shortage_open(struct cf_shortage *shortage, struct cf_table *table, cf_results *results,
                      const struct cf_plan_query *query, cf_diag *diag);
/* The draws of the k-th run asked for; forgets the one before. */
enum cf_status cf_shortage_read(struct cf_shortage *shortage, int k);
enum cf_status cf_shortage_close(struct cf_shortage *shortage);

/* The values of n places `at` within a run's values, of the draws that are read: [draw][n]. Central
 * runs are read where the file has no draws. */
enum cf_status cf_shortage_draws(struct cf_shortage *shortage,
                                 const struct cf_results_variable *variable, const size_t *at,
                                 size_t n, double *value);

/* Pounds a year of a place on a line, in full groups: of its share of a group, cost_group /
 * full_group, taken or not, and of the learner in it. NaN where nobody says. */
struct cf_place_cost {
    double group, learner;
};
struct cf_place_cost cf_place_cost(const struct cf_shortage *shortage, int line);
/* A setting of `planning`, or `usual` in files that have none. */
double cf_planning(struct cf_sheet *sheet, const char *setting, double usual);

/* What is to be said of draws that failed, of the scenarios asked for: cf_judge_draws. */
enum cf_status cf_shortage_judge(const struct cf_shortage *shortage);

static inline int cf_is_short(double unplaced, double demand)
{
    return unplaced >= CF_SHORT_LEARNERS && unplaced >= CF_SHORT_SHARE * demand;
}

#endif
