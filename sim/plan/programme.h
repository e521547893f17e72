#ifndef CF_PROGRAMME_H
#define CF_PROGRAMME_H

#include "base/arena.h"
#include "base/diag.h"

/*
 * Which options to start in which years: a mixed-integer programme (MODEL.md 9.5). It knows numbers
 * and no education: options, years counted from 0, futures, what is short (demands), what an option
 * gives when it is open (supplies), and which supply may serve which demand (arcs).
 */

struct cf_programme_option {
    const char *name; /* for the rows that a conflict names */
    double capital;   /* a unit, in the year it is started */
    double annuity;   /* a unit, each year it is open: capital over its life, discounted */
    double annual;    /* a unit, each year it is open; negative: saved */
    int lead, life;   /* years */
    int max_units;
    int from;   /* the first year in which it may be started */
    int part;   /* 0, 1 */
    int barred; /* may not be started: 1 the quality floor, 2 excluded by what is there */
    int n_needs, n_excludes;
    const int *need, *exclude; /* options */
};

/* Learners short in a year, of each future. */
struct cf_plan_demand {
    const char *name;
    int year;
    const double *short_of; /* [futures] >= 0 */
    double protected_share; /* of them, of protected groups */
};

/* What a unit of an option serves at most in a year while it is open, of each future; option -1:
 * there anyway. Amounts of an option are of one sign. Negative: a release, which takes so many away
 * from what is there anyway at the same offer in the same year, and no more than is there in any
 * future; its arcs count for nothing. */
struct cf_plan_supply {
    int option, year;
    int offer;            /* -1: of its own; else at most one a year has option -1 */
    const double *amount; /* [futures] a unit */
};

struct cf_arc {
    int supply, demand; /* of the same year */
};

/* An option that needs a group: in each year it is open, the mean over futures of `there` + what
 * its supplies serve is at least `group`. */
struct cf_viable {
    int option, year;
    double group, there;
};

/* An option of which so many units must be started by a year. */
struct cf_required {
    int option, units, year;
};

struct cf_programme {
    int n_options, n_years, n_futures;
    int first_year; /* what year 0 is called in names of rows and in sentences */
    const struct cf_programme_option *option;
    const double *weight;   /* [futures] sum to 1 */
    const double *discount; /* [years] factor of the year's costs */
    double penalty;         /* a learner unserved for a year */
    int n_demands, n_supplies, n_arcs, n_viable;
    const struct cf_plan_demand *demand;
    const struct cf_plan_supply *supply;
    const struct cf_arc *arc;
    const struct cf_viable *viable;
    int n_required;
    const struct cf_required *required;
    const double *most_unserved; /* [years] mean over futures, at most; HUGE_VAL: any; NULL: any */
    int has_budget;
    const double *capital[2], *revenue[2]; /* [years] of part 1, part 2 */
    int regret;                            /* 0: expected cost; 1: the largest regret */
    double gap;                            /* to stop at: 1e-6 */
    int most_nodes;                        /* 0: no limit; regret: of each of its searches */
    double most_seconds;                   /* 0: no limit; of all searches together */
    int unexplained;                       /* 1: rows that conflict need not be found */
};

enum cf_plan_status {
    CF_PLAN_OPTIMAL,    /* proven within the gap */
    CF_PLAN_NODES,      /* stopped by the number of nodes: reproducible */
    CF_PLAN_SECONDS,    /* stopped by the clock: not reproducible */
    CF_PLAN_GREEDY,     /* found by the greedy rule: nothing is proven */
    CF_PLAN_INFEASIBLE, /* no plan holds all rows */
    CF_PLAN_NONE        /* a limit came before any plan was found */
};
extern const char *const cf_plan_status_names[];

struct cf_plan_solution {
    enum cf_plan_status status;
    double value, bound, gap; /* of the objective; gap relative to the value */
    double relaxed;           /* value of the linear relaxation at the root */
    int nodes;
    int *units;     /* [option][year] started */
    double *cost;   /* [future] discounted cost of the plan there, penalties included */
    double *best;   /* [future] the least possible there; regret only, else NULL */
    double *served; /* [future][demand] */
    double *used;   /* [future][supply] */
    int n_conflicts;
    const char **conflict; /* names of an irreducible set of rows that no plan holds together */
};

/* Solve it; the solution lives in the arena. CF_OK also where there is no plan: see the status.
 * CF_INTERNAL, reported, where the solver fails. Equal programmes give equal solutions (but those
 * stopped by the clock). */
enum cf_status cf_programme_solve(const struct cf_programme *programme, struct cf_arena *arena,
                                  struct cf_plan_solution *solution, cf_diag *diag);

/* A step of the greedy rule: which option it starts when, and why. */
struct cf_greedy_step {
    int option, year, units;
    double cost, relief, gain; /* discounted cost; learner-years served; penalty saved less cost */
    const char *why;           /* a sentence */
};

/*
 * Always the unit that gains most for each pound, in mean cost, until none gains: a plan that
 * explains itself. Units that are required come first, and what an option needs comes with it. The
 * solution's value is its mean cost, bound, gap and relaxed are NaN; CF_PLAN_NONE where required
 * units or `most_unserved` are not reached that way.
 */
enum cf_status cf_programme_greedy(const struct cf_programme *programme, struct cf_arena *arena,
                                   struct cf_plan_solution *solution, struct cf_greedy_step **steps,
                                   int *n_steps, cf_diag *diag);

/*
 * The last year in which an option can be started and be open in `year`, if all it needs is started
 * as late as that allows: -1 where it cannot. A need that takes longer than the option itself has
 * to be started before it; that is its own latest start.
 */
int cf_latest_start(const struct cf_programme *programme, int option, int year);

#endif
