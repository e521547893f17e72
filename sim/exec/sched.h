#ifndef CF_SCHED_H
#define CF_SCHED_H

/*
 * Do items 0 .. n - 1 on `threads` threads. work is called once an item, with the number of the
 * thread (0 .. threads - 1) that does it, each thread taking items in ascending order; which thread
 * does which item is not said, so nothing of the result may depend on it.
 */
void cf_do_items(int n, int threads, void (*work)(void *self, int item, int thread), void *self);

/* Threads this machine offers. */
int cf_threads_offered(void);

#endif
