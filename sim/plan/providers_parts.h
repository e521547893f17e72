#ifndef CF_PROVIDERS_PARTS_H
#define CF_PROVIDERS_PARTS_H

#include "output/results_read.h"
#include "plan/funding.h"
#include "plan/providers.h"
#include "plan/sheet.h"

/* How providers.c works out what is ahead of providers and providers_table.c tells it. */

enum { CF_PROVIDER_QUANTILES = 3 };

/* What a provider's offers come to in a central run and year. */
struct cf_taught {
    double enrolled, arrivals, usable;
    double sln, income, cost; /* NaN: no line of its offers says */
    int lines, gained, lost, below;
};

/* A row. */
struct cf_prospect {
    struct cf_taught now, then;
    double quantile[CF_PROVIDER_QUANTILES], p_below, se; /* NaN: there are no draws */
    int n_draws;
};

struct cf_providers {
    struct cf_sheet sheet;
    const struct cf_provider_query *query;
    struct cf_ensemble ensemble;
    struct cf_line_money *money;
    const int *offer_site, *offer_line;
    const double *enrolled, *arrivals, *usable; /* [run][year][offer] */
    const struct cf_results_variable *drawn;    /* of enrolled, NULL: there are no draws */
    int n, n_sites;                             /* providers; `all` comes after them */
    struct cf_member *provider;                 /* [n + 1] */
    int *of_site, *sites;                       /* [site], [n + 1] */
    int *sites_here;                            /* [n + 1] */
    unsigned char *is_here;   /* [site] 0: outside every area; others learn there too, unknown */
    int first, end;           /* scenarios asked for */
    int shown;                /* the provider asked for, -1: all */
    int has_income, has_cost; /* a line has what it takes */
    struct cf_column *column; /* the first behind those of the point */
};

/* Whether so many learners are taught: half a learner is one. */
int cf_is_taught(double enrolled);

void cf_provider_columns(struct cf_providers *of, size_t rows);
void cf_provider_row(struct cf_providers *of, int scenario, int point, int year, int provider,
                     const struct cf_prospect *prospect);
/* The same for people. */
void cf_provider_columns_told(struct cf_providers *of, size_t rows);
void cf_provider_row_told(struct cf_providers *of, int scenario, int point, int year, int provider,
                          const struct cf_prospect *prospect);

#endif
