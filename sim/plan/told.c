#include "plan/told.h"

#include "base/text.h"

#include <math.h>

const char *cf_chance_told(struct cf_arena *arena, double p, double se)
{
    if (isnan(p))
        return "-";
    const double percent = 100 * p;
    const char *chance = p > 0 && percent < 1    ? "<1%"
                         : p < 1 && percent > 99 ? ">99%"
                                                 : cf_arena_format(arena, "%.0f%%", percent);
    return se > 0 ? cf_arena_format(arena, "%s \xc2\xb1%.*f", chance, se < 0.01 ? 1 : 0, 100 * se)
                  : chance;
}

void cf_tell_scenarios(struct cf_table *table, const cf_results *results)
{
    const struct cf_results_dim *dim = cf_results_dim(results, "scenario");
    for (int c = 0; c < table->n_columns && dim && dim->label; c++) {
        struct cf_column *column = &table->column[c];
        if (!cf_text_same(column->name, "scenario"))
            continue;
        column->label = CF_TAKE(&table->arena, table->n_rows, const char *);
        for (size_t row = 0; row < table->n_rows; row++) {
            column->label[row] = column->text[row];
            for (size_t k = 0; k < dim->n; k++)
                if (cf_text_same(dim->code[k], column->text[row]) && dim->label[k][0])
                    column->label[row] = dim->label[k];
        }
    }
}
