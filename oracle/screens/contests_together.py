"""Two contests from the same boxes (S840): laws from scipy, levels summed over every count, the law of K multiplied out.

Writes crates/methods/tests/oracle/contests_together.json.
"""

import numpy as np
from scipy import stats
from scipy.optimize import brentq
from scipy.stats import false_discovery_control

from common import write

LEVEL = 0.01


def table(rng, groups, size, within, each, wild):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    cast = rng.integers(200, 1500, n)
    other_cast = cast + np.where(rng.random(n) < 0.1, rng.integers(-5, 6, n), 0)
    rate = np.clip(rng.normal(0.02, 0.006, groups)[group], 0.004, 0.2)
    part = np.clip(rng.normal(0.5, 0.1, groups)[group], 0.1, 0.9)
    if within:
        weight = (1 / within - 1) * np.where(rng.random(n) < wild, 0.15, 1)
        part = rng.beta(part * weight, (1 - part) * weight)
    here = rng.binomial(cast // 2, np.clip(2 * rate * part, 0, 1))
    other = rng.binomial(cast // 2, np.clip(2 * rate * (1 - part), 0, 1))
    for i in range(0, n, each):
        here[i] += 80
    return group, cast, other_cast, here, other


def correlation(here, m, share, rho):
    """The next one: without the twentieth of the stations that lies farthest out."""
    use = m > 1
    here, m, share = here[use], m[use], share[use]
    end = stats.norm.ppf(0.975)
    inside = 1 - 2 * end * stats.norm.pdf(end) / 0.95
    q = share * (1 - share)
    v = m * q * (1 + (m - 1) * rho)
    z = np.abs(here - m * share) / np.sqrt(v)
    k = z <= np.sort(z)[len(z) - len(z) // 20 - 1]
    excess, scale = ((here - m * share) ** 2 / inside - m * q) / v, m * (m - 1) * q / v
    return max(excess[k].sum() / scale[k].sum(), 0.0)


def tails(z):
    """Degrees of freedom and scale of the Student law with the median and the 95 % point of |z|."""
    z, n = np.sort(np.abs(z)), len(z)
    half = z[int(np.ceil(0.5 * n)) - 1]
    far = z[int(np.ceil(0.95 * n + 0.5 * np.sqrt(0.0475 * n))) - 1]
    off = lambda df: stats.t.ppf(0.975, df) / stats.t.ppf(0.75, df) - far / half
    if off(200.0) > 0:
        df = 200.0
    elif off(2.0) < 0:
        df = 2.0
    else:
        df = brentq(off, 2.0, 200.0, xtol=1e-13, rtol=1e-14)
    return df, half / stats.t.ppf(0.75, df)


def judge(here, m, share, rho, df, scale):
    p, attained = [], []
    at, weights = np.polynomial.hermite_e.hermegauss(7)
    weights = weights / weights.sum()
    sizes = scale**2 / np.maximum(1 - 2 / (9 * df) + at * np.sqrt(2 / (9 * df)), 0.1) ** 3
    for i in range(len(m)):
        mass = np.zeros(m[i] + 1)
        for w, size in zip(weights, sizes):
            r = min(max(((1 + (m[i] - 1) * rho) * size - 1) / (m[i] - 1), 0), 0.99) if m[i] > 1 else 0
            if r > 1e-12:
                law = stats.betabinom(m[i], share[i] * (1 / r - 1), (1 - share[i]) * (1 / r - 1))
            else:
                law = stats.binom(m[i], share[i])
            mass += w * law.pmf(np.arange(m[i] + 1))
        below, above = np.cumsum(mass), np.cumsum(mass[::-1])[::-1]
        two = np.minimum(2 * np.minimum(below, above), 1)
        p.append(two[here[i]])
        attained.append(mass[two <= LEVEL].sum())
    return p, attained


def case(rng, groups, size, within, each, wild=0.0):
    group, cast, other_cast, here, other = table(rng, groups, size, within, each, wild)
    m = here + other
    whole = here.sum() / m.sum()
    sums = lambda v: np.array([v[group == g].sum() for g in range(groups)])[group]
    share = (sums(here) - here + whole) / (sums(m) - m + 1)
    rho = 0.0
    for _ in range(50):
        rho, before = correlation(here, m, share, rho), rho
        if abs(rho - before) <= 1e-12:
            break
    sd = np.sqrt(m * share * (1 - share) * (1 + (m - 1) * before))
    df, scale = tails(((here - m * share) / sd)[m > 0])
    p, attained = judge(here, m, share, before, df, scale)
    far = int(sum(x <= LEVEL for x in p))
    law = np.array([1.0])
    for a in attained:
        law = np.convolve(law, [1 - a, a])
    difference = np.abs(cast - other_cast)
    top = np.sort(difference)[::-1][: -(-len(difference) // 100)].sum() / difference.sum()
    return dict(
        group=group.tolist(), cast=cast.tolist(), other_cast=other_cast.tolist(), here=here.tolist(), other=other.tolist(),
        rho=before, df=df, scale=scale, far=far, expected=float(sum(attained)), sd=float(np.sqrt(sum(a * (1 - a) for a in attained))),
        p=float(law[far:].sum()), listed=int((false_discovery_control(p) <= 0.05).sum()),
        r_a=float(here.sum() / cast.sum()), r_b=float(other.sum() / other_cast.sum()), sum=int(difference.sum()),
        share=float((difference > 0).mean()), largest=int(difference.max()), top=float(top),
        ballots=float(np.abs(here - m * share)[np.array(p) <= LEVEL].sum()),
    )


def main():
    rng = np.random.default_rng(840)
    write("contests_together.json", __file__, [
        case(rng, 10, 12, 0.005, 40),
        case(rng, 25, 20, 0, 1000),
        case(rng, 6, 30, 0.01, 30),
        case(rng, 20, 20, 0.02, 1000, wild=0.2),
    ])


if __name__ == "__main__":
    main()
