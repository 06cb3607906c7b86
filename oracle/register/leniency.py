"""The model of leniency by BFGS, and the residual by least squares with one constant an observer."""

import pathlib
import random
import sys

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

import scipy.optimize  # noqa: E402
import scipy.special  # noqa: E402


def mode(ratings, mean, sd, raters):
    """The mode of the posterior with five steps, and standard deviations from its curvature."""
    n = len(mean)
    unit, rater, y = np.array(ratings).T

    def minus(x):
        quality, log_a, b, q = np.split(x, np.cumsum([n, raters, raters]))
        cuts = np.concatenate([[-np.inf, q[0]], q[0] + np.cumsum(np.exp(q[1:])), [np.inf]])
        centre = np.exp(log_a[rater]) * quality[unit] + b[rater]
        p = scipy.special.expit(cuts[y + 1] - centre) - scipy.special.expit(cuts[y] - centre)
        prior = (((quality - mean) / sd) ** 2).sum() + 4 * (log_a**2).sum() + (b**2).sum() / 4
        return -np.log(p).sum() + (prior + q[0] ** 2 / 25 + (q[1:] ** 2).sum()) / 2

    x = np.concatenate([mean, np.zeros(2 * raters + 4)])
    for _ in range(3):
        x = scipy.optimize.minimize(minus, x, method="BFGS", options={"gtol": 1e-8, "maxiter": 5000}).x
    step = np.eye(len(x)) * 1e-3

    def second(a, b, t):
        a, b = a * t, b * t
        return (minus(x + a + b) - minus(x + a - b) - minus(x - a + b) + minus(x - a - b)) / (4 * t * t * 1e-6)

    curvature = np.array([[(4 * second(a, b, 1) - second(a, b, 2)) / 3 for a in step] for b in step])
    spread = np.sqrt(np.diag(np.linalg.inv(curvature)))
    at = slice(n + raters, n + 2 * raters)
    return x[at], spread[at]


def case(seed, elections, observers, share):
    rng = random.Random(seed)
    own = [rng.gauss(0, 1.5) for _ in range(observers)]
    rows, anchors = [], {}
    for e in range(elections):
        quality = rng.gauss(-0.5, 1)
        if rng.random() < 0.7:
            anchors[1950 + e] = 1.6 * (quality + rng.gauss(0, 0.6))
        for m in range(observers):
            if rng.random() < share:
                latent = quality + own[m] + rng.gauss(0, 1.5)
                rows.append([1950 + e, m, int(np.clip(np.round(latent), -2, 2))])
    years = sorted({r[0] for r in rows})
    present = sorted({r[1] for r in rows})
    mean = np.array([anchors[y] / 1.6 if y in anchors else -1.0 for y in years])
    sd = np.array([0.6 if y in anchors else 1.0 for y in years])
    ratings = [[years.index(y), present.index(m), v + 2] for y, m, v in rows]
    b, spread = mode(ratings, mean, sd, len(present))
    data = pd.DataFrame([[anchors[y], f"m{m}", v] for y, m, v in rows if y in anchors], columns=["x", "m", "v"])
    slope = float(smf.ols("v ~ x + C(m)", data).fit().params["x"])
    means = (data.v - slope * data.x).groupby(data.m).mean()
    assert len(means) == len(present)
    houses = [
        [f"Observer {m}", float(b[i]), float(spread[i]), float(means[f"m{m}"] - means.mean())]
        for i, m in enumerate(present)
    ]
    return {
        "verdicts": [[f"POL-{y}-P", f"Observer {m}", v] for y, m, v in rows],
        "anchors": [[y, v] for y, v in anchors.items()], "slope": slope, "houses": houses,
    }


write("methods", "leniency", [case(1, 12, 4, 0.6), case(2, 20, 6, 0.4)], ["scipy", "statsmodels", "pandas"])
