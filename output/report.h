#ifndef CF_REPORT_H
#define CF_REPORT_H

#include "base/columns.h"
#include "base/diag.h"
#include "output/chart.h"

/*
 * A report: sections in the order in which they are read, each with its message, texts, charts and
 * tables. Who fills it (cli, from the tables of sim/plan) knows nothing of how it is written, as
 * page, workbook or CSV, so that these cannot say different numbers. Everything in it belongs to
 * whoever fills it.
 */

/* A column of a table as people see it. */
struct cf_report_column {
    const char *name;      /* of the table's column */
    const char *heading;   /* in plain words */
    const char *undefined; /* what stands where there is no value; NULL: "-" */
};

struct cf_report_table {
    const char *id;    /* letters, digits and '-', unique in the report: sheet, file, anchor */
    const char *title; /* what it is a table of */
    const char *note;  /* NULL: none */
    const struct cf_table *table;           /* in full precision */
    const struct cf_report_column *columns; /* those that the page shows, in its order; ends with a
                                               NULL name; NULL: all of them, by their own names */
    int whole;   /* 1: it compares scenarios, so that the page shows all of its rows always */
    int folded;  /* 1: the page shows it where it is asked for */
    int persons; /* 1: has counts of persons, which small numbers can tell something of */
};

enum cf_report_text_kind {
    CF_TEXT_MESSAGE, /* what the section comes to, read first */
    CF_TEXT_PARAGRAPH,
    CF_TEXT_POINT,   /* of a list */
    CF_TEXT_HEADING, /* over what follows it */
    CF_TEXT_CODE,    /* as it stands, with its lines; folded away */
};
struct cf_report_text {
    enum cf_report_text_kind kind;
    const char *text;
    const char *scenario; /* its code; NULL: of all */
};

struct cf_report_section {
    const char *id;      /* as of a table */
    const char *heading; /* what it is about */
    const char *lead;    /* the question it answers, a sentence; NULL: none */
    int n_texts;
    const struct cf_report_text *texts;
    int n_charts;
    const struct cf_chart *charts;
    int n_tables;
    const struct cf_report_table *tables;
    const char *missing; /* how to get what is not there, a sentence; NULL: nothing is missing */
    const char *command; /* what to type for it; NULL: nothing */
};

/* A name with its value: what the report is of. */
struct cf_report_fact {
    const char *name, *value;
};

/* Something a reader can choose: a scenario, an area. */
struct cf_report_choice {
    const char *code, *label;
    const char *also; /* codes of what it is part of, a blank between; "": of nothing */
};

struct cf_report {
    const char *title, *subtitle;
    const char *note; /* projection, not a forecast */
    int ranges_from;  /* year from which on the page tells ranges alone, no middle; 0: nowhere */
    int n_facts;
    const struct cf_report_fact *facts;
    int n_scenarios, n_areas;
    const struct cf_report_choice *scenarios, *areas;
    int n_sections;
    const struct cf_report_section *sections;
};

#endif
