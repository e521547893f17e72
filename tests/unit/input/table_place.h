#ifndef TEST_TABLE_PLACE_H
#define TEST_TABLE_PLACE_H

#include "support/check.h"

#include "base/text.h"
#include "input/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Small places in a folder of their own, for tests of the tables. Two areas, two groups (main to
 * 18, lldd to 20), ages 15 to 20, choice at 16, two levels, three statuses, years 2009 to 2013.
 */
struct place {
    char folder[64];
    struct cf_model *model;
    cf_diag *diag;
};

static inline void place_file(struct place *p, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline void place_remove(struct place *p, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    assert_int_equal(unlink(path), 0);
}

static inline void place_folder(struct place *p, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static inline void place_axes(struct place *p)
{
    place_file(p, "axes/area.csv",
               "code,label,authority,region\n"
               "north,North,a1,r\nsouth,South,a2,r\n");
    place_file(p, "axes/group.csv",
               "code,label,sex,lldd,last_age\n"
               "main,Main,all,0,18\nlldd,LLDD,all,1,20\n");
    place_file(p, "axes/level.csv", "code,label\nlow,Low\nhigh,High\n");
    place_file(p, "axes/status.csv",
               "code,label,kind,participates,provided,fallback\n"
               "school,School,school,1,0,0\ncollege,College,learning,1,1,0\n"
               "neet,NEET,neet,0,0,1\n");
    place_file(p, "axes/line.csv",
               "code,label,route\nalevel,A level,college\nvoc,Vocational,college\n");
    place_file(p, "axes/site.csv",
               "code,label,area,provider,authority\n"
               "s1,One,north,p,a1\ns2,Two,south,q,a2\n");
    place_file(p, "axes/grade.csv", "code,label,good\n1,Good,1\n2,Less,0\n");
    place_file(p, "axes/driver.csv", "code,label\nunemp,Unemployment\n");
}

static inline int place_set_up(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/cf_tables_XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    place_folder(p, "axes");
    place_folder(p, "tables");
    place_axes(p);
    place_file(p, "tables/population.csv",
               "age,value\n15,100\n16,100\n17,100\n18,100\n"
               "19,100\n20,100\n");
    place_file(p, "tables/level_share.csv", "level,value\nlow,0.75\nhigh,0.25\n");
    place_file(p, "tables/status_share.csv", "status,value\ncollege,0.9\nneet,0.1\n");
    place_file(p, "tables/entrants.csv", "area,group,value\n,main,90\n,lldd,10\n");
    p->model = calloc(1, sizeof *p->model);
    cf_arena_init(&p->model->arena);
    p->model->scenario = (struct cf_scenario){.path = "s.cfg",
                                              .name = "s",
                                              .title = "",
                                              .place = p->folder,
                                              .base_year = 2009,
                                              .end_year = 2013,
                                              .first_age = 15,
                                              .last_age = 20,
                                              .choice_age = 16};
    p->diag = cf_diag_open();
    *state = p;
    return 0;
}

static inline int place_tear_down(void **state)
{
    struct place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    int left = system(command);
    cf_arena_free(&p->model->arena);
    cf_diag_close(p->diag);
    free(p->model);
    free(p);
    return left;
}

static inline void place_load(struct place *p)
{
    cf_load_axes(p->model, 1, p->diag);
    assert_int_equal(cf_diag_count(p->diag, CF_NOTICE), 0);
    cf_load_sources(p->model, p->diag);
    cf_load_fields(p->model, 1, p->diag);
    cf_diag_sort(p->diag);
}

/* The value of a field; at as in cf_cell_text, the year first where it has one. */
static inline size_t place_index(const struct place *p, enum cf_field_id id, const int *at)
{
    const struct cf_field *field = &p->model->field[id];
    size_t i = 0;
    for (int d = 0; d < cf_field_specs[id].n_dims; d++)
        i = i * (size_t)field->extent[d] + (size_t)at[d];
    return i;
}
#define VALUE(p, id, ...)                                                                          \
    ((p)->model->field[CF_FIELD_##id]                                                              \
         .value[place_index((p), CF_FIELD_##id, (const int[]){__VA_ARGS__})])
#define LINE(p, id, ...)                                                                           \
    ((p)->model->field[CF_FIELD_##id]                                                              \
         .line[place_index((p), CF_FIELD_##id, (const int[]){__VA_ARGS__})])

static inline void is_near(double value, double wanted)
{
    if (!(fabs(value - wanted) <= 1e-12 * (1 + fabs(wanted))))
        fail_msg("%.17g is not %.17g", value, wanted);
}

static inline void print_all(struct place *p)
{
    cf_diag_print(p->diag, stderr, CF_NOTICE, 0, 0);
}

/* There is a message of this kind, at this line and column of this file, with this text. */
static inline void told(struct place *p, enum cf_severity severity, const char *code,
                        const char *file, int line, int column, const char *text)
{
    for (size_t i = 0; i < cf_diag_count(p->diag, CF_NOTICE); i++) {
        struct cf_message m = cf_diag_message(p->diag, i);
        size_t length = strlen(m.path), end = strlen(file);
        if (m.severity == severity && strcmp(m.code, code) == 0 && m.line == line &&
            m.column == column && strcmp(m.text, text) == 0 && length >= end &&
            strcmp(m.path + length - end, file) == 0)
            return;
    }
    print_all(p);
    fail_msg("not told: %s %s:%d:%d %s", code, file, line, column, text);
}

/* The help of the message with this text. */
static inline void helped(struct place *p, const char *text, const char *help)
{
    for (size_t i = 0; i < cf_diag_count(p->diag, CF_NOTICE); i++) {
        struct cf_message m = cf_diag_message(p->diag, i);
        if (strcmp(m.text, text) == 0) {
            assert_string_equal(m.help, help);
            return;
        }
    }
    fail_msg("not told: %s", text);
}

static inline void errors(struct place *p, size_t n)
{
    if (cf_diag_count(p->diag, CF_ERROR) != n)
        print_all(p);
    assert_int_equal(cf_diag_count(p->diag, CF_ERROR), n);
}

#define PLACE_TEST(f) cmocka_unit_test_setup_teardown(f, place_set_up, place_tear_down)

#endif
