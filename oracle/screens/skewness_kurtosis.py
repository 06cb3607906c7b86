"""Skewness and kurtosis of turnout and share, and what groups that differ give (S230).

Writes crates/methods/tests/oracle/skewness_kurtosis.json: scipy's moments, the moments of a mixture of scipy's
beta-binomial laws point by point, errors by numerical derivatives.
"""

import numpy as np
from scipy import stats

from common import write


def law(parts, wholes):
    """Kleinman's moments of one group."""
    level = (parts.sum() + 0.5) / (wholes.sum() + 1)
    spread = (wholes * (parts / wholes - level) ** 2).sum() / (level * (1 - level))
    free = len(parts) - 1
    room = wholes.sum() - (wholes.astype(float) ** 2).sum() / wholes.sum() - free
    rho = min(max((spread - free) / room, 1e-6), 1 / 3)
    return level * (1 / rho - 1), (1 - level) * (1 / rho - 1)


def expected(parts, wholes, groups):
    laws = {g: law(parts[groups == g], wholes[groups == g]) for g in np.unique(groups)}
    at, mass = [], []
    for n, g in zip(wholes, groups):
        x = np.arange(n + 1)
        at.append(x / n)
        mass.append(stats.betabinom.pmf(x, n, *laws[g]))
    at, mass = np.concatenate(at), np.concatenate(mass)
    mass /= mass.sum()
    d = at - (mass * at).sum()
    m2, m3, m4 = ((mass * d**k).sum() for k in (2, 3, 4))
    return m3 / m2**1.5, m4 / m2**2


def weighted(x, w, power):
    mean = (w * x).sum() / w.sum()
    m = lambda k: (w * (x - mean) ** k).sum() / w.sum()
    return m(power) / m(2) ** (power / 2)


def error(x, power):
    """Infinitesimal jackknife: the derivative of the figure by the weight of each value."""
    step, n = 1e-5, len(x)
    slopes = []
    for i in range(n):
        up, down = np.ones(n), np.ones(n)
        up[i], down[i] = 1 + step, 1 - step
        slopes.append((weighted(x, up, power) - weighted(x, down, power)) / (2 * step))
    return float(np.sqrt((np.array(slopes) ** 2).sum()))


def figures(parts, wholes, groups):
    x = parts / wholes
    sk, ku = expected(parts, wholes, groups)
    return dict(sk=stats.skew(x), ku=stats.kurtosis(x, fisher=False), expected_sk=sk, expected_ku=ku,
                se_sk=error(x, 3), se_ku=error(x, 4))


def case(rng, stations, levels, ends):
    group = np.arange(stations) % len(levels)
    registered = rng.integers(100, 400, stations)
    cast = np.maximum(rng.binomial(registered, rng.beta(14, 8, stations)), 1)
    votes = rng.binomial(cast, rng.beta(20 * levels[group], 20 * (1 - levels[group])))
    votes[:ends] = cast[:ends]
    share, turnout = figures(votes, cast, group), figures(cast, registered, group)
    return dict(group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
                **{f"{k}_v": float(v) for k, v in share.items()}, **{f"{k}_t": float(v) for k, v in turnout.items()})


def main():
    rng = np.random.default_rng(230)
    write("skewness_kurtosis.json", __file__, [
        case(rng, 120, np.array([0.3, 0.4, 0.8]), 0), case(rng, 90, np.array([0.5]), 6),
    ])


if __name__ == "__main__":
    main()
