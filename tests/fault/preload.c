/*
 * Loaded before the C library (preload.sh): counts the calls of a run by kind, keeps the order of
 * those that make a file appear, and lets one of them fail. What it is told by the environment:
 *
 *   CF_FAULT_CALL   kind of the call that fails: fsync, rename, link, write, close, open, truncate,
 *                   memory (asked for by the program) or library (asked for by a library)
 *   CF_FAULT_AT     which of them, from 1 on; 0: none
 *   CF_FAULT_LOG    file to which "write PATH", "fsync PATH", "rename FROM TO" and "failed" go as
 *                   they come, and at the end "count KIND N" for each kind
 *
 * System calls are made as such, and memory is had from what glibc calls its own, so that nothing
 * has to be looked up, which would itself need memory.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { FSYNC, RENAME, LINK, WRITE, CLOSE, OPEN, TRUNCATE, MEMORY, LIBRARY, N_KINDS };
static const char *const kinds[N_KINDS] = {"fsync", "rename",   "link",   "write",  "close",
                                           "open",  "truncate", "memory", "library"};
static atomic_long count[N_KINDS];
static int failing = -1, log_file = -1;
static long failing_at;
static uintptr_t program_from, program_to;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
    char line[3000];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    if (log_file >= 0 && length > 0 && length < (int)sizeof line)
        syscall(SYS_write, log_file, line, (size_t)length);
}

/* The first thing listed is the program itself. */
static int find_program(struct dl_phdr_info *info, size_t size, void *nothing)
{
    (void)size, (void)nothing;
    for (int k = 0; k < info->dlpi_phnum; k++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[k];
        if (part->p_type == PT_LOAD && part->p_flags & PF_X) {
            program_from = info->dlpi_addr + part->p_vaddr;
            program_to = program_from + part->p_memsz;
        }
    }
    return 1;
}

__attribute__((constructor)) static void begin(void)
{
    const char *call = getenv("CF_FAULT_CALL"), *at = getenv("CF_FAULT_AT");
    const char *path = getenv("CF_FAULT_LOG");
    if (path)
        log_file = (int)syscall(SYS_openat, AT_FDCWD, path,
                                O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    for (int k = 0; call && k < N_KINDS; k++)
        if (strcmp(call, kinds[k]) == 0)
            failing = k;
    failing_at = at ? atol(at) : 0;
    dl_iterate_phdr(find_program, NULL);
    for (int k = 0; k < N_KINDS; k++)
        atomic_store(&count[k], 0); /* what came before is not the program's */
}

__attribute__((destructor)) static void end(void)
{
    long n[N_KINDS];
    for (int k = 0; k < N_KINDS; k++)
        n[k] = atomic_load(&count[k]);
    for (int k = 0; k < N_KINDS; k++)
        say("count %s %ld\n", kinds[k], n[k]);
}

/* What is done to a file, by its whole path. */
static void say_file(const char *what, int fd)
{
    char link[64], path[1024];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    say("%s %.*s\n", what, length > 0 ? (int)length : 0, path);
}

static int fails(enum kind kind, int why)
{
    if (atomic_fetch_add(&count[kind], 1) + 1 != failing_at || (int)kind != failing)
        return 0;
    static const char said[] = "failed\n";
    if (log_file >= 0)
        syscall(SYS_write, log_file, said, sizeof said - 1);
    errno = why;
    return 1;
}

/* ---- files ---- */

int fsync(int fd)
{
    say_file("fsync", fd);
    return fails(FSYNC, EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    say_file("fsync", fd);
    return fails(FSYNC, EIO) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    say("rename %s %s\n", from, to);
    return fails(RENAME, EIO) ? -1
                              : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    return fails(LINK, EIO) ? -1
                            : (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    say_file("write", fd);
    return fails(WRITE, ENOSPC) ? -1 : syscall(SYS_write, fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    say_file("write", fd);
    return fails(WRITE, ENOSPC) ? -1 : syscall(SYS_pwrite64, fd, bytes, length, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    return pwrite64(fd, bytes, length, at);
}

/* As Linux does it: closed, and then it says that something was wrong. */
int close(int fd)
{
    int status = (int)syscall(SYS_close, fd);
    return fails(CLOSE, EIO) ? -1 : status;
}

int openat64(int folder, const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return fails(OPEN, EMFILE) ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return openat64(folder, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return openat64(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return openat64(AT_FDCWD, path, flags, mode);
}

int ftruncate64(int fd, off64_t length)
{
    return fails(TRUNCATE, EIO) ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}

int ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

/* ---- memory ---- */

static int memory_fails(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;
    return fails(at >= program_from && at < program_to ? MEMORY : LIBRARY, ENOMEM);
}

void *malloc(size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}
