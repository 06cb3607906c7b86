"""P610 by exact fractions, written from the form alone. Python 3.11 standard library; no package needed."""

import pathlib
import random
import sys
from fractions import Fraction as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402


def alpha(frame, drawn, leader, other, kappa):
    """p for one pair: frame = [(official, cap)], drawn = [(index, copy)] in order."""
    margin = [o[leader] - o[other] for o, _ in frame]
    cap = [c for _, c in frame]
    bound = max(m + c for m, c in zip(margin, cap))
    n, total, seen = len(frame), F(len(frame) * bound - sum(margin)), F(0)
    statistic, most = F(1), F(1)
    for j, (i, copy) in enumerate(drawn):
        error = margin[i] + cap[i] if copy is None else margin[i] - (copy[leader] - copy[other])
        left = (total - seen) / (n - j)
        statistic *= 1 - kappa + kappa * (bound - error) / left
        seen += bound - error
        most = max(most, statistic)
    return float(1 / most)


def case(seed, n, k, choices):
    rng = random.Random(seed)
    frame = []
    for _ in range(n):
        cap = rng.randrange(200, 600)
        votes = [rng.randrange(cap // 2, cap * 6 // 10)] + [rng.randrange(cap // 8) for _ in range(choices - 1)]
        frame.append((votes, cap))
    drawn = []
    for i in rng.sample(range(n), k):
        kind = rng.random()
        copy = list(frame[i][0])
        if kind < 0.2:
            copy[0] = max(0, copy[0] - rng.randrange(20))
        elif kind < 0.25:
            copy = None
        drawn.append((i, copy))
    p = max(alpha(frame, drawn, 0, other, F(9, 10)) for other in range(1, choices))
    return {"official": [o for o, _ in frame], "cap": [c for _, c in frame], "drawn": drawn, "p": p}


write("methods", "sample_audit", [case(s, 40 + 20 * s, 5 + 3 * s, 2 + s % 3) for s in range(1, 9)], [])
