#include "cli/progress.h"

#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

#define FIRST_AFTER 2.0   /* seconds */
#define TERMINAL_STEP 0.2 /* seconds between lines */
#define LOG_STEP 60.0

void cf_progress_init(struct cf_progress *p, int quiet)
{
    *p = (struct cf_progress){
        .quiet = quiet, .on_terminal = isatty(STDERR_FILENO), .begun = cf_seconds()};
    p->told = p->begun;
}

/* "3 h 12 min", "12 min", "34 s" */
static const char *time_text(char text[32], double seconds)
{
    if (seconds < 99.5)
        snprintf(text, 32, "%.0f s", seconds);
    else if (seconds < 5970)
        snprintf(text, 32, "%.0f min", seconds / 60);
    else
        snprintf(text, 32, "%d h %02d min", (int)(seconds / 3600), (int)(seconds / 60) % 60);
    return text;
}

void cf_progress_tell(void *self, long long done, long long missing)
{
    struct cf_progress *p = self;
    const double now = cf_seconds(), share = (double)done / (double)missing;
    const int tenth = (int)(10 * done / missing);
    char left[32];
    if (p->quiet || now - p->begun < FIRST_AFTER)
        return;
    if (p->on_terminal ? now - p->told < TERMINAL_STEP
                       : tenth == p->tenth && now - p->told < LOG_STEP)
        return;
    p->told = now;
    p->tenth = tenth;
    time_text(left, (now - p->begun) * (1 - share) / share);
    fprintf(stderr,
            p->on_terminal ? "\r\033[K%lld of %lld runs, %.0f%%, %s left"
                           : "%lld of %lld runs, %.0f%%, %s left\n",
            done, missing, 100 * share, left);
    p->shown = p->on_terminal;
}

void cf_progress_end(struct cf_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = 0;
}
