"""Small stations beside their neighbours (S610), every sum written out station by station.

Writes crates/methods/tests/oracle/small_stations.json. The covariance is made of the whole vectors of coefficients,
one a cut-off, and the tail of the largest of scipy's multivariate normal law.
"""

import numpy as np
from scipy import stats

from common import write


def table(rng, groups, size):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    registered = np.exp(rng.uniform(np.log(60), np.log(2_500), n)).astype(int)
    turnout = np.clip(rng.normal(0.6, 0.06, groups)[group] + rng.normal(0, 0.05, n), 0.05, 0.97)
    level = np.clip(rng.normal(0.5, 0.07, groups)[group] + rng.normal(0, 0.05, n), 0.03, 0.97)
    cast = np.maximum(rng.binomial(registered, turnout), 1)
    return group, registered, cast, rng.binomial(cast, level)


def case(rng, groups, size, percents=25, fewest=30):
    group, registered, cast, votes = table(rng, groups, size)
    n = len(group)
    d = np.zeros(n)
    for x in (cast / registered, votes / cast):
        for g in range(groups):
            inside = group == g
            d[inside] += (x[inside] - x[inside].mean()) / x[inside].std(ddof=1) / np.sqrt(2)
    members = np.bincount(group)[group]
    weight = d**2 * members / (members - 1)
    ordered = np.sort(registered)
    cuts, vectors = [], []
    for percent in range(1, percents + 1):
        largest = ordered[int(np.ceil(percent * n / 100)) - 1]
        small = registered <= largest
        share = np.array([small[group == g].mean() for g in range(groups)])[group]
        counted = small & (share < 1)
        if counted.sum() < fewest or (cuts and cuts[-1]["small"] == counted.sum()):
            continue
        vector = small - share
        cuts.append(dict(
            percent=percent, largest=int(largest), small=int(counted.sum()), apart=d[counted].sum() / counted.sum(),
            sd=np.sqrt((weight * vector**2).sum()) / counted.sum(),
        ))
        vectors.append(vector)
    z = [c["apart"] / c["sd"] for c in cuts]
    best = int(np.argmax(z))
    vectors = np.array(vectors)
    covariance = (vectors * weight) @ vectors.T
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale) + 1e-10 * np.eye(len(cuts))
    below = stats.multivariate_normal(cov=correlation, allow_singular=True).cdf(np.full(len(cuts), z[best]))
    small = registered <= cuts[best]["largest"]
    differences = []
    for g in range(groups):
        inside = group == g
        few, others = inside & small, inside & ~small
        rate = votes[others].sum() / registered[others].sum() if others.any() else None
        differences.append((votes[few] - registered[few] * rate).sum() if rate is not None else 0.0)
    differences = np.array(differences)
    half = stats.t.ppf(0.975, groups - 1) * np.sqrt(groups) * differences.std(ddof=1)
    at = cuts[best]
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        z=z[best], delta=at["apart"], sd=at["sd"], n=at["small"], c=at["percent"] / 100, largest=at["largest"],
        cuts=len(cuts), p=float(1 - below), votes_beyond=differences.sum(),
        low=differences.sum() - half, high=differences.sum() + half,
    )


def main():
    rng = np.random.default_rng(610)
    write("small_stations.json", __file__, [case(rng, g, n) for g, n in ((60, 6), (40, 12), (12, 40))])


if __name__ == "__main__":
    main()
