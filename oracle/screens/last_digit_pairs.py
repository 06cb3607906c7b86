"""Distances between the last two digits (S113) with scipy's binomial.

Writes crates/methods/tests/oracle/last_digit_pairs.json.
"""

import numpy as np
from scipy import stats

from common import write

CHANCES = (0.1, 0.2, 0.7)


def two_sided(k, n, p):
    return min(1.0, 2 * min(stats.binom.cdf(k, n, p), stats.binom.sf(k - 1, n, p)))


def holm(p):
    adjusted, largest = [0.0] * len(p), 0.0
    for rank, i in enumerate(np.argsort(p, kind="stable")):
        largest = min(1.0, max(largest, (len(p) - rank) * p[i]))
        adjusted[i] = largest
    return adjusted


def case(rng, n, bend):
    votes = rng.integers(20, 900, n)
    # A part of the counts gets a last digit next to the one before.
    bent = rng.random(n) < bend
    near = votes // 10 * 10 + (votes // 10 % 10 + 1) % 10
    votes = np.where(bent, near, votes)
    used = votes[votes >= 100]
    apart = abs(used % 10 - used // 10 % 10)
    apart = np.minimum(apart, 10 - apart)
    kinds = [int((apart == 0).sum()), int((apart == 1).sum()), int((apart >= 2).sum())]
    p = [two_sided(k, len(used), chance) for k, chance in zip(kinds, CHANCES)]
    return dict(votes=votes.tolist(), used=len(used), kinds=kinds, p=min(holm(p)))


def main():
    rng = np.random.default_rng(113)
    cases = [case(rng, n, bend) for n in (80, 200, 500) for bend in (0.0, 0.05, 0.1, 0.3)]
    write("last_digit_pairs.json", __file__, cases)


if __name__ == "__main__":
    main()
