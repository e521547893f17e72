#include "engine/pools.h"

static const char *label_of(const struct cf_model *model, const char *code)
{
    const struct cf_axis *authority = &model->axis[CF_AXIS_AUTHORITY];
    const int h = cf_names_find(&authority->codes, code);
    return h >= 0 && authority->label ? authority->label[h] : code;
}

void cf_pools_of(const struct cf_model *model, struct cf_arena *arena, struct cf_pools *pools)
{
    const struct cf_axis *area = &model->axis[CF_AXIS_AREA];
    const int A = model->extent.A;
    struct cf_names names;
    int without = 0;
    cf_names_init(&names, arena);
    *pools = (struct cf_pools){.of_area = CF_TAKE(arena, (size_t)A, int)};
    for (int a = 0; a < A; a++) {
        const char *code = cf_axis_value(area, "authority", a);
        const int named = code != NULL && code[0] != '\0';
        without |= !named;
        pools->of_area[a] = named ? cf_names_add(&names, code) : -1;
    }
    const int alone = names.n == 1 && !without; /* `all` under another name */
    const int n = alone ? 0 : names.n;
    pools->n = n + 1;
    pools->code = CF_TAKE(arena, (size_t)pools->n, const char *);
    pools->label = CF_TAKE(arena, (size_t)pools->n, const char *);
    for (int p = 0; p < n; p++) {
        pools->code[p] = names.name[p];
        pools->label[p] = label_of(model, names.name[p]);
    }
    pools->code[n] = "all";
    pools->label[n] = alone ? label_of(model, names.name[0]) : "all areas";
}
