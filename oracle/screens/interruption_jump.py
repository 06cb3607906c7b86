"""The jump at an interruption (S911): the authors' package rdrobust at our bandwidth, and the bandwidth by numpy.

Writes crates/methods/tests/oracle/interruption_jump.json. The package is run, never copied.
"""

import importlib.metadata

import numpy as np
from rdrobust import rdrobust

from common import write


def order(at, early):
    """Places as a part of all, the interruption at zero, equal times at their middle place."""
    n = len(at)
    ranks = np.array([(at < t).sum() + ((at == t).sum() + 1) / 2 for t in at])
    return (ranks - early - 0.5) / n


def bandwidth(x, y):
    n = len(x)
    sides = [x < 0, x >= 0]
    near = 1.84 * x.std(ddof=1) * n**-0.2
    squares = [((y[s & (abs(x) <= near)] - y[s & (abs(x) <= near)].mean()) ** 2) for s in sides]
    variance = np.concatenate(squares).mean()
    low, high = [np.median(x[s]) for s in sides]
    inside = (x >= low) & (x <= high)
    u = x[inside]
    design = np.column_stack([np.ones(len(u)), u >= 0, u, u**2, u**3])
    third = 6 * np.linalg.lstsq(design, y[inside], rcond=None)[0][4]
    bends, doubts = [], []
    for s in sides:
        wide = 3.56 * (variance / max(third**2, 0.01)) ** (1 / 7) * s.sum() ** (-1 / 7)
        close = s & (abs(x) <= wide)
        bends.append(2 * np.polyfit(x[close], y[close], 2)[0])
        doubts.append(2160 * variance / (close.sum() * wide**4))
    return 3.4375 * (2 * variance / ((bends[1] - bends[0]) ** 2 + sum(doubts))) ** 0.2 * n**-0.2


def case(rng, n, early, ties, places):
    at = np.sort(rng.choice(n * 10, n, replace=False)) // ties
    while at[early - 1] == at[early]:
        early += 1
    place = rng.permutation(np.repeat(np.arange(n // 5), 5)) if places else np.arange(n)
    drift = 0.4 + 0.2 * np.linspace(0, 1, n) ** 2 + 0.05 * np.sin(np.linspace(0, 9, n))
    share = np.clip(drift + rng.normal(0, 0.05, n // 5 if places else n)[place] + rng.normal(0, 0.05, n), 0.02, 0.98)
    valid = rng.integers(100, 400, n)
    votes = rng.binomial(valid, share)
    x, y = order(at, early), votes / valid
    h = bandwidth(x, y)
    used = max(min(h, min(early, n - early) / n), 50 / n)
    options = dict(c=0, p=1, q=2, h=used, b=used, kernel="triangular", masspoints="off", vce="hc1")
    if places:
        options |= dict(vce="cr1", cluster=place)
    fit = rdrobust(y, x, **options)
    linear, corrected, _ = fit.coef.to_numpy().ravel()
    return dict(
        at=at.tolist(), first_late=int(at[early]), place=place.tolist(), valid=valid.tolist(), votes=votes.tolist(),
        clustered=int(places), plug_in=h, bandwidth=used, linear=linear, corrected=corrected,
        se=fit.se.to_numpy().ravel()[2], used=[int(k) for k in fit.N_h],
    )


def main():
    rng = np.random.default_rng(911)
    cases = [
        case(rng, n, early, ties, places)
        for n, early, ties, places in ((900, 700, 1, False), (1_500, 600, 4, False), (2_000, 1_700, 1, True))
    ]
    extra = f", rdrobust {importlib.metadata.version('rdrobust')}"
    write("interruption_jump.json", __file__, cases, extra)


if __name__ == "__main__":
    main()
