#include "input/ons_mye_parts.h"

#include <stddef.h>

/* The first that fits is taken: those with more columns come first. */
static const struct cf_mye_layout layouts[] = {
    {"components of change by region and age", "region", NULL, "sex", "age", "population", 1, 0},
    {"components of change by area and age", "area_code", NULL, "sex", "age", "population", 1, 0},
    {"summary components of change", "lad_code", NULL, NULL, NULL, "population", 1, 1},
    {"estimates by area type and age", "area_code", "area_type", "sex", "age", "population", 0, 0},
    {"estimates by area and age", "area_code", NULL, "sex", "age", "population", 0, 0},
    {"persons by area and age", "gss_code", NULL, NULL, "age", "persons", 0, 0},
};
enum { N_LAYOUTS = sizeof layouts / sizeof *layouts };

static const char *const moves[] = {"deaths", "internal_in", "internal_out", "international_in",
                                    "international_out"};
static const char *const of_totals[] = {"births", "other_change"};

static int has(const struct cf_csv *csv, const char *column)
{
    return !column || cf_csv_column(csv, column) >= 0;
}

static int fits(const struct cf_mye_layout *l, const struct cf_csv *csv)
{
    int good = has(csv, "year") && has(csv, l->area) && has(csv, l->type) && has(csv, l->sex) &&
               has(csv, l->age) && has(csv, l->population);
    for (size_t k = 0; l->moves && k < sizeof moves / sizeof *moves; k++)
        good &= has(csv, moves[k]);
    for (size_t k = 0; l->births && k < sizeof of_totals / sizeof *of_totals; k++)
        good &= has(csv, of_totals[k]);
    return good;
}

const struct cf_mye_layout *cf_mye_layout_find(const struct cf_csv *csv)
{
    for (int k = 0; k < N_LAYOUTS; k++)
        if (fits(&layouts[k], csv))
            return &layouts[k];
    return NULL;
}

const char *cf_mye_layouts_text(struct cf_arena *arena)
{
    const char *text = "known are";
    for (int k = 0; k < N_LAYOUTS; k++) {
        const struct cf_mye_layout *l = &layouts[k];
        text = cf_arena_format(arena, "%s%s %s (%s, year%s%s%s, %s%s%s)", text, k ? ";" : "",
                               l->name, l->area, l->type ? ", area_type" : "",
                               l->sex ? ", sex" : "", l->age ? ", age" : "", l->population,
                               l->births ? ", births, other_change" : "",
                               l->moves ? ", deaths, internal_in, ..." : "");
    }
    return text;
}
