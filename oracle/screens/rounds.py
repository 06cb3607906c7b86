"""The second round on the first (S830): statsmodels' least squares; errors by groups (CR2) from whole matrices.

Writes crates/methods/tests/oracle/rounds.json.
"""

import pathlib
import sys

import numpy as np
import scipy.stats
import statsmodels
import statsmodels.api as sm
from scipy.special import expit

from common import write

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _clustered import fit as by_groups


def case(rng, groups, size, contested):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    registered = rng.integers(300, 900, n)
    cast0 = rng.binomial(registered, 0.7)
    cast = rng.binomial(registered, 0.75)
    a = expit(-1 + rng.normal(0, 0.5, groups)[group] + rng.normal(0, 0.3, n))
    first_a = rng.binomial(cast0, a)
    first_b = rng.binomial(cast0 - first_a, 0.4)
    first_c = cast0 - first_a - first_b
    gain = expit(rng.normal(0, 0.6, groups)[group])
    second = rng.binomial(cast, np.clip(a + 0.6 * (1 - a) * gain, 0, 1))
    marked = rng.binomial(cast, 0.3 * rng.beta(0.3, 2, n))
    k = marked / cast if contested else first_c / cast0
    v = first_a / cast0
    vc, kc = v - v.mean(), k - k.mean()
    y = second / cast
    x = np.column_stack([vc, kc, vc * kc])
    fit = sm.OLS(y, sm.add_constant(x)).fit()
    errors = by_groups(x, y, group)
    se, df = errors["se"], errors["df"]
    half = scipy.stats.t.ppf(0.975, df[1]) * se[1]
    low, high = fit.params[1] - half, fit.params[1] + half
    p = 2 * scipy.stats.t.sf(abs(fit.params[3]) / se[3], df[3])
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast_then=cast0.tolist(), a=first_a.tolist(), b=first_b.tolist(),
        c=first_c.tolist(), cast=cast.tolist(), votes=second.tolist(), contested=marked.tolist() if contested else [],
        r2=fit.rsquared, beta=fit.params[1], kappa=fit.params[2], delta=fit.params[3],
        se=se[1:], df=df[3], low=float(low), high=float(high), p=float(p),
    )


def main():
    rng = np.random.default_rng(830)
    cases = [case(rng, 12, 20, True), case(rng, 30, 6, False), case(rng, 9, 40, True)]
    write("rounds.json", __file__, cases, f", statsmodels {statsmodels.__version__}")


if __name__ == "__main__":
    main()
