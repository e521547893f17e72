#include "output/results_read.h"

#include <stdlib.h>

static const size_t room = (size_t)8 << 20; /* bytes that are read at a time */
static const double most_failed = 0.01;

enum cf_status cf_walk_draws(cf_results *results, const struct cf_results_variable *v,
                             const struct cf_ensemble *e, int scenario, int point,
                             cf_take_draw *take, void *self, cf_diag *diag)
{
    const struct cf_point_draws *of = cf_point_draws(e, scenario, point);
    enum cf_status status = CF_OK;
    size_t each = 1, nth = 0;
    for (int d = 1; d < v->n_dims; d++)
        each *= v->dim[d]->n;
    const size_t most = room / sizeof(double) / (each + 1) + 1;
    double *value = malloc(most * each * sizeof *value + 1);
    if (!value)
        cf_out_of_memory();
    for (size_t first = of->first; status == CF_OK && first < of->end; first += most) {
        const size_t n = of->end - first < most ? of->end - first : most;
        status = cf_results_read_rows(results, v, first, n, value, diag);
        for (size_t k = 0; status == CF_OK && k < n; k++)
            if (cf_ensemble_has(e, scenario, point, first + k))
                take(self, nth++, value + k * each);
    }
    free(value);
    return status;
}

size_t cf_central_run(const struct cf_ensemble *e, int scenario, int point)
{
    size_t k = 0;
    while (k < e->n_runs &&
           !(e->draw[k] == 0 && e->scenario[k] == scenario && e->point[k] == point))
        k++;
    return k;
}

static void count_failed(const struct cf_ensemble *e, int first, int end, long long *failed,
                         long long *all)
{
    *failed = *all = 0;
    for (int s = first; s < end; s++) {
        for (int p = 0; p < e->n_points; p++) {
            const struct cf_point_draws *of = cf_point_draws(e, s, p);
            *failed += of->n_failed;
            *all += of->n_failed + of->n_good;
        }
    }
}

void cf_warn_of_failed(const struct cf_ensemble *e, int first, int end, cf_diag *diag)
{
    long long failed, all;
    count_failed(e, first, end, &failed, &all);
    if (failed > 0)
        cf_report(diag, CF_WARNING, "results.failed", (struct cf_at){0},
                  "`run_status` says why; what is read off the others may be too good",
                  "%lld of %lld draws were not computed or failed, and are left out", failed, all);
}

enum cf_status cf_judge_draws(const struct cf_ensemble *e, int first, int end, cf_diag *diag)
{
    long long failed, all;
    count_failed(e, first, end, &failed, &all);
    if ((double)failed <= most_failed * (double)all)
        return CF_OK;
    cf_report(diag, CF_ERROR, "results.many-failed", (struct cf_at){0},
              "they are the crowded ones: leaving them out flatters",
              "%lld of %lld draws failed, more than 1%%: these chances and ranges lean to one side",
              failed, all);
    return CF_BROKEN;
}
