/*
 * The scenario reader from files on: values as libconfig reads them, what extends and --set make
 * of them, and the resolved text, which reads back as the same tree.
 */
#include "config_fixture.h"

static void values(void **state)
{
    struct fixture *f = *state;
    load_text(f, "a = -2147483648; b = 3000000000L; c = 0xFF; d = 1e5; e = .1; f = TRUE; g = "
                 "\"x\\x41\\n\\\"\" \"y\\q\"; h = -9223372036854775808L; i = 5L; j = -0.0;\n"
                 "k = \"caf\xC3\xA9\\t\\\\\\x01\\x7f\\x1bf\"; l = 1.7976931348623157e308;");
    n_messages(f, 0);
    assert_true(at_path(f, "a")->integer == -2147483648LL);
    assert_true(at_path(f, "a")->number == -2147483648.0);
    assert_true(at_path(f, "b")->integer == 3000000000);
    assert_int_equal(at_path(f, "b")->kind, CF_NODE_INT);
    assert_int_equal(at_path(f, "c")->integer, 255);
    assert_true(at_path(f, "d")->number == 1e5);
    assert_int_equal(at_path(f, "d")->kind, CF_NODE_NUMBER);
    assert_true(at_path(f, "e")->number == 0.1);
    assert_int_equal(at_path(f, "f")->kind, CF_NODE_BOOL);
    assert_int_equal(at_path(f, "f")->integer, 1);
    assert_string_equal(at_path(f, "g")->text, "xA\n\"y\\q");
    assert_true(at_path(f, "h")->integer == INT64_MIN);
    assert_string_equal(at_path(f, "k")->text, "caf\xC3\xA9\t\\\x01\x7f\x1b"
                                               "f");
    resolved_is(f, "a = -2147483648;\nb = 3000000000L;\nc = 255;\nd = 100000.0;\ne = 0.1;\n"
                   "f = true;\ng = \"xA\\n\\\"y\\\\q\";\nh = -9223372036854775808L;\ni = 5;\n"
                   "j = -0.0;\nk = \"caf\xC3\xA9\\t\\\\\\x01\\x7f\\x1bf\";\n"
                   "l = 1.7976931348623157e308;\n");
    reads_back(f);
}

static void groups_and_places(void **state)
{
    struct fixture *f = *state;
    load_text(f, "\xEF\xBB\xBF// a comment\r\n"
                 "levers = (\r\n"
                 "  { name = \"one\"; where = { year = \"2013-\"; }; value = 0.03; },\r\n"
                 "  { name = \"two\"; onset = [ 2011, 2012 ]; }\r\n"
                 ");\r\n"
                 "empty = { }; none = ( ); no = [ ];\r\n"
                 "mixed = ( 1, \"x\", ( 2.5 ), [ true, false ], { } );\r\n");
    n_messages(f, 0);
    struct cf_node *levers = at_path(f, "levers");
    assert_int_equal(levers->n_children, 2);
    struct cf_node *where = cf_node_find(levers->child, "where");
    assert_int_equal(where->key_at.line, 3);
    assert_int_equal(where->key_at.column, 19);
    assert_int_equal(where->at.column, 27);
    assert_int_equal(where->child->key_at.column, 29);
    assert_int_equal(where->child->at.column, 36);
    assert_string_equal(where->at.path, path_of(f, "t.cfg"));
    assert_ptr_equal(where->parent, levers->child);
    struct cf_node *onset = cf_node_find(levers->child->next, "onset");
    assert_int_equal(onset->child->next->at.line, 4);
    assert_int_equal(onset->child->next->at.column, 35);
    assert_int_equal(onset->child->next->key_at.column, 35);
    assert_string_equal(onset->child->key, "");
    resolved_is(f, "levers = (\n"
                   "    {\n"
                   "        name = \"one\";\n"
                   "        where = {\n"
                   "            year = \"2013-\";\n"
                   "        };\n"
                   "        value = 0.03;\n"
                   "    },\n"
                   "    {\n"
                   "        name = \"two\";\n"
                   "        onset = [ 2011, 2012 ];\n"
                   "    }\n"
                   ");\n"
                   "empty = {\n};\nnone = ( );\nno = [ ];\n"
                   "mixed = (\n    1,\n    \"x\",\n    ( 2.5 ),\n    [ true, false ],\n"
                   "    {\n    }\n);\n");
    reads_back(f);
    assert_string_equal(cf_node_kind_text(levers->kind), "a list");
    assert_null(cf_node_find(levers, "none"));
    assert_null(cf_node_find(NULL, "none"));
}

