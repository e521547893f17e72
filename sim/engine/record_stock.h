#ifndef CF_RECORD_STOCK_H
#define CF_RECORD_STOCK_H

#include "engine/record_put.h"

/* What is recorded of who is where in a year, each as its row in variables.c says. */
void cf_record_population(struct cf_worker *worker, const struct cf_put *to);
void cf_record_ledger(struct cf_worker *worker, const struct cf_put *to);
void cf_record_stock(struct cf_worker *worker, const struct cf_put *to);
void cf_record_level_stock(struct cf_worker *worker, const struct cf_put *to);
void cf_record_attained(struct cf_worker *worker, const struct cf_put *to);
void cf_record_indicators(struct cf_worker *worker, const struct cf_put *to);
void cf_record_summer_indicators(struct cf_worker *worker, const struct cf_put *to);
void cf_record_pooled(struct cf_worker *worker, const struct cf_put *to);
void cf_record_summer_pooled(struct cf_worker *worker, const struct cf_put *to);
void cf_record_shift(struct cf_worker *worker, const struct cf_put *to);

#endif
