"""Votes per voter on ballots per voter, slope less share (S311).

Writes crates/methods/tests/oracle/votes_on_turnout.json. What a station adds to D is the numerical derivative of D by
the weight of that station, so that no formula of the influence is used.
"""

import numpy as np
from scipy import stats

from common import write
from turnout_share import table


def difference(weights, registered, cast, votes):
    x, y = cast / registered, votes / registered
    mean_x, mean_y = np.average(x, weights=weights), np.average(y, weights=weights)
    slope = (weights * (x - mean_x) * (y - mean_y)).sum() / (weights * (x - mean_x) ** 2).sum()
    return slope - (weights * votes).sum() / (weights * cast).sum(), slope, mean_y - slope * mean_x


def derivative(at, step=1e-4):
    """Of D by the weight of each station at 1, by a central difference of fourth order."""
    n = len(at[0])
    out = np.zeros(n)
    for i in range(n):
        for factor, move in ((8, 1), (-8, -1), (-1, 2), (1, -2)):
            weights = np.ones(n)
            weights[i] += move * step
            out[i] += factor * difference(weights, *at)[0]
    return out / (12 * step)


def case(rng, stations, groups):
    group, registered, cast, votes = table(rng, stations, groups)
    at = (registered, cast, votes)
    d, slope, intercept = difference(np.ones(stations), *at)
    psi = derivative(at)
    sums = np.array([psi[group == g].sum() for g in np.unique(group)])
    n, g = stations, len(sums)
    se_hc = np.sqrt(n / (n - 2) * (psi**2).sum())
    se_cr = np.sqrt(g / (g - 1) * (n - 1) / (n - 2) * (sums**2).sum())
    se, df = (se_cr, g - 1) if g >= 10 else (se_hc, n - 2)
    v = votes / cast
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        D=d, b=slope, a=intercept, s=votes.sum() / cast.sum(), se_HC=se_hc, se_CR=se_cr,
        p=2 * stats.t.sf(abs(d / se), df), D_share=np.polyfit(cast / registered, v, 1)[0] - v.mean(),
    )


def main():
    rng = np.random.default_rng(311)
    write("votes_on_turnout.json", __file__, [case(rng, n, g) for n, g in ((120, 5), (200, 12), (300, 40))])


if __name__ == "__main__":
    main()