static void the_rest_of_a_file_with_errors(void **state)
{
    struct fixture *f = *state;
    load_text(f, "a = 3000000000;\nb = 1e400;\nc = { d = ; e = 2; };\nf = 99999999999999999999L;\n"
                 "a = 4;\n");
    n_messages(f, 5);
    message_is(f, 0, "config.number-range", "t.cfg", 1, 5, "'3000000000' does not fit in 32 bits");
    message_is(f, 1, "config.number-range", "t.cfg", 2, 5,
               "'1e400' is beyond what a number can hold, about 1.8e308");
    message_is(f, 2, "config.syntax", "t.cfg", 3, 11, "setting 'd' has no value");
    message_is(f, 3, "config.number-range", "t.cfg", 4, 5,
               "'99999999999999999999L' does not fit in 64 bits");
    message_is(f, 4, "config.key-twice", "t.cfg", 5, 1, "setting 'a' is given twice");
    resolved_is(f, "a = 0;\nb = 0.0;\nc = {\n    e = 2;\n};\nf = 0;\n");
    assert_int_equal(at_path(f, "b")->kind, CF_NODE_NUMBER);
}

static void escapes_that_are_not_utf_8(void **state)
{
    struct fixture *f = *state;
    load_text(f, "a = \"x\\xC3\\xA9\";\nb = \"x\\xE9y\";\n");
    n_messages(f, 1);
    message_is(f, 0, "config.not-utf8", "t.cfg", 2, 5,
               "text holds the byte 0xE9, which is not UTF-8");
    resolved_is(f, "a = \"x\xC3\xA9\";\nb = \"x?y\";\n");
}

static void extends_merges(void **state)
{
    struct fixture *f = *state;
    put(f, "first.cfg",
        "place = \".\"; title = \"first\"; base_year = 2009;\n"
        "design = { kind = \"sobol\"; seed = 1; more = { a = 1; b = 2; }; };\n"
        "levers = ( { name = \"one\"; value = 1.0; op = \"set\"; },"
        " { name = \"two\"; value = 2.0; } );\n"
        "risks = ( { code = \"R1\"; p = 0.1; }, { code = \"R2\"; p = 0.2; } );\n"
        "years = [ 2013, 2015 ]; sweep = ( 1, 2 );\n");
    put(f, "second.cfg",
        "extends = \"first.cfg\"; title = \"second\";\n"
        "design = { seed = 2; more = { b = 3; c = 4; }; };\n"
        "levers = ( { name = \"two\"; value = 2.5; },"
        " { name = \"new\"; v = 3; } );\n"
        "years = [ 2020 ]; sweep = ( 3 ); mode = \"backcast\";\n");
    put(f, "third.cfg",
        "extends = \"second.cfg\";\n"
        "risks = ( { code = \"R3\"; }, { code = \"R1\"; p = 0.5; q = true; } );\n"
        "levers = ( { name = \"one\"; value = 9; },"
        " { name = \"one\"; value = 8; } );\n"
        "design = 5;\n");
    load(f, "third.cfg");
    n_messages(f, 0);
    resolved_is(f, "title = \"second\";\n"
                   "base_year = 2009;\n"
                   "design = 5;\n"
                   "levers = (\n"
                   "    {\n        name = \"one\";\n        value = 9;\n"
                   "        op = \"set\";\n    },\n"
                   "    {\n        name = \"two\";\n        value = 2.5;\n    },\n"
                   "    {\n        name = \"new\";\n        v = 3;\n    },\n"
                   "    {\n        name = \"one\";\n        value = 8;\n    }\n"
                   ");\n"
                   "risks = (\n"
                   "    {\n        code = \"R1\";\n        p = 0.5;\n        q = true;\n    },\n"
                   "    {\n        code = \"R2\";\n        p = 0.2;\n    },\n"
                   "    {\n        code = \"R3\";\n    }\n"
                   ");\n"
                   "years = [ 2020 ];\n"
                   "sweep = ( 3 );\n"
                   "mode = \"backcast\";\n");
    assert_string_equal(at_path(f, "place")->at.path, path_of(f, "first.cfg"));
    assert_string_equal(at_path(f, "title")->at.path, path_of(f, "second.cfg"));
    assert_string_equal(at_path(f, "design")->at.path, path_of(f, "third.cfg"));
    assert_null(cf_node_find(f->config.root, "extends"));
    assert_int_equal(f->config.n_files, 3);
    assert_string_equal(f->config.file[0].path, path_of(f, "third.cfg"));
    assert_string_equal(f->config.file[2].path, path_of(f, "first.cfg"));
    assert_int_equal(strlen(f->config.file[2].sha256), 64);
    assert_string_equal(f->config.base_folder, f->folder);

    load(f, "second.cfg");
    struct cf_node *more = cf_node_find(at_path(f, "design"), "more");
    assert_int_equal(more->n_children, 3);
    assert_int_equal(cf_node_find(more, "b")->integer, 3);
    assert_int_equal(cf_node_find(at_path(f, "design"), "seed")->integer, 2);
    assert_string_equal(cf_node_find(at_path(f, "design"), "kind")->text, "sobol");
}

