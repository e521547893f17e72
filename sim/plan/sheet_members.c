#include "plan/sheet.h"

#include "base/names.h"
#include "base/text.h"
#include "model/view.h"

#include <math.h>

/* Residents whose reach is counted, where a file does not say: the program's first ones. */
enum { FIRST_AGE = 16, LAST_AGE = 18 };

const struct cf_member cf_all_members = {"all", "all"};
static const struct cf_member elsewhere = {"elsewhere", "elsewhere"};

static struct cf_member member_of_dim(const struct cf_results_dim *dim, int k)
{
    const char *code = dim->code[k], *label = dim->label ? dim->label[k] : "";
    return (struct cf_member){code, label[0] ? label : code};
}

struct cf_member cf_site_member(const struct cf_sheet *sheet, int site)
{
    return member_of_dim(sheet->site, site);
}

struct cf_member cf_area_member(const struct cf_sheet *sheet, int area)
{
    return member_of_dim(sheet->area, area);
}

/* ---- tiers ---- */

/* What people read for a member of a tier: the label of the area or authority of that code. */
static const char *label_of(const struct cf_sheet *sheet, const char *code)
{
    const int a = cf_find_code(sheet->area, code), h = cf_find_code(sheet->authority, code);
    if (a >= 0 && sheet->area->label && sheet->area->label[a][0])
        return sheet->area->label[a];
    if (h >= 0 && sheet->authority->label && sheet->authority->label[h][0])
        return sheet->authority->label[h];
    return code[0] ? code : "none";
}

struct cf_member cf_authority_member(const struct cf_sheet *sheet, int authority)
{
    const char *code = sheet->authority->code[authority];
    return (struct cf_member){code, label_of(sheet, code)};
}

/* The member of the tier that each site belongs to: by authority the site's own, which is "" where
 * it has none; else that of its area. */
static const char **codes_of_sites(struct cf_sheet *sheet, const char *const *of_area,
                                   const char *by)
{
    const char *const *authority = cf_results_attribute(sheet->results, "site", "authority");
    const char **code = CF_TAKE(&sheet->table->arena, (size_t)sheet->J, const char *);
    for (int j = 0; j < sheet->J; j++) {
        const int a = sheet->site_area[j];
        if (cf_text_same(by, "authority"))
            code[j] = authority ? authority[j] : "";
        else
            code[j] = a >= 0 ? of_area[a] : elsewhere.code;
    }
    return code;
}

const char *const cf_tier_names[CF_N_TIERS] = {"area", "consortium", "authority", "subregion",
                                               "region"};

static const char *const *codes_of_areas(struct cf_sheet *sheet, const char *by)
{
    if (cf_text_same(by, "area"))
        return sheet->area->code;
    return cf_results_attribute(sheet->results, "area", by);
}

static void report_tier(struct cf_sheet *sheet, const char *by)
{
    const char *there[CF_N_TIERS];
    size_t n = 0;
    for (int k = 0; k < CF_N_TIERS; k++)
        if (codes_of_areas(sheet, cf_tier_names[k]))
            there[n++] = cf_tier_names[k];
    cf_report_near(sheet->diag, CF_ERROR, "plan.by", (struct cf_at){0}, by, there, n,
                   "the areas of these results have no attribute '%s'", by);
    sheet->status = CF_USAGE;
}

