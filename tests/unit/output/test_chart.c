#include "support/check.h"

#include "output/chart.h"
#include "output/escape.h"
#include "output/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char harm[] = "<script>\"'&</script>";

static void escapes_everything(void **state)
{
    (void)state;
    struct cf_text text = {0};
    cf_escape(&text, "a<b>&\"c'\x01\x7f\n");
    assert_string_equal(text.data, "a&lt;b&gt;&amp;&quot;c&#39;\n");
    text.length = 0;
    /* Right-to-left override, isolates and C1 controls go; letters of any script stay. */
    cf_escape(&text, "x\xe2\x80\xaey\xe2\x81\xa6z\xc2\x85\xd7\x90\xe2\x82\xac");
    assert_string_equal(text.data, "xyz\xd7\x90\xe2\x82\xac");
    text.length = 0;
    cf_escape_short(&text, "\xc3\xa4\xc3\xb6\xc3\xbc<<<", 4);
    assert_string_equal(text.data, "\xc3\xa4\xc3\xb6\xe2\x80\xa6&lt;");
    cf_text_free(&text);
}

static void tells_values(void **state)
{
    (void)state;
    char told[CF_TOLD_ROOM];
    const struct cf_scale ones = {.step = 1}, tenths = {.step = 0.001};
    assert_string_equal(cf_value_told(told, 1234567, 0, NULL), "1,234,567");
    assert_string_equal(cf_value_told(told, 2.385, 0, NULL), "2.4");
    assert_string_equal(cf_value_told(told, 0.88449, 1, NULL), "88.4%");
    assert_string_equal(cf_value_told(told, 0.88449, 1, &tenths), "88.4%");
    assert_string_equal(cf_value_told(told, -12.6, 0, &ones), "\xe2\x88\x92"
                                                              "13");
    assert_string_equal(cf_value_told(told, -0.2, 0, &ones), "0");
    assert_string_equal(cf_value_told(told, NAN, 0, NULL), "-");
}

static void scales_are_round(void **state)
{
    (void)state;
    const struct cf_scale scale = cf_scale_of(0, 13.7, 5, 100, 0);
    assert_true(scale.low == 0 && scale.high == 15 && scale.step == 5);
    assert_true(cf_on_scale(&scale, 7.5) == 50);
    const struct cf_scale flat = cf_scale_of(3, 3, 5, 0, 1);
    assert_true(flat.high > flat.low && flat.step > 0);
}

/* Tags of a drawing: each that opens closes, in order; no character stands where it may not. */
static void is_well_formed(const char *svg)
{
    char open[64][16];
    int depth = 0;
    for (const char *at = strchr(svg, '<'); at; at = strchr(at + 1, '<')) {
        const char *end = strchr(at, '>');
        assert_non_null(end);
        size_t length = strcspn(at + 1, " >/");
        if (at[1] == '/') {
            length = strcspn(at + 2, ">");
            assert_true(depth > 0 && strlen(open[depth - 1]) == length &&
                        !strncmp(at + 2, open[depth - 1], length));
            depth--;
        } else if (end[-1] != '/') {
            assert_true(depth < 64 && length < sizeof open[0]);
            memcpy(open[depth], at + 1, length);
            open[depth++][length] = '\0';
        }
    }
    assert_int_equal(depth, 0);
    assert_null(strstr(svg, "<script"));
    assert_null(strstr(svg, "nan"));
    assert_null(strstr(svg, "inf"));
}

enum { MOST = 5 };

static struct cf_chart chart_of(enum cf_chart_kind kind, int n_series, int n_x,
                                struct cf_chart_series *series, double *numbers)
{
    static const char *const x[MOST] = {harm, "2", "3", "4", "5"};
    static const int at[MOST] = {2009, 2010, 2013, 2015, 2020};
    static const int tile[MOST] = {0, 1, 2, 1, 0};
    for (int s = 0; s < n_series; s++)
        series[s] = (struct cf_chart_series){.label = s ? "another" : harm,
                                             .value = numbers,
                                             .low = numbers,
                                             .high = numbers,
                                             .low_half = s ? numbers : NULL,
                                             .high_half = numbers,
                                             .mark = numbers};
    return (struct cf_chart){.kind = kind,
                             .id = "it",
                             .title = "A title that is long enough to stand on two lines of a file "
                                      "of its own & more",
                             .description = harm,
                             .series_name = "series",
                             .x_name = "x",
                             .value_name = "value",
                             .is_share = n_x == 3,
                             .n_x = n_x,
                             .n_series = n_series,
                             .x = x,
                             .at = at,
                             .ranges_from = 2014,
                             .tile_column = tile,
                             .tile_row = tile,
                             .series = series};
}

/* Every kind, with nothing, one and several of everything, and numbers of all sorts. */
static void draws_whatever_there_is(void **state)
{
    (void)state;
    double numbers[][MOST] = {{2.385, 7, 1e6, 0, 3},
                              {NAN, NAN, NAN, NAN, NAN},
                              {0, 0, 0, 0, 0},
                              {-5, NAN, 0.2, 1e-9, -1e12},
                              {0.5, 0.5, 0.5, 0.5, 0.5}};
    for (int kind = 0; kind < CF_N_CHART_KINDS; kind++)
        for (int n_series = 0; n_series <= 3; n_series++)
            for (int n_x = 0; n_x <= MOST; n_x++)
                for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
                    for (int alone = 0; alone < 2; alone++) {
                        struct cf_chart_series series[3];
                        struct cf_text svg = {0};
                        struct cf_table table;
                        const struct cf_chart chart =
                            chart_of((enum cf_chart_kind)kind, n_series, n_x, series, numbers[k]);
                        cf_chart_draw(&svg, &chart, alone);
                        is_well_formed(svg.data);
                        cf_text_free(&svg);
                        cf_chart_table(&table, &chart);
                        assert_int_equal(table.n_rows, (size_t)n_series * (size_t)n_x);
                        cf_table_free(&table);
                    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_everything),
        cmocka_unit_test(tells_values),
        cmocka_unit_test(scales_are_round),
        cmocka_unit_test(draws_whatever_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
