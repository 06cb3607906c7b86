"""Independence of the last digits of two protocol lines (S140).

Writes crates/methods/tests/oracle/joint_digits.json with scipy's contingency test.
"""

import itertools

import numpy as np
from scipy import stats

from common import write


def pair(a, b):
    keep = (a >= 30) & (b >= 30) & (np.abs(a // 10 - b // 10) > 3)
    difference = np.sort((a - b)[keep])
    quarter = len(difference) // 4
    assert difference[3 * len(difference) // 4] - difference[quarter] >= 100
    table = np.zeros((10, 10))
    np.add.at(table, (a[keep] % 10, b[keep] % 10), 1)
    found = stats.chi2_contingency(table, correction=False)
    return dict(stations=int(keep.sum()), equal=int(np.trace(table)), x2=found.statistic, p=found.pvalue)


def case(rng, stations, copied):
    registered = rng.integers(300, 2_500, stations)
    cast = rng.binomial(registered, rng.beta(20, 15, stations))
    a = rng.binomial(cast, rng.beta(20, 20, stations))
    b = rng.binomial(cast - a, 0.8)
    same = rng.random(stations) < copied
    b = np.where(same, b // 10 * 10 + a % 10, b)
    lines = [registered, cast, a, b]
    pairs = [pair(x, y) for x, y in itertools.combinations(lines, 2)]
    return dict(registered=registered.tolist(), cast=cast.tolist(), a=a.tolist(), b=b.tolist(),
                **{key: [p[key] for p in pairs] for key in ("stations", "equal", "x2", "p")})


def main():
    rng = np.random.default_rng(140)
    write("joint_digits.json", __file__, [case(rng, 700, 0), case(rng, 900, 0.2)])


if __name__ == "__main__":
    main()
