"""P250: intervals and column orders by brute force. Standard library.

Each case is a group of rows with three columns in a random order; the expected order is the only permutation
in which lower <= estimate <= upper and upper - lower = 2 margin hold in all rows.
"""

import itertools
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

rng = random.Random(2020)
cases = []
for _ in range(60):
    order = rng.choice(list(itertools.permutations(range(3))))
    rows = []
    for _ in range(rng.randrange(2, 11)):
        estimate, margin = round(rng.uniform(2, 60), 1), round(rng.uniform(0.3, 1.9), 1)
        true = [round(estimate - margin, 1), round(estimate + margin, 1), margin]
        cells = [0.0] * 3
        for i, place in enumerate(order):
            cells[place] = true[i]
        official = round(rng.uniform(estimate - 3, estimate + 3), 2)
        rows.append({"estimate": estimate, "cells": cells, "official": official, "low": true[0], "high": true[1]})

    def holds(o):
        return all(
            r["cells"][o[0]] <= r["estimate"] <= r["cells"][o[1]]
            and abs(r["cells"][o[1]] - r["cells"][o[0]] - 2 * r["cells"][o[2]]) <= 0.2 + 1e-9
            for r in rows
        )

    if [o for o in itertools.permutations(range(3)) if holds(o)] == [order]:
        cases.append({"rows": rows, "exchanged": list(order) != [0, 1, 2]})
write("methods", "published_estimate", cases, [])
