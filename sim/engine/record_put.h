#ifndef CF_RECORD_PUT_H
#define CF_RECORD_PUT_H

#include "engine/worker.h"

/* Where one variable of one year begins in each lane's record. */
struct cf_put {
    double *const *record;
    int n_lanes;
    size_t offset;
};

static inline void cf_put(const struct cf_put *to, size_t i, const lanes *value)
{
    for (int k = 0; k < to->n_lanes; k++)
        to->record[k][to->offset + i] = (*value)[k];
}

#endif
