#include <cohortflow/results.h>

#include "base/diag.h"
#include "base/text.h"
#include "output/content_hash.h"
#include "output/sidecar.h"

#include <math.h>
#include <stdlib.h>

#define LEDGER_TOLERANCE 1e-9

struct check {
    const char *path;
    cf_results *file;
    cf_diag *diag;
    enum cf_status status;
};

static void broken(struct check *c, const char *code, const char *text, const char *detail)
{
    cf_report(c->diag, CF_ERROR, code, (struct cf_at){.path = c->path}, NULL, "%s%s", text, detail);
    c->status = CF_BROKEN;
}

/* What the values are and, for programs that go by what stands at the datasets, along what. */
static void check_content(struct check *c)
{
    char hex[CF_DIGEST_HEX];
    const char *named = cf_results_text(c->file, "content_sha256");
    cf_h5 *h5 = cf_h5_open(c->path);
    if (cf_content_hash(h5, hex) < 0 || cf_h5_check_dimensions(h5) < 0)
        broken(c, "results.unreadable", "this file cannot be read to its end: ", cf_h5_error(h5));
    else if (!named)
        broken(c, "results.hash", "this file has no content_sha256", "");
    else if (!cf_text_same(named, hex))
        broken(c, "results.hash", "the values in this file are not those its content_sha256 names",
               "");
    cf_h5_close(h5);
}

/* Where a cell lies: "run 0, year 2012, area E09000002"; free() it. */
static char *cell_text(const struct cf_results_variable *variable, int n_dims, size_t cell)
{
    struct cf_text text = {0};
    size_t below = 1;
    for (int d = 0; d < n_dims; d++)
        below *= variable->dim[d]->n;
    for (int d = 0; d < n_dims; d++) {
        const struct cf_results_dim *dim = variable->dim[d];
        below /= dim->n;
        size_t member = cell / below % dim->n;
        cf_text_format(&text, d ? ", %s " : "%s ", dim->name);
        if (dim->code)
            cf_text_add(&text, dim->code[member]);
        else
            cf_text_format(&text, "%d", dim->number[member]);
    }
    return text.data;
}

static void wrong_cell(struct check *c, const char *code, const char *what,
                       const struct cf_results_variable *variable, int n_dims, size_t cell)
{
    char *where = cell_text(variable, n_dims, cell);
    cf_report(c->diag, CF_ERROR, code, (struct cf_at){.path = c->path}, NULL, "%s %s: %s",
              variable->name, what, where ? where : "");
    free(where);
    c->status = CF_BROKEN;
}

static size_t size_of(const struct cf_results_variable *variable)
{
    size_t n = 1;
    for (int d = 0; d < variable->n_dims; d++)
        n *= variable->dim[d]->n;
    return n;
}

/* The first cell that is wrong is told; one is enough to know. */
static void check_stock(struct check *c, const struct cf_results_variable *variable,
                        const double *value)
{
    size_t n = size_of(variable);
    for (size_t k = 0; k < n; k++) {
        if (isfinite(value[k]) && value[k] >= 0)
            continue;
        wrong_cell(c, "results.stock", isfinite(value[k]) ? "is negative" : "is not finite",
                   variable, variable->n_dims, k);
        return;
    }
}

/* How a term stands in the balance; a term that is not here does not. */
static double sign_of(const char *term)
{
    static const struct {
        const char *term;
        double sign;
    } balance[] = {{"start", 1},    {"entrants", 1}, {"net", 1},      {"in", 1},
                   {"external", 1}, {"housing", 1},  {"clipped", 1},  {"end", -1},
                   {"deaths", -1},  {"out", -1},     {"aged_out", -1}};
    for (size_t k = 0; k < sizeof balance / sizeof *balance; k++)
        if (cf_text_same(balance[k].term, term))
            return balance[k].sign;
    return 0;
}

/* MODEL.md 3: start and what came is end and what went, in every year and area. In the base year
 * start is end and nothing moves, which the same rule covers. */
