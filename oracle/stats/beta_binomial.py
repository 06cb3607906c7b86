"""Beta-binomial probabilities and tails: mpmath, 60 digits."""

import mpmath as mp

from _laws import mp as _  # sets the precision
from _write import write


def pmf(k, n, a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    log = mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
    log += mp.loggamma(k + a) + mp.loggamma(n - k + b) - mp.loggamma(n + a + b)
    return mp.exp(log - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b))


def law(n, a, b):
    """All n + 1 probabilities by recurrence."""
    a, b = mp.mpf(a), mp.mpf(b)
    values = [pmf(0, n, a, b)]
    for k in range(n):
        values.append(values[-1] * (n - k) * (k + a) / ((k + 1) * (n - k - 1 + b)))
    return values


cases = []
SHAPES = [(0.5, 0.5), (2.0, 3.0), (30.5, 20.25), (1000.0, 5000.0), (0.001, 2.0), (1e6, 1e6), (1.0, 40.0)]
for n in [1, 7, 200, 3_000]:
    for a, b in SHAPES:
        values = law(n, a, b)
        for k in sorted({0, 1, n // 10, n // 3, n // 2, 9 * n // 10, n - 1, n} & set(range(n + 1))):
            if values[k] < 1e-290:
                continue
            cases.append({
                "k": k, "n": n, "a": a, "b": b, "pmf": float(values[k]),
                "cdf": float(mp.fsum(values[: k + 1])), "sf": float(mp.fsum(values[k:])),
            })
for n in [100_000, 1_000_000]:
    for a, b in SHAPES:
        for share in [0.0, 0.17, 0.4999, 0.6, 1.0]:
            value = pmf(round(share * n), n, a, b)
            if value > 1e-290:
                cases.append({"k": round(share * n), "n": n, "a": a, "b": b, "pmf": float(value)})
write("stats", "beta_binomial", cases, ["mpmath"])
