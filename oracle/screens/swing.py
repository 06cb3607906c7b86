"""Stations beyond the swing since an earlier election (S820).

Writes crates/methods/tests/oracle/swing.json. The robust fits are statsmodels' robust linear models of values and regressors
divided by their standard deviations, with a column for each unit and the scale held at one; every station is then left
out in turn and predicted by weighted least squares of the others.
"""

import numpy as np
import statsmodels
import statsmodels.api as sm
from scipy import stats
from scipy.special import expit
from scipy.stats import false_discovery_control

from common import write

EFFICIENCY = 0.3675


class One(sm.robust.scale.HuberScale):
    """The scale is one: each value has been divided by its own."""

    def __call__(self, df_resid, nobs, resid):
        return 1.0


def election(rng, groups, size, level):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    registered = np.exp(rng.uniform(np.log(200), np.log(2_500), n)).astype(int)
    turnout = expit(0.3 + rng.normal(0, 0.3, groups)[group] + rng.normal(0, 0.2, n))
    share = level + rng.normal(0, 0.4, groups)[group] + rng.normal(0, 0.3, n)
    swing = 0.1 + 0.9 * (share - level) + level + rng.normal(0, 0.3, groups)[group] + rng.normal(0, 0.12, n)
    cast0 = np.maximum(rng.binomial(registered, turnout), 1)
    cast = np.maximum(rng.binomial(registered, expit(np.log(turnout / (1 - turnout)) + 0.1)), 1)
    votes0, votes = rng.binomial(cast0, expit(share)), rng.binomial(cast, expit(swing))
    for i in (3, n // 2):
        votes[i] = cast[i] - votes[i] // 3
    return group, registered, cast0, votes0, cast, votes


def logit(part, whole):
    return np.log((part + 0.5) / (whole - part + 0.5))


def spread(share, whole):
    least = 0.5 / (whole + 1.0)
    share = np.clip(share, least, 1 - least)
    return share * (1 - share)


def chance(share, whole):
    return 1 / (whole * spread(share, whole))


def counted(votes, cast, at, variance):
    z = np.arange(-8, 8.0001, 0.01)
    share = expit(at + np.sqrt(variance) * z)
    weight = 0.01 * stats.norm.pdf(z)
    lower = (weight * stats.binom.cdf(votes, cast, share)).sum()
    upper = (weight * stats.binom.sf(votes - 1, cast, share)).sum()
    return min(1.0, 2 * min(lower, upper))


def fit(y, design, noise):
    n, columns = design.shape
    params = np.linalg.lstsq(design, y, rcond=None)[0]
    weight, v, tau2 = np.ones(n), np.ones(n), np.inf
    for _ in range(500):
        w = weight / v
        inverse = np.linalg.inv((design.T * w) @ design)
        h = w * ((design @ inverse) * design).sum(axis=1)
        residual = y - design @ params
        known = noise(design @ params, params)
        new = max(np.median(residual**2 / (stats.norm.ppf(0.75) ** 2 * (1 - h)) - known), 0.0)
        v = new + known
        root = np.sqrt(v)
        # One step of reweighting at a time, so that both rest together.
        weight = sm.robust.norms.HuberT(1.345).weights(residual / root)
        before, params = params, sm.WLS(y, design, weights=weight / v).fit().params
        if abs(new - tau2) < 1e-13 and np.abs(params - before).max() < 1e-13:
            break
        tau2 = new
    # Where both rest, statsmodels' own Huber fit must rest as well.
    huber = sm.RLM(y / root, design / root[:, None], M=sm.robust.norms.HuberT(1.345)).fit(
        scale_est=One(), maxiter=1_000, tol=1e-13
    )
    assert np.abs(huber.params - params).max() < 1e-8
    tukey = sm.RLM(y / root, design / root[:, None], M=sm.robust.norms.TukeyBiweight(4.685)).fit(
        scale_est=One(), maxiter=5_000, tol=1e-13, start_params=huber.params
    )
    return tukey.params, np.asarray(tukey.weights), v, known, tau2


def case(rng, groups, size, level):
    group, registered, cast0, votes0, cast, votes = election(rng, groups, size, level)
    n = len(group)
    y, x1, x2 = logit(votes, cast), logit(votes0, cast0), logit(cast0, registered)
    design = np.column_stack([x1, x2, (group[:, None] == np.arange(groups)).astype(float)])

    def noise(at, params):
        return (
            chance(expit(at), cast)
            + params[0] ** 2 * chance(votes0 / cast0, cast0)
            + params[1] ** 2 * chance(cast0 / registered, registered)
        )

    params, weight, v, known, tau2 = fit(y, design, noise)
    df = EFFICIENCY * (n - groups - 2)
    t, p, expected, sd = [], [], [], []
    for i in range(n):
        others = np.arange(n) != i
        w = (weight / v)[others]
        inverse = np.linalg.inv((design[others].T * w) @ design[others])
        at = design[i] @ (inverse @ (design[others].T * w) @ y[others])
        variance = v[i] + design[i] @ inverse @ design[i]
        t.append((y[i] - at) / np.sqrt(variance))
        tail = 2 * stats.t.sf(abs(t[-1]), df)
        share = expit(at)
        varied = cast[i] * spread(share, cast[i])
        if tail < 0.01 and varied < 50:
            tail = max(tail, counted(votes[i], cast[i], at, max(variance - 1 / varied, 0)))
        p.append(tail)
        expected.append(share)
        sd.append(spread(share, cast[i]) * np.sqrt(variance) * cast[i])
    t, p, expected, sd = map(np.array, (t, p, expected, sd))
    q = false_discovery_control(p)
    listed = q <= 0.05
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast_then=cast0.tolist(), votes_then=votes0.tolist(),
        cast=cast.tolist(), votes=votes.tolist(),
        beta=params[0], gamma=params[1], tau=float(np.sqrt(tau2)), t=t.tolist(), q=float(q.min()), expected=expected.tolist(),
        up=int((listed & (t > 0)).sum()), down=int((listed & (t < 0)).sum()),
        beyond=float((votes - expected * cast)[listed].sum()), sd=float(np.sqrt((sd[listed] ** 2).sum())),
        p=[float(x) for x in p],
    )


def main():
    rng = np.random.default_rng(820)
    cases = [case(rng, *shape) for shape in ((12, 12, 0.0), (8, 25, -1.2), (10, 15, 3.5))]
    write("swing.json", __file__, cases, f", statsmodels {statsmodels.__version__}")


if __name__ == "__main__":
    main()
