#ifndef CF_SCENARIO_H
#define CF_SCENARIO_H

#include "model/decision.h"
#include "model/field.h"
#include "model/future.h"
#include "model/indicator.h"
#include "model/selector.h"
#include "model/target.h"

/*
 * A lever, bound to the axes: x' = x + r(t) (op(x, value) - x) for the selected cells and years.
 * r(t) is the ramp of MODEL.md 2.8 with `from` as the first year, and 0 after `until`.
 */
struct cf_lever {
    const char *name;
    enum cf_field_id field;
    int op; /* index into cf_lever_ops */
    double value;
    struct cf_selection where[CF_MOST_DIMS]; /* one a dim of the field, the year included */
    unsigned char by_code[CF_MOST_DIMS];     /* 1: selected by codes of members alone */
    int from, until;                         /* INT_MIN, INT_MAX: without */
    int ramp;                                /* years; 0 and 1: full at once */
    struct cf_at at;
};

/* Sites that the scenario closes, over what their attributes say: MODEL.md 2.8. */
struct cf_closure {
    struct cf_selection site;
    int year;      /* the first without places */
    int teach_out; /* years from then in which continuers may still finish */
};

/* Years that values of a field were fitted to: they may not be scored. */
struct cf_fitted {
    enum cf_field_id field;
    int first, last;
    struct cf_at at;
};

/* What is done with years that no row of a table covers. */
enum cf_between { CF_BETWEEN_LINEAR, CF_BETWEEN_STEP, CF_BETWEEN_ERROR };
enum cf_beyond { CF_BEYOND_HOLD, CF_BEYOND_ERROR };
struct cf_table_rule {
    enum cf_between between;
    enum cf_beyond beyond;
    struct cf_at at; /* where the scenario says so; line 0: the default */
};

/* The settings of a scenario, checked and with member codes as indices (-1: not given). */
struct cf_scenario {
    const char *path, *name; /* file, and its name without folder and .cfg: the scenario's code */
    const char *title;
    const char *place; /* folder of axes/ and tables/ */
    int base_year, end_year;
    int n_report_years;
    int *report_year; /* ascending years */
    int first_age, last_age, choice_age;
    struct cf_table_rule table[CF_N_FIELDS];
    const char *instead[CF_N_FIELDS]; /* file read in place of the place's table; NULL: that one */
    int exempt_level, duty_default;
    struct cf_selection protected_groups; /* n_selected 0: none */
    struct cf_selection views_ages;       /* ages at which young people's views count */
    int rounds, max_rounds;
    double tolerance, residual;
    int backcast; /* 1: shifts are solved so that the targets are met */
    int n_targets;
    struct cf_target *target;
    const char *allow_drift; /* the reason, NULL: not allowed */
    int n_levers;
    struct cf_lever *lever;
    int n_closures;
    struct cf_closure *closure; /* of two on one site the later in the list counts */
    int n_fitted;
    struct cf_fitted *fitted;
    int n_indicators;
    struct cf_indicator *indicator;
    struct cf_future future;
    struct cf_decision decision;
    const char *resolved; /* the merged settings as text, for the results file */
};

/* What pulls a field, at some time and in some run: a lever, one of a risk, an uncertain entry or a
 * dimension of the sweep. */
struct cf_pull_spec {
    enum cf_field_id field;
    const struct cf_selection *where; /* one a dim of the field */
    const unsigned char *by_code;
};
/* The k-th of a scenario, from 0, in that order; 0 where there are not so many. */
int cf_pull_spec_find(const struct cf_scenario *scenario, int k, struct cf_pull_spec *pull);

/* r(t) of MODEL.md 2.8: 0 before open_year, 1 from open_year + ramp - 1 on. */
double cf_ramp(int year, int open_year, int ramp_years);

#endif
