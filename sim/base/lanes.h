#ifndef CF_LANES_H
#define CF_LANES_H

/*
 * A quantity in a kernel is eight futures wide: lane k belongs to run k of the batch. Passed by
 * pointer only (or used in static inline functions), so that no build's calling convention for
 * vectors ever matters. The alignment is that of a whole vector; arenas give it.
 */
#define CF_LANES 8
typedef double lanes __attribute__((vector_size(64)));
typedef long long lanes_mask __attribute__((vector_size(64)));

static inline lanes lanes_of(double x)
{
    return (lanes){x, x, x, x, x, x, x, x};
}

/* yes where the mask is set, else no. Masks come from comparisons: all bits or none. */
static inline lanes lanes_if(lanes_mask mask, lanes yes, lanes no)
{
    return (lanes)(((lanes_mask)yes & mask) | ((lanes_mask)no & ~mask));
}

static inline int lanes_any(lanes_mask mask)
{
    long long any = 0;
    for (int k = 0; k < CF_LANES; k++)
        any |= mask[k];
    return any != 0;
}

#endif
