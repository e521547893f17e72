#ifndef CF_TEST_PLACE_FILES_H
#define CF_TEST_PLACE_FILES_H

/* A small place in a folder of its own, for tests of loading. Include after cmocka. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "input/load.h"
#include "input/settings.h"

struct place {
    char folder[64], scenario[96];
    struct cf_model model;
    struct cf_config config;
    cf_diag *diag;
};

static inline void place_write(const struct place *place, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A place that is right: two areas, two groups, two levels, four statuses, a line, two sites. */
static inline int place_open(void **state)
{
    static struct place place;
    memset(&place, 0, sizeof place);
    strcpy(place.folder, "/tmp/place-XXXXXX");
    assert_non_null(mkdtemp(place.folder));
    snprintf(place.scenario, sizeof place.scenario, "%s/base.cfg", place.folder);
    char axes[96];
    snprintf(axes, sizeof axes, "%s/axes", place.folder);
    assert_int_equal(mkdir(axes, 0700), 0);
    place_write(&place, "axes/area.csv", "code,label,authority\nnorth,North,a1\nsouth,,a2\n");
    place_write(&place, "axes/group.csv", "code,sex,lldd,last_age\nf,f,0,16\nd,all,1,40\n");
    place_write(&place, "axes/level.csv", "code,label\nl1,Low\nl2,High\n");
    place_write(&place, "axes/status.csv",
                "code,label,kind,participates,provided,fallback\nschool,School,school,1,0,0\n"
                "sixth,Sixth form,learning,1,1,0\njob,Job,work,0,0,0\nneet,NEET,neet,0,0,1\n");
    place_write(&place, "axes/line.csv", "code,label,route\nalevel,A level,sixth\n");
    place_write(&place, "axes/site.csv", "code,area,authority\ns1,north,a3\ns2,south,a1\n");
    cf_arena_init(&place.model.arena);
    place.diag = cf_diag_open();
    *state = &place;
    return 0;
}

static inline int place_remove(const char *path, const struct stat *is, int kind, struct FTW *walk)
{
    (void)is, (void)kind, (void)walk;
    return remove(path);
}

static inline int place_close(void **state)
{
    struct place *place = *state;
    cf_free_model(&place->model);
    cf_diag_close(place->diag);
    return nftw(place->folder, place_remove, 8, FTW_DEPTH | FTW_PHYS);
}

#define PLACE_YEARS                                                                                \
    "base_year = 2009; end_year = 2012; first_age = 14; last_age = 18; choice_age = 16;\n"

static inline void place_print(const struct place *place)
{
    cf_diag_print(place->diag, stderr, CF_NOTICE, 0, 0);
}

/* Read the text as the scenario, as cf_load_model does, up to its settings. */
static inline int place_settings(struct place *place, const char *text)
{
    int ready = -1;
    place_write(place, "base.cfg", text);
    enum cf_status read =
        cf_config_load(&place->model.arena, place->scenario, NULL, 0, &place->config, place->diag);
    if (read != CF_OK)
        place_print(place);
    assert_int_equal(read, CF_OK);
    cf_require_settings(place->config.root, CF_SCOPE_TOP, "",
                        (struct cf_at){place->config.path, 0, 0}, place->diag);
    cf_load_settings(&place->model, &place->config, &ready, place->diag);
    return ready;
}

static inline void place_levers(struct place *place, const char *text)
{
    int ready = place_settings(place, text);
    cf_load_axes(&place->model, ready, place->diag);
    cf_load_members(&place->model, &place->config, place->diag);
    cf_load_levers(&place->model, &place->config, place->diag);
}

/* There is a message of the code with the fragment in its text, at the line where it is not 0. */
static inline void expect(const struct place *place, const char *code, int line,
                          const char *fragment, const char *help)
{
    for (size_t i = 0; i < cf_diag_count(place->diag, CF_NOTICE); i++) {
        struct cf_message m = cf_diag_message(place->diag, i);
        if (strcmp(m.code, code) == 0 && (line == 0 || m.line == line) &&
            strstr(m.text, fragment) != NULL && (help == NULL || strstr(m.help, help) != NULL))
            return;
    }
    place_print(place);
    fail_msg("no message '%s' at line %d with '%s' and help '%s'", code, line, fragment,
             help != NULL ? help : "");
}

static inline void expect_messages(const struct place *place, size_t n)
{
    if (cf_diag_count(place->diag, CF_NOTICE) != n)
        place_print(place);
    assert_int_equal(cf_diag_count(place->diag, CF_NOTICE), n);
}

#endif
