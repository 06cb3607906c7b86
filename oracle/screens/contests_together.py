"""Two contests from the same boxes (S840): laws from scipy, levels summed over every count, the law of K multiplied out.

Writes crates/methods/tests/oracle/contests_together.json.
"""

import numpy as np
from scipy import stats
from scipy.stats import false_discovery_control

from common import write

LEVEL = 0.01


def table(rng, groups, size, within, each):
    group = np.repeat(np.arange(groups), size)
    n = len(group)
    cast = rng.integers(200, 1500, n)
    other_cast = cast + np.where(rng.random(n) < 0.1, rng.integers(-5, 6, n), 0)
    rate = np.clip(rng.normal(0.02, 0.006, groups)[group], 0.004, 0.2)
    part = np.clip(rng.normal(0.5, 0.1, groups)[group], 0.1, 0.9)
    if within:
        weight = 1 / within - 1
        part = rng.beta(part * weight, (1 - part) * weight)
    here = rng.binomial(cast // 2, np.clip(2 * rate * part, 0, 1))
    other = rng.binomial(cast // 2, np.clip(2 * rate * (1 - part), 0, 1))
    for i in range(0, n, each):
        here[i] += 80
    return group, cast, other_cast, here, other


def correlation(here, m, share, far):
    end = stats.norm.ppf(1 - LEVEL / 2)
    inside = 1 - 2 * end * stats.norm.pdf(end) / (1 - LEVEL) if far.any() else 1.0
    q, k = share * (1 - share), ~far
    excess = (here - m * share) ** 2 / inside - m * q
    return max(excess[k].sum() / (m * (m - 1) * q)[k].sum(), 0.0)


def judge(here, m, share, rho):
    p, attained = [], []
    weight = 1 / rho - 1 if rho >= 1e-9 else 0
    for i in range(len(m)):
        law = stats.betabinom(m[i], share[i] * weight, (1 - share[i]) * weight) if weight else stats.binom(m[i], share[i])
        mass = law.pmf(np.arange(m[i] + 1))
        below, above = np.cumsum(mass), np.cumsum(mass[::-1])[::-1]
        two = np.minimum(2 * np.minimum(below, above), 1)
        p.append(two[here[i]])
        attained.append(mass[two <= LEVEL].sum())
    return p, attained


def case(rng, groups, size, within, each):
    group, cast, other_cast, here, other = table(rng, groups, size, within, each)
    m = here + other
    whole = here.sum() / m.sum()
    sums = lambda v: np.array([v[group == g].sum() for g in range(groups)])[group]
    share = (sums(here) - here + whole) / (sums(m) - m + 1)
    rho = 0.0
    for _ in range(21):
        p, attained = judge(here, m, share, rho)
        far = np.array(p) <= LEVEL
        rho, before = correlation(here, m, share, far), rho
        if abs(rho - before) <= 1e-12:
            break
    rho = before
    far = int(sum(x <= LEVEL for x in p))
    law = np.array([1.0])
    for a in attained:
        law = np.convolve(law, [1 - a, a])
    difference = np.abs(cast - other_cast)
    top = np.sort(difference)[::-1][: -(-len(difference) // 100)].sum() / difference.sum()
    return dict(
        group=group.tolist(), cast=cast.tolist(), other_cast=other_cast.tolist(), here=here.tolist(), other=other.tolist(),
        rho=rho, far=far, expected=float(sum(attained)), sd=float(np.sqrt(sum(a * (1 - a) for a in attained))),
        p=float(law[far:].sum()), listed=int((false_discovery_control(p) <= 0.05).sum()),
        r_a=float(here.sum() / cast.sum()), r_b=float(other.sum() / other_cast.sum()), sum=int(difference.sum()),
        share=float((difference > 0).mean()), largest=int(difference.max()), top=float(top),
        ballots=float(np.abs(here - m * share)[np.array(p) <= LEVEL].sum()),
    )


def main():
    rng = np.random.default_rng(840)
    write("contests_together.json", __file__, [case(rng, 10, 12, 0.005, 40), case(rng, 25, 20, 0, 1000), case(rng, 6, 30, 0.01, 30)])


if __name__ == "__main__":
    main()
