"""Anomalous votes as Cedar's notebook computes them (X210), with numpy's convolution and scipy's curve_fit.

Writes crates/methods/tests/oracle/cedar.json.
"""

import pathlib
import sys

import numpy as np
from scipy.optimize import curve_fit

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402


def curves(x, a, b, c, d, e, f):
    return c * np.exp(-(((x - a) / b) ** 2) / 2) + f * np.exp(-(((x - d) / e) ** 2) / 2)


def anomalous(registered, cast, votes):
    keep = registered > 100
    n, r, w = registered[keep], cast[keep], votes[keep]
    at = np.ceil(np.round(100 * r / n, 9)).astype(int) - 1  # bins open below, closed above
    leader, others = (np.bincount(at, weights=x, minlength=100) for x in (w, r - w))
    s = np.convolve(others, np.ones(5) / 5, "same")
    s[-2:] = others[-2:]
    first = np.argmax(s) / 100
    second = first + (1 - first) / 2
    start = [first, 0.1, s.max(), second, 0.01, s[int(100 * second)]]
    p, _ = curve_fit(curves, np.arange(1, 98) / 100, s[:-3], start)
    mean, sd = (p[0], p[1]) if p[0] < p[3] else (p[3], p[4])
    low, high = int(100 * (mean - sd)), int(100 * (mean + sd))
    b = low + int(np.argmax(s[low:high]))
    ratio = leader[b] / others[b]
    return b, float(ratio), float(leader.sum() - ratio * others.sum()), float(leader.sum())


def case(seed, stations, added):
    rng = np.random.default_rng(seed)
    registered = rng.integers(60, 3_000, stations)
    cast = np.maximum(rng.binomial(registered, rng.beta(50, 40, stations)), 1)
    votes = rng.binomial(cast, rng.beta(40, 60, stations))
    more = (rng.random(stations) < added) * rng.binomial(registered - cast, 0.7)
    cast, votes = cast + more, votes + more
    b, ratio, excess, total = anomalous(registered, cast, votes)
    columns = dict(registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist())
    return columns | dict(bin=b, ratio=ratio, excess=excess, part=excess / total)


write("cedar.json", __file__, [case(1, 700, 0.0), case(2, 700, 0.25), case(3, 500, 0.1)])
