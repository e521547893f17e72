/*
 * How fast is the year step? Steps the reference country (areas x groups x ages x levels x
 * statuses over the years of a projection), eight runs wide, on one core, beside a plain scalar
 * loop of the same model (one run), alternating, in one process.
 *
 *   step [areas [years [repeats]]]
 *
 * A cell-update is one (area, group, age, level, status, year) of one run. Times of one call mean
 * little on a shared machine; the ratio of the medians is what to compare.
 */
#include "tests/support/place.h"

#include "base/clock.h"
#include "base/order.h"
#include "design/bind.h"
#include "engine/select.h"
#include "engine/step.h"
#include "engine/year_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_REPEATS 99

static double median(double *value, int n)
{
    cf_sort_numbers(value, (size_t)n);
    return n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

/* Seconds of the year steps alone: inputs bound beforehand, nothing recorded. */
static double time_steps(struct cf_worker *w, struct cf_binding *binding)
{
    double seconds = 0;
    cf_bind_year(binding, 0, &w->inputs);
    cf_start(w);
    for (int y = 1; y < w->e->Y; y++) {
        cf_bind_year(binding, y, &w->inputs);
        const double before = cf_seconds();
        cf_step(w);
        seconds += cf_seconds() - before;
    }
    return seconds;
}

static double time_plain(const struct cf_model *m, double parts[PLAIN_TIMED])
{
    const double before = cf_seconds();
    struct place_result result = place_run_plain_timed(m, parts);
    const double seconds = cf_seconds() - before;
    place_result_free(&result);
    return seconds;
}

/* Which part of the plain loop does what a process does; -1: not timed there. */
static int part_of(const char *process)
{
    static const char *const name[PLAIN_TIMED] = {"attain", "choose", "comply"};
    for (int k = 0; k < PLAIN_TIMED; k++)
        if (!strcmp(process, name[k]))
            return k;
    return -1;
}

int main(int argc, char **argv)
{
    const int areas = argc > 1 ? atoi(argv[1]) : 350, years = argc > 2 ? atoi(argv[2]) : 11;
    int repeats = argc > 3 ? atoi(argv[3]) : 5;
    repeats = repeats < 1 ? 1 : repeats > MOST_REPEATS ? MOST_REPEATS : repeats;
    const struct place_size size = {
        .A = areas, .G = 6, .X = 25, .L = 3, .S = 10, .Y = years + 1, .choice_x = 14};
    struct place_random random = {2009};
    struct cf_model *m = place_new_random(&size, &random);
    struct cf_field *dwellings = &m->field[CF_FIELD_dwellings];
    for (size_t i = 0; i < (size_t)dwellings->n_years * dwellings->size; i++)
        dwellings->value[i] = 0; /* the plain model's way of sharing homes out is quadratic */

    const struct cf_kernels *kernels = cf_select_kernels(NULL);
    struct cf_worker worker;
    struct cf_binding binding;
    double parts[PLAIN_TIMED] = {0}, wide[MOST_REPEATS], plain[MOST_REPEATS];
    cf_worker_init(&worker, m, kernels);
    cf_binding_init(&binding, m, &worker.arena);
    worker.seconds = CF_TAKE(&worker.arena, (size_t)cf_n_processes, double);
    for (int i = 0; i < repeats; i++) {
        plain[i] = time_plain(m, parts);
        wide[i] = time_steps(&worker, &binding);
    }
    const double cells = (double)areas * (double)worker.block * years;
    const double fast = cells * CF_LANES / median(wide, repeats),
                 slow = cells / median(plain, repeats);
    printf("%d areas, 6 groups, 25 ages, 3 levels, 10 statuses from choice_age, %d years; "
           "%d repeats; 1 core, kernels %s\n",
           areas, years, repeats, kernels->build);
    printf("year step, 8 runs wide   %8.1f million cell-updates/s\n", fast / 1e6);
    printf("plain scalar loop        %8.1f million cell-updates/s\n", slow / 1e6);
    printf("ratio                    %8.1f\n", fast / slow);
    double all = 0;
    for (int p = 0; p < cf_n_processes; p++)
        all += worker.seconds[p];
    printf("  process        share   ns a cell-update, and of the plain loop\n");
    for (int p = 0; p < cf_n_processes; p++) {
        printf("  %-13s %5.1f %%  %8.3f", cf_year_plan[p].name, 100 * worker.seconds[p] / all,
               1e9 * worker.seconds[p] / (cells * CF_LANES * repeats));
        const int part = part_of(cf_year_plan[p].name);
        if (part >= 0)
            printf("  %8.3f", 1e9 * parts[part] / (cells * repeats));
        printf("\n");
    }
    double stepped = 0;
    for (int i = 0; i < repeats; i++)
        stepped += wide[i];
    printf("  %-13s %5.1f %% of the step (counting persons afresh after every process)\n", "ledger",
           100 * (1 - all / stepped));
    cf_worker_free(&worker);
    place_free(m);
    return 0;
}
