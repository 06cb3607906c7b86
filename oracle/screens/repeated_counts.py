"""The chance that two multinomial draws agree (S412), exactly.

Writes crates/methods/tests/oracle/repeated_counts.json. The sum over all vectors of the squared
multinomial probability is a coefficient of a product of polynomials, one for each choice.
"""

import numpy as np
from scipy import stats

from common import write


def agreement(votes, shares):
    x = np.arange(votes + 1)
    product = np.ones(1)
    for share in shares:
        product = np.convolve(product, stats.poisson.pmf(x, votes * share) ** 2)[: votes + 1]
    return product[votes] / stats.poisson.pmf(votes, votes) ** 2


def main():
    cases = []
    for counts in ((50, 50), (90, 10), (99, 1), (250, 250), (900, 100), (60, 30, 10), (300, 150, 50),
                   (76, 12, 5, 3, 2, 1, 1), (400, 60, 25, 15, 10, 5, 3), (20, 20, 20, 20, 20),
                   (100, 0), (700, 300, 0)):
        votes = sum(counts)
        # Two stations with the same counts and a third that differs: shares of the group by hand.
        third = counts[::-1]
        totals = [2 * a + b for a, b in zip(counts, third)]
        group = [t / sum(totals) for t in totals]
        shares = [(c + g) / (votes + 1) for c, g in zip(counts, group)]
        other = [(c + g) / (votes + 1) for c, g in zip(third, group)]
        # Three stations with as many votes: each has two others, and each pair counts half from either side.
        same, differs = agreement(votes, shares), agreement(votes, other)
        bound = (3 - 1) / 2 * (2 * same + differs)
        cases.append(dict(counts=list(counts), third=list(third), bound=bound))
    write("repeated_counts.json", __file__, cases)


if __name__ == "__main__":
    main()
