#ifndef TEST_CONFIG_FIXTURE_H
#define TEST_CONFIG_FIXTURE_H

/*
 * What the tests of the scenario reader share: files in a folder of their own, and what was said
 * of them.
 */
#include "support/check.h"

#include "input/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 24

struct fixture {
    struct cf_arena arena;
    cf_diag *diag;
    struct cf_config config;
    enum cf_status status;
    char folder[32];
    char *made[MOST_FILES];
    int n_made;
};

static inline int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    cf_arena_init(&f->arena);
    f->diag = cf_diag_open();
    strcpy(f->folder, "/tmp/cf_config_XXXXXX");
    *state = f;
    return f->diag && mkdtemp(f->folder) ? 0 : -1;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    while (f->n_made > 0) {
        remove(f->made[--f->n_made]);
        free(f->made[f->n_made]);
    }
    rmdir(f->folder);
    cf_arena_free(&f->arena);
    cf_diag_close(f->diag);
    free(f);
    return 0;
}

/* The path of a file in the folder of the test, removed at its end. */
static const char *path_of(struct fixture *f, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    for (int i = 0; i < f->n_made; i++) {
        if (strcmp(f->made[i], path) == 0)
            return f->made[i];
    }
    assert_true(f->n_made < MOST_FILES);
    f->made[f->n_made] = strdup(path);
    return f->made[f->n_made++];
}

static inline void put(struct fixture *f, const char *name, const char *text)
{
    FILE *file = fopen(path_of(f, name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline void load_set(struct fixture *f, const char *name, const char *const *set, int n_set)
{
    f->status = cf_config_load(&f->arena, path_of(f, name), set, n_set, &f->config, f->diag);
    cf_diag_sort(f->diag);
    assert_int_equal(f->status, cf_diag_count(f->diag, CF_ERROR) ? CF_BAD_INPUT : CF_OK);
    assert_non_null(f->config.root);
    assert_string_equal(f->config.path, path_of(f, name));
}

static inline void load(struct fixture *f, const char *name)
{
    load_set(f, name, NULL, 0);
}

static inline void load_text(struct fixture *f, const char *text)
{
    put(f, "t.cfg", text);
    load(f, "t.cfg");
}

static inline void n_messages(struct fixture *f, size_t n)
{
    for (size_t i = 0;
         n != cf_diag_count(f->diag, CF_NOTICE) && i < cf_diag_count(f->diag, CF_NOTICE); i++)
        print_error("%s:%d: %s\n", cf_diag_message(f->diag, i).path,
                    cf_diag_message(f->diag, i).line, cf_diag_message(f->diag, i).text);
    assert_int_equal(cf_diag_count(f->diag, CF_NOTICE), n);
}

/* The message in which "%" in `text` stands for the folder of the test. */
static inline void message_is(struct fixture *f, size_t i, const char *code, const char *name,
                              int line, int column, const char *text)
{
    char *expected = strdup("");
    for (; *text; text++) {
        char *more = NULL;
        int length = *text == '%' ? asprintf(&more, "%s%s", expected, f->folder)
                                  : asprintf(&more, "%s%c", expected, *text);
        assert_true(length >= 0);
        free(expected);
        expected = more;
    }
    assert_true(i < cf_diag_count(f->diag, CF_NOTICE));
    struct cf_message m = cf_diag_message(f->diag, i);
    assert_string_equal(m.text, expected);
    free(expected);
    assert_string_equal(m.code, code);
    assert_string_equal(m.path, name[0] == '-' ? name : path_of(f, name));
    assert_int_equal(m.line, line);
    assert_int_equal(m.column, column);
}

static inline void resolved_is(struct fixture *f, const char *text)
{
    assert_string_equal(f->config.resolved, text);
}

static inline struct cf_node *at_path(struct fixture *f, const char *key)
{
    struct cf_node *node = cf_node_find(f->config.root, key);
    assert_non_null(node);
    return node;
}

static inline void same_tree(const struct cf_node *a, const struct cf_node *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_string_equal(a->key, b->key);
    assert_int_equal(a->n_children, b->n_children);
    assert_int_equal(a->integer, b->integer);
    assert_memory_equal(&a->number, &b->number, sizeof a->number);
    if (a->kind == CF_NODE_TEXT)
        assert_string_equal(a->text, b->text);
    const struct cf_node *x = a->child, *y = b->child;
    for (; x && y; x = x->next, y = y->next) {
        assert_ptr_equal(x->parent, a);
        same_tree(x, y);
    }
    assert_true(!x && !y);
}

static inline void reads_back(struct fixture *f)
{
    struct cf_config again;
    struct cf_config_text text = {"resolved.cfg", f->config.resolved, strlen(f->config.resolved)};
    assert_int_equal(cf_config_read_text(&f->arena, &text, NULL, 0, &again, f->diag), CF_OK);
    same_tree(f->config.root, again.root);
    assert_string_equal(again.resolved, f->config.resolved);
}

#endif
