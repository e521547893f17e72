#include "output/table_weights.h"

#include "base/arena.h"
#include "base/text.h"
#include "model/indicator.h"

#include <stdlib.h>
#include <string.h>

static const char of_draws[] = "_draws";

/* Whether a variable is the one of that name, or what is kept of it for draws: then *draws is 1. */
static int is_named(const struct cf_results_variable *variable, const char *name, int *draws)
{
    *draws = 0;
    if (!cf_text_starts(variable->name, name))
        return 0;
    const char *tail = variable->name + strlen(name);
    *draws = cf_text_same(tail, of_draws);
    return *draws || !tail[0];
}

int cf_variable_is_residents_share(const struct cf_results_variable *variable)
{
    int draws;
    return is_named(variable, "coverage", &draws) || is_named(variable, "attained_by_19", &draws);
}

/* Which member of `years` each of some years is, -1: none of them. */
static int year_at(const struct cf_results_dim *years, int year)
{
    for (size_t y = 0; years->number && y < years->n; y++)
        if (years->number[y] == year)
            return (int)y;
    return -1;
}

static const struct cf_results_variable *residents(const cf_results *results,
                                                   const struct cf_results_variable *variable)
{
    int draws;
    if (!is_named(variable, "coverage", &draws) && !is_named(variable, "attained_by_19", &draws))
        return NULL;
    return cf_results_find(results, draws ? "population_draws" : "population");
}

int cf_variable_is_weighted(const cf_results *results, const struct cf_results_variable *variable)
{
    const struct cf_results_variable *population = residents(results, variable);
    if (!population || population->n_dims != 5 || variable->n_dims != 4)
        return 0;
    if (population->dim[0] != variable->dim[0] || population->dim[2] != variable->dim[2] ||
        population->dim[3] != cf_results_dim(results, "group") ||
        population->dim[4] != cf_results_dim(results, "age") || !population->dim[4]->number)
        return 0;
    const struct cf_results_dim *year = variable->dim[1];
    for (size_t y = 0; y < year->n; y++)
        if (!year->number || year_at(population->dim[1], year->number[y]) < 0)
            return 0;
    return 1;
}

/* Which ages the residents are of, 1 or 0 each; NULL when reading failed. */
static double *ages_of(cf_results *results, const struct cf_results_variable *variable,
                       const struct cf_results_dim *age, cf_diag *diag)
{
    const struct cf_results_variable *marked = cf_results_find(results, "coverage_age");
    if (marked && marked->n_dims == 1 && marked->dim[0] == age &&
        cf_text_starts(variable->name, "coverage"))
        return cf_results_read(results, marked, diag);
    double *is = calloc(age->n + 1, sizeof *is);
    if (!is)
        cf_out_of_memory();
    for (size_t x = 0; x < age->n; x++)
        is[x] = age->number[x] == CF_ATTAINED_AGE;
    return is;
}

/*
 * weight[run][year][area][k] = sum over groups g and counted ages x of
 * population[run][year][area][g][x]
 */
static void count_residents(const struct cf_results_variable *variable,
                            const struct cf_results_variable *population, size_t n,
                            const double *persons, const double *counted, double *weight)
{
    const size_t Y = variable->dim[1]->n, A = variable->dim[2]->n, K = variable->dim[3]->n;
    const size_t X = population->dim[4]->n, cells = population->dim[3]->n * X;
    for (size_t row = 0; row < n * Y * A; row++) {
        const int year = variable->dim[1]->number[row / A % Y];
        const size_t y = (size_t)year_at(population->dim[1], year);
        const double *of =
            persons + ((row / (A * Y) * population->dim[1]->n + y) * A + row % A) * cells;
        double sum = 0;
        for (size_t c = 0; c < cells; c++)
            sum += counted[c % X] * of[c];
        for (size_t k = 0; k < K; k++)
            weight[row * K + k] = sum;
    }
}

double *cf_variable_weights(cf_results *results, const struct cf_results_variable *variable,
                            size_t first, size_t n, cf_diag *diag)
{
    const struct cf_results_variable *population = residents(results, variable);
    size_t people = n, values = n;
    for (int d = 1; d < population->n_dims; d++)
        people *= population->dim[d]->n;
    for (int d = 1; d < variable->n_dims; d++)
        values *= variable->dim[d]->n;
    double *persons = malloc(people * sizeof *persons + 1);
    double *weight = malloc(values * sizeof *weight + 1);
    if (!persons || !weight)
        cf_out_of_memory();
    double *counted = ages_of(results, variable, population->dim[4], diag);
    const int read =
        counted && cf_results_read_rows(results, population, first, n, persons, diag) == CF_OK;
    if (read)
        count_residents(variable, population, n, persons, counted, weight);
    free(persons);
    free(counted);
    if (read)
        return weight;
    free(weight);
    return NULL;
}
