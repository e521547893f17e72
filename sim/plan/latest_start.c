#include "plan/programme.h"

/* 1: the option and all it needs can be open in the year, started in year 0 or later. */
static int can_open(const struct cf_programme *p, int option, int year, unsigned char *seen)
{
    const struct cf_programme_option *o = &p->option[option];
    if (seen[option])
        return 1;
    seen[option] = 1;
    if (o->barred || o->max_units == 0 || o->from + o->lead > year)
        return 0;
    for (int i = 0; i < o->n_needs; i++)
        if (!can_open(p, o->need[i], year, seen))
            return 0;
    return 1;
}

int cf_latest_start(const struct cf_programme *p, int option, int year)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    unsigned char *seen = CF_TAKE(&arena, (size_t)p->n_options, unsigned char);
    const int can = year < p->n_years && can_open(p, option, year, seen);
    cf_arena_free(&arena);
    return can ? year - p->option[option].lead : -1;
}
