#include "output/page_parts.h"

#include "base/digest.h"

#include <page_parts_embedded.h>

#include <string.h>

const char *cf_page_style(void)
{
    return page_css;
}

const char *cf_page_script(void)
{
    return page_js;
}

static unsigned digit(char hex)
{
    return (unsigned)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

void cf_page_hash(struct cf_text *to, const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    enum { BYTES = (CF_DIGEST_HEX - 1) / 2 };
    char hex[CF_DIGEST_HEX];
    unsigned byte[BYTES + 1] = {0};
    cf_digest_of(text, strlen(text), hex);
    for (size_t k = 0; k < BYTES; k++)
        byte[k] = digit(hex[2 * k]) << 4 | digit(hex[2 * k + 1]);
    cf_text_add(to, "sha256-");
    /* 32 bytes: ten threes and two over. */
    for (size_t k = 0; k < BYTES; k += 3) {
        const unsigned third = k + 2 < BYTES ? byte[k + 2] : 0;
        const unsigned three = byte[k] << 16 | byte[k + 1] << 8 | third;
        const char four[] = {letters[three >> 18], letters[three >> 12 & 63],
                             letters[three >> 6 & 63], k + 2 < BYTES ? letters[three & 63] : '='};
        cf_text_add_n(to, four, sizeof four);
    }
}
