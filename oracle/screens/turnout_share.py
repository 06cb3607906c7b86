"""Share on turnout, overall, within and between groups (S310), with the sandwich written out in matrices.

Writes crates/methods/tests/oracle/turnout_share.json. Within groups the regression has one dummy a group.
"""

import numpy as np
from scipy import stats

from common import write


def table(rng, stations, groups):
    group = np.sort(rng.integers(0, groups, stations))
    registered = rng.integers(150, 2_500, stations)
    turnout = np.clip(rng.normal(0.55, 0.08, groups)[group] + rng.normal(0, 0.06, stations), 0.05, 0.99)
    level = np.clip(0.3 + 0.4 * turnout + rng.normal(0, 0.05, groups)[group], 0.01, 0.99)
    cast = rng.binomial(registered, turnout)
    return group, registered, cast, rng.binomial(cast, level)


def sandwich(x, y, group):
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    scores = x * (y - x @ beta)[:, None]
    sums = np.array([scores[group == g].sum(0) for g in np.unique(group)])
    return beta, bread @ (scores.T @ scores) @ bread, bread @ (sums.T @ sums) @ bread


def case(rng, stations, groups):
    group, registered, cast, votes = table(rng, stations, groups)
    t, v = cast / registered, votes / cast
    names = np.unique(group)
    n, g = stations, len(names)
    ones = np.ones(n)
    beta, hc, cr = sandwich(np.column_stack([ones, t]), v, group)
    dummies = np.column_stack([t] + [(group == name).astype(float) for name in names])
    inside, hc_in, cr_in = sandwich(dummies, v, group)
    means = np.array([[t[group == name].mean(), v[group == name].mean()] for name in names])
    between, hc_b, _ = sandwich(np.column_stack([np.ones(g), means[:, 0]]), means[:, 1], np.arange(g))
    rest = [z - np.array([z[group == name].mean() for name in names])[np.searchsorted(names, group)] for z in (t, v)]
    scale = g / (g - 1) * (n - 1) / (n - 2)
    by_groups = g >= 10
    se_in = np.sqrt(scale * cr_in[0, 0]) if by_groups else np.sqrt(n / (n - g - 1) * hc_in[0, 0])
    df = g - 1 if by_groups else n - g - 1
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        groups=g, b=beta[1], a=beta[0], r=np.corrcoef(t, v)[0, 1],
        se_b=np.sqrt(scale * cr[1, 1]) if by_groups else np.sqrt(n / (n - 2) * hc[1, 1]),
        b_w=inside[0], r_w=np.corrcoef(*rest)[0, 1], se_w=se_in,
        b_b=between[1], r_b=np.corrcoef(means.T)[0, 1], se_bb=np.sqrt(g / (g - 2) * hc_b[1, 1]),
        p=2 * stats.t.sf(abs(inside[0] / se_in), df),
        low=inside[0] - stats.t.ppf(0.975, df) * se_in, high=inside[0] + stats.t.ppf(0.975, df) * se_in,
    )


def main():
    rng = np.random.default_rng(310)
    write("turnout_share.json", __file__, [case(rng, n, g) for n, g in ((300, 5), (300, 12), (500, 40), (80, 30))])


if __name__ == "__main__":
    main()
