#ifndef CF_RESULTS_READ_H
#define CF_RESULTS_READ_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* The futures of a results file, for whoever reads something off its draws. */

/* The draws of one scenario and sweep point. They lie between members of `draw_run`; some of these
 * may be others'. */
struct cf_point_draws {
    size_t first, end; /* of draw_run: from `first` on, before `end` */
    int n_good;        /* draws whose run is ok; the central run is none */
    int n_failed;
};

struct cf_ensemble {
    int n_scenarios, n_points;
    int n_draws;                      /* R, the largest draw of any run */
    size_t n_runs;                    /* members of draw_run */
    int *scenario, *point, *draw;     /* [n_runs] */
    unsigned char *good;              /* [n_runs] 1: a draw, not the central run, and ok */
    struct cf_point_draws *of_point;  /* [n_scenarios][n_points] */
    const char *const *scenario_code; /* [n_scenarios] */
    int n_sweeps;                     /* 0: with one point, or where the file does not say */
    const char **sweep;               /* [n_sweeps] names, none of them that of a dimension */
    double *sweep_value;              /* [n_scenarios][n_points][n_sweeps] */
};

/* Everything lives in the arena. CF_BAD_INPUT, reported, where the file does not say which run is
 * what. */
enum cf_status cf_ensemble_read(struct cf_ensemble *ensemble, cf_results *results,
                                struct cf_arena *arena, cf_diag *diag);

/* Index of a scenario's code. CF_USAGE, reported, where there is no such scenario. */
enum cf_status cf_ensemble_scenario(const struct cf_ensemble *ensemble, const char *code,
                                    int *scenario, cf_diag *diag);

/* Whether row k of draw_run is a draw to be counted of that scenario and point. */
static inline int cf_ensemble_has(const struct cf_ensemble *ensemble, int scenario, int point,
                                  size_t k)
{
    return ensemble->good[k] && ensemble->scenario[k] == scenario && ensemble->point[k] == point;
}

static inline const struct cf_point_draws *cf_point_draws(const struct cf_ensemble *ensemble,
                                                          int scenario, int point)
{
    return &ensemble->of_point[(size_t)scenario * (size_t)ensemble->n_points + (size_t)point];
}

/* The columns that say of which scenario and point a row is: `scenario`, and where there are
 * several points the values of the sweep (`point`, counted from 0, where they are not known or too
 * many). They come first in the table. */
void cf_add_point_columns(const struct cf_ensemble *ensemble, struct cf_table *table, size_t rows);
void cf_put_point(const struct cf_ensemble *ensemble, struct cf_table *table, size_t row,
                  int scenario, int point);

/*
 * What a variable on `draw_run` has of the draws of a scenario and point that are to be counted, in
 * order of run number: `take` gets each draw's values, as they are in the file, and which it is
 * among them, from 0. Read by rows, some MB at a time. CF_BAD_INPUT, reported, when reading failed.
 */
typedef void cf_take_draw(void *self, size_t nth, const double *value);
enum cf_status cf_walk_draws(cf_results *results, const struct cf_results_variable *variable,
                             const struct cf_ensemble *ensemble, int scenario, int point,
                             cf_take_draw *take, void *self, cf_diag *diag);
/* The central run of a scenario and point as a member of draw_run; n_runs where it has none. */
size_t cf_central_run(const struct cf_ensemble *ensemble, int scenario, int point);

/* CF_BROKEN, reported, where more than 1% of the draws of the scenarios from `first` to before
 * `end` failed: what is read off the others leans to one side. */
enum cf_status cf_judge_draws(const struct cf_ensemble *ensemble, int first, int end,
                              cf_diag *diag);
/* Warn of draws that failed and are left out, of the scenarios from `first` to before `end`. */
void cf_warn_of_failed(const struct cf_ensemble *ensemble, int first, int end, cf_diag *diag);

#endif
