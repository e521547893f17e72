#include "model/indicator.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

static int same_members(const struct cf_selection *a, const struct cf_selection *b)
{
    return a->n == b->n && !memcmp(a->member, b->member, (size_t)a->n);
}

/* NaN is the same as NaN. */
static int same_numbers(const double *a, const double *b, int n)
{
    for (int k = 0; k < n; k++)
        if (a[k] != b[k] && !(isnan(a[k]) && isnan(b[k])))
            return 0;
    return 1;
}

static int same_count(const struct cf_count *a, const struct cf_count *b, int n_ages)
{
    return same_members(&a->area, &b->area) && same_members(&a->group, &b->group) &&
           same_members(&a->level, &b->level) && same_members(&a->status, &b->status) &&
           same_numbers(a->weight, b->weight, n_ages);
}

static int same_ratio(const struct cf_ratio *a, const struct cf_ratio *b, int n_ages)
{
    return a->has_denominator == b->has_denominator &&
           same_count(&a->numerator, &b->numerator, n_ages) &&
           (!a->has_denominator || same_count(&a->denominator, &b->denominator, n_ages));
}

int cf_indicator_same(const struct cf_indicator *a, const struct cf_indicator *b, int n_ages,
                      int n_years)
{
    return cf_text_same(a->code, b->code) && cf_text_same(a->label, b->label) &&
           cf_text_same(a->definition, b->definition) && cf_text_same(a->source, b->source) &&
           cf_text_same(a->responsible, b->responsible) &&
           cf_text_same(a->benchmark_source, b->benchmark_source) && a->of == b->of &&
           a->better == b->better && a->published_offset == b->published_offset &&
           a->has_minus == b->has_minus && same_ratio(&a->ratio, &b->ratio, n_ages) &&
           (!a->has_minus || same_ratio(&a->minus, &b->minus, n_ages)) &&
           same_numbers(&a->baseline, &b->baseline, 1) &&
           same_numbers(a->target, b->target, n_years) &&
           same_numbers(a->benchmark, b->benchmark, n_years);
}
