"""Votes beyond the ratio of a clean bin of turnout (S250).

Writes crates/methods/tests/oracle/excess_over_turnout.json: the curve over the clean bins with numpy, bands by numpy's
multinomial resampling, the published computation with scipy's curve_fit.
"""

import numpy as np
from scipy.optimize import curve_fit

from common import write


def table(bins, votes, others):
    sums = [np.bincount(bins, weights=w, minlength=100) for w in (votes, others, np.ones(len(bins)))]
    return sums[0], sums[1], sums[2]


def smooth(others):
    return np.convolve(others, np.ones(5) / 5, "same")


def clean(others, stations):
    s = smooth(others)
    low = np.flatnonzero(s < s.max() / 2)
    peak = np.argmax(s)
    run = np.arange(max(low[low < peak], default=-1) + 1, min(low[low > peak], default=100))
    return run[(others[run] > 0) & (stations[run] >= 10)]


def excess(votes, others, bins):
    return votes.sum() - votes[bins] / others[bins] * others.sum()


def cedar(registered, cast, votes):
    """The recipe of the published notebook; bins open below and closed above."""
    keep = registered > 100
    n, r, w = registered[keep], cast[keep], votes[keep]
    l, o, _ = table((100 * r - 1) // n, w, r - w)
    s = smooth(o)
    s[-2:] = o[-2:]
    first = np.argmax(s) / 100
    second = first + (1 - first) / 2
    curves = lambda x, a, b, c, d, e, f: c * np.exp(-((x - a) / b) ** 2 / 2) + f * np.exp(-((x - d) / e) ** 2 / 2)
    start = [first, 0.1, s.max(), second, 0.01, s[int(100 * second)]]
    p, _ = curve_fit(curves, np.arange(1, 98) / 100, s[:-3], start)
    mean, sd = (p[0], p[1]) if p[0] < p[3] else (p[3], p[4])
    low, high = int(100 * (mean - sd)), int(100 * (mean + sd))
    bin = low + int(np.argmax(s[low:high]))
    return bin, float(excess(l, o, bin))


def case(rng, stations, added):
    group = rng.integers(0, 3, stations)
    registered = rng.integers(100, 3_000, stations)
    cast = np.maximum(rng.binomial(registered, rng.beta(50, 40, stations) + 0.05 * (group - 1)), 1)
    votes = rng.binomial(cast, rng.beta(40, 60, stations))
    more = (rng.random(stations) < added) * rng.binomial(registered - cast, 0.7)
    cast, votes = cast + more, votes + more
    bins = np.minimum(100 * cast // registered, 99)
    l, o, n = table(bins, votes, cast - votes)
    at = clean(o, n)
    sums = [0.0, 0.0]
    for g in range(3):
        lg, og, ng = table(bins[group == g], votes[group == g], (cast - votes)[group == g])
        curve = excess(lg, og, clean(og, ng))
        sums = [sums[0] + curve.min(), sums[1] + curve.max()]
    draws = []
    for _ in range(20_000):
        times = rng.multinomial(stations, np.full(stations, 1 / stations))
        lb, ob, _ = table(bins, votes * times, (cast - votes) * times)
        draws.append(excess(lb, ob, at))
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    cedar_bin, cedar_excess = cedar(registered, cast, votes)
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        clean=at.tolist(), excess=excess(l, o, at).tolist(), low=low.tolist(), high=high.tolist(),
        sums=[float(s) for s in sums], cedar_bin=cedar_bin, cedar=cedar_excess,
    )


def main():
    rng = np.random.default_rng(250)
    write("excess_over_turnout.json", __file__, [case(rng, 900, 0.0), case(rng, 900, 0.2)])


if __name__ == "__main__":
    main()
