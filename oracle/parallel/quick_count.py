"""Combined ratios of stratified samples: plain sums over strata, and Imbens and Manski's constant by scipy.

Tools: Python 3.11, scipy 1.17.1. The variance is written as Cochran's sum of N²(1 − f)s²/n, not by scores.
"""

import math
import random
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "stats"))

from scipy import optimize, stats

from _write import write

rng = random.Random(20180701)
cases = []
for _ in range(20):
    strata = []
    for _ in range(rng.randint(2, 9)):
        n = rng.randint(2, 8)
        level = rng.uniform(0.1, 0.9)
        units = []
        for _ in range(n):
            total = rng.randint(50, 700)
            units.append([int(total * min(1, max(0, rng.gauss(level, 0.1)))), total])
        strata.append({"size": rng.randint(n, 200), "units": units})
    top = sum(s["size"] / len(s["units"]) * sum(u[0] for u in s["units"]) for s in strata)
    base = sum(s["size"] / len(s["units"]) * sum(u[1] for u in s["units"]) for s in strata)
    ratio = top / base
    variance = 0.0
    for s in strata:
        e = [y - ratio * x for y, x in s["units"]]
        n, mean = len(e), sum(e) / len(e)
        square = sum((v - mean) ** 2 for v in e) / (n - 1)
        variance += s["size"] ** 2 * (1 - n / s["size"]) * square / n
    df = sum(len(s["units"]) for s in strata) - len(strata)
    se = math.sqrt(variance) / base
    half = float(stats.t.ppf(0.975, df)) * se
    cases.append({"what": "ratio", "strata": strata, "value": ratio, "se": se, "df": df, "half": half})
for low, high, a, b in [(0.2, 0.2, 0.01, 0.02), (0.2, 0.21, 0.01, 0.02), (0.1, 0.4, 0.01, 0.005)]:
    apart = (high - low) / max(a, b)
    c = optimize.brentq(lambda c: stats.norm.cdf(c + apart) - stats.norm.cdf(-c) - 0.95, 1, 3, xtol=1e-14)
    cases.append({"what": "range", "bounds": [low, high], "se": [a, b], "interval": [low - c * a, high + c * b]})
write("methods", "quick_count", cases, ["scipy"])
