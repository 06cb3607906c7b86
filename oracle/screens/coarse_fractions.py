"""Coarse fractions (S220) by brute force.

The level of each group's stations follows a Beta law fitted by moments (Kleinman 1973), within bounds of its intra-class
correlation; a station's own count is added to it, and the count drawn again is scipy's beta-binomial.

Writes crates/methods/tests/oracle/coarse_fractions.json. Fractions are reduced by Python's fractions; the law of the
number of stations is a plain convolution.
"""

from fractions import Fraction

import numpy as np
from scipy import stats

from common import write


def is_coarse(k, n, largest):
    return 2 <= Fraction(int(k), int(n)).denominator <= largest


def correlation(cast, votes):
    """Intra-class correlation by moments, and the level."""
    level = (votes.sum() + 0.5) / (cast.sum() + 1)
    freedom = len(cast) - 1
    spread = (cast * (votes / cast - level) ** 2).sum() / (level * (1 - level))
    room = cast.sum() - (cast**2).sum() / cast.sum() - freedom
    return (spread - freedom) / room, level


def shapes(cast, votes, groups):
    """Beta shapes of each station, its own count known; a group of fewer than ten borrows the spread of all."""
    a, b = np.empty(len(cast)), np.empty(len(cast))
    for g in np.unique(groups):
        own = groups == g
        rho, level = correlation(cast[own], votes[own])
        if own.sum() < 10:
            rho, _ = correlation(cast, votes)
        weight = 1 / np.clip(rho, 1e-6, 1 / 3) - 1
        a[own], b[own] = level * weight + votes[own], (1 - level) * weight + (cast - votes)[own]
    return a, b


def case(rng, stations, smallest, largest, denominator):
    cast = np.exp(rng.uniform(np.log(smallest), np.log(largest), stations)).astype(int)
    groups = rng.integers(0, 4, stations)
    groups[:5], groups[5:][groups[5:] == 3] = 3, 2  # the last group has five stations
    centre = np.array([0.2, 0.6, 0.95, 0.5])[groups]
    votes = rng.binomial(cast, rng.beta(12 * centre, 12 * (1 - centre)))
    votes[0], votes[1] = 0, cast[1]
    coarse = [[k for k in range(n + 1) if is_coarse(k, n, denominator)] for n in cast]
    a, b = shapes(cast, votes, groups)
    law = [stats.betabinom(n, x, y) for n, x, y in zip(cast, a, b)]
    p = [one.pmf(ks).sum() if ks else 0.0 for one, ks in zip(law, coarse)]
    observed = sum(is_coarse(w, n, denominator) for w, n in zip(votes, cast))
    p = np.array(p)
    pmf = np.ones(1)
    for q in p:
        pmf = np.convolve(pmf, [1 - q, q])
    half = [one.pmf(n // 2) if n % 2 == 0 else 0.0 for one, n in zip(law, cast)]
    return dict(
        cast=cast.tolist(), votes=votes.tolist(), groups=groups.tolist(), denominator=denominator, observed=observed,
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
