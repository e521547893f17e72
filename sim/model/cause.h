#ifndef CF_CAUSE_H
#define CF_CAUSE_H

/*
 * What makes a year another than the base year, so far as each can be taken away by itself:
 * MODEL.md 9.2. A set of causes is the sum of 1 << cause.
 */
enum cf_cause {
    CF_CAUSE_DEMOGRAPHY,
    CF_CAUSE_PROGRESSION,
    CF_CAUSE_VIEWS,
    CF_CAUSE_ECONOMY,
    CF_CAUSE_POLICY,
    CF_CAUSE_ACCESS,
    CF_CAUSE_CAPACITY,
    CF_N_CAUSES
};

struct cf_cause_row {
    const char *name;
    const char *off; /* what is the case without it, in words */
};
extern const struct cf_cause_row cf_causes[CF_N_CAUSES];

#endif
