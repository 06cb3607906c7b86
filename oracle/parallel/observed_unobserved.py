"""P510: Neyman's variance, HC2 and Lin's regression by statsmodels, exact permutation by itertools.

numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0.
"""

import itertools
import pathlib
import sys

import numpy as np
import statsmodels.api as sm

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402


def fit(y, z, b, x):
    """Block × arm dummies, with a slope for each arm on the block-centred covariate where there is one."""
    names = sorted(set(b))
    columns = [((b == name) & (z == arm)).astype(float) for arm in (1, 0) for name in names]
    if x is not None:
        centred = x - np.array([x[b == name].mean() for name in b])
        columns += [centred * (z == 1), centred * (z == 0)]
    result = sm.OLS(y, np.column_stack(columns)).fit(cov_type="HC2")
    weights = np.array([(b == name).mean() for name in names])
    contrast = np.concatenate([weights, -weights, np.zeros(0 if x is None else 2)])
    return float(contrast @ result.params), float(np.sqrt(contrast @ result.cov_params() @ contrast))


def difference(y, z, b):
    return sum((b == k).mean() * (y[(b == k) & (z == 1)].mean() - y[(b == k) & (z == 0)].mean()) for k in set(b))


cases = []
for seed, sizes in enumerate([[(2, 3)], [(3, 4), (2, 2)], [(2, 3), (3, 3), (2, 2)], [(20, 30), (15, 40)]]):
    rng = np.random.default_rng(seed)
    b = np.concatenate([[k] * (n1 + n0) for k, (n1, n0) in enumerate(sizes)])
    z = np.concatenate([rng.permutation([1] * n1 + [0] * n0) for n1, n0 in sizes])
    x = rng.normal(40, 10, len(b)) + 3 * b
    y = 0.8 * x + rng.normal(0, 3, len(b)) - 4 * z + 2 * b
    plain, lin = fit(y, z, b, None), fit(y, z, b, x)
    within = lambda v: v - np.array([v[b == k].mean() for k in b])  # noqa: E731
    theta = float(within(x) @ within(y) / (within(x) @ within(x)))
    case = {
        "y": y.tolist(), "x": x.tolist(), "z": z.tolist(), "b": b.tolist(), "plain": plain,
        "lin": lin if np.isfinite(lin[1]) and min(n for s in sizes for n in s) > 1 and len(b) > 5 else None,
        "theta": theta, "cuped": fit(y - theta * x, z, b, None),
    }
    if len(b) < 20:
        t, hits, total = abs(difference(y, z, b)), 0, 0
        blocks = [np.flatnonzero(b == k) for k in range(len(sizes))]
        picks = [itertools.combinations(rows, n1) for rows, (n1, _) in zip(blocks, sizes)]
        for chosen in itertools.product(*picks):
            other = np.zeros(len(b), int)
            other[list(itertools.chain(*chosen))] = 1
            hits += abs(difference(y, other, b)) >= t - 1e-12
            total += 1
        case["p"] = int(hits) / total
    cases.append(case)


def pick(arms, y, b):
    """Block-weighted difference with HC2 over the blocks that have two of each arm."""
    keep = np.isin(b, [k for k in set(b) if min((arms[b == k] == a).sum() for a in (0, 1)) >= 2])
    return fit(y[keep], arms[keep], b[keep], None)


def saturated(seed, areas):
    """Stations in blocks; near by station, or (areas) by block as a whole."""
    rng = np.random.default_rng(seed)
    b = np.repeat(np.arange(6), 14)
    near = np.repeat([1, 0, 1, 0, 1, 0], 14) if areas else rng.permutation(np.tile([1, 0], 42))
    z = rng.permutation(np.tile([1, 0], 42))
    y = rng.normal(50, 6, len(b)) - 12 * z + 5 * near * (1 - z) + b
    dense, free = near == 1, z == 0
    direct = pick(z[dense], y[dense], b[dense])
    if areas:
        means = np.array([y[free & (b == k)].mean() for k in range(6)])
        over = fit(means, near[::14], np.zeros(6), None)
    else:
        over = pick(near[free], y[free], b[free])
    return {"y": y.tolist(), "z": z.tolist(), "b": b.tolist(), "near": near.tolist(), "areas": areas,
            "direct": direct, "over": over}


cases += [saturated(seed, areas) for seed in (20, 21) for areas in (False, True)]
write("methods", "observed_unobserved", cases, ["numpy", "statsmodels"])
