#include "output/sidecar.h"

#include "base/json.h"
#include "output/image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#ifndef CF_VERSION
#define CF_VERSION "unknown"
#endif

enum { MOST_SIDECAR = 1 << 20, READ_STEP = 1 << 16 };

static char *sidecar_path(struct cf_arena *arena, const char *path)
{
    return cf_arena_format(arena, "%s.json", path);
}

/* Now, or the moment that SOURCE_DATE_EPOCH asks for, as 2009-08-31T00:00:00Z. */
static const char *time_text(char text[32])
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    struct tm utc;
    time_t now = time(NULL);
    if (fixed && *fixed >= '0' && *fixed <= '9') {
        errno = 0;
        long long seconds = strtoll(fixed, &end, 10);
        if (errno == 0 && *end == '\0')
            now = (time_t)seconds;
    }
    if (!gmtime_r(&now, &utc) || !strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc))
        text[0] = '\0';
    return text;
}

static long long peak_memory(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss * 1024LL : 0;
}

static cf_json *describe(const struct cf_sidecar *sidecar)
{
    const struct cf_results_circumstances *how = sidecar->circumstances;
    const char *slash = strrchr(sidecar->path, '/');
    char host[256] = "", when[32];
    cf_json *json = cf_json_object();
    if (gethostname(host, sizeof host - 1) < 0)
        host[0] = '\0';
    cf_json_put_text(json, "file", slash ? slash + 1 : sidecar->path);
    cf_json_put_text(json, "sha256", sidecar->file_sha256);
    cf_json_put_int(json, "bytes", (long long)sidecar->bytes);
    cf_json_put_text(json, "content_sha256", sidecar->content_sha256);
    cf_json_put_text(json, "version", CF_VERSION);
    cf_json_put_text(json, "time", time_text(when));
    cf_json_put_text(json, "host", host);
    cf_json_put_text(json, "kernels", how->kernels);
    cf_json_put_int(json, "threads", how->threads);
    cf_json_put_number(json, "seconds", how->seconds);
    cf_json_put_int(json, "peak_memory_bytes", peak_memory());
    cf_json_put_text(json, "command", how->command);
    return json;
}

void cf_sidecar_write(const struct cf_sidecar *sidecar, cf_diag *diag)
{
    struct cf_arena arena;
    struct cf_text text = {0};
    cf_arena_init(&arena);
    const char *path = sidecar_path(&arena, sidecar->path);
    cf_json *json = describe(sidecar);
    cf_json_write(json, &text);
    /* Its errors are warnings here: the result stands without it. */
    if (cf_write_image(path, text.data, text.length, NULL) != CF_OK)
        cf_report(diag, CF_WARNING, "sidecar.write", (struct cf_at){.path = path},
                  "the results file is complete and verified without it",
                  "this file, which says how the results came about, could not be written");
    cf_json_free(json);
    cf_text_free(&text);
    cf_arena_free(&arena);
}

static int file_digest(const char *path, char hex[CF_DIGEST_HEX])
{
    struct cf_digest digest;
    unsigned char buffer[READ_STEP];
    ssize_t got = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    cf_digest_init(&digest);
    if (fd < 0)
        return -1;
    do {
        got = read(fd, buffer, sizeof buffer);
        if (got > 0)
            cf_digest_add(&digest, buffer, (size_t)got);
    } while (got > 0 || (got < 0 && errno == EINTR));
    close(fd);
    cf_digest_hex(&digest, hex);
    return got < 0 ? -1 : 0;
}

/* The SHA-256 that a sidecar names: malloc'ed, NULL where there is no sidecar or none in it. */
static char *named_digest(const char *path, cf_diag *diag)
{
    char *json = NULL, *named = NULL;
    size_t length = 0;
    int failure = cf_read_file(path, MOST_SIDECAR, &json, &length);
    if (failure == ENOENT)
        return NULL;
    if (!failure && memchr(json, '\0', length) == NULL)
        named = cf_json_read_text(json, "sha256");
    free(json);
    if (!named)
        cf_report(diag, CF_WARNING, "sidecar.unreadable", (struct cf_at){.path = path}, NULL,
                  "this file names no sha256 to compare with%s%s", failure ? ": " : "",
                  failure ? strerror(failure) : "");
    return named;
}

enum cf_status cf_sidecar_check(const char *path, cf_diag *diag)
{
    struct cf_arena arena;
    char hex[CF_DIGEST_HEX];
    enum cf_status status = CF_OK;
    cf_arena_init(&arena);
    char *named = named_digest(sidecar_path(&arena, path), diag);
    if (named && (file_digest(path, hex) < 0 || !cf_text_same(named, hex))) {
        cf_report(diag, CF_ERROR, "results.sidecar", (struct cf_at){.path = path},
                  "the file was changed after the run, or the .json beside it is of another run",
                  "the bytes of this file are not those that the .json beside it names");
        status = CF_BROKEN;
    }
    free(named);
    cf_arena_free(&arena);
    return status;
}

void cf_sidecar_clear(const char *path)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_image_clear(sidecar_path(&arena, path));
    cf_arena_free(&arena);
}

void cf_sidecar_remove(const char *path)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    unlink(sidecar_path(&arena, path));
    cf_arena_free(&arena);
}
