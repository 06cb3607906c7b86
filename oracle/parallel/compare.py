"""P110 to P190 by exact fractions on made-up tables, written from the forms alone.

Python 3.11 standard library; no package needed."""

import pathlib
import random
import sys
from fractions import Fraction as F
from math import comb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402


def some(rng, value, missing):
    return None if rng.random() < missing else value


def table(rng, stations, missing=0.3, most=60):
    """Official and other counts; the other now and then beyond the official one."""
    official = [some(rng, rng.randrange(most), missing) for _ in range(stations)]
    counted = [some(rng, rng.randrange(most), missing) for _ in range(stations)]
    return official, counted


def area_excess(rng):
    official, counted = table(rng, 12)
    units = [rng.randrange(3) for _ in official]
    larger = [max(o or 0, c or 0) for o, c in zip(official, counted)]
    return {
        "method": "P110", "official": official, "counted": counted, "units": units,
        "least": sum(larger),
        "by_unit": [sum(v for v, u in zip(larger, units) if u == unit) for unit in range(3)],
        "protocols": sum(o is not None for o in official),
    }


def binomial(k, n, p):
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1))


def holm(ps):
    """Indices in order of p; the running largest of (m - i) p_i, at most 1."""
    adjusted, largest = [F(0)] * len(ps), F(0)
    for i, at in enumerate(sorted(range(len(ps)), key=lambda at: ps[at])):
        largest = max(largest, min(F(1), (len(ps) - i) * ps[at]))
        adjusted[at] = largest
    return adjusted


def station_excess(rng):
    official, counted = table(rng, 15, 0.15)
    pairs = [(s, o, c) for s, (o, c) in enumerate(zip(official, counted)) if o is not None and c is not None]
    beyond = [(s, c - o) for s, o, c in pairs if c > o]
    rates = []
    for q in (F(1, 20), F(1, 10), F(1, 5)):
        ps = [binomial(o, c, 1 - q) if c > o else F(1) for _, o, c in pairs]
        kept = [c - o for (_, o, c), p in zip(pairs, holm(ps)) if p < F(1, 20)]
        rates.append([len(kept), sum(kept)])
    return {
        "method": "P120", "official": official, "counted": counted, "compared": len(pairs),
        "stations": [s for s, _ in beyond], "excess": sum(e for _, e in beyond), "rates": rates,
    }


def implied_remainder(rng):
    announced_all = rng.randrange(50, 400)
    announced = rng.randrange(announced_all + 1)
    every = rng.randrange(1, announced_all + 20)
    votes = rng.randrange(every + 1)
    rest, rest_all = announced - votes, announced_all - every
    f, p, o = F(every, announced_all), F(votes, every), F(announced, announced_all)
    critical = (1 - o) / (1 - p) if o > p else o / p if o < p else None
    return {
        "method": "P130", "votes": votes, "all": every, "announced": announced, "announced_all": announced_all,
        "coverage": float(f), "critical": None if critical is None else float(critical),
        "remainder": float((o - f * p) / (1 - f)) if f < 1 else None,
        "impossible": not (0 <= rest <= rest_all), "rest": [rest, rest_all],
    }


def missing_bounds(rng):
    """Every completion of at most `cap` missing votes among the choices, one by one."""
    votes = [rng.randrange(1, 20) for _ in range(3)]
    cap = rng.randrange(1, 12)
    ends = [[F(2), F(-1)] for _ in votes]
    margin = None
    order = sorted(range(3), key=lambda i: (-votes[i], i))
    for a in range(cap + 1):
        for b in range(cap + 1 - a):
            for c in range(cap + 1 - a - b):
                done = [v + m for v, m in zip(votes, (a, b, c))]
                for end, v in zip(ends, done):
                    share = F(v, sum(done))
                    end[0], end[1] = min(end[0], share), max(end[1], share)
                lead = done[order[0]] - done[order[1]]
                margin = lead if margin is None else min(margin, lead)
    return {
        "method": "P140", "votes": votes, "cap": cap,
        "shares": [[float(low), float(high)] for low, high in ends], "least_margin": margin,
    }


def sum_chain(rng):
    stations, _ = table(rng, 8)
    present = [v for v in stations if v is not None]
    announced = sum(present) + rng.choice([-7, 0, 0, 5, 40])
    missing = len(stations) - len(present)
    rest = announced - sum(present)
    verdict = "Impossible" if rest < 0 or (rest > 0 and missing == 0) else "NotTested" if rest else "Corroborated"
    return {
        "method": "P170", "stations": stations, "announced": announced, "sum": sum(present), "rest": rest,
        "verdict": verdict,
    }


def station_match(rng):
    official, counted = table(rng, 25, 0.2, 6)
    pairs = [(o, c) for o, c in zip(official, counted) if o is not None and c is not None]
    higher, lower = sum(o > c for o, c in pairs), sum(o < c for o, c in pairs)
    n = higher + lower
    weights = [comb(n, i) for i in range(n + 1)]
    p = F(sum(w for w in weights if w <= weights[higher]), 2**n)
    return {
        "method": "P180", "official": official, "counted": counted, "compared": len(pairs),
        "same": len(pairs) - n, "higher": higher, "shift": sum(o - c for o, c in pairs), "sign": float(p),
    }


def turnout_tally(rng):
    official, counted = table(rng, 15, 0.15, 200)
    pairs = [(o, c) for o, c in zip(official, counted) if o is not None and c is not None]
    seen, rows = rng.randrange(500, 1001), []
    for share in (seen, 1000, 950, 900, 800):
        beyond = [max(0, o - c * 1000 // share) for o, c in pairs]
        ps = [binomial(c, o, F(share, 1000)) if c < o else F(1) for o, c in pairs]
        named = [b for b, p in zip(beyond, holm(ps)) if p < F(1, 20)]
        rows.append([share, sum(b > 0 for b in beyond), sum(beyond), len(named), sum(named)])
    return {
        "method": "P190", "official": official, "counted": counted, "seen": seen,
        "sums": [sum(max(0, c - o) for o, c in pairs), sum(max(0, o - c) for o, c in pairs)], "by_share": rows,
    }


METHODS = [area_excess, station_excess, implied_remainder, missing_bounds, sum_chain, station_match, turnout_tally]
write("methods", "compare", [make(random.Random(100 * i + s)) for i, make in enumerate(METHODS) for s in range(12)], [])
