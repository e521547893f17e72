#include "output/table_weights.h"

#include "base/arena.h"
#include "base/text.h"
#include "model/indicator.h"

#include <stdlib.h>
#include <string.h>

int cf_variable_is_weighted(const cf_results *results, const struct cf_results_variable *variable)
{
    const struct cf_results_variable *population = cf_results_find(results, "population");
    if (!cf_text_same(variable->name, "coverage") &&
        !cf_text_same(variable->name, "attained_by_19"))
        return 0;
    if (!population || population->n_dims != 5 || variable->n_dims != 4)
        return 0;
    for (int d = 0; d < 3; d++)
        if (population->dim[d] != variable->dim[d])
            return 0;
    return 1;
}

/* Which ages the residents are of, 1 or 0 each; NULL when reading failed. */
static double *ages_of(cf_results *results, const struct cf_results_variable *variable,
                       const struct cf_results_dim *age, cf_diag *diag)
{
    const struct cf_results_variable *marked = cf_results_find(results, "coverage_age");
    if (marked && cf_text_same(variable->name, "coverage"))
        return cf_results_read(results, marked, diag);
    double *is = calloc(age->n + 1, sizeof *is);
    if (!is)
        cf_out_of_memory();
    for (size_t x = 0; x < age->n; x++)
        is[x] = age->number[x] == CF_ATTAINED_AGE;
    return is;
}

double *cf_variable_weights(cf_results *results, const struct cf_results_variable *variable,
                            cf_diag *diag)
{
    const struct cf_results_variable *population = cf_results_find(results, "population");
    const struct cf_results_dim *age = cf_results_dim(results, "age");
    const struct cf_results_dim *group = cf_results_dim(results, "group");
    if (!population || !age || !group)
        return NULL;
    double *persons = cf_results_read(results, population, diag);
    double *counted = persons ? ages_of(results, variable, age, diag) : NULL;
    double *weight = NULL;
    size_t rows = 1, last = variable->dim[variable->n_dims - 1]->n;
    for (int d = 0; d + 1 < variable->n_dims; d++)
        rows *= variable->dim[d]->n; /* run, year, area: those of population */
    if (counted && !(weight = calloc(rows * last + 1, sizeof *weight)))
        cf_out_of_memory();
    for (size_t row = 0; counted && row < rows; row++) {
        double residents = 0;
        for (size_t c = 0; c < group->n * age->n; c++)
            residents += counted[c % age->n] * persons[row * group->n * age->n + c];
        for (size_t k = 0; k < last; k++)
            weight[row * last + k] = residents;
    }
    free(persons);
    free(counted);
    return weight;
}
