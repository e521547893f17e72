#include "exec/signals.h"

#include <stddef.h>
#include <unistd.h>

enum { INTERRUPTED_TWICE = 130 };

static volatile sig_atomic_t stop, heard, interrupted;

static void hear(int number)
{
    if (number == SIGINT && interrupted++)
        _exit(INTERRUPTED_TWICE);
    heard = number;
    stop = 1;
}

const volatile sig_atomic_t *cf_heed_signals(void)
{
    static const int asking[] = {SIGINT, SIGTERM, SIGUSR1};
    struct sigaction action = {.sa_handler = hear, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    /* Also where a shell that starts us in the background wants SIGINT ignored: coming to an end
     * that can be picked up again does no harm. */
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        sigaction(asking[i], &action, NULL);
    return &stop;
}

const char *cf_signal_heard(void)
{
    return heard == SIGINT    ? "SIGINT"
           : heard == SIGTERM ? "SIGTERM"
           : heard == SIGUSR1 ? "SIGUSR1"
                              : NULL;
}
