"""P160 by fitting the table of cells in log space (a convex minimum), not by scaling margins in turn.

numpy==2.4.6 (oracle/requirements.txt)
"""

import pathlib
import random
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402


def weights(sizes, groups, totals):
    """w = exp(Σ λ_g): the dual of raking, Σ s w − Σ λ T, minimised by Newton's method."""
    n, widths = len(sizes), [len(t) for t in totals]
    design = np.zeros((n, sum(widths)))
    for m, group in enumerate(groups):
        for i, g in enumerate(group):
            design[i, sum(widths[:m]) + g] = 1
    target = np.concatenate(totals)
    lam = np.zeros(sum(widths))
    for _ in range(200):
        w = np.exp(design @ lam)
        gradient = design.T @ (sizes * w) - target
        hessian = design.T @ (design * (sizes * w)[:, None])
        step = -np.linalg.lstsq(hessian, gradient, rcond=1e-12)[0]
        value = lambda l: (sizes * np.exp(design @ l)).sum() - l @ target
        rate = 1.0
        while rate > 1e-9 and value(lam + rate * step) > value(lam):
            rate /= 2
        lam = lam + rate * step
        if np.abs(gradient / target).max() < 1e-13:
            break
    return np.exp(design @ lam)


cases = []
for seed, widths in enumerate([(3,), (5,), (2, 3), (4, 4), (3, 2, 2)]):
    rng = random.Random(seed)
    n = 40 + 20 * seed
    groups = [[i % w if i < w else rng.randrange(w) for i in range(n)] for w in widths]
    base = [rng.randrange(100, 600) for _ in range(n)]
    sizes = base if seed % 2 else [rng.randrange(1, 9) for _ in range(n)]
    first = [rng.randrange(b // 2) for b in base]
    second = [rng.randrange(b - a + 1) for a, b in zip(first, base)]
    truth = [rng.uniform(1, 4) for _ in range(n)]
    totals = []
    for group, width in zip(groups, widths):
        totals.append([round(sum(t * s for t, s, g in zip(truth, sizes, group) if g == h)) for h in range(width)])
    for t in totals[1:]:
        t[0] += sum(totals[0]) - sum(t)
    s = np.array(sizes, float)
    w = weights(s, groups, [np.array(t, float) for t in totals])
    share = lambda v, w: float((w * np.array(v)).sum() / (w * np.array(base)).sum())
    cases.append({
        "groups": groups, "base": base, "sizes": sizes, "first": first, "second": second, "totals": totals,
        "weighted": [share(first, w), share(second, w)], "plain": [share(first, np.ones(n)), share(second, np.ones(n))],
        "effective": float(w.sum() ** 2 / (w ** 2).sum()), "ratio": float(w.max() / w.min()),
    })
write("methods", "reweighted", cases, ["numpy"])
