#include "base/arena.h"

#include "support/check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void pieces_are_aligned_and_zeroed(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        for (size_t n = 0; n < 700; n++) {
            unsigned char *piece = CF_TAKE(&arena, n, unsigned char);
            assert_non_null(piece);
            assert_int_equal((uintptr_t)piece % 64, 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(piece[i], 0);
            memset(piece, 0xa5, n);       /* what the next round must not see */
            cf_arena_copy(&arena, "odd"); /* text between moves the next piece off its grid */
        }
        cf_arena_reset(&arena);
        assert_int_equal(cf_arena_used(&arena), 0);
    }
    cf_arena_free(&arena);
}

static void nothing_is_still_a_pointer_of_its_own(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    double *one = CF_TAKE(&arena, 0, double), *two = CF_TAKE(&arena, 0, double);
    assert_non_null(one);
    assert_ptr_not_equal(one, two);
    cf_arena_free(&arena);
}

static void reset_gives_the_same_memory(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    void *first[40];
    for (size_t i = 0; i < 40; i++)
        first[i] = CF_TAKE(&arena, 1000 * i, double);
    size_t used = cf_arena_used(&arena);
    assert_true(used >= 1000 * 39 * 20 * sizeof(double));
    cf_arena_reset(&arena);
    for (size_t i = 0; i < 40; i++)
        assert_ptr_equal(CF_TAKE(&arena, 1000 * i, double), first[i]);
    assert_int_equal(cf_arena_used(&arena), used);
    cf_arena_free(&arena);
    assert_int_equal(cf_arena_used(&arena), 0);
}

static size_t n_blocks_apart(void **piece, size_t n)
{
    size_t apart = 0;
    for (size_t i = 0; i < n; i++) {
        size_t j = 0;
        while (j < i && piece[j] != piece[i])
            j++;
        apart += j == i;
    }
    return apart;
}

/* Blocks passed over after a reset because they were too small are used later. */
static void reset_loses_no_block(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    enum { SMALL = 60000, MIDDLE = 130000, LARGE = 1000000 };
    void *piece[30];
    size_t n = 0;
    for (int round = 0; round < 10; round++) {
        static const size_t orders[2][3] = {{SMALL, MIDDLE, LARGE}, {SMALL, LARGE, MIDDLE}};
        for (int i = 0; i < 3; i++)
            piece[n++] = CF_TAKE(&arena, orders[round % 2][i], char);
        cf_arena_reset(&arena);
    }
    assert_int_equal(n_blocks_apart(piece, n), 3);
    cf_arena_free(&arena);
}

static void copies_and_formats_text(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    char word[] = "entitlement";
    char *copy = cf_arena_copy(&arena, word), *part = cf_arena_copy_n(&arena, word + 3, 4);
    char *empty = cf_arena_copy_n(&arena, NULL, 0);
    char *text = cf_arena_format(&arena, "%s:%d", word, -7),
         *none = cf_arena_format(&arena, "%s", "");
    char *wide = cf_arena_format(&arena, "%100000d", 5);
    word[0] = '#';
    assert_string_equal(copy, "entitlement");
    assert_string_equal(part, "itle");
    assert_string_equal(empty, "");
    assert_string_equal(text, "entitlement:-7");
    assert_string_equal(none, "");
    assert_int_equal(strlen(wide), 100000);
    cf_arena_free(&arena);
}

/* Run a fault of the program or of memory in a child: its exit code, or 1000 and its signal, and
 * what it wrote to stderr. */
static int fate_of(void (*act)(void), char *said, size_t room)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        /* cmocka may catch the signal of an assertion; here it shall end the process. */
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        act();
        _exit(0);
    }
    close(ends[1]);
    size_t n = 0;
    ssize_t got;
    while (n + 1 < room && (got = read(ends[0], said + n, room - 1 - n)) > 0)
        n += (size_t)got;
    said[n] = '\0';
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void take_more_than_can_be_counted(void)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_take(&arena, SIZE_MAX / 2, 3);
}

static void take_more_than_there_is(void)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_take(&arena, SIZE_MAX - 70, 1);
}

static void out_of_memory_ends_the_process(void **state)
{
    (void)state;
    char said[200];
    assert_int_equal(fate_of(take_more_than_can_be_counted, said, sizeof said), 70);
    assert_string_equal(said, "error: out of memory\n");
    assert_int_equal(fate_of(take_more_than_there_is, said, sizeof said), 70);
    assert_string_equal(said, "error: out of memory\n");
}

static void take_from_sealed(void)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_arena_seal(&arena, 1);
    cf_take(&arena, 1, 1);
}

static void sealed_is_asserted(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_arena_seal(&arena, 1);
    cf_arena_seal(&arena, 0);
    assert_non_null(CF_TAKE(&arena, 3, double));
    cf_arena_free(&arena);
#ifndef NDEBUG
    char said[1000];
    assert_int_equal(fate_of(take_from_sealed, said, sizeof said), 1000 + SIGABRT);
    assert_non_null(strstr(said, "sealed"));
#else
    (void)take_from_sealed;
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_and_zeroed),
        cmocka_unit_test(nothing_is_still_a_pointer_of_its_own),
        cmocka_unit_test(reset_gives_the_same_memory),
        cmocka_unit_test(reset_loses_no_block),
        cmocka_unit_test(copies_and_formats_text),
        cmocka_unit_test(out_of_memory_ends_the_process),
        cmocka_unit_test(sealed_is_asserted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
