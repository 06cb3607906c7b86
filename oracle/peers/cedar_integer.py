"""The excess near whole percentages as Cedar's notebook computes it (X220), with numpy's remainders and convolution.

Writes crates/methods/tests/oracle/cedar_integer.json.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402

EDGES = np.linspace(0, 1, 1001)


def interpolated(y):
    new = y.astype(float).copy()
    for i in range(10, 1000):
        whole = i // 10 * 10
        if i == 999:
            new[i] = y[whole - 2]
        elif i % 10 == 9:
            new[i] = (y[whole + 3:whole + 8].mean() + y[whole + 13:whole + 18].mean()) / 2
        elif i % 10 in (0, 1, 2):
            new[i] = (y[whole - 7:whole - 2].mean() + y[whole + 3:whole + 8].mean()) / 2
    smooth = np.convolve(new, np.ones(7) / 7, mode="same")
    smooth[-2:] = new[-2:]
    return float((y - smooth)[:-1].sum())


def by_tenth(x, weight):
    inside = (x > 0) & (x <= 1)
    return np.bincount(np.searchsorted(EDGES, x[inside], side="left") - 1, weights=weight[inside], minlength=1000)


def whole(x):
    return (np.mod(x, 0.01) > 0.009) | (np.mod(x, 0.01) < 0.002)


def case(seed, stations, rounded):
    rng = np.random.default_rng(seed)
    registered = rng.integers(60, 3_000, stations)
    turnout = rng.beta(30, 20, stations)
    turnout = np.where(rng.random(stations) < rounded, np.round(turnout, 2), turnout)
    cast = np.round(registered * turnout).astype(int)
    cast[:5] = registered[:5] + [0, 1, 2, 3, 4]
    cast[5:10] = 0
    votes = rng.binomial(cast, rng.beta(20, 20, stations))
    keep = registered > 100
    n, r, w = (x[keep] for x in (registered, cast, votes))
    with np.errstate(all="ignore"):
        t, v = r / n, w / r
    near = (t < 0.99) & (v < 0.99)
    held = (whole(t) | whole(v)) & near
    rest = near & ~held
    area = (1 - 0.7**2) / 0.7**2
    ones = np.ones(len(n))
    v = np.nan_to_num(v, nan=-1.0)
    return dict(
        registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(), used=int(keep.sum()),
        area_votes=float(w[held].sum() - w[rest].sum() * area), area_stations=float(held.sum() - rest.sum() * area),
        turnout_stations=interpolated(by_tenth(t, ones)), turnout_votes=interpolated(by_tenth(t, w)),
        share_stations=interpolated(by_tenth(v, ones)), share_votes=interpolated(by_tenth(v, w)),
    )


write("cedar_integer.json", __file__, [case(1, 800, 0.0), case(2, 800, 0.2), case(3, 300, 0.6)])
