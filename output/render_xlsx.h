#ifndef CF_RENDER_XLSX_H
#define CF_RENDER_XLSX_H

#include "output/publication.h"

/*
 * A report as a workbook that keeps the rules for accessible spreadsheets: sheets Cover, Contents,
 * Findings, Notes, Columns and Provenance, then a sheet for each table, named by its id. Each sheet
 * has its title in A1, what is on it below, and one table, marked as such, with a header row,
 * without merged cells and without blank cells: what is hidden is "[c]", what is not defined "[x]",
 * a text that does not apply "[z]", and Notes says so. Numbers are in full precision with formats
 * for reading. Texts are texts, whatever they begin with. The same report gives the same bytes.
 *
 * CF_CANNOT_CREATE or CF_IO, reported; what stood under the name before is then unchanged.
 */
enum cf_status cf_write_xlsx(const char *path, const struct cf_publication *of, cf_diag *diag);

#endif
