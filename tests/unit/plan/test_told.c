#include "support/check.h"

#include "plan/told.h"

#include <math.h>

static void chances(void **state)
{
    static const struct {
        double p, se;
        const char *told;
    } cases[] = {
        {0.374, 0.034,
         "37% \xc2\xb1"
         "3"},
        {0.5, 0.0049,
         "50% \xc2\xb1"
         "0.5"},
        {0, 0, "0%"},
        {1, 0, "100%"},
        {0.004, 0, "<1%"},
        {0.996, 0, ">99%"},
        {0.99, 0, "99%"},
        {0.01, 0, "1%"},
        {NAN, NAN, "-"},
    };
    struct cf_arena arena;
    (void)state;
    cf_arena_init(&arena);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_string_equal(cf_chance_told(&arena, cases[k].p, cases[k].se), cases[k].told);
    cf_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(chances)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
