"""Stations high in both turnout and share beside those low in both, within units (S330).

Writes crates/methods/tests/oracle/corners.json; ranks by scipy, signs added up one by one.
"""

import itertools

import numpy as np
from scipy.stats import rankdata

from common import write


def corners(registered, cast, votes, group, tail=0.1):
    high, low, differences, above = 0, 0, [], []
    for unit in np.unique(group):
        at = np.flatnonzero(group == unit)
        n, w = registered[at], votes[at]
        # A rank of 1 to n, moved half a step so that both ends are alike.
        t, v = [(rankdata(x) - 0.5) / len(at) for x in (cast[at] / n, w / cast[at])]
        top = (t > 1 - tail + 1e-12) & (v > 1 - tail + 1e-12)
        bottom = (t < tail - 1e-12) & (v < tail - 1e-12)
        high, low = high + top.sum(), low + bottom.sum()
        differences.append(int(top.sum() - bottom.sum()))
        above.extend((w - n * w.sum() / n.sum())[top])
    return int(high), int(low), differences, float(np.mean(above))


def case(rng, units, each, added):
    stations = units * each
    group = np.repeat(np.arange(units), each)
    registered = rng.integers(100, 2_000, stations)
    cast = rng.binomial(registered, rng.beta(30, 20, stations))
    votes = rng.binomial(cast, rng.beta(20, 20, stations))
    more = ((registered - cast) * 0.5 * (rng.random(stations) < added)).astype(int)
    cast, votes = cast + more, votes + more
    high, low, differences, above = corners(registered, cast, votes, group)
    sizes = [abs(d) for d in differences if d]
    total = sum(differences)
    signs = itertools.product((-1, 1), repeat=len(sizes))
    reached = sum(sum(s * d for s, d in zip(sign, sizes)) >= total for sign in signs)
    deviations = np.array(differences) - np.mean(differences)
    return dict(
        registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(), group=group.tolist(),
        high=high, low=low, p=reached / 2 ** len(sizes), above=above,
        chance=float(np.sqrt(np.sum(np.square(differences)))),
        half=float(1.96 * np.sqrt(np.sum(deviations**2) * units / (units - 1))),
    )


def main():
    rng = np.random.default_rng(330)
    write("corners.json", __file__, [case(rng, 16, 20, 0), case(rng, 14, 31, 0.08), case(rng, 18, 12, 0.2)])


if __name__ == "__main__":
    main()
