"""P410: chances to miss every wrong station, by exact integers; sizes by plain sums. Standard library."""

import math
import pathlib
import random
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

cases = []
for n, k, d in [(5767, 2019, 10), (10, 3, 4), (10, 3, 8), (156899, 50, 4337), (1000, 0, 10)]:
    miss = math.comb(n - k, d) / math.comb(n, d) if d <= n - k else 0.0
    cases.append({"what": "miss", "all": n, "wrong": k, "drawn": d, "miss": miss})
for seed in range(5):
    rng = random.Random(seed)
    past, frame = [], []
    for h in range(3 + seed):
        frame.append([f"s{h}", rng.randrange(50, 500)])
        for _ in range(rng.randrange(2, 9)):
            of = rng.randrange(100, 500)
            past.append([f"s{h}", rng.randrange(of), of])
    z, margin = statistics.NormalDist().inv_cdf(0.975), 0.02
    big_n = sum(f[1] for f in frame)
    ratio = sum(p[1] for p in past) / sum(p[2] for p in past)
    mean = statistics.mean(p[2] for p in past)
    spread = statistics.stdev(p[1] - ratio * p[2] for p in past)
    own = {f[0]: statistics.stdev(p[1] - ratio * p[2] for p in past if p[0] == f[0]) for f in frame}
    n0 = (z * spread / (margin * mean)) ** 2
    s2 = sum(f[1] / big_n * own[f[0]] ** 2 for f in frame)
    s1 = sum(f[1] / big_n * own[f[0]] for f in frame)
    np0 = z * z * s2 / (margin * mean) ** 2
    cases.append({
        "what": "sizes", "past": past, "frame": frame, "margin": margin, "simple": n0 / (1 + n0 / big_n),
        "proportional": np0 / (1 + np0 / big_n),
        "neyman": z * z * s1**2 / ((margin * mean) ** 2 + z * z * s2 / big_n),
    })
write("methods", "sample_design", cases, [])
