"""Multiples of one number (S114): the chance of each count summed over its whole law, the tail by convolution.

Writes crates/methods/tests/oracle/divisibility.json.
"""

import numpy as np

from common import write

DIVISORS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 20, 25, 50, 100]


def law(x, d, cut):
    k = np.arange(max(0, int(x - 14 * np.sqrt(x)) - 1), int(x + 14 * np.sqrt(x)) + 2)
    w = np.exp(-((k - x) ** 2) / (2 * x))
    w[k < cut] = 0
    return w[k % d == 0].sum() / w.sum()


def tail(q, k):
    """P(K >= k), by convolution: every term is positive, so that a small tail keeps its digits."""
    law = np.array([1.0])
    for p in q:
        law = np.append(law * (1 - p), 0.0) + np.append(0.0, law * p)
    return law[k:].sum()


def column(counts):
    x = np.array([c for c in counts if c > 0])
    best, tests = None, 0
    for d in DIVISORS:
        m = -(-max(10, d) // d) * d
        cut = m - d // 2
        used = x[x >= cut]
        if len(used) < 20 or used.std() < d:
            continue
        tests += 1
        q = np.array([law(v, d, cut) for v in used])
        k = int((used % d == 0).sum())
        z = (k - q.sum()) / np.sqrt((q * (1 - q)).sum())
        if best is None or z > best["z"]:
            best = dict(d=d, k=k, n=len(used), expected=float(q.sum()), sd=float(np.sqrt((q * (1 - q)).sum())), z=float(z))
            best["tail"] = float(tail(q, k))
    return best, tests


def case(seed, n):
    rng = np.random.default_rng(seed)
    invalid = np.where(rng.random(n) < 0.3, 8 * rng.integers(1, 30, n), rng.integers(0, 200, n))
    votes = rng.binomial(rng.integers(50, 900, n), rng.beta(8, 9, n))
    columns = [column(c) for c in (invalid, votes)]
    tests = sum(t for _, t in columns)
    first = min((b for b, _ in columns), key=lambda b: b["tail"])
    return dict(invalid=invalid.tolist(), votes=votes.tolist(), tests=tests, p=min(1.0, first["tail"] * tests)) | first


def main():
    write("divisibility.json", __file__, [case(s, n) for s, n in ((1, 120), (2, 300), (3, 60))])


if __name__ == "__main__":
    main()
