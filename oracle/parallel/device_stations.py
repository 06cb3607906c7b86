"""Stations with and without a device (P530): pandas, unit by unit; scipy's basic bootstrap over units.

Writes crates/methods/tests/oracle/device_stations.json.
"""

import pathlib
import sys

import numpy as np
import pandas as pd
from scipy import stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402


def case(rng, units, added):
    size = rng.integers(1, 12, units)
    unit = np.repeat(np.arange(units), size)
    n = len(unit)
    registered = rng.integers(100, 2_500, n)
    ballots = rng.binomial(registered, np.clip(rng.normal(0.6, 0.1, n), 0.05, 0.95))
    device = rng.random(n) < 0.4
    share = np.clip(rng.normal(0.5, 0.1, units)[unit] + rng.normal(0, 0.05, n) + added * ~device, 0.02, 0.98)
    votes = rng.binomial(ballots, share)
    table = pd.DataFrame(dict(unit=unit, device=device, registered=registered, ballots=ballots, votes=votes))
    excess, by_voters = [], []
    for _, group in table.groupby("unit"):
        by = group.groupby("device")[["registered", "ballots", "votes"]].sum()
        if len(by) < 2:
            continue
        w, o = by.loc[True], by.loc[False]
        excess.append(o.votes - o.ballots * w.votes / w.ballots)
        by_voters.append(o.votes - o.registered * w.votes / w.registered)
    excess = np.array(excess)
    boot = stats.bootstrap((excess,), np.sum, method="basic", n_resamples=20_000, rng=rng, vectorized=False)
    return dict(
        unit=unit.tolist(), device=device.astype(int).tolist(), registered=registered.tolist(),
        ballots=ballots.tolist(), votes=votes.tolist(), units=len(excess), excess=excess.sum(),
        by_voters=float(np.sum(by_voters)), low=boot.confidence_interval.low, high=boot.confidence_interval.high,
        spread=float(np.sqrt(len(excess)) * excess.std()),
    )


def main():
    rng = np.random.default_rng(530)
    write("device_stations.json", __file__, [case(rng, u, a) for u, a in ((60, 0.0), (30, 0.1), (150, 0.05))])


if __name__ == "__main__":
    main()