void cf_sheet_tier(struct cf_sheet *sheet, const char *by, const char *or_by, struct cf_tier *tier)
{
    *tier = (struct cf_tier){.name = by ? by : or_by};
    if (sheet->status != CF_OK)
        return;
    if (!sheet->area) {
        cf_sheet_spoil(sheet, "they have no areas");
        return;
    }
    const char *const *of_area = codes_of_areas(sheet, tier->name);
    if (!of_area && by) {
        report_tier(sheet, by);
        return;
    }
    if (!of_area) {
        tier->name = "area";
        of_area = sheet->area->code;
    }
    const char **of_site = codes_of_sites(sheet, of_area, tier->name);
    struct cf_arena *arena = &sheet->table->arena;
    struct cf_names names;
    cf_names_init(&names, arena);
    tier->of_area = CF_TAKE(arena, (size_t)sheet->A, int);
    tier->of_site = CF_TAKE(arena, (size_t)sheet->J, int);
    for (int a = 0; a < sheet->A; a++)
        tier->of_area[a] = cf_names_add(&names, of_area[a]);
    tier->n_home = names.n;
    for (int j = 0; j < sheet->J; j++)
        tier->of_site[j] = cf_names_add(&names, of_site[j]);
    tier->n = names.n;
    tier->member = CF_TAKE(arena, (size_t)names.n, struct cf_member);
    for (int m = 0; m < names.n; m++)
        tier->member[m] = (struct cf_member){names.name[m], label_of(sheet, names.name[m])};
}

/* ---- routes or lines ---- */

void cf_sheet_subjects(struct cf_sheet *sheet, int by_line, struct cf_subjects *subjects)
{
    *subjects = (struct cf_subjects){.name = by_line ? "line" : "route"};
    if (sheet->status != CF_OK)
        return;
    struct cf_arena *arena = &sheet->table->arena;
    const int most = by_line ? sheet->I : sheet->S;
    int *subject = CF_TAKE(arena, (size_t)most, int);
    subjects->member = CF_TAKE(arena, (size_t)most, struct cf_member);
    subjects->of_line = CF_TAKE(arena, (size_t)sheet->I, int);
    subjects->route = CF_TAKE(arena, (size_t)most, int);
    subjects->entitlement = CF_TAKE(arena, (size_t)most, int);
    for (int k = 0; k < most; k++) {
        int used = by_line;
        for (int i = 0; i < sheet->I; i++)
            used |= sheet->line_route[i] == k;
        subject[k] = used ? subjects->n : -1;
        if (!used)
            continue;
        subjects->member[subjects->n] =
            member_of_dim(by_line ? sheet->line : sheet->status_axis, k);
        subjects->route[subjects->n++] = by_line ? sheet->line_route[k] : k;
    }
    for (int i = 0; i < sheet->I; i++) {
        const int k = by_line ? i : sheet->line_route[i];
        subjects->of_line[i] = k < 0 ? -1 : subject[k];
        if (k >= 0)
            subjects->entitlement[subject[k]] |= sheet->entitlement[i];
    }
}

/* ---- reach ---- */

/* "aged 17", "aged 16 to 18", "aged 16, 18". */
static const char *ages_text(struct cf_sheet *sheet, const struct cf_results_dim *age,
                             const unsigned char *counted)
{
    struct cf_text text = {0};
    size_t first = age->n, last = 0, n = 0;
    for (size_t x = 0; x < age->n; x++) {
        if (!counted[x])
            continue;
        first = n++ ? first : x;
        last = x;
    }
    const int in_a_row = n > 0 && age->number[last] - age->number[first] + 1 == (int)n;
    cf_text_add(&text, n ? "aged" : "of no age");
    if (in_a_row && n > 1)
        cf_text_format(&text, " %d to %d", age->number[first], age->number[last]);
    for (size_t x = first; !(in_a_row && n > 1) && x < age->n; x++)
        if (counted[x])
            cf_text_format(&text, "%s %d", x > first ? "," : "", age->number[x]);
    const char *words = cf_arena_copy(&sheet->table->arena, text.data);
    cf_text_free(&text);
    return words;
}

void cf_sheet_reach(struct cf_sheet *sheet, int by_line, struct cf_reach *reach)
{
    const struct cf_results_dim *age = cf_results_dim(sheet->results, "age");
    *reach = (struct cf_reach){.by_line = by_line};
    reach->value = by_line ? cf_sheet_read(sheet, "coverage", "run year area line")
                           : cf_sheet_read(sheet, "access", "run year area status");
    reach->population = cf_sheet_read(sheet, "population", "run year area group age");
    if (sheet->status != CF_OK)
        return;
    if (!age->number) {
        cf_sheet_spoil(sheet, "ages are no numbers");
        return;
    }
    const double *marked = cf_results_find(sheet->results, "coverage_age")
                               ? cf_sheet_read(sheet, "coverage_age", "age")
                               : NULL;
    if (sheet->status != CF_OK)
        return;
    reach->counted = CF_TAKE(&sheet->table->arena, age->n, unsigned char);
    for (size_t x = 0; x < age->n; x++)
        reach->counted[x] =
            marked ? marked[x] == 1 : age->number[x] >= FIRST_AGE && age->number[x] <= LAST_AGE;
    reach->ages = ages_text(sheet, age, reach->counted);
}

