"""Kolmogorov's law: scipy.stats.kstwo; whole samples: scipy.stats.kstest(..., method='exact')."""

import random

import scipy.stats

from _write import write

cases = []
for n in [1, 2, 5, 20, 100, 500, 2000, 10000]:
    for z in [0.4, 0.7, 0.9, 1.2, 1.6, 2.5, 4.0]:
        d = z / n**0.5
        if 0.5 / n < d < 1:
            cases.append({"n": n, "d": d, "p": float(scipy.stats.kstwo.sf(d, n))})
rng = random.Random(7)
for n in [3, 40, 300]:
    values = [rng.random() for _ in range(n)]
    test = scipy.stats.kstest(values, "uniform", method="exact")
    cases.append({"values": values, "d": float(test.statistic), "p": float(test.pvalue)})
write("stats", "uniformity", cases, ["scipy"])
