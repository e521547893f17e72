#include "engine/record.h"

#include "engine/variables.h"

#include <string.h>

/* Index among a variable's years of year index y, -1: none of them. */
static int year_of(const struct cf_worker *w, const struct cf_variable *v, int y)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    if (strcmp(v->dim[0], "report_year") != 0)
        return y;
    for (int k = 0; k < scenario->n_report_years; k++)
        if (scenario->report_year[k] == w->e->base_year + y)
            return k;
    return -1;
}

/* Which of a batch's records a variable goes to: all, or the central run's alone, in lane 0. */
static int lanes_for(const struct cf_variable *v, const struct cf_records *to)
{
    return v->of_draws ? to->n : to->central ? 1 : 0;
}

static void record_at(struct cf_worker *w, const struct cf_layout *layout,
                      const struct cf_records *to, int y, int summer)
{
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        const struct cf_variable_row *row = &cf_variable_rows[v->row];
        void (*const record)(struct cf_worker *, const struct cf_put *) =
            summer ? row->summer : row->autumn;
        const int at = record ? year_of(w, v, y) : -1, n = lanes_for(v, to);
        if (at < 0 || n == 0)
            continue;
        const size_t a_year = v->size / (size_t)v->extent[0];
        record(w, &(struct cf_put){to->record, n, v->offset + (size_t)at * a_year});
    }
}

void cf_record_year(struct cf_worker *w, const struct cf_layout *layout,
                    const struct cf_records *records)
{
    record_at(w, layout, records, w->y, 0);
}

void cf_record_summer(struct cf_worker *w, const struct cf_layout *layout,
                      const struct cf_records *records)
{
    record_at(w, layout, records, w->y - 1, 1);
}
