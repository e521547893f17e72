#ifndef CF_DATAPACKAGE_H
#define CF_DATAPACKAGE_H

#include "output/publication.h"

/*
 * The tables of a report as a folder of tidy CSV, `<id of the table>.csv` each in full precision,
 * with datapackage.json: a data package as frictionlessdata.io has it, with bytes and SHA-256 of
 * each file, type, unit and meaning of each column, sources and licences. What is hidden is "c",
 * what is not defined is empty. The folder must be new or empty; it appears complete or not at all.
 *
 * CF_CANNOT_CREATE or CF_IO, reported.
 */
enum cf_status cf_write_datapackage(const char *path, const struct cf_publication *of,
                                    cf_diag *diag);

#endif
