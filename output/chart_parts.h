#ifndef CF_CHART_PARTS_H
#define CF_CHART_PARTS_H

#include "output/chart.h"

/* One function a kind; chart.c calls them. */
typedef void cf_chart_kind_draw(struct cf_text *svg, const struct cf_chart *chart, int alone);
cf_chart_kind_draw cf_chart_fan, cf_chart_lines, cf_chart_stack, cf_chart_heat, cf_chart_rank,
    cf_chart_dots, cf_chart_pairs, cf_chart_tiles;

/* Where position x stands among `n` of them: their numbers, or their order. */
double cf_chart_at(const struct cf_chart *chart, int x);

#endif
