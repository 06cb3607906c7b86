"""Local Moran and Getis-Ord of areas (S711): esda's values, and the p of its conditional permutations.

Writes crates/methods/tests/oracle/local_clusters.json. One case has neighbours that touch (a lattice), one the eight
nearest of points of a plane, as EFToolkit has it of centres. esda divides by the variance with n - 1, Anselin's paper
with n; its G is a share of a positive total, so the values are raised.
"""

import warnings

import esda
import libpysal
import numpy as np

from common import write

warnings.filterwarnings("ignore")


def case(rng, weights, x, y, smooth):
    n = len(x)
    values = smooth * np.sin(x) * np.cos(y) + rng.normal(0, 1, n)
    local = esda.Moran_Local(values, weights, transformation="B", permutations=99_999, seed=1, n_jobs=1)
    star = esda.G_Local(values + 10, weights, transform="B", star=True, permutations=0)
    tail = np.minimum(local.p_sim, 1 - local.p_sim + 1 / 100_000)
    return dict(
        x=x.tolist(), y=y.tolist(), values=values.tolist(),
        neighbours=[sorted(int(j) for j in weights.neighbors[i]) for i in range(n)],
        i=(local.Is * n / (n - 1)).tolist(), g_star=np.asarray(star.Zs, float).tolist(), p=np.minimum(1, 2 * tail).tolist(),
    )


def main():
    rng = np.random.default_rng(711)
    x, y = (v.ravel().astype(float) for v in np.meshgrid(range(9), range(9)))
    touching = libpysal.weights.lat2W(9, 9, rook=False)
    points = rng.uniform(0, 6, (120, 2))
    nearest = libpysal.weights.KNN.from_array(points, k=8)
    cases = [case(rng, touching, x, y, 1.0), case(rng, nearest, points[:, 0], points[:, 1], 0.7)]
    write("local_clusters.json", __file__, cases, f", esda {esda.__version__}, libpysal {libpysal.__version__}")


if __name__ == "__main__":
    main()
