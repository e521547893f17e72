#ifndef CF_LANES_H
#define CF_LANES_H

/*
 * A quantity in a kernel is eight futures wide: lane k belongs to run k of the batch. Passed by
 * pointer only (or used in static inline functions), so that no build's calling convention for
 * vectors ever matters. The alignment is that of a whole vector; arenas give it.
 */
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#define CF_LANES 8
typedef double lanes __attribute__((vector_size(64)));
typedef long long lanes_mask __attribute__((vector_size(64)));

static inline lanes lanes_of(double x)
{
    return (lanes){x, x, x, x, x, x, x, x};
}

/* A mask of all lanes or none. */
static inline lanes_mask lanes_mask_of(int yes)
{
    const long long m = yes ? -1 : 0;
    return (lanes_mask){m, m, m, m, m, m, m, m};
}

/* yes where the mask is set, else no. Masks come from comparisons: all bits or none. */
static inline lanes lanes_if(lanes_mask mask, lanes yes, lanes no)
{
    return (lanes)(((lanes_mask)yes & mask) | ((lanes_mask)no & ~mask));
}

/*
 * a b + c, rounded once, in every lane and in every build: where the processor has no such
 * instruction the C library computes the same bits, slowly.
 */
static inline lanes lanes_fma(lanes a, lanes b, lanes c)
{
#if defined(__AVX512F__)
    return (lanes)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
#else
    lanes r;
    for (int k = 0; k < CF_LANES; k++)
        r[k] = __builtin_fma(a[k], b[k], c[k]);
    return r;
#endif
}

static inline int lanes_any(lanes_mask mask)
{
    long long any = 0;
    for (int k = 0; k < CF_LANES; k++)
        any |= mask[k];
    return any != 0;
}

#endif
