/* Which row fills which cell: by hand, and beside a plain search over all rows of every cell. */
#include "table_place.h"

static void the_more_specific_row_wins(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/net_rate.csv",
               "area,authority,lldd,age,value\n"
               ",,,,0.01\n"      /* 2: all */
               ",,,16-18,0.02\n" /* 3 */
               ",,,17-18,0.03\n" /* 4: a narrower range */
               ",,,18-18,0.04\n" /* 5: a range of one is that age */
               ",a1,,17,0.05\n"
               "south,,1,17,0.06\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, net_rate, 0, 0, 0), 0.01);
    is_near(VALUE(p, net_rate, 1, 0, 1), 0.02);
    is_near(VALUE(p, net_rate, 1, 0, 2), 0.03);
    is_near(VALUE(p, net_rate, 0, 0, 2), 0.05);
    is_near(VALUE(p, net_rate, 1, 1, 2), 0.06);
    is_near(VALUE(p, net_rate, 1, 0, 3), 0.04);
    assert_int_equal(LINE(p, net_rate, 1, 1, 2), 7);
    assert_int_equal(LINE(p, net_rate, 0, 0, 0), 2);
    assert_int_equal(p->model->field[CF_FIELD_survival].line == NULL, 1);
    is_near(VALUE(p, survival, 0, 2), 1);
}

static void more_conditions_are_more_specific(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/net_rate.csv", "authority,region,value\na1,r,0.1\n,r,0.2\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, net_rate, 0, 0, 1), 0.1);
    is_near(VALUE(p, net_rate, 1, 0, 1), 0.2);
}

static void rows_of_which_neither_is_more_specific(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/net_rate.csv",
               "area,group,age,value\n"
               "north,,16,0.1\n"
               "north,lldd,,0.2\n");
    place_file(p, "tables/out_rate.csv", "age,value\n15-17,0.1\n16-18,0.2\n");
    place_file(p, "tables/survival.csv", "group,value\nmain,0.5\nmain,0.5\n");
    place_load(p);
    told(
        p, CF_ERROR, "table.ambiguous", "net_rate.csv", 3, 0,
        "lines 2 and 3 both cover area 'north', group 'lldd', age 16 and neither is more specific");
    told(
        p, CF_ERROR, "table.ambiguous", "out_rate.csv", 3, 0,
        "lines 2 and 3 both cover area 'north', group 'main', age 16 and neither is more specific");
    told(p, CF_ERROR, "table.ambiguous", "survival.csv", 3, 0,
         "lines 2 and 3 both cover group 'main', age 15 and neither is more specific");
    errors(p, 3);
}

static void a_third_row_may_decide(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/net_rate.csv",
               "area,group,age,value\n"
               "north,,16,0.1\n"
               "north,lldd,,0.2\n"
               "north,lldd,16,0.3\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, net_rate, 0, 1, 1), 0.3);
    is_near(VALUE(p, net_rate, 0, 0, 1), 0.1);
    is_near(VALUE(p, net_rate, 0, 1, 2), 0.2);
}

static void who_is_not_followed_is_not_disputed(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/survival.csv", "group,age,value\nmain,19,0.5\nmain,19,0.6\n");
    place_load(p);
    errors(p, 0);
}

static void disputes_are_counted(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/survival.csv",
               "group,age,value\nlldd,15,1\nlldd,15,1\nlldd,16,1\nlldd,16,1\nlldd,17,1\nlldd,17,1\n"
               "lldd,18,1\nlldd,18,1\nlldd,19,1\nlldd,19,1\nlldd,20,1\nlldd,20,1\nmain,15,1\n"
               "main,15,1\n");
    place_load(p);
    told(p, CF_ERROR, "table.more", "survival.csv", 13, 0,
         "there are 2 more pairs of rows of which neither is more specific");
    errors(p, 6);
}

/*
 * The plain search. Rows of push (year, area, age, status) as drawn, compared member by member.
 */
