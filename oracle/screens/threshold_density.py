"""The density at a threshold (S920): the authors' package rddensity at our bandwidth, and numpy value by value.

Writes crates/methods/tests/oracle/threshold_density.json. The package is run, never copied. The
package divides ranks by n − 1, we by n: hence a relative difference of about 1/n.
"""

import importlib.metadata

import numpy as np
from rddensity import rddensity

from common import write


def ours(x, c, h, cluster):
    """Every sum over pairs, cubics on either side."""
    n = len(x)
    below = (x[:, None] >= x[None, :]).mean(axis=1)
    density, moves = [], np.zeros(n)
    for sign, side in ((-1, x < c), (1, x >= c)):
        u = (x - c) / h
        w = np.where(side & (abs(u) < 1), 1 - abs(u), 0.0)
        design = np.vander(u, 4, increasing=True)
        take = np.linalg.inv(design.T @ (w[:, None] * design))[1] @ (design * w[:, None]).T / h
        density.append(take @ below)
        for j in range(n):
            moves[j] += sign * (take @ ((x >= x[j]) - below))
    sums = np.bincount(cluster, weights=moves)[np.unique(cluster)]
    g = len(sums)
    return density, np.sqrt(g / (g - 1) * (sums**2).sum()) / n


def case(rng, n, cut, ties, size):
    x = np.clip(rng.beta(8, 6, n), 0.01, 0.99)
    x = np.where((x > cut - 0.02) & (x < cut) & (rng.random(n) < 0.4), x + 0.02, x)
    if ties:
        x = np.round(x, 3)
    spread = min(x.std(), (np.sort(x)[n * 3 // 4] - np.sort(x)[n // 4]) / 1.349)
    h = 3 * spread * n**-0.2
    single = np.arange(n)
    density, se = ours(x, cut, h, single)
    cluster = np.arange(n) // size
    _, clustered = ours(x, cut, h, cluster)
    result = dict(
        x=x.tolist(), cut=cut, bandwidth=h, left=density[0], right=density[1], se=se,
        cluster=cluster.tolist(), clustered=clustered, package=[],
    )
    if not ties:
        fit = rddensity(x, c=cut, h=[h, h], p=2, q=3, vce="jackknife", massPoints=False)
        result["package"] = [float(fit.hat["left"]), float(fit.hat["right"]), float(fit.sd_jk["diff"])]
    return result


def main():
    rng = np.random.default_rng(920)
    extra = f", rddensity {importlib.metadata.version('rddensity')}"
    cases = [case(rng, *c) for c in ((1_500, 0.5, False, 3), (800, 0.6, False, 1), (1_200, 0.5, True, 5))]
    write("threshold_density.json", __file__, cases, extra)


if __name__ == "__main__":
    main()