static void a_list_without_names_or_none_replaces(void **state)
{
    struct fixture *f = *state;
    put(f, "base.cfg", "a = ( { name = \"x\"; } ); b = ( { name = \"x\"; } ); c = { d = 1; };\n");
    put(f, "t.cfg", "extends = \"base.cfg\"; a = ( ); b = ( { v = 1; } ); c = { };\n");
    load(f, "t.cfg");
    n_messages(f, 0);
    resolved_is(f, "a = ( );\nb = (\n    {\n        v = 1;\n    }\n);\nc = {\n    d = 1;\n};\n");
}

static void what_was_fitted_stays(void **state)
{
    struct fixture *f = *state;
    put(f, "base.cfg", "fitted = ( { field = \"beta\"; years = [ 1, 2 ]; } );\n");
    put(f, "t.cfg", "extends = \"base.cfg\"; fitted = ( { field = \"beta\"; } );\n");
    put(f, "u.cfg", "extends = \"t.cfg\"; fitted = ( );\n");
    load(f, "u.cfg");
    n_messages(f, 0);
    resolved_is(f,
                "fitted = (\n    {\n        field = \"beta\";\n        years = [ 1, 2 ];\n    },\n"
                "    {\n        field = \"beta\";\n    }\n);\n");
}

static void base_folder_is_that_of_the_last_file(void **state)
{
    struct fixture *f = *state;
    const char *sub = path_of(f, "sub");
    assert_int_equal(mkdir(sub, 0700), 0);
    put(f, "sub/base.cfg", "place = \"data\";\n");
    put(f, "t.cfg", "extends = \"sub/base.cfg\";\n");
    load(f, "t.cfg");
    n_messages(f, 0);
    assert_string_equal(f->config.base_folder, sub);
    assert_string_equal(at_path(f, "place")->at.path, path_of(f, "sub/base.cfg"));
    load_text(f, "a = 1;");
    assert_string_equal(f->config.base_folder, f->folder);
}

static void extends_that_leads_nowhere(void **state)
{
    struct fixture *f = *state;
    put(f, "a.cfg", "v = 1;\nextends = \"none.cfg\";\n");
    load(f, "a.cfg");
    n_messages(f, 1);
    message_is(f, 0, "config.missing", "a.cfg", 2, 11, "there is no file '%/none.cfg'");
    assert_int_equal(at_path(f, "v")->integer, 1);
    put(f, "b.cfg", " extends = \".\"; v = 1;\n");
    load(f, "b.cfg");
    n_messages(f, 2);
    message_is(f, 1, "config.directory", "b.cfg", 1, 12, "'%/.' is a folder, not a file");
    put(f, "c.cfg", "extends = [ \"a.cfg\" ];\n");
    load(f, "c.cfg");
    n_messages(f, 3);
    message_is(f, 2, "config.extends", "c.cfg", 1, 11,
               "extends wants the name of a file in quotes, not an array");
    put(f, "d.cfg", "extends = \"\";\n");
    load(f, "d.cfg");
    n_messages(f, 4);
    message_is(f, 3, "config.extends", "d.cfg", 1, 11,
               "extends wants the name of a file in quotes");
}

static void loops(void **state)
{
    struct fixture *f = *state;
    put(f, "a.cfg", "extends = \"b.cfg\"; a = 1;\n");
    put(f, "b.cfg", "b = 2;\n extends = \"./c.cfg\";\n");
    put(f, "c.cfg", "extends = \"b.cfg\"; c = 3;\n");
    load(f, "a.cfg");
    n_messages(f, 1);
    message_is(f, 0, "config.loop", "c.cfg", 1, 11,
               "loop of extends: %/b.cfg -> %/c.cfg -> %/b.cfg");
    resolved_is(f, "c = 3;\nb = 2;\na = 1;\n");

    put(f, "d.cfg", "d = 1;\n  @include \"e.cfg\"\n");
    put(f, "e.cfg", "@include \"d.cfg\"\ne = 2;\n");
    load(f, "d.cfg");
    n_messages(f, 2);
    message_is(f, 1, "config.loop", "e.cfg", 1, 1,
               "loop of @include: %/d.cfg -> %/e.cfg -> %/d.cfg");
    resolved_is(f, "d = 1;\ne = 2;\n");
}

