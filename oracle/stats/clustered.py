"""Errors by groups for few groups: numpy, by the definition (`_clustered.py`)."""

import numpy as np

from _clustered import fit
from _write import write


def case(rng, sizes, spread, alone=False):
    groups = np.repeat(np.arange(len(sizes)), sizes)
    n = len(groups)
    shift = rng.normal(0, 1, (len(sizes), 3))
    x = 3 + rng.normal(0, 1, (n, 2)) + spread * shift[groups, :2]
    if alone:
        # One group has a regressor of its own.
        x[:, 1] = groups == 2
    y = 0.5 + x @ [0.4, -0.2] + shift[groups, 2] * (1 + 0.3 * x[:, 0]) + rng.normal(0, 0.3, n)
    return dict(x=x.tolist(), y=y.tolist(), groups=groups.tolist(), **fit(x, y, groups))


rng = np.random.default_rng(2002)
cases = [
    case(rng, [12] * 10, 1.0),
    case(rng, [3, 40, 5, 5, 30, 2, 8, 1], 0.5),
    case(rng, [1] * 15, 0.0),
    case(rng, [6, 9, 7, 12], 2.0),
    case(rng, [8] * 9, 1.0, alone=True),
]
write("stats", "clustered", cases, ["numpy"])