double cf_within_reach(const struct cf_sheet *sheet, const struct cf_reach *reach,
                       const struct cf_subjects *subjects, int k, int y, int a, int subject)
{
    return reach->by_line ? reach->value[VIEW4(k, y, sheet->Y, a, sheet->A, subject, sheet->I)]
                          : reach->value[VIEW4(k, y, sheet->Y, a, sheet->A,
                                               subjects->route[subject], sheet->S)];
}

double cf_residents(const struct cf_sheet *sheet, const struct cf_reach *reach, int k, int y, int a)
{
    const double *at = reach->population +
                       VIEW3(k, y, sheet->Y, a, sheet->A) * (size_t)sheet->G * (size_t)sheet->X;
    double residents = 0;
    for (int g = 0; g < sheet->G; g++)
        for (int x = 0; x < sheet->X; x++)
            if (reach->counted[x])
                residents += at[VIEW2(g, x, sheet->X)];
    return residents;
}

/* ---- travel ---- */

void cf_sheet_travel(struct cf_sheet *sheet, struct cf_travel *travel)
{
    *travel = (struct cf_travel){.by_year = !!cf_results_find(sheet->results, "journey_minutes")};
    if (sheet->J > 0) /* else there are no journeys */
        travel->minutes = travel->by_year
                              ? cf_sheet_read(sheet, "journey_minutes", "run year area site")
                              : cf_sheet_read(sheet, "minutes", "area site");
    travel->reach = travel->by_year ? cf_sheet_read(sheet, "journey_reach", "run year status")
                                    : cf_sheet_read(sheet, "reach", "status");
}

double cf_minutes(const struct cf_sheet *sheet, const struct cf_travel *travel, int k, int y, int a,
                  int j)
{
    const size_t at = VIEW2(a, j, sheet->J);
    return travel->minutes[travel->by_year ? VIEW4(k, y, sheet->Y, a, sheet->A, j, sheet->J) : at];
}

double cf_reach_of(const struct cf_sheet *sheet, const struct cf_travel *travel, int k, int y,
                   int route)
{
    return travel->reach[travel->by_year ? VIEW3(k, y, sheet->Y, route, sheet->S) : (size_t)route];
}

/* ---- columns ---- */

void cf_add_run_columns(struct cf_sheet *sheet, size_t rows)
{
    cf_add_column(sheet->table, "run", CF_COLUMN_INT, rows)->once = 1;
    cf_add_column(sheet->table, "scenario", CF_COLUMN_TEXT, rows)->once = 1;
}

void cf_put_run(struct cf_sheet *sheet, size_t row, int k)
{
    sheet->table->column[0].integer[row] = sheet->run_number[k];
    sheet->table->column[1].text[row] = sheet->run_scenario[k];
}

struct cf_column *cf_add_year_column(struct cf_sheet *sheet, size_t rows)
{
    struct cf_column *column = cf_add_column(sheet->table, "year", CF_COLUMN_INT, rows);
    column->once = 1;
    return column;
}

struct cf_column *cf_add_member_column(struct cf_sheet *sheet, const char *name, size_t rows)
{
    struct cf_column *column = cf_add_column(sheet->table, name, CF_COLUMN_TEXT, rows);
    column->label = CF_TAKE(&sheet->table->arena, rows, const char *);
    for (size_t row = 0; row < rows; row++)
        column->label[row] = "";
    return column;
}

void cf_put_member(struct cf_column *column, size_t row, const struct cf_member *member)
{
    column->text[row] = member->code;
    column->label[row] = member->label;
}
