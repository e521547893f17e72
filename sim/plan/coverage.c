#include "plan/sheet.h"

#include "model/view.h"

#include <math.h>

/*
 * Of the residents of a member of a tier, the share that has a line within reach:
 *
 *   coverage[m][i] = sum_a in m residents[a] coverage[a][i] / sum_a in m residents[a]
 *
 * residents are those of academic age 16 to 18; of a route it is the share of its (entitlement)
 * lines within reach, on the average. A rating is a word, so that nobody needs colours to read it.
 * output/README.md, Tables that answer.
 */
static const double green_from = 0.95, amber_from = 0.5, hair = 1e-9;

static const char *rating_of(double share)
{
    return isnan(share)                 ? "unknown"
           : share >= green_from - hair ? "green"
           : share >= amber_from - hair ? "amber"
                                        : "red";
}

struct matrix {
    struct cf_sheet sheet;
    struct cf_tier tier;
    struct cf_subjects subjects;
    struct cf_reach reach;
};

/* m: a member with residents, or the number of them for all. */
static double coverage_of(const struct matrix *x, int k, int y, int m, int subject)
{
    double within = 0, residents = 0;
    for (int a = 0; a < x->sheet.A; a++) {
        const double share = cf_within_reach(&x->sheet, &x->reach, &x->subjects, k, y, a, subject);
        if ((m < x->tier.n_home && x->tier.of_area[a] != m) || isnan(share))
            continue;
        const double here = cf_residents(&x->sheet, &x->reach, k, y, a);
        within += here * share;
        residents += here;
    }
    return within / residents; /* nobody: undefined */
}

static void put_row(struct matrix *x, int k, int subject, const struct cf_sheet_year *year, int m)
{
    struct cf_table *table = x->sheet.table;
    struct cf_column *column = &table->column[2];
    const size_t row = table->n_rows++;
    const double share = coverage_of(x, x->sheet.run[k], year->y, m, subject);
    cf_put_run(&x->sheet, row, k);
    cf_put_member(&column[0], row, &x->subjects.member[subject]);
    column[1].text[row] = x->subjects.entitlement[subject] ? "yes" : "no";
    column[2].integer[row] = year->number;
    cf_put_member(&column[3], row, m < x->tier.n_home ? &x->tier.member[m] : &cf_all_members);
    column[4].number[row] = share;
    column[5].text[row] = rating_of(share);
}

static const char *const notes[] = {
    "coverage: within reach whether full or not; each area is one point",
    "rating: green from 95%, amber from 50%, red below", NULL};

static void fill(struct matrix *x)
{
    struct cf_sheet *sheet = &x->sheet;
    sheet->table->notes = notes;
    const size_t rows = (size_t)sheet->n_runs * (size_t)sheet->n_years * (size_t)x->subjects.n *
                        (size_t)(x->tier.n_home + 1);
    sheet->table->title = cf_arena_format(&sheet->table->arena,
                                          "Residents aged 16 to 18 with a %s within reach, by %s",
                                          x->subjects.name, x->tier.name);
    cf_add_run_columns(sheet, rows);
    cf_add_member_column(sheet, x->subjects.name, rows);
    cf_add_column(sheet->table, "entitlement", CF_COLUMN_TEXT, rows);
    cf_add_year_column(sheet, rows);
    sheet->table->across = sheet->table->n_columns;
    cf_add_member_column(sheet, x->tier.name, rows);
    cf_add_column(sheet->table, "coverage", CF_COLUMN_SHARE, rows);
    cf_add_column(sheet->table, "rating", CF_COLUMN_TEXT, rows);
    for (int k = 0; k < sheet->n_runs; k++)
        for (int subject = 0; subject < x->subjects.n; subject++)
            for (int n = 0; n < sheet->n_years; n++)
                for (int m = 0; m <= x->tier.n_home; m++)
                    put_row(x, k, subject, &sheet->year[n], m);
}

enum cf_status cf_coverage_table(struct cf_table *table, cf_results *results,
                                 const struct cf_plan_query *query, cf_diag *diag)
{
    const int by_line = query->rows != CF_ROWS_ROUTE;
    struct matrix matrix = {0};
    cf_sheet_open(&matrix.sheet, table, results, query, 0, diag);
    cf_sheet_tier(&matrix.sheet, query->by, "consortium", &matrix.tier);
    cf_sheet_subjects(&matrix.sheet, by_line, &matrix.subjects);
    cf_sheet_reach(&matrix.sheet, by_line, &matrix.reach);
    if (matrix.sheet.status == CF_OK)
        fill(&matrix);
    return cf_sheet_close(&matrix.sheet);
}
