#ifndef CF_YEAR_PLAN_H
#define CF_YEAR_PLAN_H

#include "engine/worker.h"

/*
 * The year as a table. A process works on one area at a time; a pass goes over the areas in
 * order, and within an area over the processes of the pass, while its stock is in cache. A process
 * that needs what all areas did (the pool, all areas' stock) stands in a later pass.
 */
#define CF_SUMMER 0 /* the pass that ends the year; the only one of the year after the last */

struct cf_process {
    const char *name;
    int pass; /* from 0, ascending */
    /* Whether the year's inputs give it anything to do. */
    int (*active)(const struct cf_worker *worker);
    void (*run)(struct cf_worker *worker, int area);
    int once; /* 1: called once at the start of its pass, with area 0, for all areas */
};

extern const struct cf_process cf_year_plan[];
extern const int cf_n_processes;

#endif
