#ifndef CF_PAGE_PARTS_H
#define CF_PAGE_PARTS_H

#include "output/report.h"

#include "base/text.h"

/* The style and the script that a page holds (page.css, page.js). */
const char *cf_page_style(void);
const char *cf_page_script(void);
/* "sha256-" and the digest of a text in base 64, as a content-security policy names it. */
void cf_page_hash(struct cf_text *to, const char *text);

/* A table as HTML: caption, headings with scope, rows with what they are of in data-s (scenario)
 * and data-a (area), numbers rounded for reading with all their digits in data-v. */
void cf_html_table(struct cf_text *to, const struct cf_report *report,
                   const struct cf_report_table *table);

#endif
