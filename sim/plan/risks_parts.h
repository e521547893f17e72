#ifndef CF_RISKS_PARTS_H
#define CF_RISKS_PARTS_H

#include "output/results_read.h"
#include "plan/risks.h"

#include "model/series.h"

/* What the files of risks.h share among themselves. */

/* How the draws are made: as in the file, without a risk, with it mitigated. */
enum cf_risk_case { CF_RISK_AS_IS, CF_RISK_AWAY, CF_RISK_MITIGATED, CF_N_RISK_CASES };

/* Sums over draws, of one year of one case. */
struct cf_risk_sums {
    double unplaced;
    long long draws;
};
/* Of one indicator of it. */
struct cf_risk_indicator_sums {
    long long met, draws; /* draws: those with a value */
};

/*
 * Of a year: what a risk changes in the draws in which it happens, of those that came out well
 * both ways. [0] as it is, [1] mitigated, each less what is without it.
 */
struct cf_risk_change {
    double unplaced;
    long long draws;
};

/* What the draws of one point come to with one risk. */
struct cf_risk_count {
    long long draws[CF_N_RISK_CASES], failed[CF_N_RISK_CASES];
    long long happened[CF_N_RISK_CASES];
    struct cf_risk_sums *sums;                 /* [case][year] */
    struct cf_risk_indicator_sums *indicators; /* [case][year][indicator] */
    struct cf_risk_change *change;             /* [2][year] */
    struct cf_risk_change *indicator_change;   /* [2][year][indicator] */
};

struct cf_risk_year {
    int y, report; /* index among all years, and among the report years */
    int shown;     /* 1: asked for; ratings are by all report years */
};

struct cf_risk_study {
    struct cf_arena *arena;
    cf_results *results;
    const struct cf_model *model;
    const struct cf_risks_query *query;
    cf_diag *diag;
    struct cf_ensemble ensemble;
    int n_years;
    struct cf_risk_year *year; /* [n_years] */
    int n_indicators;          /* 0: none is kept */
    int pool;
    unsigned char *counted; /* [area] 1: its unplaced count */
    /* In the file: values kept of draws, and where a year of them stands. */
    const struct cf_results_variable *pooled, *unplaced, *happened;
    int unplaced_every_year; /* 1: by year, else by report year */
    int n_points;
    double *demand; /* [point][year] learners who look for a place in the central run */
    int n_risks;
    int *in_file;                /* [n_risks] where the risk stands in the file */
    struct cf_risk_count *count; /* [point][risk] */
};

enum cf_status cf_count_risks(struct cf_risk_study *study);
void cf_fill_risks(const struct cf_risk_study *study, struct cf_table *table);

static inline struct cf_risk_count *cf_risk_count_of(const struct cf_risk_study *s, int point,
                                                     int risk)
{
    return &s->count[(size_t)point * (size_t)s->n_risks + (size_t)risk];
}

static inline size_t cf_risk_at(const struct cf_risk_study *s, int which, int year, int indicator)
{
    return ((size_t)which * (size_t)s->n_years + (size_t)year) * (size_t)s->n_indicators +
           (size_t)indicator;
}

/* Whether a value meets a target; the indicator must say which way is better. */
static inline int cf_meets(enum cf_better better, double value, double target)
{
    return better == CF_BETTER_HIGHER ? value >= target : value <= target;
}

enum cf_status cf_risks_spoilt(const struct cf_risk_study *study, const char *what);

#endif