enum { N_ROWS = 7, FIRST = 2000, LAST = 2025, Y = 5, A = 2, X = 6, S = 3 };
struct drawn {
    int year0, year1, age0, age1;      /* year0 > year1: left out */
    int area, authority, status, kind; /* -1: left out */
    double value;
};
struct random {
    uint64_t state;
};

static int draw(struct random *r, int low, int high)
{
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return low + (int)((r->state >> 33) % (uint64_t)(high - low + 1));
}

static struct drawn draw_row(struct random *r, int k)
{
    struct drawn row = {.year0 = 1,
                        .age0 = 1,
                        .area = -1,
                        .authority = -1,
                        .status = -1,
                        .kind = -1,
                        .value = k + 1};
    if (draw(r, 0, 3)) {
        row.year0 = draw(r, 0, 1) ? draw(r, 2009, 2013) : draw(r, FIRST + 1, LAST - 1);
        row.year1 = draw(r, 0, 2) ? row.year0 : draw(r, row.year0, LAST - 1);
    }
    if (draw(r, 0, 2)) {
        row.age0 = draw(r, 15, 20);
        row.age1 = draw(r, 0, 1) ? row.age0 : draw(r, row.age0, 20);
    }
    row.area = draw(r, -1, A - 1);
    if (row.area < 0)
        row.authority = draw(r, -1, A - 1);
    row.status = draw(r, -1, S - 1);
    if (row.status < 0)
        row.kind = draw(r, -1, S - 1);
    return row;
}

static int covers(const struct drawn *row, int year, int a, int age, int s)
{
    return (row->year0 > row->year1 || (year >= row->year0 && year <= row->year1)) &&
           (row->age0 > row->age1 || (age >= row->age0 && age <= row->age1)) &&
           (row->area < 0 || row->area == a) && (row->authority < 0 || row->authority == a) &&
           (row->status < 0 || row->status == s) && (row->kind < 0 || row->kind == s);
}

/* 1 more specific, 0 as specific, -1 less, 2 neither, on an axis of numbers. */
static int compare_numbers(int a0, int a1, int b0, int b1)
{
    int rank_a = a0 > a1 ? 0 : a0 < a1 ? 1 : 2, rank_b = b0 > b1 ? 0 : b0 < b1 ? 1 : 2;
    if (rank_a != rank_b)
        return rank_a > rank_b ? 1 : -1;
    if (rank_a != 1 || (a0 == b0 && a1 == b1))
        return 0;
    return a0 >= b0 && a1 <= b1 ? 1 : a0 <= b0 && a1 >= b1 ? -1 : 2;
}

static int compare_codes(int member_a, int attribute_a, int member_b, int attribute_b)
{
    int rank_a = member_a >= 0 ? 2 : attribute_a >= 0,
        rank_b = member_b >= 0 ? 2 : attribute_b >= 0;
    return rank_a > rank_b ? 1 : rank_a < rank_b ? -1 : 0;
}

static int beats(const struct drawn *a, const struct drawn *b)
{
    int by[4] = {compare_numbers(a->year0, a->year1, b->year0, b->year1),
                 compare_numbers(a->age0, a->age1, b->age0, b->age1),
                 compare_codes(a->area, a->authority, b->area, b->authority),
                 compare_codes(a->status, a->kind, b->status, b->kind)};
    int more = 0;
    for (int k = 0; k < 4; k++) {
        if (by[k] < 0 || by[k] == 2)
            return 0;
        more |= by[k] > 0;
    }
    return more;
}

/* The row that fills a cell, -1: none, -2: disputed. */
static int winner(const struct drawn *rows, int year, int a, int age, int s)
{
    int any = 0;
    for (int k = 0; k < N_ROWS; k++) {
        int best = covers(&rows[k], year, a, age, s);
        any |= best;
        for (int i = 0; i < N_ROWS && best; i++)
            best = i == k || !covers(&rows[i], year, a, age, s) || beats(&rows[k], &rows[i]);
        if (best)
            return k;
    }
    return any ? -2 : -1;
}

