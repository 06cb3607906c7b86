"""Stations without an invalid ballot (S620): scipy's beta-binomial law and a sum by convolution.

Writes crates/methods/tests/oracle/no_invalid_ballots.json. The moments of each unit are written out from their
definition, with the same bounds.
"""

import numpy as np
from scipy import stats

from common import write


def correlation(invalid, cast, level):
    binomial = level * (1 - level)
    spread = (cast * (invalid / cast - level) ** 2).sum()
    freedom = len(cast) - 1
    return (spread / binomial - freedom) / (cast.sum() - (cast**2).sum() / cast.sum() - freedom)


def case(rng, units, stations, written):
    group = np.repeat(np.arange(units), stations)
    n = len(group)
    cast = np.exp(rng.uniform(np.log(60), np.log(1_800), n)).astype(int)
    mean = rng.uniform(0.004, 0.02, units)[group]
    invalid = rng.binomial(cast, rng.beta(80 * mean, 80 * (1 - mean)))
    invalid[rng.random(n) < written] = 0
    chances = np.zeros(n)
    for unit in range(units):
        inside = group == unit
        level = (invalid[inside].sum() + 0.5) / (cast[inside].sum() + 1)
        rho = min(max(correlation(invalid[inside], cast[inside].astype(float), level), 1e-6), 1 / 3)
        weight = 1 / rho - 1
        chances[inside] = stats.betabinom.pmf(0, cast[inside], level * weight, (1 - level) * weight)
    law = np.ones(1)
    for p in chances:
        law = np.convolve(law, [1 - p, p])
    none = int((invalid == 0).sum())
    return dict(
        group=group.tolist(), cast=cast.tolist(), invalid=invalid.tolist(), none=none, expected=chances.sum(),
        sd=np.sqrt((chances * (1 - chances)).sum()), p=law[none:].sum(),
    )


def main():
    rng = np.random.default_rng(620)
    write("no_invalid_ballots.json", __file__, [case(rng, *c) for c in ((1, 80, 0.0), (4, 50, 0.1), (10, 30, 0.0))])


if __name__ == "__main__":
    main()
