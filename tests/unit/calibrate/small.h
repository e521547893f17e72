#ifndef TEST_CALIBRATE_SMALL_H
#define TEST_CALIBRATE_SMALL_H

#include "support/check.h"
#include "support/place.h"

#include "base/diag.h"
#include "calibrate/check.h"
#include "calibrate/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Places in memory of ages 13 to 16 that choose from 14 on; two levels, three statuses (s0 school,
 * s1, s2 fallback; s1 does not participate), one area and group. */
static inline struct cf_model *small_place(void)
{
    const struct place_size size = {.A = 1, .G = 1, .X = 4, .L = 2, .S = 3, .Y = 4, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    m->scenario.duty_default = -1;
    for (int x = 0; x < 4; x++)
        *place_at(m, CF_FIELD_population, (int[]){0, 0, x}) = 100 + x;
    return m;
}

/* A row over the last axis. */
static inline void put(struct cf_model *m, enum cf_field_id field, const int *index,
                       const double *row)
{
    const int last = cf_field_specs[field].n_dims - 1;
    int at[CF_MOST_DIMS];
    memcpy(at, index, (size_t)last * sizeof *at);
    for (at[last] = 0; at[last] < m->field[field].extent[last]; at[last]++)
        *place_at(m, field, at) = row[at[last]];
}

/* The one message of a code, at this severity; "" where there is none. */
static inline const char *told(cf_diag *diag, enum cf_severity severity, const char *code)
{
    const char *text = "";
    for (size_t i = 0; i < cf_diag_count(diag, CF_NOTICE); i++) {
        const struct cf_message m = cf_diag_message(diag, i);
        if (m.severity == severity && !strcmp(m.code, code))
            text = m.text;
    }
    return text;
}

#endif
