#ifndef CF_RECORD_PLACES_H
#define CF_RECORD_PLACES_H

#include "engine/record_put.h"

/* What is recorded of places and travel in a year, each as its row in record.c says. */
void cf_record_first_choice(struct cf_worker *worker, const struct cf_put *to);
void cf_record_demand(struct cf_worker *worker, const struct cf_put *to);
void cf_record_placed(struct cf_worker *worker, const struct cf_put *to);
void cf_record_unplaced(struct cf_worker *worker, const struct cf_put *to);
void cf_record_too_far(struct cf_worker *worker, const struct cf_put *to);
void cf_record_crowded_out(struct cf_worker *worker, const struct cf_put *to);
void cf_record_unplaced_group(struct cf_worker *worker, const struct cf_put *to);
void cf_record_minutes(struct cf_worker *worker, const struct cf_put *to);
void cf_record_journey_minutes(struct cf_worker *worker, const struct cf_put *to);
void cf_record_journey_reach(struct cf_worker *worker, const struct cf_put *to);
void cf_record_usable(struct cf_worker *worker, const struct cf_put *to);
void cf_record_arrivals(struct cf_worker *worker, const struct cf_put *to);
void cf_record_enrolled(struct cf_worker *worker, const struct cf_put *to);
void cf_record_shortfall(struct cf_worker *worker, const struct cf_put *to);
void cf_record_spare(struct cf_worker *worker, const struct cf_put *to);
void cf_record_scarcity(struct cf_worker *worker, const struct cf_put *to);
void cf_record_good_share(struct cf_worker *worker, const struct cf_put *to);
void cf_record_access(struct cf_worker *worker, const struct cf_put *to);
void cf_record_coverage(struct cf_worker *worker, const struct cf_put *to);
void cf_record_flow(struct cf_worker *worker, const struct cf_put *to);
void cf_record_flow_offer(struct cf_worker *worker, const struct cf_put *to);

#endif
