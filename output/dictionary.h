#ifndef CF_DICTIONARY_H
#define CF_DICTIONARY_H

#include "base/columns.h"

/* What the columns of tables are: the words of output/README.md, for files that explain themselves.
 */
struct cf_word {
    const char *name;
    enum cf_measure unit;
    const char *meaning; /* a phrase */
};

/* The word of that name, or NULL. */
const struct cf_word *cf_find_word(const char *name);
/* What a column counts: as it says, else as its word does, else CF_UNIT_NONE. */
enum cf_measure cf_column_unit(const struct cf_column *column);
/* A unit in words, "" for none. */
const char *cf_unit_name(enum cf_measure unit);

#endif
