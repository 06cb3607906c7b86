"""P150 by another road: linear programming in Charnes and Cooper's form, factors by root finding.

numpy==2.4.6 scipy==1.17.1 (oracle/requirements.txt)
"""

import pathlib
import random
import sys

import numpy as np
from scipy.optimize import brentq, linprog

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402


def bounds(y, x, factor):
    """Extremes of Σwy/Σwx, 1 ≤ w ≤ Γ: with u = w s and Σ u x = 1, linear in (u, s)."""
    n, scale = len(y), sum(x)
    y, x = np.array(y) / scale, np.array(x) / scale
    ones = np.ones((n, 1))
    inequality = np.block([[-np.eye(n), ones], [np.eye(n), -factor * ones]])
    ends = []
    for sign in (1, -1):
        got = linprog(
            sign * np.append(y, 0), A_ub=inequality, b_ub=np.zeros(2 * n), A_eq=[np.append(x, 0)], b_eq=[1],
            bounds=(0, None), method="highs", options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        assert got.success
        ends.append(sign * got.fun)
    return ends


def reach(y, x, target):
    """Smallest factor that reaches the target, by root finding on the scan over every cut."""
    y, x = np.array(y, float), np.array(x, float)
    side = 0 if y.sum() / x.sum() >= target else 1
    def off(factor):
        return bounds(list(y), list(x), factor)[side] - target
    if np.sign(off(1e4)) == np.sign(off(1.0)):
        return None
    return brentq(off, 1.0, 1e4, xtol=1e-11, rtol=1e-12)


cases = []
for seed in range(8):
    rng = random.Random(seed)
    x = [rng.randrange(20, 700) for _ in range(15 + 6 * seed)]
    lean = 0.3 + 0.05 * seed
    y = [int(v * min(1, max(0, rng.gauss(lean, 0.15)))) for v in x]
    z = [rng.randrange(0, v - w + 1) for v, w in zip(x, y)]
    stated = 0.25 + 0.05 * ((seed * 3) % 8)
    margin = [a - b for a, b in zip(y, z)]
    cases.append({
        "votes": y, "base": x, "rival": z, "stated": stated, "grid": [1.0, 1.5, 2.0, 5.0],
        "low": [bounds(y, x, g)[0] for g in (1.0, 1.5, 2.0, 5.0)],
        "high": [bounds(y, x, g)[1] for g in (1.0, 1.5, 2.0, 5.0)],
        "to_stated": reach(y, x, stated), "to_rival": reach(margin, x, 0.0),
    })
write("methods", "selection_factor", cases, ["numpy", "scipy"])
