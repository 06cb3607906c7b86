"""Moments of the logarithmic vote rate and the map of turnout and share (S320).

Writes crates/methods/tests/oracle/fingerprint.json, with scipy's skewness and kurtosis and a count of cells in whole
numbers.
"""

import numpy as np
from scipy import stats

from common import write


def case(rng, stations, level, spread):
    registered = rng.integers(100, 3_000, stations)
    issued = rng.binomial(registered, rng.beta(6, 4, stations))
    issued[:5] = registered[:5]
    cast = issued - rng.integers(0, 2, stations)
    share = 1 / (1 + np.exp(-rng.normal(level, spread, stations)))
    votes = rng.binomial(cast, share)
    votes[:3] = cast[:3]
    votes[5:8] = 0
    rate = np.log((registered - votes)[(votes > 0) & (votes < registered)] / votes[(votes > 0) & (votes < registered)])
    cells = np.minimum(100 * votes // cast, 99) * 100 + np.minimum(100 * issued // registered, 99)
    corner = (100 * issued >= 95 * registered) & (100 * votes >= 95 * cast)
    return dict(
        registered=registered.tolist(), issued=issued.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        n=len(rate), sk=stats.skew(rate), ku=stats.kurtosis(rate, fisher=False),
        corner=int(corner.sum()), corner_cast=int(cast[corner].sum()),
        cells=np.bincount(cells, minlength=10_000).nonzero()[0].tolist(),
        counts=np.bincount(cells, minlength=10_000)[np.bincount(cells, minlength=10_000) > 0].tolist(),
    )


def main():
    rng = np.random.default_rng(320)
    write("fingerprint.json", __file__, [case(rng, 300, 0.2, 0.4), case(rng, 150, 1.5, 1.5), case(rng, 80, -2.0, 0.2)])


if __name__ == "__main__":
    main()
