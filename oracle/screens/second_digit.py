"""Second digits under the size-aware null (S120), by brute force, and Benford's law.

Writes crates/methods/tests/oracle/second_digit.json with the machinery of last_digit.py; also, for S121, how often
first digits of simulated stations of like size reject Benford's law at 5 %.
"""

import numpy as np
from scipy import stats

from common import write
from last_digit import case


def second(counts):
    """The second digit from the left; that of a count under 10 is not looked at."""
    head = np.array(counts)
    while (head >= 100).any():
        head = np.where(head >= 100, head // 10, head)
    return head % 10


SECOND = np.array([sum(np.log10(1 + 1 / (10 * k + d)) for k in range(1, 10)) for d in range(10)])
FIRST = np.log10(1 + 1 / np.arange(1, 10))


def benford(observed):
    n, d = sum(observed), np.arange(10)
    mean, sd = d @ SECOND, np.sqrt(d**2 @ SECOND - (d @ SECOND) ** 2)
    return dict(benford=((observed - n * SECOND) ** 2 / (n * SECOND)).sum(),
                z=(d @ observed / n - mean) * np.sqrt(n) / sd, mean=mean)


def first_digits_reject(rng, elections, stations):
    """Honest stations of 800 to 1,200 ballots, levels 0.3 to 0.5."""
    rejected = 0
    for _ in range(elections):
        votes = rng.binomial(rng.integers(800, 1_200, stations), rng.uniform(0.3, 0.5, stations))
        digits = np.array([int(str(v)[0]) for v in votes])
        observed = np.bincount(digits, minlength=10)[1:]
        x2 = ((observed - stations * FIRST) ** 2 / (stations * FIRST)).sum()
        rejected += stats.chi2.sf(x2, 8) < 0.05
    return rejected / elections


def main():
    rng = np.random.default_rng(120)
    cases = []
    for groups, smallest, largest, level, between in ((1, 60, 900, 0.4, 0.05), (3, 100, 300, 0.6, 0.02)):
        c = case(rng, digit=second, stations=240, groups=groups, smallest=smallest, largest=largest,
                 level=level, between=between)
        kept = {k: v for k, v in c.items() if not k.startswith("count") and not k.startswith("equal")}
        cases.append(kept | benford(np.array(c["observed"])) | dict(first=first_digits_reject(rng, 200, 500)))
    write("second_digit.json", __file__, cases)


if __name__ == "__main__":
    main()
