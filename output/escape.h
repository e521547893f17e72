#ifndef CF_ESCAPE_H
#define CF_ESCAPE_H

#include "base/text.h"

/*
 * The one place where text becomes HTML or SVG, between tags or inside "attributes": & < > " ' as
 * references; control characters, which neither may hold, and those that turn the direction of
 * what follows are left out.
 */
void cf_escape(struct cf_text *to, const char *text);
/* The same of at most `most` characters; what is longer has an ellipsis for its middle, as names
 * often differ at their ends. */
void cf_escape_short(struct cf_text *to, const char *text, size_t most);
/* Characters of UTF-8. */
size_t cf_characters(const char *text);

#endif
