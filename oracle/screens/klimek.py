"""Klimek's model (S260): its recipe, its cells by simulation, its fit.

Writes crates/methods/tests/oracle/klimek.json: scipy's gaussian_kde for the recipe, two million simulated stations for
shares of stations by bins of the share and of turnout, scipy's lsq_linear for the parts.
"""

import numpy as np
from scipy import stats
from scipy.optimize import lsq_linear

from common import write


def cut(rng, mean, sd, n):
    a, b = -mean / sd, (1 - mean) / sd
    return stats.truncnorm.rvs(a, b, mean, sd, size=n, random_state=rng)


def simulate(rng, honest, kind, alpha, n):
    tau, nu, s_tau, s_nu, theta = honest
    t, v = cut(rng, tau, s_tau, n), cut(rng, nu, s_nu, n)
    if kind == 0:
        x = np.zeros(n)
    else:
        sd = theta if kind == 1 else 0.075
        x = stats.truncnorm.rvs(0, 1 / sd, 0, sd, size=n, random_state=rng)
        x = x if kind == 1 else 1 - x
    turnout = t + x * (1 - t)
    votes = t * v + x * (1 - t) + np.where(x > 0, x**alpha, 0) * (1 - v) * t
    return turnout, votes / turnout


def hist(rates):
    return np.bincount(np.minimum((100 * rates).astype(int), 99), minlength=100)


def first_mode(rates):
    grid = np.arange(1001) / 1000
    y = stats.gaussian_kde(rates)(grid)
    return next(grid[i] for i in range(301, 1000) if y[i] > y[i - 1] and y[i] >= y[i + 1] and y[i] >= y.max() / 10)


def recipe(t, v):
    tau, nu = first_mode(t), first_mode(v)
    low = v < nu
    return [tau, nu, np.sqrt(((t - tau)[low & (t < tau)] ** 2).mean()), np.sqrt(((v - nu)[low] ** 2).mean()),
            ((v - nu)[v > nu] ** 2).mean() ** 0.25]


def returns(rng, honest, parts, alpha, stations):
    """Counts at stations of a thousand voters."""
    numbers = rng.multinomial(stations, [1 - sum(parts), *parts])
    drawn = [simulate(rng, honest, kind, alpha, n) for kind, n in enumerate(numbers)]
    turnout, share = (np.concatenate(c) for c in zip(*drawn))
    cast = np.maximum((1_000 * turnout).round().astype(int), 1)
    return cast, (cast * share).round().astype(int)


def case(rng, honest, parts, alpha):
    cast, votes = returns(rng, honest, parts, alpha, 2_000)
    shares = [[hist(x) / 2_000_000 for x in simulate(rng, honest, kind, alpha, 2_000_000)] for kind in range(3)]
    observed = hist(votes / cast)
    weight = 1 / (observed + 1)
    h0, h1, h2 = (s[1] for s in shares)
    n = observed.sum()
    found = lsq_linear(n * np.c_[h1 - h0, h2 - h0] * weight[:, None], (observed - n * h0) * weight, bounds=(0, 1))
    return dict(cast=cast.tolist(), votes=votes.tolist(), honest=[float(x) for x in recipe(cast / 1_000, votes / cast)],
                true=honest, alpha=alpha, parts=found.x.tolist(),
                **{f"turnout_{k}": s[0].tolist() for k, s in enumerate(shares)},
                **{f"share_{k}": s[1].tolist() for k, s in enumerate(shares)})


def main():
    rng = np.random.default_rng(260)
    write("klimek.json", __file__, [
        case(rng, [0.55, 0.4, 0.08, 0.07, 0.5], [0.2, 0.02], 2.0),
        case(rng, [0.6, 0.5, 0.06, 0.1, 0.4], [0.05, 0.0], 1.0),
    ])


if __name__ == "__main__":
    main()
