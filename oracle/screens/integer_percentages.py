"""Whole percentages (S210) by brute force.

Writes crates/methods/tests/oracle/integer_percentages.json. The chance of a station is a sum of scipy's binomial
probabilities over all counts from 0 to n; the law of the number of stations is a plain convolution.
"""

import numpy as np
from scipy import stats

from common import write


def whole(x, n, step, tolerance):
    past = (10_000 * x) % (100 * step * n)
    return np.minimum(past, 100 * step * n - past) <= tolerance * n


def chance(x, n, step, tolerance):
    k = np.arange(n + 1)
    return stats.binom.pmf(k[whole(k, n, step, tolerance)], n, x / n).sum()


def tail(chances, count):
    pmf = np.ones(1)
    for p in chances:
        pmf = np.convolve(pmf, [1 - p, p])
    return pmf[count:].sum()


def table(rng, stations, smallest, largest):
    registered = np.exp(rng.uniform(np.log(smallest), np.log(largest), stations)).astype(int)
    issued = rng.binomial(registered, rng.uniform(0.2, 0.98, stations))
    cast = issued - rng.integers(0, 3, stations)
    votes = rng.binomial(cast, rng.uniform(0.02, 0.97, stations))
    votes[:3] = 0
    return registered, issued, cast, votes


def case(rng, stations, smallest, largest, step=1, tolerance=5):
    registered, issued, cast, votes = table(rng, stations, smallest, largest)
    used = (100 * issued <= 99 * registered) & (100 * votes <= 99 * cast)
    n, g, r, w = (column[used] for column in (registered, issued, cast, votes))
    seen = [whole(w, r, step, tolerance), whole(g, n, step, tolerance)]
    q = [np.array([chance(x, m, step, tolerance) for x, m in zip(*pair)]) for pair in ((w, r), (g, n))]
    p = [1 - (1 - q[0]) * (1 - q[1]), q[0], q[1]]
    observed = [seen[0] | seen[1], seen[0], seen[1]]
    weights = [np.ones(len(n)), n, g, w]
    return dict(
        registered=registered.tolist(), issued=issued.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        step=step, tolerance=tolerance, used=int(used.sum()),
        observed=[float((o * v).sum()) for o in observed for v in weights],
        expected=[float((c * v).sum()) for c in p for v in weights],
        sd=[float(np.sqrt((c * (1 - c) * v**2).sum())) for c in p for v in weights],
        p=[tail(c, int(o.sum())) for c, o in zip(p, observed)],
    )


def main():
    rng = np.random.default_rng(210)
    write("integer_percentages.json", __file__, [
        case(rng, 150, 100, 1_000),
        case(rng, 150, 500, 3_000),
        case(rng, 120, 2_000, 12_000),
        case(rng, 60, 7_000, 40_000),
        case(rng, 150, 100, 3_000, step=5),
        case(rng, 150, 100, 3_000, tolerance=25),
    ])


if __name__ == "__main__":
    main()
