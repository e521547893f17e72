#include "model/selector.h"

#include "base/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct cf_selection cf_select_all(struct cf_arena *arena, int n)
{
    struct cf_selection all = {CF_TAKE(arena, (size_t)n, unsigned char), n, n};
    memset(all.member, 1, (size_t)n);
    return all;
}

struct cf_selection cf_select_none(struct cf_arena *arena, int n)
{
    return (struct cf_selection){CF_TAKE(arena, (size_t)n, unsigned char), n, 0};
}

/* Digits at *text into *value, *text moved past them; 0 where there are none or too many. */
static int read_digits(const char **text, int *value)
{
    const char *p = *text;
    int v = 0;
    while (*p >= '0' && *p <= '9' && p - *text < 9)
        v = 10 * v + (*p++ - '0');
    int good = p > *text && !(*p >= '0' && *p <= '9');
    *text = p;
    *value = v;
    return good;
}

int cf_parse_range(const char *text, int *first, int *last, int *single)
{
    int open_start = *text == '-';
    *first = INT_MIN;
    *last = INT_MAX;
    *single = 0;
    if (!open_start && !read_digits(&text, first))
        return 0;
    if (*text == '\0') {
        *last = *first;
        *single = 1;
        return 1;
    }
    if (*text++ != '-')
        return 0;
    if (*text == '\0')
        return !open_start;
    return read_digits(&text, last) && *text == '\0' && *first <= *last;
}

static int add_member(struct cf_selection *selection, int k)
{
    selection->n_selected += !selection->member[k];
    selection->member[k] = 1;
    return 1;
}

/* The codes of years and ages are whole numbers that follow each other. */
static int select_range(const struct cf_axis *axis, const char *selector,
                        struct cf_selection *selection, struct cf_at at, cf_diag *diag)
{
    int first, last, single, matched = 0;
    if (!cf_parse_range(selector, &first, &last, &single)) {
        cf_report(diag, CF_ERROR, "selector.range", at,
                  axis->id == CF_AXIS_YEAR ? "write \"2013\", \"2013-2015\", \"2013-\" or \"-2012\""
                                           : "write \"16\", \"16-18\", \"16-\" or \"-15\"",
                  "'%s' is not %s or range", selector,
                  axis->id == CF_AXIS_YEAR ? "a year" : "an age");
        return -1;
    }
    for (int k = 0; k < axis->n; k++) {
        int member = atoi(axis->codes.name[k]);
        if (member >= first && member <= last)
            matched += add_member(selection, k);
    }
    if (matched == 0) {
        cf_report(diag, CF_ERROR, "selector.nothing", at, NULL,
                  "'%s' matches nothing, the %ss are %s to %s", selector, axis->name,
                  axis->n > 0 ? axis->codes.name[0] : "none",
                  axis->n > 0 ? axis->codes.name[axis->n - 1] : "none");
        return -1;
    }
    return matched;
}

static int select_attribute(const struct cf_axis *axis, const char *selector, const char *colon,
                            struct cf_selection *selection, struct cf_at at, cf_diag *diag)
{
    char *name = strndup(selector, (size_t)(colon - selector));
    if (name == NULL)
        cf_out_of_memory();
    int k = cf_axis_attribute(axis, name), matched = 0;
    if (k < 0) {
        const char **names = calloc((size_t)axis->n_attributes + 1, sizeof *names);
        if (names == NULL)
            cf_out_of_memory();
        for (int i = 0; i < axis->n_attributes; i++)
            names[i] = axis->attribute[i].name;
        cf_report_near(diag, CF_ERROR, "selector.attribute", at, name, names,
                       (size_t)axis->n_attributes, "axis '%s' has no attribute '%s'", axis->name,
                       name);
        free(names);
    } else {
        const struct cf_attribute *attribute = &axis->attribute[k];
        int wanted = cf_names_find(&attribute->values, colon + 1);
        for (int i = 0; wanted >= 0 && i < axis->n; i++)
            if (attribute->number[i] == wanted)
                matched += add_member(selection, i);
        if (matched == 0)
            cf_report_near(diag, CF_ERROR, "selector.nothing", at, colon + 1,
                           attribute->values.name, (size_t)attribute->values.n,
                           "'%s' matches nothing, no member of axis '%s' has '%s' as its '%s'",
                           selector, axis->name, colon + 1, name);
    }
    free(name);
    return matched > 0 ? matched : -1;
}

int cf_select(const struct cf_axis *axis, const char *selector, struct cf_selection *selection,
              struct cf_at at, cf_diag *diag)
{
    if (axis->id == CF_AXIS_YEAR || axis->id == CF_AXIS_AGE)
        return select_range(axis, selector, selection, at, diag);
    int k = cf_names_find(&axis->codes, selector);
    if (k >= 0)
        return add_member(selection, k);
    /* The member may stand in a row that could not be read. */
    diag = axis->doubtful ? NULL : diag;
    const char *colon = strchr(selector, ':');
    if (colon != NULL)
        return select_attribute(axis, selector, colon, selection, at, diag);
    char room[CF_LABEL_HELP_ROOM];
    const char *help = cf_axis_label_help(axis, selector, room, sizeof room);
    if (help != NULL)
        cf_report(diag, CF_ERROR, "selector.code", at, help, "axis '%s' has no member '%s'",
                  axis->name, selector);
    else if (axis->n == 0)
        cf_report(diag, CF_ERROR, "selector.code", at, NULL,
                  "'%s' matches nothing, axis '%s' has no members", selector, axis->name);
    else
        cf_report_near(diag, CF_ERROR, "selector.code", at, selector, axis->codes.name,
                       (size_t)axis->codes.n, "axis '%s' has no member '%s'", axis->name, selector);
    return -1;
}
