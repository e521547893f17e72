#include "base/text.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void cf_text_free(struct cf_text *text)
{
    free(text->data);
    *text = (struct cf_text){0};
}

/* Room for `more` bytes and the NUL behind them. */
static void grow(struct cf_text *text, size_t more)
{
    if (more > SIZE_MAX / 2 - text->length - 1)
        cf_out_of_memory();
    size_t needed = text->length + more + 1;
    if (needed <= text->room)
        return;
    size_t room = text->room ? text->room : 64;
    while (room < needed)
        room *= 2;
    char *data = realloc(text->data, room);
    if (!data)
        cf_out_of_memory();
    text->data = data;
    text->room = room;
}

void cf_text_add(struct cf_text *text, const char *more)
{
    cf_text_add_n(text, more, strlen(more));
}

void cf_text_add_n(struct cf_text *text, const char *more, size_t length)
{
    grow(text, length);
    if (length)
        memcpy(text->data + text->length, more, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void cf_text_format(struct cf_text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    cf_text_vformat(text, format, args);
    va_end(args);
}

void cf_text_vformat(struct cf_text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    grow(text, 0);
    size_t left = text->room - text->length;
    int length = vsnprintf(text->data + text->length, left, format, args);
    if (length >= 0 && (size_t)length >= left) {
        grow(text, (size_t)length);
        length = vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    if (length > 0)
        text->length += (size_t)length;
    text->data[text->length] = '\0';
}

void cf_text_number(struct cf_text *text, double value)
{
    char buffer[CF_NUMBER_ROOM];
    cf_text_add(text, cf_number_text(buffer, value));
}

/* Make what printf wrote the same in every locale, and as short as it can be: the sign for the
 * decimal point may be anything there, and an exponent has a plus sign and a zero to fill it. */
static void tidy_number(char *text)
{
    const char *from = text;
    char *to = text;
    if (*from == '-')
        *to++ = *from++;
    while (*from >= '0' && *from <= '9')
        *to++ = *from++;
    if (*from && *from != 'e') {
        *to++ = '.';
        while (*from && (*from < '0' || *from > '9'))
            from++;
        while (*from >= '0' && *from <= '9')
            *to++ = *from++;
    }
    if (*from == 'e') {
        *to++ = *from++;
        if (*from == '-')
            *to++ = *from;
        from++;
        while (*from == '0')
            from++;
        while (*from)
            *to++ = *from++;
    }
    *to = '\0';
}

char *cf_number_text(char *buffer, double value)
{
    if (isnan(value)) {
        buffer[0] = '\0';
        return buffer;
    }
    if (isinf(value))
        return strcpy(buffer, value > 0 ? "inf" : "-inf");
    /* Most numbers in a table are whole ones. This makes a negative zero 0 as well. */
    if (fabs(value) < 1e15 && value == (double)(long long)value) {
        snprintf(buffer, CF_NUMBER_ROOM, "%lld", (long long)value);
        return buffer;
    }
    /* Fifteen digits are the most that always survive; fewer are written where the rest are
     * zeros. Only the numbers next to zero have fewer digits than that to begin with. */
    int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG;
    for (; digits <= DBL_DECIMAL_DIG; digits++) {
        snprintf(buffer, CF_NUMBER_ROOM, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    tidy_number(buffer);
    return buffer;
}

/* A decimal number as written: digits times ten to the power, where all its digits fit. */
struct decimal {
    uint64_t digits;
    long power;
    int negative, all_there;
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(struct decimal *number, char digit, int after_point)
{
    if (number->digits > (UINT64_MAX - 9) / 10) {
        number->all_there = 0;
        return;
    }
    number->digits = 10 * number->digits + (uint64_t)(digit - '0');
    number->power -= after_point;
}

/* 1 where the whole text is a number of the grammar. */
static int scan_decimal(const char *text, struct decimal *number)
{
    *number = (struct decimal){.all_there = 1};
    const char *c = text;
    if (*c == '+' || *c == '-')
        number->negative = *c++ == '-';
    int any = 0;
    for (; is_digit(*c); c++, any = 1)
        add_digit(number, *c, 0);
    if (*c == '.') {
        for (c++; is_digit(*c); c++, any = 1)
            add_digit(number, *c, 1);
    }
    if (!any)
        return 0;
    if (*c == 'e' || *c == 'E') {
        c++;
        int down = *c == '-';
        if (*c == '+' || *c == '-')
            c++;
        if (!is_digit(*c))
            return 0;
        long power = 0;
        for (; is_digit(*c); c++)
            power = power < 100000 ? 10 * power + (*c - '0') : power;
        number->power += down ? -power : power;
    }
    return *c == '\0';
}

int cf_parse_double(const char *text, double *value)
{
    /* Powers of ten that a double holds exactly. */
    static const double ten_to[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    struct decimal number;
    if (!text || !scan_decimal(text, &number))
        return 0;
    /* Where digits and power of ten are both exact, one multiplication or division rounds once
     * and so gives the nearest double. That is nearly every cell, and far quicker than strtod. */
    if (number.all_there && number.digits <= (uint64_t)1 << DBL_MANT_DIG && number.power >= -22 &&
        number.power <= 22) {
        double size = (double)number.digits;
        size = number.power < 0 ? size / ten_to[-number.power] : size * ten_to[number.power];
        *value = number.negative ? -size : size;
        return 1;
    }
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain)
        cf_out_of_memory();
    double result = strtod_l(text, NULL, plain);
    freelocale(plain);
    if (!isfinite(result))
        return 0;
    *value = result;
    return 1;
}

const char *cf_double_fault(const char *text)
{
    struct decimal number;
    return scan_decimal(text, &number) ? "is too large for a number" : "is not a number";
}

int cf_parse_int(const char *text, int *value)
{
    if (!text)
        return 0;
    const char *c = text;
    int negative = 0;
    if (*c == '+' || *c == '-')
        negative = *c++ == '-';
    if (!*c)
        return 0;
    long long size = 0;
    for (; is_digit(*c); c++) {
        size = 10 * size + (*c - '0');
        if (size > (long long)INT_MAX + 1)
            return 0;
    }
    size = negative ? -size : size;
    if (*c || size > INT_MAX)
        return 0;
    *value = (int)size;
    return 1;
}

/* Length of the UTF-8 character at the start of `left` bytes, or 0 where there is none. */
static size_t utf8_length(const unsigned char *at, size_t left)
{
    unsigned char first = at[0];
    if (first < 0x80)
        return 1;
    size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (!length || length > left)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    /* A longer form than needed, a half of a UTF-16 pair, beyond the last code point. */
    if ((first == 0xe0 && at[1] < 0xa0) || (first == 0xed && at[1] > 0x9f) ||
        (first == 0xf0 && at[1] < 0x90) || (first == 0xf4 && at[1] > 0x8f))
        return 0;
    return length;
}

size_t cf_utf8_bad(const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < length) {
        size_t step = utf8_length(at + i, length - i);
        if (!step)
            break;
        i += step;
    }
    return i;
}

int cf_looks_windows_1252(const char *bytes, size_t length)
{
    if (cf_utf8_bad(bytes, length) == length)
        return 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        int blank = byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
        int nothing = byte == 0x81 || byte == 0x8d || byte == 0x8f || byte == 0x90 || byte == 0x9d;
        /* Control bytes speak for UTF-16 or for no text at all. */
        if ((byte < 0x20 && !blank) || byte == 0x7f || nothing)
            return 0;
    }
    return 1;
}

int cf_text_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

int cf_text_starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Read to the end of the file; size is what the file is said to have, only a first guess. */
static int read_all(int file, size_t size, size_t most, char **bytes, size_t *length)
{
    size_t room = size + 2, n = 0; /* one to see the end of the file, one for the NUL */
    char *data = malloc(room);
    if (!data)
        return ENOMEM;
    int failure = 0;
    for (;;) {
        if (n + 1 == room) {
            char *larger = room > SIZE_MAX / 4 ? NULL : realloc(data, 2 * room);
            if (!larger) {
                failure = ENOMEM;
                break;
            }
            data = larger;
            room *= 2;
        }
        ssize_t got = read(file, data + n, room - 1 - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            failure = errno;
        if (got <= 0)
            break;
        n += (size_t)got;
        if (n > most) {
            failure = EFBIG;
            break;
        }
    }
    if (failure) {
        free(data);
        return failure;
    }
    data[n] = '\0';
    *bytes = data;
    *length = n;
    return 0;
}

int cf_read_file(const char *path, size_t most, char **bytes, size_t *length)
{
    *bytes = NULL;
    *length = 0;
    /* Without waiting, since the other end of a fifo may never come. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return errno == ENXIO ? EINVAL : errno; /* a socket */
    struct stat is;
    int failure = 0;
    if (fstat(file, &is) < 0)
        failure = errno;
    else if (S_ISDIR(is.st_mode))
        failure = EISDIR;
    else if (!S_ISREG(is.st_mode))
        failure = EINVAL;
    else if ((uintmax_t)is.st_size > most || (uintmax_t)is.st_size > SIZE_MAX / 4)
        failure = EFBIG;
    else
        failure = read_all(file, (size_t)is.st_size, most, bytes, length);
    close(file);
    return failure;
}

char *cf_path_folder(struct cf_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return cf_arena_copy(arena, ".");
    while (slash > path && slash[-1] == '/')
        slash--;
    if (slash == path)
        return cf_arena_copy(arena, "/");
    return cf_arena_copy_n(arena, path, (size_t)(slash - path));
}

char *cf_path_join(struct cf_arena *arena, const char *folder, const char *name)
{
    /* "./name" would say no more than "name", and messages quote it. */
    if (name[0] == '/' || !folder[0] || cf_text_same(folder, "."))
        return cf_arena_copy(arena, name);
    const char *between = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return cf_arena_format(arena, "%s%s%s", folder, between, name);
}

char *cf_path_absolute(struct cf_arena *arena, const char *path)
{
    char *here = getcwd(NULL, 0);
    char *whole = here ? cf_path_join(arena, here, path) : cf_arena_copy(arena, path);
    free(here);
    return whole;
}

/* Take the first `name/..` out of a path where that leads to the same folder: a link's parent is
 * another one. */
static int take_detour_out(char *path)
{
    for (char *up = strstr(path, "/.."); up != NULL; up = strstr(up + 1, "/..")) {
        struct stat is;
        char *name = up, *rest = up + 3 + (up[3] == '/');
        while (name > path && name[-1] != '/')
            name--;
        if (name == up || (up[3] != '/' && up[3] != '\0'))
            continue;
        *up = '\0';
        int plain = !cf_text_same(name, "..") && !cf_text_same(name, ".") &&
                    lstat(path, &is) == 0 && S_ISDIR(is.st_mode);
        *up = '/';
        if (!plain)
            continue;
        memmove(name, rest, strlen(rest) + 1);
        return 1;
    }
    return 0;
}

/* Take each `./` out that stands for nothing. */
static void take_dots_out(char *path)
{
    for (char *at = path; *at != '\0';) {
        const int begins = at == path || at[-1] == '/';
        if (begins && at[0] == '.' && at[1] == '/' && at[2] != '\0')
            memmove(at, at + 2, strlen(at + 2) + 1);
        else
            at++;
    }
}

char *cf_path_plain(struct cf_arena *arena, const char *given)
{
    char *path = cf_arena_copy(arena, given);
    take_dots_out(path);
    while (take_detour_out(path))
        ;
    size_t length = strlen(path);
    if (length > 1 && path[length - 1] == '/')
        path[length - 1] = '\0';
    return path[0] != '\0' ? path : cf_arena_copy(arena, ".");
}

int cf_is_folder(const char *path)
{
    struct stat is;
    return stat(path, &is) == 0 && S_ISDIR(is.st_mode);
}
