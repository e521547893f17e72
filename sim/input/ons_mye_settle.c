#include "input/ons_mye_parts.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

/* Rows of one cell added up, and what must hold between them. */

enum { MOST_SHOWN = 5 };
static const double rounding = 0.5; /* persons: tables are whole numbers */

static int by_cell(const void *a, const void *b)
{
    const struct cf_mye_row *p = a, *q = b;
    const int order[] = {
        p->entity - q->entity, (p->age >= 0) - (q->age >= 0), p->year - q->year, p->age - q->age,
        p->sex - q->sex,       p->origin - q->origin,         p->file - q->file};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        if (order[k])
            return order[k];
    return 0;
}

static int same_age(const struct cf_mye_row *a, const struct cf_mye_row *b)
{
    return a->entity == b->entity && a->year == b->year && a->age == b->age;
}

static void place_of(const struct cf_mye_reading *r, const struct cf_mye_row *row,
                     struct cf_text *text)
{
    cf_text_format(text, "%s in %d", r->mye->entity.name[row->entity], row->year);
    if (row->age >= 0)
        cf_text_format(text, " at %d", row->age);
}

/* Areas that became one are added up; what is said twice of one is not. */
static void add_up(struct cf_mye_reading *r)
{
    struct cf_mye *m = r->mye;
    struct cf_text first = {0};
    size_t n = 0, n_twice = 0;
    for (size_t i = 0; i < m->n_rows; i++) {
        struct cf_mye_row *to = n ? &m->row[n - 1] : NULL;
        const struct cf_mye_row *from = &m->row[i];
        if (to && same_age(to, from) && to->sex == from->sex) {
            if ((to->origin == from->origin || to->file != from->file) && n_twice++ == 0)
                place_of(r, from, &first);
            to->origin = from->origin;
            to->population += from->population;
            to->deaths += from->deaths;
            to->net += from->net;
            to->births += from->births;
            to->parts &= from->parts;
        } else {
            m->row[n++] = *from;
        }
    }
    m->n_rows = n;
    if (n_twice)
        cf_report(r->diag, CF_ERROR, "import.twice", (struct cf_at){0}, NULL,
                  "%zu figures are given twice, the first is %s", n_twice, first.data);
    cf_text_free(&first);
}

/* What does not add up: the first few in words, how many there are, and the worst. */
struct misses {
    size_t n;
    double worst;
    struct cf_text text;
};

static void miss(const struct cf_mye_reading *r, struct misses *misses,
                 const struct cf_mye_row *row, double by)
{
    if (misses->n++ < MOST_SHOWN) {
        cf_text_add(&misses->text, misses->n > 1 ? ", " : "");
        place_of(r, row, &misses->text);
        cf_text_format(&misses->text, " by %g", by);
    }
    if (fabs(by) > fabs(misses->worst))
        misses->worst = by;
}

static void tell(const struct cf_mye_reading *r, struct misses *misses, const char *what)
{
    if (misses->n)
        cf_report(r->diag, CF_ERROR, "import.sum", (struct cf_at){0}, NULL,
                  "%s in %zu cases, at worst by %g: %s%s", what, misses->n, misses->worst,
                  misses->text.data, misses->n > MOST_SHOWN ? ", ..." : "");
    cf_text_free(&misses->text);
}

/* Sexes against persons; where both are there persons go, or, asked for, the sexes do. */
static void settle_sexes(struct cf_mye_reading *r)
{
    struct cf_mye *m = r->mye;
    struct misses misses = {0};
    size_t n = 0;
    for (size_t i = 0, next; i < m->n_rows; i = next) {
        struct cf_mye_row of[3], sum;
        int there[3] = {0};
        for (next = i; next < m->n_rows && same_age(&m->row[i], &m->row[next]); next++) {
            of[m->row[next].sex] = m->row[next];
            there[m->row[next].sex] = 1;
        }
        const int sexes = there[CF_MYE_FEMALE] && there[CF_MYE_MALE];
        if (sexes) {
            sum = of[CF_MYE_FEMALE];
            sum.sex = CF_MYE_PERSONS;
            sum.population += of[CF_MYE_MALE].population;
            sum.deaths += of[CF_MYE_MALE].deaths;
            sum.net += of[CF_MYE_MALE].net;
            sum.parts &= of[CF_MYE_MALE].parts;
            const double by = sum.population - of[CF_MYE_PERSONS].population;
            if (there[CF_MYE_PERSONS] && fabs(by) > rounding)
                miss(r, &misses, &sum, by);
        }
        if (m->row[i].age < 0 || (r->ask->persons && !sexes))
            m->row[n++] = of[m->row[i].sex];
        else if (r->ask->persons)
            m->row[n++] = sum;
        else
            for (int s = CF_MYE_FEMALE; s <= CF_MYE_MALE; s++)
                if (there[s])
                    m->row[n++] = of[s];
    }
    m->n_rows = n;
    tell(r, &misses, "female and male do not add up to persons");
}

static void check_totals(struct cf_mye_reading *r)
{
    const struct cf_mye *m = r->mye;
    struct misses misses = {0};
    for (size_t i = 1; i < m->n_rows; i++) {
        const struct cf_mye_row *was = &m->row[i - 1], *is = &m->row[i];
        if (is->age >= 0 || was->age >= 0 || was->entity != is->entity ||
            was->year + 1 != is->year || !(is->parts & CF_MYE_BIRTHS))
            continue;
        const double by = was->population + is->births - is->deaths + is->net - is->population;
        if (fabs(by) > rounding)
            miss(r, &misses, is, by);
    }
    tell(r, &misses, "totals do not follow from the year before and what changed");
}

/* Every age of the base year, of every area. */
static void check_base(struct cf_mye_reading *r)
{
    const struct cf_mye *m = r->mye;
    const size_t X = (size_t)r->ask->last_age + 1, sexes = r->ask->persons ? 1 : 2;
    size_t *there = CF_TAKE(r->arena, (size_t)m->n_areas + 1, size_t);
    struct cf_text text = {0};
    int n = 0;
    for (size_t i = 0; i < m->n_rows; i++)
        if (m->row[i].entity < m->n_areas && m->row[i].age >= 0 &&
            m->row[i].year == r->ask->base_year)
            there[m->row[i].entity]++;
    for (int a = 0; a < m->n_areas; a++)
        if (there[a] != X * sexes) {
            cf_text_format(&text, "%s'%s'", n ? ", " : "", m->entity.name[a]);
            n++;
        }
    if (n)
        cf_report(r->diag, CF_ERROR, "import.lacks", (struct cf_at){.path = r->ask->areas},
                  sexes == 2 ? "tables of persons alone want --persons" : NULL,
                  "%d areas lack ages 0 to %d of %d in the tables: %s", n, r->ask->last_age,
                  r->ask->base_year, text.data);
    cf_text_free(&text);
}

void cf_mye_settle(struct cf_mye_reading *r)
{
    struct cf_mye *m = r->mye;
    if (m->n_rows)
        qsort(m->row, m->n_rows, sizeof *m->row, by_cell);
    add_up(r);
    settle_sexes(r);
    check_totals(r);
    check_base(r);
}
