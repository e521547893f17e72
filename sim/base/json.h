#ifndef CF_JSON_H
#define CF_JSON_H

#include "base/text.h"

/*
 * JSON. The one file that knows the library behind it is base/json.c. A value belongs to
 * the container it is put into; free only the outermost.
 */
typedef struct cf_json cf_json;
cf_json *cf_json_object(void);
cf_json *cf_json_array(void);
void cf_json_free(cf_json *json);
void cf_json_put(cf_json *object, const char *key, cf_json *value);
void cf_json_put_text(cf_json *object, const char *key, const char *value);
void cf_json_put_int(cf_json *object, const char *key, long long value);
/* NaN becomes null. */
void cf_json_put_number(cf_json *object, const char *key, double value);
void cf_json_add(cf_json *array, cf_json *value);
void cf_json_add_text(cf_json *array, const char *value);
void cf_json_add_int(cf_json *array, long long value);
void cf_json_add_number(cf_json *array, double value);
/* Appends the text, indented by two, keys in the order put, a newline at the end. */
void cf_json_write(const cf_json *json, struct cf_text *to);

/* Reading: the text of a string member, NULL where the text is no JSON object or has none. The
 * result is malloc'ed. */
char *cf_json_read_text(const char *json, const char *key);

/* A whole object, NULL where the text is none; free it. What the calls below return is the
 * object's; they give NULL, or 0, where there is no such member of that kind. */
cf_json *cf_json_read(const char *json);
const cf_json *cf_json_get(const cf_json *object, const char *key); /* an object or array */
const char *cf_json_get_text(const cf_json *object, const char *key);
int cf_json_get_int(const cf_json *object, const char *key, long long *value);
size_t cf_json_size(const cf_json *array); /* 0 for NULL */
const cf_json *cf_json_at(const cf_json *array, size_t i);
const char *cf_json_text_at(const cf_json *array, size_t i);

#endif
