#include "small.h"

/*
 * One area, group, age and level; routes A (lines 0 and 1) and B (line 2), work, and the fallback.
 * 60, 20, 15 and 5 persons; of A 40 were there last year, of B all.
 */
enum { A, B, WORK, FALLBACK, S };
enum { I = 3 };

static const int last[1] = {0}, route[I] = {A, A, B}, from[I] = {0}, to[I] = {0};
static const unsigned char provided[S] = {1, 1, 0, 0}, others[2] = {1, 1}, nobody[1] = {0};
static const struct cf_extent e = {.G = 1,
                                   .X = 1,
                                   .L = 1,
                                   .S = S,
                                   .choice_x = 0,
                                   .n_narrow = 0,
                                   .school = WORK,
                                   .fallback = FALLBACK,
                                   .last_x = last};
static const struct cf_lines lines = {
    .I = I, .route = route, .from_x = from, .to_x = to, .others = others, .provided = provided};

struct area {
    lanes stock[S], stay[S], share[I], refused[CF_N_PASSES * I], open[2 * I], again[2 * I];
    lanes scratch[(S + I) + S + 3 * I];
    int list[1 + I];
    struct cf_seekers who;
};

/* Half of the entrants to line 0 are refused; 0.4 of line 1 and 0.5 of line 2 are still open. */
static void init(struct area *a)
{
    *a = (struct area){
        .stock = {counts(60), counts(20), counts(15), counts(5)},
        .stay = {counts(40), counts(20), counts(9), counts(2)},
        .share = {lanes_of(0.75), lanes_of(0.25), lanes_of(1)},
        .open = {lanes_of(0), lanes_of(0.4), lanes_of(0.5)},
        .who = {.lines = &lines, .protected_groups = nobody, .n_rounds = 1},
    };
    a->refused[CF_OTHERS * I] = lanes_of(0.5);
    a->who.line_share = a->share;
    a->who.stay = a->stay;
    a->who.refused = a->refused;
    a->who.open = a->open;
    a->who.refused_again = a->again;
    a->who.scratch = a->scratch;
    a->who.list = a->list;
}

/* Continuers first: 40 and 20; the 20 who come to A are others, or protected where the group is. */
static void first_choices_by_pass(void **state)
{
    static const unsigned char all[1] = {1};
    struct area a;
    lanes demand[CF_N_PASSES * I] = {0};
    long missing = 0;
    (void)state;
    init(&a);
    kernels()->ask(&e, &a.who, a.stock, demand, &missing);
    assert_counts(demand[CF_CONTINUERS * I], 30);
    assert_counts(demand[CF_CONTINUERS * I + 1], 10);
    assert_counts(demand[CF_CONTINUERS * I + 2], 20);
    assert_counts(demand[CF_PROTECTED * I], 0);
    assert_counts(demand[CF_OTHERS * I], 15);
    assert_counts(demand[CF_OTHERS * I + 1], 5);
    assert_counts(demand[CF_OTHERS * I + 2], 0);
    assert_int_equal(missing, 0);
    a.who.protected_groups = all;
    a.who.stay = NULL; /* the base year: everybody was there */
    kernels()->ask(&e, &a.who, a.stock, demand, &missing);
    assert_counts(demand[CF_CONTINUERS * I], 30 + 45);
    assert_counts(demand[CF_PROTECTED * I], 0);
}

/* Shares count among the lines that serve the age; with none of them, the cell is named. */
static void shares_of_the_lines_that_serve(void **state)
{
    static const int late[I] = {1, 0, 0};
    struct cf_lines some = lines;
    struct area a;
    lanes demand[CF_N_PASSES * I] = {0};
    long missing = 0;
    (void)state;
    init(&a);
    some.from_x = late;
    a.who.lines = &some;
    kernels()->ask(&e, &a.who, a.stock, demand, &missing);
    assert_counts(demand[CF_CONTINUERS * I], 0);
    assert_counts(demand[CF_CONTINUERS * I + 1], 40);
    assert_int_equal(missing, 0);
    a.share[2] = lanes_of(0);
    kernels()->ask(&e, &a.who, a.stock, demand, &missing);
    assert_int_equal(missing, 1 + B);
}

