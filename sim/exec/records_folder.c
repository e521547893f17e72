#include "exec/records_parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int ends_with(const char *name, const char *ending)
{
    const size_t n = strlen(name), m = strlen(ending);
    return n >= m && !strcmp(name + n - m, ending);
}

int cf_records_is_file(const char *name)
{
    return cf_text_starts(name, "shard-") && ends_with(name, CF_RECORD_ENDING);
}

int cf_records_own_name(const char *name)
{
    return !strcmp(name, CF_MANIFEST_FILE) || cf_records_is_file(name) ||
           (cf_text_starts(name, CF_MANIFEST_FILE ".") && ends_with(name, ".cohortflow-tmp"));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int cf_records_list(struct cf_arena *arena, const char *folder, const char ***name, int *others)
{
    int n = 0, room = 0;
    const char **list = NULL;
    const struct dirent *entry;
    DIR *dir = opendir(folder);
    *others = 0;
    if (!dir)
        return -1;
    for (errno = 0; (entry = readdir(dir)); errno = 0) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        *others |= !cf_records_own_name(entry->d_name);
        if (!cf_records_is_file(entry->d_name))
            continue;
        if (n == room) {
            const char **more = CF_TAKE(arena, (size_t)(room = room * 2 + 64), const char *);
            if (n)
                memcpy(more, list, (size_t)n * sizeof *more);
            list = more;
        }
        list[n++] = cf_arena_copy(arena, entry->d_name);
    }
    const int failure = errno;
    closedir(dir);
    if (n)
        qsort(list, (size_t)n, sizeof *list, by_name);
    *name = list;
    errno = failure;
    return failure ? -1 : n;
}

/* Everything of ours; the manifest last, so that what is left in between still says what it is. */
static int empty(const char *folder)
{
    const struct dirent *entry;
    DIR *dir = opendir(folder);
    if (!dir)
        return errno;
    while ((entry = readdir(dir)))
        if (cf_records_own_name(entry->d_name) && strcmp(entry->d_name, CF_MANIFEST_FILE) != 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    unlinkat(dirfd(dir), CF_MANIFEST_FILE, 0);
    closedir(dir);
    return rmdir(folder) < 0 ? errno : 0;
}

enum cf_status cf_records_remove(const char *folder, cf_diag *diag)
{
    struct stat is;
    if (lstat(folder, &is) < 0 && errno == ENOENT)
        return CF_OK;
    const int failure = empty(folder);
    if (!failure || failure == ENOENT)
        return CF_OK;
    cf_report(diag, CF_ERROR, "records.remove", (struct cf_at){.path = folder}, "remove it by hand",
              "this folder of records cannot be removed: %s",
              failure == ENOTEMPTY || failure == EEXIST ? "it holds something else"
                                                        : strerror(failure));
    return CF_CANNOT_CREATE;
}
