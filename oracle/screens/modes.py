"""Hartigan's dip of turnout and share (S231).

Writes crates/methods/tests/oracle/modes.json with the package diptest: dips as the rates are, and with ties spread; p
from its own simulation of uniform samples.
"""

import importlib.metadata

import diptest
import numpy as np

import common


def spread(parts, wholes):
    values = []
    pairs, times = np.unique(np.stack([parts, wholes]), axis=1, return_counts=True)
    for (x, n), k in zip(pairs.T, times):
        values += [(x + (i + 0.5) / k) / (n + 1) for i in range(k)]
    return np.sort(np.array(values))


def figures(parts, wholes, groups):
    raw = np.sort(parts / wholes)
    dip, p = diptest.diptest(raw, boot_pval=True, n_boot=20_000, seed=231)
    of = [diptest.dipstat(spread(parts[groups == g], wholes[groups == g])) for g in np.unique(groups)]
    return dict(dip=dip, p=p, spread=diptest.dipstat(spread(parts, wholes)), groups=of)


def case(rng, stations, levels, largest):
    group = np.arange(stations) % 2
    registered = rng.integers(100, largest, stations)
    cast = np.maximum(rng.binomial(registered, rng.beta(30, 20, stations)), 1)
    level = levels[rng.integers(0, len(levels), stations)]
    votes = rng.binomial(cast, rng.beta(40 * level, 40 * (1 - level)))
    share, turnout = figures(votes, cast, group), figures(cast, registered, group)
    return dict(group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
                **{f"{k}_v": v for k, v in share.items()}, **{f"{k}_t": v for k, v in turnout.items()})


def main():
    rng = np.random.default_rng(231)
    common.write("modes.json", __file__, [
        case(rng, 200, np.array([0.4]), 2_000),
        case(rng, 300, np.array([0.3, 0.6]), 2_000),
        case(rng, 160, np.array([0.2, 0.8]), 130),
    ], extra=f", diptest {importlib.metadata.version('diptest')}")


if __name__ == "__main__":
    main()
