"""Bins at multiples beside their neighbours as Galdino's script has them (X710, X711), remainders in double precision.

Writes crates/methods/tests/oracle/galdino.json.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402

BREAKS = np.arange(1001) * 0.001
MIDS = 0.5 * (BREAKS[1:] + BREAKS[:-1])


def modulo(x, m):
    rest = x - np.floor(x / m) * m
    return rest - np.floor(rest / m) * m


def ratios(part, whole, m):
    # Right-closed bins with R's allowance for rounding of the breaks.
    x = part / whole
    x = x[(x >= 0) & (x <= 1)]
    fuzzy = BREAKS + 1e-10
    fuzzy[0] = -1e-10
    counts = np.bincount(np.searchsorted(fuzzy, x, side="left") - 1, minlength=1000)
    rest = modulo(MIDS, m)
    multiple = (rest < 0.001 / 2) | (m - rest < 0.001 / 2)
    out = []
    for i in np.flatnonzero(multiple):
        near = [j for j in range(max(0, i - 5), min(999, i + 5) + 1) if not multiple[j]]
        expected = counts[near].mean()
        if len(near) >= 2 and expected > 0:
            out.append(counts[i] / expected)
    return np.array(out)


def summary(r):
    return [float(v) for v in (r.mean(), np.median(r), *np.quantile(r, [0.025, 0.975]), r.max(), len(r))]


def case(seed, stations, rounded):
    rng = np.random.default_rng(seed)
    registered = rng.integers(40, 3_000, stations)
    turnout = rng.beta(6, 4, stations)
    turnout = np.where(rng.random(stations) < rounded, np.round(turnout * 20) / 20, turnout)
    cast = np.maximum(np.round(registered * turnout).astype(int), 1)
    votes = rng.binomial(cast, rng.beta(4, 5, stations))
    columns = dict(registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist())
    return columns | {
        f"{name}_{round(100 * m)}": summary(ratios(*pair, m))
        for name, pair in (("share", (votes, cast)), ("turnout", (cast, registered)))
        for m in (0.05, 0.10)
    }


write("galdino.json", __file__, [case(1, 3_000, 0.0), case(2, 2_000, 0.2)])