static void chain_too_long(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 17; i++) {
        char name[32], text[64];
        snprintf(name, sizeof name, "f%d.cfg", i);
        snprintf(text, sizeof text, "extends = \"f%d.cfg\"; v%d = 1;\n", i + 1, i);
        put(f, name, text);
    }
    load(f, "f0.cfg");
    n_messages(f, 1);
    message_is(f, 0, "config.depth", "f15.cfg", 1, 11, "extends goes through more than 16 files");
    assert_int_equal(f->config.root->n_children, 16);
}

static void includes(void **state)
{
    struct fixture *f = *state;
    const char *sub = path_of(f, "sub");
    assert_int_equal(mkdir(sub, 0700), 0);
    put(f, "t.cfg",
        "a = 1;\ng = {\n\t@include \"sub/in.cfg\" z = 9;\n};\n@include \"gone.cfg\"\n"
        "@include \"sub\"\nb = 2;\n");
    put(f, "sub/in.cfg", "\xEF\xBB\xBFx = 1;\n@include \"more.cfg\"\n  y = ;\n");
    put(f, "sub/more.cfg", "a = 3;\nx = 4;\n");
    load(f, "t.cfg");
    n_messages(f, 4);
    message_is(f, 0, "config.syntax", "sub/in.cfg", 3, 7, "setting 'y' has no value");
    message_is(f, 1, "config.key-twice", "sub/more.cfg", 2, 1, "setting 'x' is given twice");
    message_is(f, 2, "config.missing", "t.cfg", 5, 1, "there is no file '%/gone.cfg'");
    message_is(f, 3, "config.directory", "t.cfg", 6, 1, "'%/sub' is a folder, not a file");
    resolved_is(f, "a = 1;\ng = {\n    x = 1;\n    a = 3;\n    z = 9;\n};\nb = 2;\n");
    struct cf_node *a = cf_node_find(at_path(f, "g"), "a");
    assert_string_equal(a->at.path, path_of(f, "sub/more.cfg"));
    assert_int_equal(f->config.n_files, 3);
    assert_string_equal(f->config.file[1].path, path_of(f, "sub/in.cfg"));
}

static void set_values(void **state)
{
    struct fixture *f = *state;
    static const char *const set[] = {
        "design.seed=7",
        "design.kind=lhs",
        "new.group.value=-2.385",
        "title=Raised, as the evidence has it",
        "levers.duty at 16.value=0.05",
        "years = [ 2013, 2014 ]",
        "big=3000000000L",
        "design={ draws = 8; }",
        "levers=( { name = \"more\"; } )",
        "flag=true",
        "text=\"true\"",
    };
    put(f, "t.cfg",
        "title = \"x\"; design = { kind = \"sobol\"; seed = 1; };\n"
        "levers = ( { name = \"duty at 16\"; value = 0.03; } );\n");
    load_set(f, "t.cfg", set, 11);
    n_messages(f, 0);
    resolved_is(f, "title = \"Raised, as the evidence has it\";\n"
                   "design = {\n    kind = \"lhs\";\n    seed = 7;\n    draws = 8;\n};\n"
                   "levers = (\n"
                   "    {\n        name = \"duty at 16\";\n        value = 0.05;\n    },\n"
                   "    {\n        name = \"more\";\n    }\n);\n"
                   "new = {\n    group = {\n        value = -2.385;\n    };\n};\n"
                   "years = [ 2013, 2014 ];\n"
                   "big = 3000000000L;\nflag = true;\ntext = \"true\";\n");
    struct cf_node *seed = cf_node_find(at_path(f, "design"), "seed");
    assert_string_equal(seed->at.path, "--set");
    assert_int_equal(seed->at.line, 1);
    assert_int_equal(seed->at.column, 13);
    assert_int_equal(seed->key_at.column, 8);
    struct cf_node *title = at_path(f, "title");
    assert_int_equal(title->at.line, 4);
    assert_int_equal(title->at.column, 7);
}

