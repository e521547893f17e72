#include "output/escape.h"

#include <string.h>

/* Bytes of the character at `at`, which is UTF-8. */
static size_t bytes_of(const char *at)
{
    const unsigned char lead = (unsigned char)at[0];
    size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4, k = 1;
    while (k < n && ((unsigned char)at[k] & 0xc0) == 0x80)
        k++;
    return k;
}

/* U+202A to U+202E and U+2066 to U+2069 turn directions; U+0080 to U+009F are controls. */
static int is_left_out(const char *at, size_t bytes)
{
    const unsigned char *c = (const unsigned char *)at;
    if (bytes == 1)
        return (c[0] < 0x20 && c[0] != '\t' && c[0] != '\n') || c[0] >= 0x7f;
    if (bytes == 2)
        return c[0] == 0xc2 && c[1] < 0xa0;
    return bytes == 3 && c[0] == 0xe2 &&
           ((c[1] == 0x80 && c[2] >= 0xaa && c[2] <= 0xae) ||
            (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9));
}

static void add_character(struct cf_text *to, const char *at, size_t bytes)
{
    const char *reference = NULL;
    switch (at[0]) {
    case '&':
        reference = "&amp;";
        break;
    case '<':
        reference = "&lt;";
        break;
    case '>':
        reference = "&gt;";
        break;
    case '"':
        reference = "&quot;";
        break;
    case '\'':
        reference = "&#39;";
        break;
    default:
        break;
    }
    if (reference)
        cf_text_add(to, reference);
    else if (!is_left_out(at, bytes))
        cf_text_add_n(to, at, bytes);
}

void cf_escape(struct cf_text *to, const char *text)
{
    for (size_t bytes; *text; text += bytes) {
        bytes = bytes_of(text);
        add_character(to, text, bytes);
    }
}

size_t cf_characters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* The text from its n-th character on. */
static const char *after(const char *text, size_t n)
{
    for (; *text && n > 0; n--)
        text += bytes_of(text);
    return text;
}

void cf_escape_short(struct cf_text *to, const char *text, size_t most)
{
    const size_t all = cf_characters(text), tail = most / 3;
    if (all <= most || most == 0) {
        cf_escape(to, text);
        return;
    }
    const char *end = after(text, most - 1 - tail);
    for (size_t bytes; text < end; text += bytes) {
        bytes = bytes_of(text);
        add_character(to, text, bytes);
    }
    cf_text_add(to, "\xe2\x80\xa6");
    cf_escape(to, after(text, all - tail - (most - 1 - tail)));
}
