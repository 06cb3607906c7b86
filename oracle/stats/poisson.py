"""Poisson probabilities and tails: mpmath, 60 digits."""

import math

import mpmath as mp

from _write import write

mp.mp.dps = 60


def point(k, mean):
    return mp.exp(k * mp.log(mp.mpf(mean)) - mean - mp.loggamma(k + 1))


def tails(k, mean):
    pmf, mean = point(k, mean), mp.mpf(mean)
    lower, term = pmf, pmf
    for j in range(k, 0, -1):
        term *= j / mean
        lower += term
    upper, term, j = pmf, pmf, k
    while j < mean or term > upper * mp.mpf(10) ** -45:
        j += 1
        term *= mean / j
        upper += term
    return pmf, lower, upper


cases = []
for mean in [0.1, 1.0, 3.7, 50.0, 1e4, 1e6]:
    sd = math.sqrt(mean)
    ks = {0, 1} | {round(mean + z * sd) for z in [-8, -3, -1, 0, 1.3, 4, 8, 20]}
    for k in sorted(k for k in ks if k >= 0):
        if point(k, mean) > 1e-290:
            pmf, lower, upper = tails(k, mean)
            cases.append({"k": k, "lambda": mean, "pmf": float(pmf), "cdf": float(lower), "sf": float(upper)})
write("stats", "poisson", cases, ["mpmath"])
