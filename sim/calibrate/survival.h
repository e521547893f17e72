#ifndef CF_SURVIVAL_H
#define CF_SURVIVAL_H

#include "base/arena.h"
#include "model/history.h"

/*
 * Cohort survival with shrinkage: what share of a cohort is still, or by now, there a year later,
 * by area, group and age, from what was observed. MODEL.md 10.
 */
struct cf_survival_rules {
    int years;             /* K: of the past that rates are the mean of */
    double unexplained;    /* of the change that no counted death or move explains, what goes on */
    double pool;           /* of what is particular to an area's own ages, what is given up */
    int smooth;            /* ages on each side that are taken together */
    double level;          /* of an area's own net rate of all ages, what holds for the young */
    double pattern;        /* of an area's own steps from age to age, what is migration */
    double pattern_births; /* the same where births are known, and so cohorts of one origin */
    double half;           /* persons of an age at which half of a pattern is believed */
};

struct cf_survival {
    const struct cf_history *history;
    const int *parent; /* [areas] entity that an area belongs to, -1: none */
    struct cf_survival_rules rules;
    struct cf_arena *arena;
    /* out */
    unsigned char *own; /* [E] 1: rates of its own ages are observed */
    double *own_rate;   /* [E][G][X] mean log ratio into the age; NaN: none */
    double *own_years;  /* [E][G][X] years it is the mean of */
    double *own_error;  /* [E][G][X] standard error of it; NaN below two years */
    double *mean_rate;  /* [G][X] of all that have their own, by persons */
    double *level;      /* [areas] net rate of all ages less that of the parent's areas */
    double *step;       /* [areas][X] step from age to age beside the parent's; 0: not known */
    unsigned char *by_births; /* [areas][X] 1: of cohorts of which births are known */
    double *rate;             /* [areas][G][X] log ratio into the age, the answer */
    int n_without;            /* areas of which nothing by age is known, nor of a parent */
    int first_year;           /* of what was used */
};

void cf_survival_fit(struct cf_survival *fit);

static inline size_t cf_survival_cell(const struct cf_survival *f, int e, int g, int x)
{
    return ((size_t)e * (size_t)f->history->G + (size_t)g) * (size_t)f->history->X + (size_t)x;
}

/* Errors of one year ahead, as a process, in logs: sd of an area's level, and of single ages by how
 * many persons there are, variance age_persons / n. */
struct cf_survival_noise {
    double level_sd, shared, ar1; /* ar1 1: the same in every year */
    double age_persons;
    int n_errors;  /* of level that they were read off */
    int by_births; /* 1: off births and the children of them, not off past years */
};
/* From ages low..high of what was fitted. */
/* Persons of an age, the mean over ages of the last year. */
double cf_survival_size(const struct cf_survival *fit, int e, int low, int high);
void cf_survival_errors(const struct cf_survival *fit, int low, int high,
                        struct cf_survival_noise *noise);

#endif
