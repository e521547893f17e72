#ifndef CF_LIST_CELLS_H
#define CF_LIST_CELLS_H

#include "input/config.h"
#include "input/csv.h"
#include "model/model.h"

/*
 * A CSV file of a place that is a list: columns by fixed names, a thing a row. Each reader of a
 * cell reports what is wrong with it and returns whether it can be used; an empty cell gives
 * `otherwise` where one may be left out.
 */
#define CF_LIST_MOST_COLUMNS 24

struct cf_list {
    struct cf_model *model;
    cf_diag *diag;
    struct cf_csv csv;
    const char *const *name; /* of the columns */
    int column[CF_LIST_MOST_COLUMNS];
};

/*
 * The list that a setting names (relative to the file it stands in), else <name> in the place's
 * folder. 0 where there is none, or where it cannot be used, which is reported then. The first
 * n_needed of the n columns must be there.
 */
int cf_list_open(struct cf_list *list, const struct cf_node *setting, const char *name,
                 const char *const *columns, int n, int n_needed);

const char *cf_list_text(const struct cf_list *list, int row, int k);
struct cf_at cf_list_at(const struct cf_list *list, int row, int k);

#define CF_LIST_NEEDED NAN /* otherwise: an empty cell is an error */
int cf_list_number(const struct cf_list *list, int row, int k, double low, double high,
                   double otherwise, double *value);
#define CF_LIST_NEEDED_WHOLE INT_MIN
int cf_list_whole(const struct cf_list *list, int row, int k, int low, int high, int otherwise,
                  int *value);
/* Index of the member that the cell names, -1 where it is empty. */
int cf_list_member(const struct cf_list *list, int row, int k, enum cf_axis_id id, int *member);
/* Index of the word that the cell is. */
int cf_list_word(const struct cf_list *list, int row, int k, const char *const *words, int n,
                 int *word);
/* Whether the code in the cell is there and in no row before; reported where not. */
int cf_list_code(const struct cf_list *list, int row, int k);

#endif
