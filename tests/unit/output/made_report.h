#ifndef CF_TEST_MADE_REPORT_H
#define CF_TEST_MADE_REPORT_H

/* A report made by hand, with the labels that somebody would try: formulas, markup, right to left,
 * long, and nothing at all. */
#include "output/publication.h"

#include <math.h>
#include <string.h>

#define MADE_FORMULA "=cmd|'/c calc'!A1"
#define MADE_MARKUP "<script>alert(\"&\")</script>"
#define MADE_RIGHT_TO_LEFT "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"

struct made_report {
    struct cf_table table, empty;
    char long_label[301];
    struct cf_report_column columns[4];
    struct cf_report_table tables[3];
    struct cf_report_text texts[2];
    struct cf_report_fact facts[1];
    struct cf_report_section sections[2];
    struct cf_report report;
    struct cf_publication publication;
};

static inline void make_tables(struct made_report *m)
{
    static const char *const notes[] = {"@a note of the table", "another", NULL};
    const char *const label[] = {MADE_FORMULA, MADE_MARKUP, MADE_RIGHT_TO_LEFT, m->long_label,
                                 "+1",         "-1",        "@SUM(A1)",         ""};
    const double unplaced[] = {12.25, 1.0 / 3, NAN, 1e-3, 123456.789, 0, 3, 7};
    cf_arena_init(&m->table.arena);
    cf_arena_init(&m->empty.arena);
    struct cf_column *line = cf_add_column(&m->table, "line", CF_COLUMN_TEXT, 8);
    struct cf_column *year = cf_add_column(&m->table, "year", CF_COLUMN_INT, 8);
    struct cf_column *count = cf_add_column(&m->table, "unplaced", CF_COLUMN_NUMBER, 8);
    struct cf_column *share = cf_add_column(&m->table, "coverage", CF_COLUMN_SHARE, 8);
    cf_add_column(&m->table, "Coverage", CF_COLUMN_SHARE, 8);
    for (int row = 0; row < 8; row++) {
        line->text[row] = label[row];
        year->integer[row] = 2009 + row;
        count->number[row] = unplaced[row];
        share->number[row] = row / 7.0;
    }
    static unsigned char hidden[8] = {0, 0, 0, 0, 0, 0, 1, 0};
    count->hidden = hidden;
    m->table.n_rows = 8;
    m->table.notes = notes;
    cf_add_column(&m->empty, "line", CF_COLUMN_TEXT, 0);
    cf_add_column(&m->empty, "demand", CF_COLUMN_NUMBER, 0);
}

static inline void make_report(struct made_report *m)
{
    memset(m, 0, sizeof *m);
    memset(m->long_label, 'x', 300);
    make_tables(m);
    m->columns[0] = (struct cf_report_column){.name = "line", .heading = "Line of learning"};
    m->columns[1] = (struct cf_report_column){.name = "unplaced", .heading = "=Without a place"};
    m->tables[0] = (struct cf_report_table){.id = "gaps-by-line",
                                            .title = MADE_FORMULA,
                                            .note = "=a note of the report",
                                            .table = &m->table,
                                            .columns = m->columns};
    m->tables[1] = (struct cf_report_table){
        .id = "a-name-that-is-longer-than-a-sheet-may-have", .title = "None", .table = &m->empty};
    m->tables[2] =
        (struct cf_report_table){.id = "a-name-that-is-longer-than-a-sheet-of-a-workbook-may-have",
                                 .title = "None either",
                                 .table = &m->empty};
    m->texts[0] = (struct cf_report_text){CF_TEXT_MESSAGE, MADE_MARKUP, NULL};
    m->texts[1] = (struct cf_report_text){CF_TEXT_POINT, "-2+3", "baseline"};
    m->sections[0] = (struct cf_report_section){.id = "gaps",
                                                .heading = MADE_FORMULA,
                                                .n_texts = 2,
                                                .texts = m->texts,
                                                .n_tables = 2,
                                                .tables = m->tables};
    m->sections[1] = (struct cf_report_section){.id = "plan",
                                                .heading = "Plan",
                                                .missing = "There is no plan yet.",
                                                .command = "cohortflow plan",
                                                .n_tables = 1,
                                                .tables = m->tables + 2};
    m->facts[0] = (struct cf_report_fact){"Mode", "behavioural"};
    m->report = (struct cf_report){.title = MADE_FORMULA,
                                   .subtitle = "=1+1",
                                   .note = "projection, not a forecast",
                                   .n_facts = 1,
                                   .facts = m->facts,
                                   .n_sections = 2,
                                   .sections = m->sections};
    m->publication = (struct cf_publication){.report = &m->report};
}

static inline void free_report(struct made_report *m)
{
    cf_table_free(&m->table);
    cf_table_free(&m->empty);
}

#endif
