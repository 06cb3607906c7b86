"""The exact law of the number of zeros (S411) in rational numbers.

Writes crates/methods/tests/oracle/missing_zeros.json. Districts are lists (zeros, ones, twos).
"""

from fractions import Fraction
from math import factorial

import numpy as np

from common import write


def law(zeros, ones, twos, smallest):
    """P(zeros = z) given the stations and their votes."""
    stations, votes = zeros + ones + twos, ones + 2 * twos
    c = Fraction(smallest - 1, 2 * smallest)
    weights = {}
    for j in range(max(0, votes - stations), votes // 2 + 1):
        z, n1 = stations - votes + j, votes - 2 * j
        weights[z] = Fraction(c**j, factorial(z) * factorial(n1) * factorial(j))
    total = sum(weights.values())
    return {z: w / total for z, w in weights.items()}


def add(a, b):
    total = {}
    for x, p in a.items():
        for y, q in b.items():
            total[x + y] = total.get(x + y, 0) + p * q
    return total


def case(rng, districts, stations, level, lacking):
    few, total = [], {0: Fraction(1)}
    smallest = 120
    for _ in range(districts):
        votes = rng.poisson(level, stations)
        # Some of the zeros become ones or twos.
        moved = (votes == 0) & (rng.random(stations) < lacking)
        votes = np.where(moved, rng.integers(1, 3, stations), votes)
        counts = [int((votes == k).sum()) for k in range(3)]
        few.append(counts)
        total = add(total, law(*counts, smallest))
    zeros = sum(f[0] for f in few)
    mean = sum(z * p for z, p in total.items())
    variance = sum(z * z * p for z, p in total.items()) - mean**2
    p = [sum(q for z, q in law(*f, smallest).items() if z <= f[0]) for f in few]
    return dict(
        few=[n for f in few for n in f], smallest=smallest, mean=float(mean),
        sd=float(variance) ** 0.5, p=float(sum(q for z, q in total.items() if z <= zeros)),
        smallest_p=float(min(1, min(p) * len(p))),
    )


def main():
    rng = np.random.default_rng(411)
    cases = [
        case(rng, districts, stations, level, lacking)
        for districts, stations in ((1, 60), (3, 40))
        for level in (0.5, 1.0, 2.0)
        for lacking in (0.0, 0.5)
    ]
    write("missing_zeros.json", __file__, cases)
    example = law(2, 25, 25, 800)
    print("the documentation's example:", float(sum(z * p for z, p in example.items())),
          float(sum(p for z, p in example.items() if z <= 2)))


if __name__ == "__main__":
    main()
