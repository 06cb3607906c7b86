"""Flows of votes between two elections (S810).

Writes crates/methods/tests/oracle/flows.json. The constrained fit is scipy's non-negative least squares on the Cholesky
factor of the normal equations, with the sums of rows held by a large weight; the free one is statsmodels' weighted least
squares with errors by groups; the bands are from two thousand draws of the groups.
"""

import numpy as np
import statsmodels
import statsmodels.api as sm
from scipy.optimize import nnls
from scipy.stats import t

from common import write

HOLD = 1e5


def constrained(gram, cross):
    rows, columns = cross.shape
    scale = np.sqrt(np.trace(gram))
    lower = np.linalg.cholesky(gram) / scale
    right = np.linalg.solve(lower, cross / scale**2)
    system, target = np.kron(lower.T, np.eye(columns)), right.ravel()
    sums = np.kron(np.eye(rows), np.ones(columns))
    q, _ = nnls(np.vstack([system, HOLD * sums]), np.concatenate([target, HOLD * np.ones(rows)]), maxiter=10_000)
    return q.reshape(rows, columns)


def election(rng, groups, size, base):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    registered = rng.integers(300, 2_500, n)
    centre = rng.dirichlet([6, 4, 3, 0.6, 8], groups)[group]
    then = np.array([rng.multinomial(r, rng.dirichlet(60 * c + 0.05)) for r, c in zip(registered, centre)])
    own = np.array([[rng.dirichlet(40 * row + 0.02) for row in base] for _ in range(groups)])
    now = np.zeros((n, base.shape[1]), int)
    for i in range(n):
        for j in range(5):
            now[i] += rng.multinomial(then[i, j], own[group[i], j])
    return group, registered, then, now


def case(rng, groups, size, base, draws):
    group, registered, then, now = election(rng, groups, size, base)
    # Choices by votes, as the screen has them; the last two are other ballots and no vote.
    order = lambda table: np.concatenate([np.argsort(-table[:, :-2].sum(axis=0), kind="stable"), [-2, -1]])
    z, y = then[:, order(then)] / registered[:, None], now[:, order(now)] / registered[:, None]
    w = registered.astype(float)
    gram, cross = (z.T * w) @ z, (z.T * w) @ y
    q = constrained(gram, cross)
    free, errors = [], []
    for k in range(y.shape[1]):
        fit = sm.WLS(y[:, k], z, weights=w).fit(
            cov_type="cluster", cov_kwds=dict(groups=group, use_correction=True, df_correction=True), use_t=True
        )
        free.append(fit.params)
        errors.append(fit.bse)
    free, errors = np.array(free).T, np.array(errors).T
    half = t.ppf(1 - 0.05 / (2 * q.size), groups - 1) * errors
    each = [((z[group == g].T * w[group == g]) @ z[group == g], (z[group == g].T * w[group == g]) @ y[group == g]) for g in range(groups)]
    drawn = []
    for _ in range(draws):
        chosen = rng.integers(0, groups, groups)
        drawn.append(constrained(sum(each[g][0] for g in chosen), sum(each[g][1] for g in chosen)))
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return dict(
        group=group.tolist(), registered=registered.tolist(), then=then.T.tolist(), now=now.T.tolist(),
        q=q.ravel().tolist(), free=free.ravel().tolist(), errors=errors.ravel().tolist(), low=low.ravel().tolist(),
        high=high.ravel().tolist(), impossible=int(((free + half < 0) | (free - half > 1)).sum()),
        residual=float(np.sqrt((w[:, None] * (y - z @ q) ** 2).sum() / (w.sum() * y.shape[1]))),
    )


def main():
    rng = np.random.default_rng(810)
    ordinary = np.array([
        [0.80, 0.05, 0.04, 0.01, 0.10], [0.05, 0.75, 0.05, 0.01, 0.14], [0.10, 0.15, 0.60, 0.01, 0.14],
        [0.20, 0.20, 0.10, 0.20, 0.30], [0.10, 0.04, 0.01, 0.00, 0.85],
    ])
    ends = np.array([
        [0.98, 0.00, 0.00, 0.00, 0.02], [0.00, 0.97, 0.00, 0.00, 0.03], [0.90, 0.00, 0.00, 0.00, 0.10],
        [0.10, 0.10, 0.10, 0.30, 0.40], [0.60, 0.00, 0.00, 0.00, 0.40],
    ])
    cases = [case(rng, 20, 15, ordinary, 2_000), case(rng, 12, 25, ends, 2_000)]
    write("flows.json", __file__, cases, f", statsmodels {statsmodels.__version__}")


if __name__ == "__main__":
    main()
