#ifndef CF_RENDER_HTML_H
#define CF_RENDER_HTML_H

#include "output/report.h"

#include "base/text.h"

/*
 * A report as one page that needs nothing else: style and script are in it, named by their digests
 * in its content-security policy; without the script it shows everything. The same report gives the
 * same bytes. Begin `page` as {0}, free it.
 */
void cf_render_html(const struct cf_report *report, struct cf_text *page);

/* Every chart of a report as a file of its own, DIR/<id>.svg; the folder is made where it is
 * missing. CF_CANNOT_CREATE or CF_IO, reported. */
enum cf_status cf_render_figures(const struct cf_report *report, const char *folder, cf_diag *diag);

#endif
