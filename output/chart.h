#ifndef CF_CHART_H
#define CF_CHART_H

#include "base/columns.h"
#include "base/text.h"

/*
 * A chart as data: series over positions, drawn as SVG by one file a kind. Its title says its
 * message; what it shows can be read as a table too. Everything belongs to whoever fills it.
 */
enum cf_chart_kind {
    CF_CHART_FAN,   /* a panel a series (small multiples): value over x, with its bands */
    CF_CHART_LINES, /* series in one panel, each named at its end */
    CF_CHART_STACK, /* series on top of each other over x */
    CF_CHART_HEAT,  /* a row a series, a column an x; shares, coloured and written */
    CF_CHART_RANK,  /* ranks 1, 2, ... of the series over x, 1 on top */
    CF_CHART_DOTS,  /* one position below the other: value, its band, its mark */
    CF_CHART_PAIRS, /* a row an x: the first series to the left, the second to the right */
    CF_CHART_TILES, /* a tile an x at its column and row, coloured by the first series */
    CF_N_CHART_KINDS
};

struct cf_chart_series {
    const char *label;
    const double *value; /* [n_x] NaN: none */
    /* Bands of draws, [n_x]; NULL: none. 90% of them, and the middle half. */
    const double *low, *high, *low_half, *high_half;
    const double *mark; /* [n_x] a target or a comparison; NULL: none */
};

struct cf_chart {
    enum cf_chart_kind kind;
    const char *id;          /* letters, digits and '-', unique in the report: name of a file */
    const char *title;       /* the message, a sentence */
    const char *description; /* what is drawn, for who cannot see it */
    const char *scenario;    /* its code; NULL: of all */
    const char *x_name, *series_name, *value_name; /* headings of the table */
    const char *mark_name;                         /* NULL: there are no marks */
    int is_share;                                  /* 1: values are told as percentages */
    int in_ten;         /* futures of ten that the outer band is of; 0: nine */
    int dark_is_little; /* of CF_CHART_HEAT: what is little is to be seen first */
    int n_x, n_series;
    const char *const *x; /* [n_x] labels */
    const int *at;        /* [n_x] where they stand (years); NULL: one after the other */
    int ranges_from;      /* `at` from which on only ranges are drawn, no middle line; 0: nowhere */
    const int *tile_column, *tile_row; /* [n_x] of CF_CHART_TILES */
    const struct cf_chart_series *series;
};

/* Append <svg>...</svg>, complete in itself. `alone`: with a namespace and its own colours, as a
 * file of its own. */
void cf_chart_draw(struct cf_text *svg, const struct cf_chart *chart, int alone);

/* What it shows, a row each series and position: series_name, x_name, value_name and what it has of
 * `low`, `low_half`, `high_half`, `high`, mark_name. The texts belong to the chart: free the table
 * first. */
void cf_chart_table(struct cf_table *table, const struct cf_chart *chart);

#endif
