#ifndef CF_COMMAND_H
#define CF_COMMAND_H

#include "base/columns.h"
#include "base/diag.h"

#include <stdio.h>

/* An option of a command: --name, with a value where value_name is given. */
struct cf_flag {
    const char *name;
    char letter;            /* also -x; 0: none */
    const char *value_name; /* NULL: a flag */
    int many;               /* may be given more than once */
    const char *help;
};

#define CF_MOST_OPTIONS 16
#define CF_MOST_SET 64
#define CF_REPORT_MOST_FILES 16

/* A call as parsed: what stands under each option, and the rest. */
struct cf_call {
    const struct cf_command *command;
    const char *value[CF_MOST_OPTIONS]; /* of option i of the command: last value, "" for a flag */
    const char *many[CF_MOST_SET];      /* values of the one option that may be repeated */
    int n_many;
    const char *const *operand;
    int n_operands;
    int quiet, colour;
    int silent;       /* 1: messages are for somebody else to print */
    const char *line; /* as typed */
    cf_diag *diag;
};

/* One row a command: gives dispatch, help and checks of the call. */
struct cf_command {
    const char *name;
    const char *operands; /* as shown: "SCENARIO.cfg..." */
    int least, most;      /* operands */
    const char *summary;
    const char *more;              /* paragraphs of help, may be NULL */
    const struct cf_flag *options; /* ends with a NULL name */
    enum cf_status (*run)(const struct cf_call *call);
};

extern const struct cf_command cf_commands[];
extern const int cf_n_commands;

/* A heading of the help: above the command of that name. Ends with a NULL name. */
struct cf_command_group {
    const char *first, *heading;
};
extern const struct cf_command_group cf_command_groups[];

/* Value of an option of the call by name, NULL when it was not given. */
const char *cf_call_value(const struct cf_call *call, const char *option);
/* As if it had been given so, or not at all (NULL). value must outlive the call. */
void cf_call_set(struct cf_call *call, const char *option, const char *value);
/* The same as a whole number from low to high; *value keeps its default when not given. 0 when
 * the text is no such number: said already, the caller returns CF_USAGE. */
int cf_call_int(const struct cf_call *call, const char *option, int low, int high, int *value);
/* The same for a seed, digits alone. */
int cf_call_seed(const struct cf_call *call, const char *option, unsigned long long *value);
/* The same for a number above low, high at most. */
int cf_call_number(const struct cf_call *call, const char *option, double low, double high,
                   double *value);
/* The same for at most so many different numbers, a comma between them, from low to high. */
int cf_call_numbers(const struct cf_call *call, const char *option, double low, double high,
                    int most, double *value, int *n);
/* The same for years or ages A, A-B, A- or -B, into room; *span is NULL when it was not given. */
int cf_call_span(const struct cf_call *call, const char *option, struct cf_table_span *room,
                 const struct cf_table_span **span);
/* 0, said, when both of two options are given of which one is too many. */
int cf_call_either(const struct cf_call *call, const char *option, const char *other);
/* A table on standard output in the form --csv, --json or --text asks for, else as `usual` has it.
 */
typedef enum cf_status cf_renderer(const struct cf_table *table, FILE *to, cf_diag *diag);
enum cf_status cf_call_print(const struct cf_call *call, const struct cf_table *table,
                             cf_renderer *usual);

enum cf_status cf_cmd_calibrate(const struct cf_call *call);
enum cf_status cf_cmd_check(const struct cf_call *call);
enum cf_status cf_cmd_compare(const struct cf_call *call);
enum cf_status cf_cmd_coverage(const struct cf_call *call);
enum cf_status cf_cmd_decompose(const struct cf_call *call);
enum cf_status cf_cmd_duplicates(const struct cf_call *call);
enum cf_status cf_cmd_export(const struct cf_call *call);
enum cf_status cf_cmd_fit(const struct cf_call *call);
enum cf_status cf_cmd_flows(const struct cf_call *call);
enum cf_status cf_cmd_gaps(const struct cf_call *call);
enum cf_status cf_cmd_hindcast(const struct cf_call *call);
enum cf_status cf_cmd_import(const struct cf_call *call);
enum cf_status cf_cmd_indicators(const struct cf_call *call);
enum cf_status cf_cmd_info(const struct cf_call *call);
enum cf_status cf_cmd_merge(const struct cf_call *call);
enum cf_status cf_cmd_priorities(const struct cf_call *call);
enum cf_status cf_cmd_risks(const struct cf_call *call);
enum cf_status cf_cmd_providers(const struct cf_call *call);
enum cf_status cf_cmd_plan(const struct cf_call *call);
enum cf_status cf_cmd_report(const struct cf_call *call);
enum cf_status cf_cmd_regret(const struct cf_call *call);
enum cf_status cf_cmd_run(const struct cf_call *call);
enum cf_status cf_cmd_schema(const struct cf_call *call);
enum cf_status cf_cmd_sensitivity(const struct cf_call *call);
enum cf_status cf_cmd_status(const struct cf_call *call);
enum cf_status cf_cmd_submit(const struct cf_call *call);
enum cf_status cf_cmd_template(const struct cf_call *call);
enum cf_status cf_cmd_tiers(const struct cf_call *call);
enum cf_status cf_cmd_value(const struct cf_call *call);
enum cf_status cf_cmd_verify(const struct cf_call *call);

#endif
