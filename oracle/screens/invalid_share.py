"""Invalid share, turnout and margin (S630): unit means, slopes and the sandwich by units written out in numpy.

Writes crates/methods/tests/oracle/invalid_share.json.
"""

import numpy as np

from common import write


def table(rng, units, size):
    unit = np.repeat(np.arange(units), size)
    n = len(unit)
    registered = rng.integers(150, 2_500, n)
    turnout = np.clip(rng.normal(0.6, 0.08, units)[unit] + rng.normal(0, 0.06, n), 0.05, 0.97)
    cast = rng.binomial(registered, turnout)
    spoiled = np.clip(0.05 - 0.05 * (turnout - 0.6) + rng.normal(0, 0.008, n), 0.002, 0.2)
    invalid = rng.binomial(cast, spoiled)
    blank = rng.binomial(cast - invalid, 0.02)
    first = np.clip(rng.normal(0.5, 0.08, units)[unit] + rng.normal(0, 0.05, n), 0.05, 0.8)
    a = rng.binomial(cast - invalid - blank, first)
    b = rng.binomial(cast - invalid - blank - a, 0.7)
    return unit, registered, cast, invalid, blank, a, b


def slope(unit, x, y):
    names = np.unique(unit)
    x, y = x.copy(), y.copy()
    for g in names:
        x[unit == g] -= x[unit == g].mean()
        y[unit == g] -= y[unit == g].mean()
    b = (x * y).sum() / (x * x).sum()
    scores = np.array([(x * (y - b * x))[unit == g].sum() for g in names])
    g, n = len(names), len(x)
    se = np.sqrt(g / (g - 1) * (n - 1) / (n - 2) * (scores**2).sum()) / (x * x).sum()
    return b, se, np.corrcoef(x, y)[0, 1]


def case(rng, units, size):
    unit, registered, cast, invalid, blank, a, b = table(rng, units, size)
    s, t, m = (invalid + blank) / cast, cast / registered, (a - b) / cast
    on_turnout, on_margin = slope(unit, t, s), slope(unit, m, s)
    lists = dict(unit=unit, registered=registered, cast=cast, invalid=invalid, blank=blank, a=a, b=b)
    return {k: v.tolist() for k, v in lists.items()} | dict(
        turnout=list(on_turnout), margin=list(on_margin), share=(invalid + blank).sum() / cast.sum()
    )


def main():
    rng = np.random.default_rng(630)
    write("invalid_share.json", __file__, [case(rng, u, n) for u, n in ((20, 8), (12, 20), (40, 5))])


if __name__ == "__main__":
    main()
