"""The second round on the first (S830): statsmodels' least squares with errors by groups.

Writes crates/methods/tests/oracle/rounds.json.
"""

import numpy as np
import statsmodels
import statsmodels.api as sm
from scipy.special import expit

from common import write


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
    fit = sm.OLS(y, sm.add_constant(np.column_stack([vc, kc, vc * kc]))).fit(
        cov_type="cluster", cov_kwds=dict(groups=group, use_correction=True, df_correction=True), use_t=True
    )
    low, high = fit.conf_int()[1]
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast_then=cast0.tolist(), a=first_a.tolist(), b=first_b.tolist(),
        c=first_c.tolist(), cast=cast.tolist(), votes=second.tolist(), contested=marked.tolist() if contested else [],
        r2=fit.rsquared, beta=fit.params[1], kappa=fit.params[2], delta=fit.params[3],
        se=[float(s) for s in fit.bse[1:]], low=float(low), high=float(high), p=float(fit.pvalues[3]),
    )


def main():
    rng = np.random.default_rng(830)
    cases = [case(rng, 12, 20, True), case(rng, 30, 6, False), case(rng, 9, 40, True)]
    write("rounds.json", __file__, cases, f", statsmodels {statsmodels.__version__}")


if __name__ == "__main__":
    main()
