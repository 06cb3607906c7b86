"""Discrete laws to 60 digits, by recurrence from one exact point."""

import mpmath as mp

mp.mp.dps = 60


def binomial_pmf(k, n, p):
    p = mp.mpf(p)
    return mp.exp(
        mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
        + k * mp.log(p) + (n - k) * mp.log1p(-p)
    )


def binomial_sum(lo, hi, n, p):
    """P(lo <= X <= hi), from the largest term in the range outward until terms vanish."""
    if hi < lo:
        return mp.mpf(0)
    start = min(max(int((n + 1) * mp.mpf(p)), lo), hi)
    odds = mp.mpf(p) / (1 - mp.mpf(p))
    first = binomial_pmf(start, n, p)
    total, term = first, first
    for k in range(start, hi):
        term *= mp.mpf(n - k) / (k + 1) * odds
        total += term
        if term < total * mp.mpf(10) ** -45:
            break
    term = first
    for k in range(start, lo, -1):
        term *= mp.mpf(k) / (n - k + 1) / odds
        total += term
        if term < total * mp.mpf(10) ** -45:
            break
    return total
