"""Shares reported more often than drawing again makes them (S280): scipy's beta-binomial law and numpy's draws.

Writes crates/methods/tests/oracle/resampled_density.json.
"""

import numpy as np
from scipy import optimize, special, stats

from common import write

DRAWS = 20_000


def log_likelihood(log_shapes, y, n):
    """Without the binomial coefficients."""
    a, b = np.exp(log_shapes)
    return (special.betaln(a + y, b + n - y) - special.betaln(a, b)).sum()


def bins(y, n):
    return (2000 * y + n) // (2 * n)


def case(seed, stations, heap):
    rng = np.random.default_rng(seed)
    n = rng.integers(60, 900, stations)
    y = rng.binomial(n, rng.beta(120, 180, stations))
    y[:heap] = np.round(0.4 * n[:heap]).astype(int)
    best = optimize.minimize(lambda s: -log_likelihood(s, y, n), [4.0, 4.0], method="Nelder-Mead",
                             options=dict(xatol=1e-8, fatol=1e-9, maxiter=4000))
    a, b = np.exp(best.x)
    expected, variance = np.zeros(1001), np.zeros(1001)
    cumulative = []
    for x, m in zip(y, n):
        k = np.arange(m + 1)
        p = np.bincount(bins(k, m), weights=stats.betabinom.pmf(k, m, a + x, b + m - x), minlength=1001)
        expected += p
        variance += p * (1 - p)
        cumulative.append(np.cumsum(p))
    observed = np.bincount(bins(y, n), minlength=1001)
    at = np.flatnonzero(expected >= 5)
    at = at[(at > 0) & (at < 1000)]
    z = (observed - expected)[at] / np.sqrt(variance[at])
    drawn = np.zeros((DRAWS, 1001), dtype=np.int32)
    for c in cumulative:
        drawn[np.arange(DRAWS), np.searchsorted(c, rng.random(DRAWS) * c[-1])] += 1
    largest = ((drawn[:, at] - expected[at]) / np.sqrt(variance[at])).max(axis=1)
    return dict(
        cast=n.tolist(), votes=y.tolist(), log_likelihood=-float(best.fun), a=float(a), b=float(b), looked_at=at.tolist(),
        expected=expected[at].tolist(), variance=variance[at].tolist(), top=int(at[z.argmax()]), z=float(z.max()),
        p=float((largest >= z.max()).mean()), threshold=float(np.quantile(largest, 0.95)),
    )


write("resampled_density.json", __file__, [case(1, 1_000, 0), case(2, 1_000, 30)])
