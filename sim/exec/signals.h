#ifndef CF_SIGNALS_H
#define CF_SIGNALS_H

#include <signal.h>

/*
 * Being asked to stop. From the first call on SIGTERM, SIGUSR1 and a first SIGINT are remembered,
 * for whoever works to come to an end of it; a second SIGINT ends the process at once, with 130.
 * The one thing here that is kept for the process as a whole, because signals are.
 */
const volatile sig_atomic_t *cf_heed_signals(void);

/* Name of the signal that asked, NULL: none did. */
const char *cf_signal_heard(void);

#endif
