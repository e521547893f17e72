#include "place.h"

#include "exec/batch.h"

#include <stdlib.h>
#include <string.h>

/* The variables a result takes from the record, by name. */
static const struct {
    const char *name;
    size_t at;
} taken[] = {
#define TAKEN(name, member)                                                                        \
    {                                                                                              \
        name, offsetof(struct place_result, member)                                                \
    }
    TAKEN("population", population),
    TAKEN("ledger", ledger),
    TAKEN("stock", stock),
    TAKEN("level_stock", level_stock),
    TAKEN("attained_by_19", attained),
    TAKEN("shift", shift),
    TAKEN("demand", demand),
    TAKEN("placed", placed),
    TAKEN("unplaced", unplaced),
    TAKEN("too_far", too_far),
    TAKEN("crowded_out", crowded_out),
    TAKEN("coverage", coverage),
    TAKEN("usable", usable),
    TAKEN("arrivals", arrivals),
    TAKEN("enrolled", enrolled),
    TAKEN("shortfall", shortfall),
    TAKEN("spare", spare),
    TAKEN("scarcity", scarcity),
    TAKEN("access", access),
    TAKEN("flow", flow),
    TAKEN("good_share", good_share),
#undef TAKEN
};

static double **slot(struct place_result *result, size_t k)
{
    return (double **)(void *)((char *)result + taken[k].at);
}

const double *place_variable(const struct place_result *result, const char *name)
{
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
        if (!strcmp(taken[k].name, name))
            return *slot((struct place_result *)result, k);
    return NULL;
}

struct place_result place_run(const struct cf_model *m, const struct cf_kernels *kernels)
{
    struct cf_batch batch;
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_batch_init(&batch, m, kernels);
    const struct cf_layout *layout = cf_record_layout(&arena, m);
    double *record = CF_TAKE(&arena, layout->length, double);
    const struct cf_trouble trouble = cf_batch_run(&batch, layout, record);
    struct place_result result = {.status = (int)trouble.status};
    for (int i = 0; i < layout->n_variables; i++)
        for (size_t k = 0; k < sizeof taken / sizeof *taken; k++) {
            const struct cf_variable *v = &layout->variable[i];
            if (strcmp(v->name, taken[k].name) != 0)
                continue;
            /* One more: an axis may have no members. */
            double *copy = malloc((v->size + 1) * sizeof *copy);
            if (!copy)
                abort();
            memcpy(copy, record + v->offset, v->size * sizeof *copy);
            *slot(&result, k) = copy;
        }
    cf_batch_free(&batch);
    cf_arena_free(&arena);
    return result;
}

void place_result_free(struct place_result *result)
{
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
        free(*slot(result, k));
}
