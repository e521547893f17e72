/* Proves: each criterion is what MODEL.md 9.4 says, in [0, 1], and one for each that can be
 * weighed. */
#include "support/check.h"

#include "plan/criteria.h"

#include <math.h>
#include <string.h>

static double value_of(const char *code, const struct cf_gap_facts *facts,
                       const struct cf_gap_draw *draw)
{
    for (int k = 0; k < CF_N_CRITERIA; k++)
        if (strcmp(cf_criteria[k].code, code) == 0)
            return cf_criterion_value(k, facts, draw);
    fail_msg("no criterion %s", code);
    return 0;
}

static struct cf_gap_facts facts;
static struct cf_gap_draw draw;

static void begin(void)
{
    facts = (struct cf_gap_facts){.entitlement = 1,
                                  .coverage = 0.75,
                                  .good_share = 0.6,
                                  .cost = 2385,
                                  .lead = 2,
                                  .spare = 5,
                                  .own_sites = 1,
                                  .own_route = 1,
                                  .option = -1,
                                  .now = 2009,
                                  .last_year = 2020};
    draw = (struct cf_gap_draw){.unplaced = 20,
                                .demand = 412,
                                .is_short = 1,
                                .first_short = 2015,
                                .short_share = 2.0 / 3,
                                .hardest_hit = 4};
}

#define NEAR(code, expected) assert_true(fabs(value_of(code, &facts, &draw) - (expected)) < 1e-12)

static void by_hand(void **state)
{
    (void)state;
    begin();
    NEAR("unmet", log(21) / log(1001));
    NEAR("entitlement", 0.25);
    NEAR("equity", 0.75);
    NEAR("quality", 0.4);
    NEAR("urgency", 1 - 4.0 / 11);
    NEAR("persistence", 2.0 / 3);
    NEAR("cost", 2385.0 / 7385);
    NEAR("deliverability", (0.25 + 1) / 2);
    facts.has_options = 1;
    NEAR("deliverability", (0.25 + 1) / 3);
    facts.option = 0;
    facts.own_sites = 0;
    NEAR("deliverability", (0.25 + 0.5 + 1) / 3);
}

static void at_the_ends(void **state)
{
    (void)state;
    begin();
    draw.unplaced = 1e6;
    draw.first_short = 2011;
    draw.hardest_hit = 0.5;
    facts.entitlement = 0;
    NEAR("unmet", 1);
    NEAR("urgency", 1); /* too late already */
    NEAR("equity", 0);
    NEAR("entitlement", 0);
    draw = (struct cf_gap_draw){.hardest_hit = 4};
    NEAR("unmet", 0);
    NEAR("urgency", 0);
    NEAR("persistence", 0);
    /* Nothing is short: nobody is hit, a place serves nobody, there is nothing to deliver. */
    NEAR("equity", 0);
    NEAR("cost", 1);
    NEAR("deliverability", 0);
}

static void what_is_not_known(void **state)
{
    (void)state;
    begin();
    facts.coverage = facts.good_share = facts.cost = (double)NAN;
    draw.hardest_hit = (double)NAN;
    NEAR("entitlement", 0);
    NEAR("quality", 0);
    NEAR("cost", 0.5);
    NEAR("equity", 0);
    for (int k = 0; k < CF_N_CRITERIA; k++) {
        const double value = cf_criterion_value(k, &facts, &draw);
        assert_true(value >= 0 && value <= 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(at_the_ends),
        cmocka_unit_test(what_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
