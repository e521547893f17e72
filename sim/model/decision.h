#ifndef CF_DECISION_H
#define CF_DECISION_H

#include "base/diag.h"

/* What a partnership decides with: options, budgets, criteria, and what a scenario has decided. */

enum cf_option_kind {
    CF_OPTION_EXPAND,    /* more places of a line that the site has */
    CF_OPTION_OPEN,      /* a line that is new to the site: it needs a viable group */
    CF_OPTION_POOL,      /* sites teach together: borders open a level a unit */
    CF_OPTION_TRANSPORT, /* shorter journeys to a site */
    CF_OPTION_RELEASE,   /* places that nobody needs are given up */
    CF_N_OPTION_KINDS
};
extern const char *const cf_option_kinds[CF_N_OPTION_KINDS];

/* One row of options.csv. Money in pounds of the base year. */
struct cf_option {
    const char *code, *label, *responsible;
    enum cf_option_kind kind;
    int site, line;     /* indices; -1: all */
    double places;      /* of a unit; of a release: those given up */
    double capital;     /* of a unit, once, in the year it is started */
    double annual;      /* of a unit, each year it is open; of a release: what is saved */
    double minutes;     /* transport: taken off the journey by a unit */
    int lead_years;     /* started in t, open from t + lead_years */
    int life;           /* years open */
    int max_units;      /* started in all years together */
    int n_needs, *need; /* options that must be open by the time it opens */
    int n_excludes, *exclude;
    int part; /* 0: existing resources (part 1), 1: extra funding (part 2) */
    struct cf_at at;
};

/* Units of an option that a scenario starts in a year: setting `actions`. */
struct cf_action {
    int option;
    int year;
    double units;
    double share; /* of futures whose own plan has started it by then; NaN: not known */
    struct cf_at at;
};

/* A criterion that priorities are ranked by: row of criteria.csv. */
struct cf_criterion {
    const char *code, *label;
    double weight; /* >= 0, they sum to 1 */
    int sign;      /* 1: more of it makes a gap more urgent ("higher"), -1: less ("lower") */
};

/* All there are, each with a function in plan/criteria.c. */
struct cf_criterion_spec {
    const char *code, *label;
    int sign;
};
enum { CF_N_CRITERIA = 8 };
extern const struct cf_criterion_spec cf_criteria[CF_N_CRITERIA];

enum { CF_N_PARTS = 2, CF_MOST_FUTURES = 12 };

struct cf_decision {
    int n_options;
    struct cf_option *option;
    int has_budget;
    double *capital[CF_N_PARTS], *revenue[CF_N_PARTS]; /* [year]; a year without row has nothing */
    int n_criteria;
    struct cf_criterion *criterion;
    int n_actions;
    struct cf_action *action;
    double discount;      /* a year: 0.035 */
    double penalty;       /* pounds a learner unplaced for a year */
    double quality_floor; /* belief in a good grade below which a site gets no new place */
    double no_regret;     /* share of futures from which an action is worth starting anyway */
    double
        most_unplaced; /* learners in any report year, on the mean of the futures; HUGE_VAL: any */
    int most_futures;  /* that a plan is made for */
};

/* Whether two tables of options, on the same axes, say the same. */
int cf_options_same(const struct cf_decision *a, const struct cf_decision *b);

/* Units of an option open in a year, as its actions have it. */
double cf_units_open(const struct cf_decision *decision, int option, int year);

#endif
