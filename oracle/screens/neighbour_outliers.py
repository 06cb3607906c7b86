"""Stations beside the nearest (S720): the estimating equations as they stand, solved by scipy.

Writes crates/methods/tests/oracle/neighbour_outliers.json. statsmodels' RLM must give the same line at the same
spread, or the script stops; neighbours are libpysal's.
"""

import libpysal
import numpy as np
import statsmodels.api as sm
from scipy import integrate, optimize, special, stats

from common import write

BEND = 1.345
SQUARE = integrate.quad(lambda x: min(abs(x), BEND) ** 2 * stats.norm.pdf(x), -9, 9, points=[-BEND, BEND])[0]


class Known(sm.robust.scale.HuberScale):
    """The spread is known."""

    def __call__(self, df_resid, nobs, resid):
        return 1.0


def line(x, y, chance):
    def equations(at):
        r = (y - at[0] - at[1] * x) / np.sqrt(np.exp(at[2]) + chance)
        bent, root = np.clip(r, -BEND, BEND), np.sqrt(np.exp(at[2]) + chance)
        return [(bent / root).sum(), (bent * x / root).sum(), (bent**2).sum() - (len(x) - 2) * SQUARE]

    slope, intercept = np.polyfit(x, y, 1)
    start = [intercept, slope, np.log(np.var(y - intercept - slope * x))]
    found = optimize.root(equations, start, tol=1e-13)
    a, b, variance = found.x[0], found.x[1], np.exp(found.x[2])
    root = np.sqrt(variance + chance)
    design = np.column_stack([np.ones_like(x), x])
    fit = sm.RLM(y / root, design / root[:, None], M=sm.robust.norms.HuberT(BEND)).fit(
        scale_est=Known(), tol=1e-13, maxiter=500
    )
    assert np.allclose(fit.params, [a, b], rtol=1e-7), (fit.params, a, b)
    r = y - a - b * x
    weight = np.minimum(1, BEND * root / np.abs(r)) / root**2
    weighted = design * np.sqrt(weight)[:, None]
    leverage = np.diag(weighted @ np.linalg.inv(weighted.T @ weighted) @ weighted.T)
    return a, b, variance, r / (root * np.sqrt(1 - leverage))


def case(rng, n, outliers, df):
    at = np.round(np.column_stack([rng.uniform(40, 42, n), rng.uniform(10, 13, n)]), 5)
    cast = rng.integers(60, 1_500, n)
    level = np.sin(3 * at[:, 0]) * np.cos(2 * at[:, 1]) + 0.25 * rng.standard_t(df, n)
    level[:outliers] += 4
    votes = rng.binomial(cast, special.expit(level))
    y = np.log((votes + 0.5) / (cast - votes + 0.5))
    chance = 1 / (votes + 0.5) + 1 / (cast - votes + 0.5)
    tree = libpysal.cg.KDTree(at[:, ::-1], distance_metric="Arc", radius=1.0)
    near = libpysal.weights.KNN(tree, k=8).neighbors
    middle = np.array([np.median(y[near[i]]) for i in range(n)])
    lat, lon = np.radians(at).T
    points = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    reach = np.array([max(np.linalg.norm(points[i] - points[j]) for j in near[i]) for i in range(n)])
    parts = max(1, min(10, n // 200))
    cuts = [np.sort(reach)[k * n // parts] for k in range(1, parts)]
    number = np.array([sum(c < r for c in cuts) for r in reach])
    d, lines = np.empty(n), []
    for k in range(parts):
        inside = number == k
        a, b, variance, d[inside] = line(middle[inside], y[inside], chance[inside])
        lines.append((a, b, variance))
    size = np.sort(np.abs(d))
    half, far = (size[int(np.ceil(rank)) - 1] for rank in (0.5 * n, 0.95 * n + 0.5 * np.sqrt(0.0475 * n)))
    ratio = lambda nu: stats.t.ppf(0.975, nu) / stats.t.ppf(0.75, nu) - far / half
    nu = 200.0 if ratio(200.0) > 0 else optimize.brentq(ratio, 2, 200, xtol=1e-12)
    scale = half / stats.t.ppf(0.75, nu)
    p = 2 * stats.t.sf(np.abs(d) / scale, nu)
    adjusted = stats.false_discovery_control(p)
    a, b, variance = lines[parts // 2]
    return dict(
        latitude=at[:, 0].tolist(), longitude=at[:, 1].tolist(), cast=cast.tolist(), votes=votes.tolist(),
        slope=b, spread=np.sqrt(variance), largest=np.abs(d).max(), nu=nu, outliers=int((adjusted <= 0.05).sum()),
        smallest=adjusted.min(), first=d[:20].tolist(),
    )


def main():
    rng = np.random.default_rng(720)
    cases = [case(rng, *c) for c in ((150, 2, 30), (430, 6, 8), (900, 0, 4))]
    write("neighbour_outliers.json", __file__, cases, f", statsmodels {sm.__version__}, libpysal {libpysal.__version__}")


if __name__ == "__main__":
    main()
