"""Late stations beside early ones (S910), written out unit by unit.

Writes crates/methods/tests/oracle/late_count.json. Standard errors are those of the formulas in the form, made here by
leaving votes out (numerical derivatives of the statistic by the weight of each centre), and set beside the spread of
1,000 bootstrap draws of centres. Lots are drawn one by one.
"""

import numpy as np

from common import write


def table(rng, regions, centres, size):
    centre = np.repeat(np.arange(regions * centres), size)
    region = centre // centres
    rural = rng.random(regions * centres) < 0.4
    level = np.clip(0.4 + 0.25 * rural + rng.normal(0, 0.06, regions * centres), 0.05, 0.95)
    late = rng.random(len(centre)) < np.where(rural, 0.55, 0.12)[centre]
    whole = rng.integers(80, 260, len(centre))
    share = np.clip(level[centre] + rng.normal(0, 0.05, len(centre)), 0.01, 0.99)
    return region, centre, late.astype(int), whole, rng.binomial(whole, share)


def parts(group, late, whole, votes, weight):
    """Difference, composition and within part, every station weighted."""
    t, v = whole * weight, votes * weight
    sides = [late == 0, late == 1]
    totals = [t[s].sum() for s in sides]
    shares = [v[s].sum() / t[s].sum() for s in sides]
    composition = within = compared = 0.0
    for g in np.unique(group):
        e, l = [(group == g) & s for s in sides]
        te, tl = t[e].sum(), t[l].sum()
        ve = v[e].sum() / te if te > 0 else None
        vl = v[l].sum() / tl if tl > 0 else None
        if ve is None and vl is None:
            continue
        reference = ve if ve is not None else vl
        composition += (tl / totals[1] - te / totals[0]) * reference
        if vl is not None:
            within += tl / totals[1] * (vl - reference)
        compared += tl / totals[1] * (te > 0)
    return np.array([shares[1] - shares[0], composition, within]), compared


def errors(group, centre, late, whole, votes):
    names = np.unique(centre)
    moves = []
    for c in names:
        step = 1e-5
        up, down = [parts(group, late, whole, votes, 1 + sign * step * (centre == c))[0] for sign in (1, -1)]
        moves.append((up - down) / (2 * step))
    n = len(names)
    return np.sqrt(n / (n - 1) * (np.array(moves) ** 2).sum(axis=0))


def within(rng, centre, late, whole, votes, lots):
    share = votes / whole
    mixed = [c for c in np.unique(centre) if 0 < late[centre == c].mean() < 1]
    inside = np.isin(centre, mixed)
    c, x, y = centre[inside], late[inside].astype(float), share[inside]
    for g in mixed:
        own = c == g
        x[own] -= x[own].mean()
        y[own] -= y[own].mean()
    beta = (x * y).sum() / (x * x).sum()
    scores = np.array([(x[c == g] * (y - beta * x)[c == g]).sum() for g in mixed])
    g, n = len(mixed), inside.sum()
    se = np.sqrt(g / (g - 1) * (n - 1) / (n - 2) * (scores**2).sum()) / (x * x).sum()
    own = [np.flatnonzero(c == name) for name in mixed]
    drawn = []
    for _ in range(lots):
        lot = x.copy()
        for o in own:
            lot[o] = x[rng.permutation(o)]
        drawn.append(lot)

    def p(difference):
        """Of the hypothesis that late stations lie so far from early ones: it is taken off before the lots."""
        left = y - difference * x
        seen = abs((x * left).sum())
        return (1 + sum(abs((lot * left).sum()) >= seen * (1 - 1e-9) for lot in drawn)) / (lots + 1)

    ends = []
    for sign in (-1, 1):
        inner, outer = beta, beta + sign * 0.2
        for _ in range(20):
            middle = (inner + outer) / 2
            inner, outer = (middle, outer) if p(middle) > 0.05 else (inner, middle)
        ends.append((inner + outer) / 2)
    beyond = 0.0
    for name in mixed:
        e, l = [(centre == name) & (late == k) for k in (0, 1)]
        beyond += votes[l].sum() - whole[l].sum() * votes[e].sum() / whole[e].sum()
    return dict(
        beta=beta, beta_se=se, p=p(0.0), mixed=g, late_inside=int(late[inside].sum()), beyond=beyond, ends=ends,
    )


def case(rng, regions, centres, size, lots=3_000):
    region, centre, late, whole, votes = table(rng, regions, centres, size)
    outer, compared = parts(region, late, whole, votes, np.ones(len(centre)))
    inner, compared_inner = parts(centre, late, whole, votes, np.ones(len(centre)))
    assert abs(inner[0] - inner[1] - inner[2]) < 1e-12
    se = [errors(g, centre, late, whole, votes) for g in (region, centre)]
    names = np.unique(centre)
    draws = []
    for _ in range(1_000):
        times = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[centre].astype(float)
        draws.append(parts(region, late, whole, votes, times)[0])
    ratio = np.std(draws, axis=0) / se[0]
    # Where regions hardly differ the composition is a product of two small numbers, and its error of second order.
    assert (abs(ratio[[0, 2]] - 1) < 0.2).all(), ratio
    return dict(
        region=region.tolist(), centre=centre.tolist(), late=late.tolist(), whole=whole.tolist(), votes=votes.tolist(),
        difference=inner[0], difference_se=se[0][0], composition=[outer[1], inner[1]], within=[outer[2], inner[2]],
        composition_se=[se[0][1], se[1][1]], within_se=[se[0][2], se[1][2]],
        bootstrap_ratio=ratio.tolist(),
        **within(rng, centre, late, whole, votes, lots),
    )


def main():
    rng = np.random.default_rng(910)
    write("late_count.json", __file__, [case(rng, r, c, n) for r, c, n in ((5, 12, 6), (3, 20, 4), (4, 8, 15))])


if __name__ == "__main__":
    main()
