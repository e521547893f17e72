#include "exec/push_table.h"

#include <math.h>
#include <string.h>

static const double *shifts(const struct cf_layout *layout, const double *record)
{
    for (int i = 0; i < layout->n_variables; i++)
        if (!strcmp(layout->variable[i].name, "shift"))
            return record + layout->variable[i].offset;
    return NULL;
}

static void add_cell(const struct cf_model *m, const double *shift, size_t cell,
                     struct cf_text *csv)
{
    const struct cf_extent *e = &m->extent;
    const size_t size = m->field[CF_FIELD_push].size;
    const int S = e->S, X = e->X, s = (int)(cell % (size_t)S), x = (int)(cell / (size_t)S) % X;
    const size_t a = cell / (size_t)S / (size_t)X;
    int any = 0;
    for (int y = 0; y < e->Y; y++)
        any |= cf_field_year(&m->field[CF_FIELD_push], y)[cell] != 0 ||
               shift[(size_t)y * size + cell] != 0;
    for (int y = 0; any && y < e->Y; y++) {
        cf_text_format(csv, "%d,%s,%d,%s,", e->base_year + y, m->axis[CF_AXIS_AREA].codes.name[a],
                       e->first_age + x, m->axis[CF_AXIS_STATUS].codes.name[s]);
        cf_text_number(csv, cf_field_year(&m->field[CF_FIELD_push], y)[cell] +
                                shift[(size_t)y * size + cell]);
        cf_text_add(csv, "\n");
    }
}

void cf_push_table(const struct cf_model *model, const struct cf_layout *layout,
                   const double *record, struct cf_text *csv)
{
    const double *shift = shifts(layout, record);
    cf_text_add(csv, "year,area,age,status,value\n");
    for (size_t cell = 0; shift && cell < model->field[CF_FIELD_push].size; cell++)
        add_cell(model, shift, cell, csv);
}

double cf_largest_shift(const struct cf_model *model, const struct cf_layout *layout,
                        const double *record, int where[3])
{
    const struct cf_extent *e = &model->extent;
    const size_t size = model->field[CF_FIELD_push].size, S = (size_t)e->S, X = (size_t)e->X;
    const double *shift = shifts(layout, record);
    double largest = 0;
    for (size_t i = 0; shift && i < size * (size_t)e->Y; i++)
        if (fabs(shift[i]) > fabs(largest)) {
            largest = shift[i];
            where[0] = e->base_year + (int)(i / size);
            where[1] = (int)(i % size / S / X);
            where[2] = e->first_age + (int)(i % size / S % X);
        }
    return largest;
}
