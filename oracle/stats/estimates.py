"""Regression, multiplicity, intervals, moments: statsmodels and scipy."""

import random

import numpy as np
import scipy.stats
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from _write import write


def ols(n, groups, seed):
    rng = random.Random(seed)
    group = [rng.randrange(groups) for _ in range(n)]
    shift = [rng.gauss(0, 1) for _ in range(groups)]
    x = [rng.random() + shift[g] for g in group]
    y = [0.3 + 0.5 * a + shift[g] * 0.2 + rng.gauss(0, 0.1 + abs(a) / 3) for a, g in zip(x, group)]
    model = sm.OLS(np.array(y), sm.add_constant(np.array(x)))
    hc1 = model.fit(cov_type="HC1")
    cr1 = model.fit(cov_type="cluster", cov_kwds={"groups": np.array(group)})
    return {
        "what": "ols", "x": x, "y": y, "groups": group, "params": hc1.params.tolist(),
        "hc1": hc1.bse.tolist(), "cr1": cr1.bse.tolist(), "r2": float(hc1.rsquared),
    }


def adjusted(p):
    return {
        "what": "multiple", "p": p, "holm": multipletests(p, method="holm")[1].tolist(),
        "bh": multipletests(p, method="fdr_bh")[1].tolist(),
    }


def moments(values):
    return {
        "what": "moments", "values": values, "mean": float(np.mean(values)), "variance": float(np.var(values)),
        "skewness": float(scipy.stats.skew(values)), "kurtosis": float(scipy.stats.kurtosis(values, fisher=False)),
    }


rng = random.Random(3)
cases = [ols(12, 3, 1), ols(60, 7, 2), ols(60, 2, 3)]
cases += [
    adjusted([0.01, 0.04, 0.03, 0.005]),
    adjusted([0.5]),
    adjusted([1.0, 0.2, 0.2, 1e-9, 0.2, 0.049, 0.9]),
    adjusted([rng.random() ** 3 for _ in range(40)]),
]
for k, n in [(0, 10), (1, 10), (5, 10), (81, 263), (10, 10), (499, 100000)]:
    low, high = proportion_confint(k, n, alpha=0.05, method="wilson")
    cases.append({"what": "wilson", "k": k, "n": n, "interval": [float(low), float(high)]})
cases += [moments([rng.gauss(3, 2) for _ in range(25)]), moments([1.0, 2.0, 4.0, 8.0, 1e6])]
write("stats", "estimates", cases, ["numpy", "scipy", "statsmodels"])