/* The value of a cell in a year: given, between, after the last, or the default. NaN: disputed. */
static double plain_value(const struct drawn *rows, int year, int a, int age, int s)
{
    int before = year, after = year;
    while (before >= FIRST && winner(rows, before, a, age, s) == -1)
        before--;
    while (after <= LAST && winner(rows, after, a, age, s) == -1)
        after++;
    int from = before < FIRST ? -1 : winner(rows, before, a, age, s);
    int to = after > LAST ? -1 : winner(rows, after, a, age, s);
    if (from == -1)
        return to == -2 ? NAN : 0;
    if (from == -2 || to == -2)
        return NAN;
    if (to == -1 || before == after)
        return rows[from].value;
    return rows[from].value +
           (rows[to].value - rows[from].value) * (year - before) / (double)(after - before);
}

static void write_rows(struct place *p, const struct drawn *rows)
{
    static const char *const areas[] = {"north", "south"}, *const authorities[] = {"a1", "a2"};
    static const char *const statuses[] = {"school", "college", "neet"};
    static const char *const kinds[] = {"school", "learning", "neet"};
    struct cf_text text = {0};
    cf_text_add(&text, "value,status,kind,age,authority,year,area\n");
    for (int k = 0; k < N_ROWS; k++) {
        const struct drawn *row = &rows[k];
        cf_text_format(&text, "%g,%s,%s,", row->value, row->status < 0 ? "" : statuses[row->status],
                       row->kind < 0 ? "" : kinds[row->kind]);
        if (row->age0 <= row->age1)
            cf_text_format(&text, "%d-%d", row->age0, row->age1);
        cf_text_format(&text, ",%s,", row->authority < 0 ? "" : authorities[row->authority]);
        if (row->year0 <= row->year1)
            cf_text_format(&text, "%d-%d", row->year0, row->year1);
        cf_text_format(&text, ",%s\n", row->area < 0 ? "" : areas[row->area]);
    }
    place_file(p, "tables/push.csv", text.data);
    cf_text_free(&text);
}

static size_t ambiguous(const struct place *p)
{
    size_t n = 0;
    for (size_t i = 0; i < cf_diag_count(p->diag, CF_NOTICE); i++)
        n += strcmp(cf_diag_message(p->diag, i).code, "table.ambiguous") == 0;
    return n;
}

static void compare_all(struct place *p, const struct drawn *rows, int *clear, int *disputed)
{
    int expected = 0;
    for (int y = 0; y < Y; y++)
        for (int a = 0; a < A; a++)
            for (int x = 0; x < X; x++)
                for (int s = 0; s < S; s++) {
                    expected |= winner(rows, 2009 + y, a, 15 + x, s) == -2;
                    double wanted = plain_value(rows, 2009 + y, a, 15 + x, s);
                    if (!isnan(wanted))
                        is_near(VALUE(p, push, y, a, x, s), wanted);
                }
    if (expected)
        assert_true(ambiguous(p) > 0);
    *(ambiguous(p) ? disputed : clear) += 1;
}

static void any_rows_beside_the_plain_search(void **state)
{
    struct place *p = *state;
    struct random r = {2009};
    int clear = 0, disputed = 0;
    for (int trial = 0; trial < 400; trial++) {
        struct drawn rows[N_ROWS];
        for (int k = 0; k < N_ROWS; k++)
            rows[k] = draw_row(&r, k);
        write_rows(p, rows);
        cf_diag_close(p->diag);
        p->diag = cf_diag_open();
        place_load(p);
        compare_all(p, rows, &clear, &disputed);
        struct cf_scenario scenario = p->model->scenario;
        cf_arena_free(&p->model->arena);
        memset(p->model, 0, sizeof *p->model);
        cf_arena_init(&p->model->arena);
        p->model->scenario = scenario;
    }
    /* Both kinds were there to be compared. */
    assert_true(clear > 40);
    assert_true(disputed > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(the_more_specific_row_wins),
        PLACE_TEST(more_conditions_are_more_specific),
        PLACE_TEST(rows_of_which_neither_is_more_specific),
        PLACE_TEST(a_third_row_may_decide),
        PLACE_TEST(who_is_not_followed_is_not_disputed),
        PLACE_TEST(disputes_are_counted),
        PLACE_TEST(any_rows_beside_the_plain_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
