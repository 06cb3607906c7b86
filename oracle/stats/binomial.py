"""Binomial probabilities and tails: mpmath, 60 digits."""

import math

from _laws import binomial_pmf, binomial_sum
from _write import write

cases = []
for n in [1, 2, 10, 100, 3_000, 10_000, 100_000, 1_000_000]:
    for p in [0.5, 0.1, 0.001, 0.93, 1e-9]:
        sd = math.sqrt(n * p * (1 - p))
        ks = {0, n} | {round(n * p + z * sd) for z in [-8, -4.5, -2, -1, 0, 0.5, 1.5, 3, 8]}
        for k in sorted(k for k in ks if 0 <= k <= n):
            pmf = binomial_pmf(k, n, p)
            if pmf < 1e-290:
                continue
            width = max(1, n // 2000)
            between = binomial_sum(k, min(k + width, n), n, p)
            cases.append({
                "k": k, "n": n, "p": p, "width": width, "pmf": float(pmf),
                "cdf": float(binomial_sum(0, k, n, p)), "sf": float(binomial_sum(k, n, n, p)),
                "between": float(between),
            })
write("stats", "binomial", cases, ["mpmath"])
