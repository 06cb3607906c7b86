"""Last digits under the size-aware null (S110, S112), by brute force.

Writes crates/methods/tests/oracle/last_digit.json. Every probability is a sum of scipy's beta-binomial
over all counts from 0 to the ballots cast, whatever their number; the quadratic form uses numpy's
inverse. Stations below the cut count with their chance of being above it.
"""

import numpy as np
from scipy import stats

from common import write

MIN_COUNT = 30
CORRELATION = (1e-6, 1 / 3)


def law(votes, cast):
    """Beta law of the level by Kleinman's moments; half a vote for and against."""
    total = cast.sum()
    level = (votes.sum() + 0.5) / (total + 1)
    spread = (cast * (votes / cast - level) ** 2).sum()
    freedom = len(cast) - 1
    rho = (spread / (level * (1 - level)) - freedom) / (total - (cast**2).sum() / total - freedom)
    weight = 1 / np.clip(rho, *CORRELATION) - 1
    return level * weight, (1 - level) * weight


def table(rng, stations, groups, smallest, largest, level, between):
    group = rng.integers(0, groups, stations)
    cast = np.exp(rng.uniform(np.log(smallest), np.log(largest), stations)).astype(int)
    centre = np.clip(rng.normal(level, 0.1, groups), 0.05, 0.95)
    weight = 1 / between - 1
    share = rng.beta(centre[group] * weight, (1 - centre[group]) * weight)
    return group, cast, rng.binomial(cast, share)


def last(counts):
    return counts % 10


def expected(group, cast, votes, digit):
    """For each station the chances of a count above the cut that has each digit."""
    chances = np.zeros((len(cast), 10))
    for g in np.unique(group):
        a, b = law(votes[group == g], cast[group == g])
        for i in np.flatnonzero(group == g):
            k = np.arange(cast[i] + 1)
            pmf = stats.betabinom.pmf(k, cast[i], a + votes[i], b + cast[i] - votes[i])
            chances[i] = np.bincount(digit(k), np.where(k >= MIN_COUNT, pmf, 0), 10)
    return chances


def case(rng, digit=last, **settings):
    group, cast, votes = table(rng, **settings)
    p = expected(group, cast, votes, digit)
    used = votes >= MIN_COUNT
    n = int(used.sum())
    observed = np.bincount(digit(votes[used]), minlength=10)
    share = p.sum(0) / p.sum()
    mean = n * share
    given = np.eye(10) - np.outer(share, np.ones(10))
    covariance = given @ (np.diag(p.sum(0)) - p.T @ p) @ given.T
    z = (observed - mean)[:9]
    x2 = z @ np.linalg.inv(covariance[:9, :9]) @ z
    count = int(observed[0] + observed[5])
    five = share[0] + share[5]
    digits = np.arange(10)
    return dict(
        group=group.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        used=n, observed=observed.tolist(), expected=mean.tolist(),
        sd=np.sqrt(np.diag(covariance)).tolist(),
        x2=x2, p=stats.chi2.sf(x2, 9),
        equal=((observed - n / 10) ** 2 / (n / 10)).sum(),
        equal_expected=(np.diag(covariance) + (mean - n / 10) ** 2).sum() / (n / 10),
        mean_digit_expected=(digits @ mean) / n,
        mean_digit_sd=float(np.sqrt(digits @ covariance @ digits)) / n,
        count=count, count_expected=n * five, count_sd=float(np.sqrt(n * five * (1 - five))),
        count_p=stats.binom.sf(count - 1, n, five),
    )


def main():
    rng = np.random.default_rng(110)
    cases = []
    for groups in (1, 3):
        for smallest, largest in ((50, 200), (60, 900)):
            for level, between in ((0.5, 0.02), (0.3, 0.1), (0.7, 0.001)):
                cases.append(case(rng, stations=240, groups=groups, smallest=smallest,
                                  largest=largest, level=level, between=between))
    write("last_digit.json", __file__, cases)


if __name__ == "__main__":
    main()
