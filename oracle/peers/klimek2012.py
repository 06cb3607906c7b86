"""Klimek's model by simulation (X510): the criterion at every point of the grid, with numpy.

Writes crates/methods/tests/oracle/klimek2012.json.
"""

import pathlib
import sys

import numpy as np
from scipy import stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402

REPEATS = 400


def cut(rng, mean, sd, n):
    return stats.truncnorm.rvs(-mean / sd, (1 - mean) / sd, loc=mean, scale=sd, size=n, random_state=rng)


def shares(rng, n, h, some, most, alpha):
    t, v = cut(rng, h["turnout"], h["turnout_sd"], n), cut(rng, h["share"], h["share_sd"], n)
    u = rng.random(n)
    x = np.where(u <= some, cut(rng, 0, h["added_sd"], n), np.where(u <= some + most, 1 - cut(rng, 0, 0.075, n), 0.0))
    return (t * v + x * (1 - t) + x**alpha * (1 - v) * t) / (t + x * (1 - t))


def histogram(share):
    return np.bincount(np.minimum((100 * share).astype(int), 99), minlength=100)


def main():
    rng = np.random.default_rng(510)
    h = dict(turnout=0.55, turnout_sd=0.08, share=0.42, share_sd=0.09, added_sd=0.4)
    cast = np.full(600, 1_000)
    votes = np.round(1000 * shares(rng, 600, h, 0.2, 0.1, 1.0)).astype(int)
    observed = np.bincount(100 * votes // cast, minlength=101)[:100]
    points, mean, error = [], [], []
    for some in (0, 0.2, 0.4, 0.6, 0.8, 1.0):
        for most in (0, 0.1, 0.2, 0.3):
            for alpha in (0.5, 1.0):
                s = [(((histogram(shares(rng, 600, h, some, most, alpha)) - observed) / (observed + 1)) ** 2).sum()
                     for _ in range(REPEATS)]
                points.append([some, most, alpha])
                mean.append(float(np.mean(s)))
                error.append(float(np.std(s) / np.sqrt(REPEATS)))
    write("klimek2012.json", __file__, [
        h | dict(cast=cast.tolist(), votes=votes.tolist(), points=np.ravel(points).tolist(), mean=mean, error=error)
    ])


main()
