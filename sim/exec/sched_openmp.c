#include "exec/sched.h"

#include <omp.h>

void cf_do_items(int n, int threads, void (*work)(void *self, int item, int thread), void *self)
{
#pragma omp parallel for num_threads(threads) schedule(monotonic                                   \
                                                       : dynamic, 1) default(none)                 \
    shared(n, work, self)
    for (int item = 0; item < n; item++)
        work(self, item, omp_get_thread_num());
}

int cf_threads_offered(void)
{
    return omp_get_num_procs();
}
