#ifndef CF_RESULTS_PARTS_H
#define CF_RESULTS_PARTS_H

#include "output/results_content.h"

/* What results_content.c and results_inputs.c share: a file whose contents are being laid down. */

#define CF_MOST_SCALES 64

/* A label or attribute of a dimension: a variable along it. */
struct cf_companion {
    const char *dim, *name;
};

struct cf_content {
    const struct cf_results_plan *plan;
    const struct cf_model *model; /* of the first scenario; the axes are those of all */
    cf_h5 *h5;
    cf_diag *diag;
    struct cf_arena arena;
    struct cf_names taken; /* names in the root */
    const char *scale[CF_MOST_SCALES];
    size_t extent[CF_MOST_SCALES];
    int n_scales;
    struct cf_companion *companion;
    int n_companions, room;
};

/* "/name". */
const char *cf_content_path(struct cf_content *content, const char *name);
/* Index of a dimension of the root, or -1. */
int cf_content_find(const struct cf_content *content, const char *name);

/* A dimension, where it has members; values: its coordinate, or NULL: put later. */
void cf_content_scale(struct cf_content *content, const char *name, enum cf_h5_type type, size_t n,
                      const void *values, const char *long_name);
/* A label or attribute of a dimension's members, where there is such a dimension. */
void cf_content_companion(struct cf_content *content, const char *dim, const char *attribute,
                          const char *const *text, const char *long_name);

/* What is decided with, and what the scenarios have decided. */
void cf_content_decision_scales(struct cf_content *content);
void cf_content_decisions(struct cf_content *content);

/* What the offers are, and travel; the values of the sweep; what indicators are held against. */
void cf_content_provision(struct cf_content *content);
void cf_content_sweep(struct cf_content *content);
void cf_content_indicators(struct cf_content *content);
/* What the uncertain entries are drawn for. */
void cf_content_entries(struct cf_content *content);

#endif
