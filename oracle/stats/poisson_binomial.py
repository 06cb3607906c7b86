"""Poisson-binomial tails: exact convolution.

Three families, none of which uses the program's own method:
- `list`: 240 arbitrary probabilities, direct convolution in mpmath at 60 digits;
- `dyadic`: p_i = ((i * step) mod 4096 + shift) / 8192, convolved in 640-bit fixed point;
- `two`: n1 terms of p1 and n2 of p2, as the convolution of two binomial laws in mpmath.
"""

import random

import mpmath as mp

from _laws import binomial_pmf, binomial_sum
from _write import write

mp.mp.dps = 60


def direct(p):
    law = [mp.mpf(1)]
    for x in map(mp.mpf, p):
        law = [
            (law[k] * (1 - x) if k < len(law) else 0) + (law[k - 1] * x if k else 0)
            for k in range(len(law) + 1)
        ]
    return law


def fixed_point(numerators):
    law = [1 << 640]
    for a in numerators:
        law.append(0)
        law = [law[0] * (8192 - a) >> 13] + [
            (now * (8192 - a) + before * a) >> 13 for before, now in zip(law, law[1:])
        ]
    return [mp.mpf(v) / mp.mpf(2) ** 640 for v in law]


def row(kind, law, k, **how):
    return {
        "kind": kind, **how, "k": k, "pmf": float(law[k]),
        "cdf": float(mp.fsum(law[: k + 1])), "sf": float(mp.fsum(law[k:])),
    }


def list_cases():
    rng = random.Random(20261124)
    p = [rng.random() ** 4 for _ in range(200)] + [1.0, 1.0, 0.0] + [1e-12] * 7 + [1 - 1e-12] * 30
    law = direct(p)
    ks = [2, 20, 33, 50, 60, 69, 72, 80, 95, 130, 180, 220, 238, 239]
    return [row("list", law, k, p=p) for k in ks if law[k] > 1e-290]


def dyadic_cases():
    cases = []
    for n, step, shift in [(700, 7919, 1), (2500, 2741, 40), (2500, 1, 4000)]:
        law = fixed_point([(i * step) % 4096 + shift for i in range(n)])
        mean = float(mp.fsum(k * v for k, v in enumerate(law)))
        sd = float(mp.sqrt(mp.fsum((k - mean) ** 2 * v for k, v in enumerate(law))))
        for z in [-12, -6, -2, -0.5, 0, 0.3, 2, 6, 12, 18]:
            k = round(mean + z * sd)
            if 0 <= k <= n:
                cases.append(row("dyadic", law, k, n=n, step=step, shift=shift))
    return cases


def two_cases():
    cases = []
    for (n1, p1, n2, p2), zs in [
        ((60_000, 0.01, 31_000, 0.05), [-8, -1, 0, 1, 5, 11, 14]),
        ((150_000, 0.5, 50_000, 0.25), [-9, 0.2, 3, 11]),
    ]:
        mean, sd = n1 * p1 + n2 * p2, (n1 * p1 * (1 - p1) + n2 * p2 * (1 - p2)) ** 0.5
        spread = round(25 * (n1 * p1 * (1 - p1)) ** 0.5)
        for z in zs:
            k = round(mean + z * sd)
            low, high = max(0, round(n1 * p1) - spread), min(n1, round(n1 * p1) + spread)
            point, lower, upper = mp.mpf(0), mp.mpf(0), mp.mpf(0)
            first = binomial_pmf(low, n1, p1)
            odds1, odds2 = mp.mpf(p1) / (1 - mp.mpf(p1)), mp.mpf(p2) / (1 - mp.mpf(p2))
            # As j rises, k - j falls through the second law: its tails change by one term a step.
            j, rest = low, k - low
            term = binomial_pmf(rest, n2, p2)
            below, above = binomial_sum(0, rest, n2, p2), binomial_sum(rest, n2, n2, p2)
            while j <= high and rest >= 0:
                point += first * term
                lower += first * below
                upper += first * above
                if rest == 0:
                    break
                first *= mp.mpf(n1 - j) / (j + 1) * odds1
                below -= term
                term *= mp.mpf(rest) / (n2 - rest + 1) / odds2
                above += term
                j, rest = j + 1, rest - 1
            cases.append({
                "kind": "two", "n1": n1, "p1": p1, "n2": n2, "p2": p2, "k": k,
                "pmf": float(point), "cdf": float(lower), "sf": float(upper),
            })
    return cases


write("stats", "poisson_binomial", list_cases() + dyadic_cases() + two_cases(), ["mpmath"])
