#include "base/json.h"

#include "base/arena.h"

#include <jansson.h>

#include <math.h>
#include <string.h>

/* A cf_json is the library's value under another name. */
static json_t *value_of(cf_json *json)
{
    return (json_t *)json;
}

/* The library gives NULL only when memory is out, for what is passed to it here. */
static json_t *there(json_t *value)
{
    if (!value)
        cf_out_of_memory();
    return value;
}

/* Text that is no UTF-8 is written with U+FFFD for each wrong byte: a report with one odd
 * character is worth more than no report. Free the result. */
static struct cf_text mended(const char *text)
{
    struct cf_text good = {0};
    size_t left = strlen(text);
    for (;;) {
        size_t n = cf_utf8_bad(text, left);
        cf_text_add_n(&good, text, n);
        if (n == left)
            return good;
        cf_text_add(&good, "\xef\xbf\xbd");
        text += n + 1;
        left -= n + 1;
    }
}

static json_t *new_text(const char *text)
{
    if (!text)
        return json_null();
    struct cf_text good = mended(text);
    json_t *value = there(json_stringn(good.data, good.length));
    cf_text_free(&good);
    return value;
}

static json_t *new_number(double number)
{
    return isfinite(number) ? there(json_real(number)) : json_null();
}

static void put(cf_json *object, const char *key, json_t *value)
{
    struct cf_text good = mended(key);
    if (json_object_set_new(value_of(object), good.data, value) < 0)
        cf_out_of_memory();
    cf_text_free(&good);
}

static void add(cf_json *array, json_t *value)
{
    if (json_array_append_new(value_of(array), value) < 0)
        cf_out_of_memory();
}

cf_json *cf_json_object(void)
{
    return (cf_json *)there(json_object());
}

cf_json *cf_json_array(void)
{
    return (cf_json *)there(json_array());
}

void cf_json_free(cf_json *json)
{
    json_decref(value_of(json));
}

void cf_json_put(cf_json *object, const char *key, cf_json *value)
{
    put(object, key, value_of(value));
}

void cf_json_put_text(cf_json *object, const char *key, const char *value)
{
    put(object, key, new_text(value));
}

void cf_json_put_int(cf_json *object, const char *key, long long value)
{
    put(object, key, there(json_integer(value)));
}

void cf_json_put_number(cf_json *object, const char *key, double value)
{
    put(object, key, new_number(value));
}

void cf_json_add(cf_json *array, cf_json *value)
{
    add(array, value_of(value));
}

void cf_json_add_text(cf_json *array, const char *value)
{
    add(array, new_text(value));
}

void cf_json_add_int(cf_json *array, long long value)
{
    add(array, there(json_integer(value)));
}

void cf_json_add_number(cf_json *array, double value)
{
    add(array, new_number(value));
}

static int append(const char *bytes, size_t length, void *to)
{
    cf_text_add_n(to, bytes, length);
    return 0;
}

/* Let the library quote and escape. */
static void write_text(const char *text, size_t length, struct cf_text *to)
{
    json_t *value = there(json_stringn_nocheck(text, length));
    if (json_dump_callback(value, append, to, JSON_ENCODE_ANY) < 0)
        cf_out_of_memory();
    json_decref(value);
}

static void new_line(struct cf_text *to, int depth)
{
    cf_text_format(to, "\n%*s", 2 * depth, "");
}

/*
 * Written here rather than by the library, which has one number of digits for all numbers: it
 * would write 0.1 as 0.10000000000000001, or lose the last digits of another.
 */
static void write_value(json_t *value, struct cf_text *to, int depth)
{
    size_t n = 0;
    if (json_is_object(value)) {
        cf_text_add(to, "{");
        for (void *at = json_object_iter(value); at; at = json_object_iter_next(value, at)) {
            cf_text_add(to, n++ ? "," : "");
            new_line(to, depth + 1);
            const char *key = json_object_iter_key(at);
            write_text(key, strlen(key), to);
            cf_text_add(to, ": ");
            write_value(json_object_iter_value(at), to, depth + 1);
        }
    } else if (json_is_array(value)) {
        cf_text_add(to, "[");
        for (; n < json_array_size(value); n++) {
            cf_text_add(to, n ? "," : "");
            new_line(to, depth + 1);
            write_value(json_array_get(value, n), to, depth + 1);
        }
    } else if (json_is_string(value)) {
        write_text(json_string_value(value), json_string_length(value), to);
    } else if (json_is_integer(value)) {
        cf_text_format(to, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        cf_text_number(to, json_real_value(value));
    } else {
        cf_text_add(to, "null");
    }
    if (n)
        new_line(to, depth);
    cf_text_add(to, json_is_object(value) ? "}" : json_is_array(value) ? "]" : "");
}

void cf_json_write(const cf_json *json, struct cf_text *to)
{
    /* Nothing is changed, but the library hands out an iterator only for what is not const. */
    write_value((json_t *)json, to, 0);
    cf_text_add(to, "\n");
}

char *cf_json_read_text(const char *json, const char *key)
{
    if (!json)
        return NULL;
    json_t *root = json_loads(json, 0, NULL);
    const char *value = json_string_value(json_object_get(root, key));
    char *copy = value ? strdup(value) : NULL;
    if (value && !copy)
        cf_out_of_memory();
    json_decref(root);
    return copy;
}

cf_json *cf_json_read(const char *json)
{
    json_t *root = json ? json_loads(json, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json_is_object(root))
        return (cf_json *)root;
    json_decref(root);
    return NULL;
}

/* The library asks for what is not const even where it only looks. */
static json_t *looked_at(const cf_json *json)
{
    return (json_t *)json;
}

static const cf_json *container(json_t *value)
{
    return json_is_object(value) || json_is_array(value) ? (cf_json *)value : NULL;
}

const cf_json *cf_json_get(const cf_json *object, const char *key)
{
    return container(json_object_get(looked_at(object), key));
}

const char *cf_json_get_text(const cf_json *object, const char *key)
{
    return json_string_value(json_object_get(looked_at(object), key));
}

int cf_json_get_int(const cf_json *object, const char *key, long long *value)
{
    const json_t *number = json_object_get(looked_at(object), key);
    if (!json_is_integer(number))
        return 0;
    *value = json_integer_value(number);
    return 1;
}

size_t cf_json_size(const cf_json *array)
{
    return json_array_size(looked_at(array));
}

const cf_json *cf_json_at(const cf_json *array, size_t i)
{
    return container(json_array_get(looked_at(array), i));
}

const char *cf_json_text_at(const cf_json *array, size_t i)
{
    return json_string_value(json_array_get(looked_at(array), i));
}
