#ifndef CF_RENDER_TEXT_H
#define CF_RENDER_TEXT_H

#include "base/columns.h"
#include "base/diag.h"

#include <stdio.h>

/*
 * A table for people: its title, a line that says what is the same in every row and that it is a
 * projection, and aligned columns with labels in place of codes. Numbers are rounded for reading:
 * to whole ones where a column reaches 100, else to one decimal; shares are percentages, numbers of
 * mixed sizes have three decimals below 10; "-" is undefined. The members of the column `across`
 * stand side by side. CF_IO, reported, where it could not all be written.
 */
enum cf_status cf_render_text(const struct cf_table *table, FILE *to, cf_diag *diag);

#endif