static void set_what_cannot_be(void **state)
{
    struct fixture *f = *state;
    static const char *const set[] = {
        "nothing",
        "=1",
        "a.b=1",
        "list.none.x=1",
        "list.one=1",
        "extends=x.cfg",
        "n=3000000000",
        "g.5x=1",
        "t=\"open",
        "u=caf\xE9",
        "v=[ 1, ; ]",
        "..=1",
        "b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s=1",
        "w=\"x\" = 2",
        "g.true=1",
    };
    put(f, "t.cfg", "a = 1; list = ( { code = \"one\"; } );\n");
    load_set(f, "t.cfg", set, 15);
    n_messages(f, 15);
    message_is(f, 0, "config.set", "--set", 1, 1, "'nothing' is not path=value");
    message_is(f, 1, "config.set", "--set", 2, 1, "'=1' is not path=value");
    message_is(f, 2, "config.set", "--set", 3, 1, "'a' is a whole number, not a group");
    message_is(f, 3, "config.set", "--set", 4, 6, "'list' has no entry named 'none'");
    message_is(f, 4, "config.set", "--set", 5, 6, "'one' cannot be set");
    message_is(f, 5, "config.set", "--set", 6, 1, "'extends' cannot be set");
    message_is(f, 6, "config.number-range", "--set", 7, 3, "'3000000000' does not fit in 32 bits");
    message_is(f, 7, "config.set", "--set", 8, 3, "'5x' cannot be set");
    message_is(f, 8, "config.unterminated", "--set", 9, 3, "text is never closed");
    message_is(f, 9, "config.not-utf8", "--set", 10, 6, "byte 0xE9 is not UTF-8");
    message_is(f, 10, "config.syntax", "--set", 11, 8, "expected a value, found ';'");
    message_is(f, 11, "config.set", "--set", 12, 1, "'' cannot be the name of a setting");
    message_is(f, 12, "config.depth", "--set", 13, 1,
               "groups and lists within each other go deeper than 16");
    message_is(f, 13, "config.syntax", "--set", 14, 7, "expected nothing more, found '='");
    message_is(f, 14, "config.set", "--set", 15, 3, "'true' cannot be set");
}

static void things_that_are_no_files(void **state)
{
    struct fixture *f = *state;
    load(f, "none.cfg");
    n_messages(f, 1);
    message_is(f, 0, "config.missing", "none.cfg", 0, 0, "there is no file '%/none.cfg'");
    assert_int_equal(f->config.root->n_children, 0);
    assert_int_equal(f->config.n_files, 0);
    resolved_is(f, "");

    assert_int_equal(mkfifo(path_of(f, "pipe"), 0600), 0);
    load(f, "pipe");
    n_messages(f, 2);
    message_is(f, 1, "config.not-a-file", "pipe", 0, 0, "'%/pipe' is not a regular file");

    assert_int_equal(mkdir(path_of(f, "sub"), 0700), 0);
    load(f, "sub");
    n_messages(f, 3);
    message_is(f, 2, "config.directory", "sub", 0, 0, "'%/sub' is a folder, not a file");

    FILE *file = fopen(path_of(f, "zlarge.cfg"), "w");
    assert_non_null(file);
    for (size_t i = 0; i <= CF_CONFIG_MOST_BYTES; i++)
        fputc(' ', file);
    fclose(file);
    load(f, "zlarge.cfg");
    n_messages(f, 4);
    message_is(f, 3, "config.too-large", "zlarge.cfg", 0, 0, "'%/zlarge.cfg' is larger than 1 MiB");
}

static void nobody_listens(void **state)
{
    struct fixture *f = *state;
    put(f, "t.cfg", "a = ;\n");
    assert_int_equal(cf_config_load(&f->arena, path_of(f, "t.cfg"), NULL, 0, &f->config, NULL),
                     CF_BAD_INPUT);
    load(f, "t.cfg");
    load(f, "t.cfg");
    n_messages(f, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(values),
        TEST(groups_and_places),
        TEST(the_rest_of_a_file_with_errors),
        TEST(escapes_that_are_not_utf_8),
        TEST(extends_merges),
        TEST(a_list_without_names_or_none_replaces),
        TEST(what_was_fitted_stays),
        TEST(base_folder_is_that_of_the_last_file),
        TEST(extends_that_leads_nowhere),
        TEST(loops),
        TEST(chain_too_long),
        TEST(includes),
        TEST(set_values),
        TEST(set_what_cannot_be),
        TEST(things_that_are_no_files),
        TEST(nobody_listens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
