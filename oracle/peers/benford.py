"""Leading digits against Benford's law (X720 to X731), with digits taken from the printed numbers.

Writes crates/methods/tests/oracle/benford.json.
"""

import pathlib
import sys

import numpy as np
from scipy.stats import norm

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402


def leading(counts, k):
    texts = [str(c) for c in counts if c >= 10 ** (k - 1)]
    return np.array([int(t[:k]) for t in texts])


def law(k):
    d = np.arange(10 ** (k - 1), 10**k)
    return d, np.log10(1 + 1 / d)


def deviation(digits, values, chances):
    shares = np.array([(digits == v).mean() for v in values])
    return float(np.abs(shares - chances).mean())


def mean_test(counts, k):
    d, b = law(k)
    mu = (d * b).sum()
    sigma = np.sqrt(((d - mu) ** 2 * b).sum())
    x = leading(counts, k)
    room = d[-1] - mu
    a, sd = abs(x.mean() - mu) / room, sigma / np.sqrt(len(x)) / room
    return float(a), float(sd), float(2 * norm.sf(a / sd))


def case(seed, counts):
    counts = [int(c) for c in counts]
    d2, b2 = law(2)
    second = np.array([b2[d2 % 10 == d].sum() for d in range(10)])
    two = leading(counts, 2)
    out = dict(votes=counts, second=deviation(two % 10, range(10), second))
    for k, name in ((1, "first"), (2, "two"), (3, "three")):
        out[name] = deviation(leading(counts, k), *law(k))
    for k, name in ((1, "mean_first"), (2, "mean_two")):
        out[name], out[name + "_sd"], out[name + "_p"] = mean_test(counts, k)
    return out


rng = np.random.default_rng(720)
write("benford.json", __file__, [
    case(1, rng.integers(0, 900, 300)),
    case(2, 10 ** rng.uniform(0, 5, 800)),
    case(3, rng.binomial(1_000, 0.35, 200)),
])
