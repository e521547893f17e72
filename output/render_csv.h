#ifndef CF_RENDER_CSV_H
#define CF_RENDER_CSV_H

#include "base/columns.h"
#include "base/diag.h"
#include "base/text.h"

#include <stdio.h>

/*
 * A table as text. CSV as RFC 4180 has it, but with a single line feed; or JSON, an array of
 * records. Numbers in the shortest form that reads back as the same. CF_IO, reported, where it
 * could not all be written.
 */
enum cf_status cf_render_csv(const struct cf_table *table, FILE *to, cf_diag *diag);
enum cf_status cf_render_json(const struct cf_table *table, FILE *to, cf_diag *diag);
/* A text as a field of CSV, quoted where it has to be. */
void cf_csv_field(struct cf_text *text, const char *field);
/* What writing a table came to: CF_OK, or CF_IO, reported unless a pipe was closed. */
enum cf_status cf_rendered(FILE *to, cf_diag *diag);

#endif