/*
 * 7.5 are refused: 0.75 of the 20 who came, times 0.5. They weigh work and fallback with 15 and 5,
 * line 1 with 60 x 0.25 x 0.4 = 6, line 2 with 20 x 0.5 = 10: 36 in all.
 */
static void second_choices(void **state)
{
    struct area a;
    lanes demand[I] = {0};
    (void)state;
    init(&a);
    kernels()->ask_again(&e, &a.who, a.stock, 0, demand);
    assert_counts(demand[0], 0);
    assert_counts(demand[1], 7.5 * 6 / 36);
    assert_counts(demand[2], 7.5 * 10 / 36);
}

/* Line 2 refuses 0.3 of those again: they have nowhere else to be. */
static void all_take_up_what_there_is(void **state)
{
    struct area a;
    (void)state;
    init(&a);
    a.again[2] = lanes_of(0.3);
    kernels()->take_up(&e, &a.who, a.stock);
    assert_counts(a.stock[A], 60 - 7.5 + 7.5 * 6 / 36);
    assert_counts(a.stock[B], 20 + 0.7 * 7.5 * 10 / 36);
    assert_counts(a.stock[WORK], 15 + 7.5 * 15 / 36);
    assert_counts(a.stock[FALLBACK], 5 + 7.5 * 5 / 36 + 0.3 * 7.5 * 10 / 36);
    assert_counts(a.stock[A] + a.stock[B] + a.stock[WORK] + a.stock[FALLBACK], 100);
}

/*
 * A second round after it: the 0.3 x 7.5 x 10 / 36 = 0.625 refused by line 2 turn to work and
 * fallback (20), and to lines 0 and 1, of which 0.2 and 0.1 are open (9 and 1.5): 30.5 in all. Line
 * 0 had refused them first and may be tried again; of those who try, it takes all, line 1 none.
 */
static void a_further_round(void **state)
{
    const double left = 0.3 * 7.5 * 10 / 36;
    struct area a;
    lanes demand[I] = {0};
    (void)state;
    init(&a);
    a.who.n_rounds = 2;
    a.open[I] = lanes_of(0.2);
    a.open[I + 1] = lanes_of(0.1);
    a.again[2] = lanes_of(0.3);
    a.again[I + 1] = lanes_of(1);
    kernels()->ask_again(&e, &a.who, a.stock, 1, demand);
    assert_counts(demand[0], left * 9 / 30.5);
    assert_counts(demand[1], left * 1.5 / 30.5);
    assert_counts(demand[2], 0);
    kernels()->take_up(&e, &a.who, a.stock);
    assert_counts(a.stock[A], 60 - 7.5 + 7.5 * 6 / 36 + left * 9 / 30.5);
    assert_counts(a.stock[WORK], 15 + 7.5 * 15 / 36 + left * 15 / 30.5);
    assert_counts(a.stock[FALLBACK], 5 + 7.5 * 5 / 36 + left * (5 + 1.5) / 30.5);
}

/* Nobody at work, nothing open: all go to the fallback, though nobody is there yet. */
static void nowhere_to_turn(void **state)
{
    struct area a;
    (void)state;
    init(&a);
    a.stock[WORK] = a.stock[FALLBACK] = counts(0);
    a.open[1] = a.open[2] = lanes_of(0);
    kernels()->take_up(&e, &a.who, a.stock);
    assert_counts(a.stock[A], 52.5);
    assert_counts(a.stock[B], 20);
    assert_counts(a.stock[FALLBACK], 7.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_choices_by_pass), cmocka_unit_test(shares_of_the_lines_that_serve),
        cmocka_unit_test(second_choices),        cmocka_unit_test(all_take_up_what_there_is),
        cmocka_unit_test(a_further_round),       cmocka_unit_test(nowhere_to_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
