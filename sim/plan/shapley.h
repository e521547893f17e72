#ifndef CF_SHAPLEY_H
#define CF_SHAPLEY_H

/* Players are bits of a set; so many at most. */
enum { CF_MOST_PLAYERS = 16 };

/*
 * Shares of n players in what they come to together (Shapley 1953):
 *
 *   share[i] = sum over sets S without i of |S|! (n - |S| - 1)! / n! (value[S + i] - value[S])
 *
 * They add up to value[all] - value[none]. Who adds nothing to any set gets exactly 0; two who add
 * the same to every set get the same.
 *
 *   value  in   [2^n] by set, player i being bit i
 *   share  out  [n]
 */
void cf_shapley(int n, const double *value, double *share);

#endif
