"""Likeness of neighbours (S710): esda's Moran for one group, and every exchange within groups written out.

Writes crates/methods/tests/oracle/moran.json. The moments under exchange within groups are made without any formula
of them: the mean over all ordered choices of distinct members, for each group and each pattern of indices.
"""

import functools
import itertools
import warnings

import esda
import libpysal
import numpy as np

from common import write

warnings.filterwarnings("ignore")


def table(rng, groups, size):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    at = np.column_stack([rng.uniform(40, 60, groups)[group], rng.uniform(0, 30, groups)[group]])
    at += rng.normal(0, 1.5, (n, 2))
    cast = rng.integers(50, 900, n)
    level = 1 / (1 + np.exp(-rng.normal(0, 0.5, groups)[group] - rng.normal(0, 0.3, n) - (at[:, 0] - 50) / 20))
    return group, np.round(at, 5), cast, rng.binomial(cast, level)


def leveled(group, cast, votes):
    y = np.log((votes + 0.5) / (cast - votes + 0.5))
    chance = 1 / (votes + 0.5) + 1 / (cast - votes + 0.5)
    members = [np.flatnonzero(group == g) for g in np.unique(group)]
    excess = sum(((y[m] - y[m].mean()) ** 2 - chance[m] * (1 - 1 / len(m))).sum() for m in members)
    between = max(0.0, excess / sum(len(m) - 1 for m in members))
    weight = 1 / (between + chance)
    z = np.empty(len(y))
    for m in members:
        z[m] = (y[m] - np.average(y[m], weights=weight[m])) * np.sqrt(weight[m])
        z[m] -= z[m].mean()
    return z


def moments(z, group, links):
    """Mean and standard deviation of I over all exchanges within groups."""
    values = {g: tuple(z[group == g]) for g in np.unique(group)}

    @functools.cache
    def inside(g, powers):
        picks = itertools.permutations(values[g], len(powers))
        return float(np.mean([np.prod([v**p for v, p in zip(pick, powers)]) for pick in picks]))

    def product(indices):
        out = 1.0
        for g in sorted({group[i] for i in indices}):
            own = [i for i in indices if group[i] == g]
            out *= inside(g, tuple(sorted((own.count(i) for i in set(own)), reverse=True)))
        return out

    scale = len(z) / (len(links) * (z**2).sum())
    mean = sum(product(link) for link in links)
    square = sum(product(a + b) for a in links for b in links)
    return scale * mean, scale * np.sqrt(square - mean**2)


def case(rng, groups, size):
    group, at, cast, votes = table(rng, groups, size)
    z = leveled(group, cast, votes)
    tree = libpysal.cg.KDTree(at[:, ::-1], distance_metric="Arc", radius=libpysal.cg.sphere.RADIUS_EARTH_KM)
    weights = libpysal.weights.KNN(tree, k=8)
    links = [(i, int(j)) for i in range(len(z)) for j in weights.neighbors[i]]
    found = esda.Moran(z, weights, transformation="B", permutations=0, two_tailed=False)
    if groups == 1:
        expected, sd, p = found.EI, np.sqrt(found.VI_rand), found.p_rand
    else:
        (expected, sd), p = moments(z, group, links), None
    return dict(
        group=group.tolist(), latitude=at[:, 0].tolist(), longitude=at[:, 1].tolist(), cast=cast.tolist(),
        votes=votes.tolist(), neighbours=[sorted(int(j) for j in weights.neighbors[i]) for i in range(len(z))],
        i=found.I, expected=expected, sd=sd, p=-1.0 if p is None else p,
    )


def main():
    rng = np.random.default_rng(710)
    cases = [case(rng, g, n) for g, n in ((1, 80), (9, 6), (5, 11))]
    write("moran.json", __file__, cases, f", esda {esda.__version__}, libpysal {libpysal.__version__}")


if __name__ == "__main__":
    main()
