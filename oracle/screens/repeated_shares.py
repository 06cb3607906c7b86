"""Stations that share a rounded share (S410), by brute force with scipy's beta-binomial.

All cells are tried; the one with the smallest Poisson tail is the one to find.

Writes crates/methods/tests/oracle/repeated_shares.json.
"""

import numpy as np
from scipy import stats

from common import write
from last_digit import law

AROUND = 5
FEWEST_VOTES = 10


def case(rng, stations, smallest, largest, level, planted):
    cast = rng.integers(smallest, largest, stations)
    weight = 30.0
    share = rng.beta(level * weight, (1 - level) * weight, stations)
    votes = rng.binomial(cast, share)
    votes[:planted] = np.floor(cast[:planted] * 0.622 + 0.5).astype(int)
    cell = (2000 * votes + cast) // (2 * cast)
    a, b = law(votes, cast)
    chances = np.zeros((stations, 1001))
    for i in range(stations):
        k = np.arange(cast[i] + 1)
        pmf = stats.betabinom.pmf(k, cast[i], a + votes[i], b + cast[i] - votes[i])
        counts = (k >= FEWEST_VOTES) & (cast[i] - k >= FEWEST_VOTES)
        chances[i] = np.bincount((2000 * k + cast[i]) // (2 * cast[i]), np.where(counts, pmf, 0), 1001)
    enough = (votes >= FEWEST_VOTES) & (cast - votes >= FEWEST_VOTES)
    counts = np.bincount(cell[enough], minlength=1001)
    poisson = stats.poisson.sf(counts - 1, chances.sum(0))
    top = int(np.where(counts < 3, 1, poisson).argmin())
    own = chances[:, top]
    pmf = np.ones(1)
    for q in own:
        pmf = np.convolve(pmf, [1 - q, q])
    n = int(counts[top])
    return dict(
        cast=cast.tolist(), votes=votes.tolist(), cell=top, n=n,
        expected=chances.sum(0)[top - AROUND : top + AROUND + 1].tolist(), sd=float(np.sqrt((own * (1 - own)).sum())),
        single=float(pmf[n:].sum()),
    )


def main():
    rng = np.random.default_rng(410)
    cases = [
        case(rng, stations, smallest, largest, level, planted)
        for stations in (60, 200)
        for smallest, largest in ((100, 300), (400, 1500))
        for level, planted in ((0.6, 20), (0.5, 30))
    ]
    write("repeated_shares.json", __file__, cases)


if __name__ == "__main__":
    main()
