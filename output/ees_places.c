#include "output/ees_places.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

static const struct cf_ees_level levels[] = {
    {"Regional", {"region_code", "region_name"}, "E12"},
    {"Local authority", {"new_la_code", "la_name", "old_la_code"}, "E06 E08 E09 E10"},
    {"Local authority district", {"lad_code", "lad_name"}, "E07"},
    {"Parliamentary constituency", {"pcon_code", "pcon_name"}, "E14"},
    {"Ward", {"ward_code", "ward_name"}, "E05"},
    {"Planning area", {"planning_area_code", "planning_area_name"}, ""},
};
enum { N_LEVELS = sizeof levels / sizeof *levels, REGIONAL = 0, AUTHORITY = 1, DISTRICT = 2 };

static const char *const regions[][2] = {
    {"E12000001", "North East"},
    {"E12000002", "North West"},
    {"E12000003", "Yorkshire and The Humber"},
    {"E12000004", "East Midlands"},
    {"E12000005", "West Midlands"},
    {"E12000006", "East of England"},
    {"E12000007", "London"},
    {"E12000008", "South East"},
    {"E12000009", "South West"},
};
enum { N_REGIONS = sizeof regions / sizeof *regions };

/* Letters alone, whatever their case: "west-midlands" is "West Midlands". */
static int reads_alike(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a && !isalpha((unsigned char)*a))
            a++;
        while (*b && !isalpha((unsigned char)*b))
            b++;
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return 0;
        if (!*a)
            return 1;
    }
}

static int find_region(const char *text)
{
    for (int k = 0; k < N_REGIONS; k++)
        if (cf_text_same(text, regions[k][0]) || reads_alike(text, regions[k][1]))
            return k;
    return -1;
}

/* A code of the register: a letter and eight digits, of a kind among `prefix`. */
static int is_code(const char *code, const char *prefix)
{
    char kind[4];
    if (strlen(code) != 9 || strspn(code + 1, "0123456789") != 8)
        return 0;
    memcpy(kind, code, 3);
    kind[3] = '\0';
    return strstr(prefix, kind) != NULL;
}

static const struct cf_ees_level *find_level(const char *const *code, int n)
{
    for (int l = 0; l < N_LEVELS - 1; l++) {
        int all = n > 0;
        for (int k = 0; k < n && all; k++)
            all =
                is_code(code[k], levels[l].prefix) || (l == REGIONAL && find_region(code[k]) >= 0);
        if (all)
            return &levels[l];
    }
    return &levels[N_LEVELS - 1];
}

/* The first area that is of a member of the tier, or -1. */
static int area_of(const cf_results *results, const char *tier, const char *code)
{
    const struct cf_results_dim *area = cf_results_dim(results, "area");
    const char *const *of = cf_text_same(tier, "area") && area ? area->code
                            : area ? cf_results_attribute(results, "area", tier)
                                   : NULL;
    for (size_t k = 0; of && k < area->n; k++)
        if (cf_text_same(of[k], code))
            return (int)k;
    return -1;
}

static const char *attribute_of(const cf_results *results, int area, const char *name)
{
    const char *const *value = area < 0 ? NULL : cf_results_attribute(results, "area", name);
    return value ? value[area] : "";
}

/* What people call a member of the tier. */
static const char *name_of(const cf_results *results, const char *tier, const char *code, int area,
                           struct cf_arena *arena)
{
    const struct cf_results_dim *dim = cf_results_dim(results, tier);
    for (size_t k = 0; dim && dim->label && dim->code && k < dim->n; k++)
        if (cf_text_same(dim->code[k], code) && dim->label[k][0])
            return dim->label[k];
    const char *said = attribute_of(results, area, cf_arena_format(arena, "%s_name", tier));
    return said[0] ? said : code;
}

static void put_region(struct cf_ees_place *place, const cf_results *results, int area)
{
    const int region = find_region(attribute_of(results, area, "region"));
    place->region_code = region < 0 ? "z" : regions[region][0];
    place->region_name = region < 0 ? "z" : regions[region][1];
}

static void find_country(struct cf_ees_places *places, const char *const *code, int n,
                         const cf_results *results)
{
    const struct cf_results_dim *area = cf_results_dim(results, "area");
    const char *const *of = area ? cf_results_attribute(results, "area", "authority") : NULL;
    int wales = 0, others = 0;
    for (int k = 0; k < n; k++)
        is_code(code[k], "W04 W05 W06 W07") ? wales++ : others++;
    for (size_t k = 0; of && others > 0 && k < area->n; k++)
        wales += is_code(of[k], "W06") ? (int)area->n : -1;
    const int is_wales = wales > 0;
    places->country_code = is_wales ? "W92000004" : "E92000001";
    places->country_name = is_wales ? "Wales" : "England";
}

static void tell(const struct cf_ees_places *places, int no_region, int no_old, cf_diag *diag)
{
    if (no_region && places->has_region)
        cf_report(diag, CF_WARNING, "ees.region", (struct cf_at){0},
                  "give area.csv a column `region`, e.g. west-midlands or E12000005",
                  "the region of %d of %d places is not known: it is z", no_region, places->n);
    if (no_old)
        cf_report(diag, CF_WARNING, "ees.old_la_code", (struct cf_at){0},
                  "give area.csv a column `old_la_code`, three digits",
                  "the old code of %d of %d local authorities is not known: it is z", no_old,
                  places->n);
}

void cf_ees_find_places(struct cf_ees_places *places, const cf_results *results, const char *tier,
                        const char *const *code, int n, struct cf_arena *arena, cf_diag *diag)
{
    int no_region = 0, no_old = 0;
    *places = (struct cf_ees_places){.level = find_level(code, n), .n = n ? n : 1};
    places->place = CF_TAKE(arena, (size_t)places->n, struct cf_ees_place);
    find_country(places, code, n, results);
    const int level = (int)(places->level - levels);
    places->has_region = level == AUTHORITY || level == DISTRICT;
    if (n == 0) {
        const char *title = cf_results_text(results, "title");
        places->place[0] =
            (struct cf_ees_place){.text = {"place", title && title[0] ? title : "The place"}};
        return;
    }
    for (int k = 0; k < n; k++) {
        struct cf_ees_place *place = &places->place[k];
        const int area = area_of(results, tier, code[k]);
        const int region = level == REGIONAL ? find_region(code[k]) : -1;
        put_region(place, results, area);
        place->text[0] = region >= 0 ? regions[region][0] : code[k];
        place->text[1] =
            region >= 0 ? regions[region][1] : name_of(results, tier, code[k], area, arena);
        const char *old = attribute_of(results, area, "old_la_code");
        place->text[2] = old[0] ? old : "z";
        no_old += level == AUTHORITY && !old[0];
        no_region += cf_text_same(place->region_code, "z");
    }
    tell(places, no_region, no_old, diag);
}
