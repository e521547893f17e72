#include "plan/sheet.h"

#include "model/view.h"

/*
 * Who learns where, from home authority to provider's authority, final places:
 *
 *   at_home[h] = flow[h][h]    exports[h] = sum_k!=h flow[h][k]    imports[h] = sum_k!=h flow[k][h]
 *   residents = at_home + exports    taught = at_home + imports    net = imports - exports
 *
 * Conserves: over all authorities exports == imports. output/README.md, Tables that answer.
 */
struct flows {
    struct cf_sheet sheet;
    struct cf_subjects subjects;
    const double *flow; /* [run][year][authority][authority_to][status] */
    /* Of one run, year and subject, the last for all: */
    double *pair;                        /* [H + 1][H + 1] */
    double *at_home, *exports, *imports; /* [H + 1] */
};

static double learners_of(const struct flows *f, int k, int y, int h, int to, int subject)
{
    const int H = f->sheet.H, S = f->sheet.S;
    const double *of_status = f->flow + VIEW4(k, y, f->sheet.Y, h, H, to, H) * (size_t)S;
    double learners = 0;
    for (int s = 0; s < S; s++)
        if (subject < 0 || s == f->subjects.route[subject])
            learners += of_status[s];
    return learners;
}

/* subject -1: all routes. */
static void gather(struct flows *f, int k, int y, int subject)
{
    const int H = f->sheet.H, N = H + 1;
    for (int p = 0; p < N * N; p++)
        f->pair[p] = 0;
    for (int h = 0; h < N; h++)
        f->at_home[h] = f->exports[h] = f->imports[h] = 0;
    for (int h = 0; h < H; h++) {
        for (int to = 0; to < H; to++) {
            const double learners = learners_of(f, k, y, h, to, subject);
            f->pair[VIEW2(h, to, N)] = learners;
            f->pair[VIEW2(h, H, N)] += learners;
            f->pair[VIEW2(H, to, N)] += learners;
            f->pair[VIEW2(H, H, N)] += learners;
            for (int n = 0; n < 2; n++) { /* the authority itself, and all */
                (h == to ? f->at_home : f->exports)[n ? H : h] += learners;
                if (h != to)
                    f->imports[n ? H : to] += learners;
            }
        }
    }
}

static struct cf_member authority(const struct flows *f, int h)
{
    return h == f->sheet.H ? cf_all_members : cf_authority_member(&f->sheet, h);
}

/* Run, year and route of a row; returns the column behind them. */
static struct cf_column *put_keys(struct flows *f, size_t row, int k, int year, int subject)
{
    struct cf_column *column = &f->sheet.table->column[2];
    cf_put_run(&f->sheet, row, k);
    (column++)->integer[row] = year;
    if (subject >= 0)
        cf_put_member(column++, row, &f->subjects.member[subject]);
    return column;
}

static void put_sums(struct flows *f, int k, int year, int subject)
{
    for (int h = 0; h <= f->sheet.H; h++) {
        const size_t row = f->sheet.table->n_rows++;
        const struct cf_member member = authority(f, h);
        struct cf_column *column = put_keys(f, row, k, year, subject);
        cf_put_member(&column[0], row, &member);
        column[1].number[row] = f->at_home[h] + f->exports[h];
        column[2].number[row] = f->at_home[h];
        column[3].number[row] = f->exports[h];
        column[4].number[row] = f->imports[h];
        column[5].number[row] = f->imports[h] - f->exports[h];
        column[6].number[row] = f->at_home[h] + f->imports[h];
    }
}

static void put_matrix(struct flows *f, int k, int year, int subject)
{
    const int N = f->sheet.H + 1;
    for (int h = 0; h < N; h++) {
        for (int to = 0; to < N; to++) {
            const size_t row = f->sheet.table->n_rows++;
            const struct cf_member from = authority(f, h), provider = authority(f, to);
            struct cf_column *column = put_keys(f, row, k, year, subject);
            cf_put_member(&column[0], row, &from);
            cf_put_member(&column[1], row, &provider);
            column[2].number[row] = f->pair[VIEW2(h, to, N)];
        }
    }
}

static void add_columns(struct flows *f, size_t rows)
{
    static const char *const sums[] = {"residents", "at_home", "exports",
                                       "imports",   "net",     "taught"};
    struct cf_table *table = f->sheet.table;
    cf_add_run_columns(&f->sheet, rows);
    cf_add_year_column(&f->sheet, rows);
    if (f->sheet.query->rows == CF_ROWS_ROUTE)
        cf_add_member_column(&f->sheet, "route", rows);
    cf_add_member_column(&f->sheet, "authority", rows);
    if (f->sheet.query->matrix) {
        table->title = "Learners by home authority and, across, authority of their provider";
        table->across = table->n_columns;
        cf_add_member_column(&f->sheet, "authority_to", rows);
        cf_add_column(table, "learners", CF_COLUMN_NUMBER, rows);
        return;
    }
    table->title = "Learners by authority: residents, and those its providers teach";
    for (size_t q = 0; q < sizeof sums / sizeof *sums; q++)
        cf_add_column(table, sums[q], CF_COLUMN_NUMBER, rows);
}

static const char *const notes[] = {"where learners go follows from size, quality, minutes and "
                                    "borders as the tables have them; the "
                                    "program fits it to no observed flows",
                                    NULL};

static void fill(struct flows *f)
{
    struct cf_sheet *sheet = &f->sheet;
    sheet->table->notes = notes;
    const int by_route = sheet->query->rows == CF_ROWS_ROUTE;
    const size_t N = (size_t)sheet->H + 1, blocks = by_route ? (size_t)f->subjects.n : 1;
    add_columns(f, (size_t)sheet->n_runs * (size_t)sheet->n_years * blocks *
                       (sheet->query->matrix ? N * N : N));
    f->pair = CF_TAKE(&sheet->table->arena, N * N, double);
    f->at_home = CF_TAKE(&sheet->table->arena, N, double);
    f->exports = CF_TAKE(&sheet->table->arena, N, double);
    f->imports = CF_TAKE(&sheet->table->arena, N, double);
    for (int k = 0; k < sheet->n_runs; k++) {
        for (int n = 0; n < sheet->n_years; n++) {
            for (size_t b = 0; b < blocks; b++) {
                const int subject = by_route ? (int)b : -1;
                gather(f, sheet->run[k], sheet->year[n].y, subject);
                (sheet->query->matrix ? put_matrix : put_sums)(f, k, sheet->year[n].number,
                                                               subject);
            }
        }
    }
}

enum cf_status cf_flow_table(struct cf_table *table, cf_results *results,
                             const struct cf_plan_query *query, cf_diag *diag)
{
    struct flows flows = {0};
    cf_sheet_open(&flows.sheet, table, results, query, 0, diag);
    cf_sheet_subjects(&flows.sheet, 0, &flows.subjects);
    flows.flow = cf_sheet_read(&flows.sheet, "flow", "run year authority authority_to status");
    const struct cf_results_dim *to = cf_results_dim(results, "authority_to");
    if (to && to->n != (size_t)flows.sheet.H)
        cf_sheet_spoil(&flows.sheet, "authorities are not those that learners go to");
    if (flows.sheet.status == CF_OK)
        fill(&flows);
    return cf_sheet_close(&flows.sheet);
}
