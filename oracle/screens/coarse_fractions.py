"""Coarse fractions (S220) by brute force.

Writes crates/methods/tests/oracle/coarse_fractions.json. Fractions are reduced by Python's fractions; probabilities are
scipy's binomial; the law of the number of stations is a plain convolution.
"""

from fractions import Fraction

import numpy as np
from scipy import stats

from common import write


def is_coarse(k, n, largest):
    return 2 <= Fraction(int(k), int(n)).denominator <= largest


def case(rng, stations, smallest, largest, denominator):
    cast = np.exp(rng.uniform(np.log(smallest), np.log(largest), stations)).astype(int)
    votes = rng.binomial(cast, rng.uniform(0.01, 0.99, stations))
    votes[0], votes[1] = 0, cast[1]
    coarse = [[k for k in range(n + 1) if is_coarse(k, n, denominator)] for n in cast]
    p = [stats.binom.pmf(ks, n, w / n).sum() if ks else 0.0 for ks, n, w in zip(coarse, cast, votes)]
    observed = sum(is_coarse(w, n, denominator) for w, n in zip(votes, cast))
    p = np.array(p)
    pmf = np.ones(1)
    for q in p:
        pmf = np.convolve(pmf, [1 - q, q])
    half = [stats.binom.pmf(n // 2, n, w / n) if n % 2 == 0 else 0.0 for n, w in zip(cast, votes)]
    return dict(
        cast=cast.tolist(), votes=votes.tolist(), denominator=denominator, observed=observed,
        expected=p.sum(), sd=np.sqrt((p * (1 - p)).sum()), p=pmf[observed:].sum(),
        half=sum(2 * int(w) == int(n) for n, w in zip(cast, votes)), half_expected=sum(half),
        votes_effect=float(sum(n * (is_coarse(w, n, denominator) - q) for n, w, q in zip(cast, votes, p))),
    )


def main():
    rng = np.random.default_rng(220)
    write("coarse_fractions.json", __file__, [
        case(rng, 200, 10, 100, 10),
        case(rng, 200, 50, 1_000, 10),
        case(rng, 120, 500, 3_000, 10),
        case(rng, 60, 5_000, 20_000, 10),
        case(rng, 200, 10, 1_000, 4),
    ])


if __name__ == "__main__":
    main()