static void check_ledger(struct check *c, const struct cf_results_variable *variable,
                         const double *value)
{
    const struct cf_results_dim *term =
        variable->n_dims ? variable->dim[variable->n_dims - 1] : NULL;
    if (!term || !cf_text_same(term->name, "term") || !term->code) {
        broken(c, "results.ledger", "the ledger of this file has no terms", "");
        return;
    }
    size_t rows = term->n ? size_of(variable) / term->n : 0;
    for (size_t row = 0; row < rows; row++) {
        double gap = 0, scale = 1;
        for (size_t k = 0; k < term->n; k++) {
            double persons = value[row * term->n + k];
            gap += sign_of(term->code[k]) * persons;
            scale = fabs(persons) > scale ? fabs(persons) : scale;
        }
        if (fabs(gap) <= scale * LEDGER_TOLERANCE)
            continue;
        wrong_cell(c, "results.ledger", "does not close", variable, variable->n_dims - 1, row);
        return;
    }
}

/* 0 is ok; the others in the words of the variable's long_name. */
static void check_runs(struct check *c, const struct cf_results_variable *variable,
                       const double *value)
{
    size_t n = size_of(variable), failed = 0, first = 0;
    for (size_t k = n; k-- > 0;) {
        failed += value[k] != 0;
        first = value[k] != 0 ? k : first;
    }
    if (failed == 0)
        return;
    cf_report(c->diag, CF_ERROR, "results.run", (struct cf_at){.path = c->path},
              variable->long_name, "%zu of %zu runs are not ok, run %d first (run_status %.0f)",
              failed, n, variable->dim[0]->number[first], value[first]);
    c->status = CF_BROKEN;
}

static void check_variable(struct check *c, const char *name,
                           void (*check)(struct check *, const struct cf_results_variable *,
                                         const double *))
{
    const struct cf_results_variable *variable = cf_results_find(c->file, name);
    if (!variable)
        return;
    double *value = cf_results_read(c->file, variable, c->diag);
    if (value)
        check(c, variable, value);
    else
        c->status = CF_BROKEN;
    free(value);
}

/* Index of the term `end`, or the number of terms where there is none. */
static size_t end_term(const struct cf_results_variable *ledger)
{
    const struct cf_results_dim *term = ledger->dim[ledger->n_dims - 1];
    size_t t = 0;
    while (t < term->n && term->code && !cf_text_same(term->code[t], "end"))
        t++;
    return term->code ? t : term->n;
}

/* The ledger's end is the population: of every run, year and area. */
static void check_end(struct check *c)
{
    const struct cf_results_variable *people = cf_results_find(c->file, "population");
    const struct cf_results_variable *ledger = cf_results_find(c->file, "ledger");
    if (!people || !ledger || people->n_dims < 1 || ledger->n_dims < 1)
        return;
    const size_t terms = ledger->dim[ledger->n_dims - 1]->n, end = end_term(ledger);
    const size_t rows = terms ? size_of(ledger) / terms : 0;
    if (end == terms || rows == 0 || size_of(people) % rows != 0) {
        broken(c, "results.ledger", "the ledger of this file is not one of its population", "");
        return;
    }
    const size_t cells = size_of(people) / rows;
    double *person = cf_results_read(c->file, people, c->diag);
    double *term = cf_results_read(c->file, ledger, c->diag);
    for (size_t row = 0; person && term && row < rows; row++) {
        double sum = 0, at_end = term[row * terms + end];
        for (size_t k = 0; k < cells; k++)
            sum += person[row * cells + k];
        if (fabs(sum - at_end) <= LEDGER_TOLERANCE * fmax(1, fabs(sum)))
            continue;
        wrong_cell(c, "results.ledger", "does not end with the population", ledger,
                   ledger->n_dims - 1, row);
        break;
    }
    if (!person || !term)
        c->status = CF_BROKEN;
    free(person);
    free(term);
}

enum cf_status cf_results_verify(const char *path, cf_diag *diag)
{
    struct check c = {.path = path, .diag = diag, .status = CF_OK};
    enum cf_status status = cf_results_open(path, &c.file, diag);
    if (status != CF_OK)
        return status;
    c.status = cf_sidecar_check(path, diag);
    check_content(&c);
    check_variable(&c, "run_status", check_runs);
    check_variable(&c, "population", check_stock);
    check_variable(&c, "stock", check_stock);
    check_variable(&c, "level_stock", check_stock);
    check_variable(&c, "ledger", check_ledger);
    check_end(&c);
    cf_results_close(c.file);
    return c.status;
}
