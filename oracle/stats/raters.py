"""Agreement, reciprocity and the ordinal model: krippendorff, scikit-learn, networkx, scipy."""

import random

import krippendorff
import networkx as nx
import numpy as np
import scipy.optimize
import scipy.special
from sklearn.metrics import cohen_kappa_score

from _write import write

STEPS = [-2, -1, 0, 1, 2]


def kappa(pairs):
    a, b = zip(*pairs)
    return {
        "what": "kappa", "pairs": pairs,
        "kappa": float(cohen_kappa_score(a, b, labels=STEPS, weights="quadratic")),
    }


def alpha(units, raters):
    """Rows of raters: each unit's values go to the first raters; who gave which does not matter."""
    table = np.full((raters, len(units)), np.nan)
    for u, values in enumerate(units):
        table[: len(values), u] = values
    levels = {m: float(krippendorff.alpha(table, level_of_measurement=m)) for m in ("interval", "ordinal")}
    return {"what": "alpha", "units": units, **levels}


def links(nodes, edges):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from((a, b) for a, b, _ in edges)
    weight = {(a, b): w for a, b, w in edges}
    r, density = float(nx.overall_reciprocity(graph)), float(nx.density(graph))
    back = sum(min(w, weight.get((b, a), 0.0)) for (a, b), w in weight.items())
    return {
        "what": "reciprocity", "nodes": nodes, "links": edges, "share": r,
        "corrected": (r - density) / (1 - density), "weighted": back / sum(weight.values()),
    }


def ordinal(ratings, units, raters, favours, categories):
    """The mode of the posterior by BFGS, and the curvature there by differences."""
    n, k = len(units), categories - 1
    mean, sd = np.array(units).T
    unit, rater, y, favour = (np.array([r[i] for r in ratings]) for i in range(4))

    def split(x):
        return np.split(x, np.cumsum([n, raters, raters, favours]))

    def minus(x):
        quality, log_a, b, f, q = split(x)
        cuts = np.concatenate([[-np.inf, q[0]], q[0] + np.cumsum(np.exp(q[1:])), [np.inf]])
        extra = np.where(favour >= 0, np.append(f, 0.0)[favour], 0.0)
        centre = np.exp(log_a[rater]) * quality[unit] + b[rater] + extra
        p = scipy.special.expit(cuts[y + 1] - centre) - scipy.special.expit(cuts[y] - centre)
        prior = ((quality - mean) / sd) ** 2
        prior = prior.sum() + (log_a**2).sum() / 0.25 + (b**2).sum() / 4 + (f**2).sum() / 2.25
        return -np.log(p).sum() + (prior + q[0] ** 2 / 25 + (q[1:] ** 2).sum()) / 2

    x = np.concatenate([mean, np.zeros(2 * raters + favours + k)])
    for _ in range(3):
        x = scipy.optimize.minimize(minus, x, method="BFGS", options={"gtol": 1e-9, "maxiter": 5000}).x
    h, size = 1e-3, len(x)
    step = np.eye(size) * h
    # Second differences of fourth order along every pair of directions.
    def second(a, b, t):
        a, b = a * t, b * t
        return (minus(x + a + b) - minus(x + a - b) - minus(x - a + b) + minus(x - a - b)) / (4 * t * t * h * h)

    curvature = np.array([[(4 * second(a, b, 1) - second(a, b, 2)) / 3 for a in step] for b in step])
    deviation = np.sqrt(np.diag(np.linalg.inv(curvature)))
    quality, log_a, b, f, q = split(x)
    _, _, b_sd, f_sd, _ = split(deviation)
    return {
        "what": "ordinal", "ratings": ratings, "units": units, "raters": raters, "favours": favours,
        "categories": categories, "quality": quality.tolist(), "reaction": np.exp(log_a).tolist(),
        "leniency": b.tolist(), "leniency_sd": b_sd.tolist(), "favour": f.tolist(), "favour_sd": f_sd.tolist(),
        "thresholds": np.concatenate([[q[0]], q[0] + np.cumsum(np.exp(q[1:]))]).tolist(),
    }


rng = random.Random(7)


def drawn(units, raters, favours, categories, share):
    quality = [rng.gauss(0, 1) for _ in range(units)]
    leniency = [rng.gauss(0, 2) for _ in range(raters)]
    ratings = []
    for u in range(units):
        for m in range(raters):
            if rng.random() < share:
                latent = quality[u] + leniency[m] + rng.gauss(0, 1.6)
                y = sum(latent > cut for cut in np.linspace(-2, 2, categories - 1))
                ratings.append([u, m, int(y), rng.randrange(favours) if favours and rng.random() < 0.5 else -1])
    priors = [[rng.gauss(0, 0.5), rng.choice([0.6, 1.0])] for _ in range(units)]
    return ordinal(ratings, priors, raters, favours, categories)


pairs = [[-2, 2]] * 4 + [[-1, 2]] * 4 + [[1, -2]]
cases = [kappa(pairs), kappa([[rng.choice(STEPS), rng.choice(STEPS)] for _ in range(40)])]
cases.append(kappa([[v, v if rng.random() < 0.7 else rng.choice(STEPS)] for v in rng.choices(STEPS, k=30)]))
for n, raters in [(6, 3), (25, 5), (60, 8)]:
    units = [[rng.choice(STEPS) for _ in range(rng.randrange(1, raters + 1))] for _ in range(n)]
    cases.append(alpha(units, raters))
for nodes, n in [(4, 5), (12, 40), (30, 24)]:
    chosen = rng.sample([(a, b) for a in range(nodes) for b in range(nodes) if a != b], n)
    cases.append(links(nodes, [[a, b, rng.randrange(1, 5)] for a, b in chosen]))
cases += [drawn(5, 3, 0, 3, 0.8), drawn(12, 5, 2, 5, 0.5), drawn(20, 6, 0, 5, 0.4)]
write("stats", "raters", cases, ["krippendorff", "scikit-learn", "networkx", "scipy"])
