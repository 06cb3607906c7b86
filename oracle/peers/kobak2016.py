"""The anomaly at whole percentages as published (X310, X320, X330): by simulation, with comparisons in floats.

Writes crates/methods/tests/oracle/kobak2016.json.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402

REPLICATES = 20_000


def whole(part, total):
    p = 100 * part / total
    return np.abs(p - np.round(p)) <= 0.05


def sums(n, g, r, w, weights):
    share, turnout = whole(w, r), whole(g, n)
    return [[v[s].sum() for v in weights] for s in (share | turnout, share, turnout)]


def case(seed, stations, rounded):
    rng = np.random.default_rng(seed)
    registered = rng.integers(60, 2_000, stations)
    issued = rng.binomial(registered, rng.uniform(0.3, 0.97, stations))
    issued = np.where(rng.random(stations) < rounded, np.round(registered * np.round(issued / registered, 2)), issued)
    issued = issued.astype(int)
    received = np.maximum(issued - rng.integers(0, 3, stations), 0)
    leader = rng.binomial(received, rng.uniform(0.1, 0.9, stations))
    used = (received > 0) & (registered >= 100)
    used &= (100 * issued <= 99 * registered) & (100 * leader <= 99 * received)
    n, g, r, w = (c[used] for c in (registered, issued, received, leader))
    weights = [np.ones(len(n)), n, g, w]
    observed = np.array(sums(n, g, r, w, weights), dtype=float)
    drawn = np.array([
        sums(n, rng.binomial(n, g / n), r, rng.binomial(r, w / r), weights) for _ in range(REPLICATES)
    ], dtype=float)
    columns = dict(registered=registered, issued=issued, cast=received, votes=leader)
    return {k: v.tolist() for k, v in columns.items()} | dict(
        used=int(used.sum()), replicates=REPLICATES, observed=observed.ravel().tolist(),
        anomaly=(observed - drawn.mean(0)).ravel().tolist(), sd=drawn.std(0).ravel().tolist(),
        point=np.percentile(drawn[:, :, 0], 99.9, axis=0).tolist(),
    )


write("kobak2016.json", __file__, [case(1, 200, 0.0), case(2, 200, 0.1)])
