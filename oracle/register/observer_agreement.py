"""Agreement of observers on made-up registers: krippendorff and scikit-learn."""

import pathlib
import random
import sys
from collections import defaultdict

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

STEPS = [-2, -1, 0, 1, 2]
CREDIBLE = {"OSCE": "igo", "The Carter Center": "ngo", "ANFREL": "ngo_network"}
OTHER = {"CIS": "igo", "SCO": "igo", "ASEAN": "igo"}


def alpha(units, level):
    units = [u for u in units if len(u) > 1]
    values = {v for u in units for v in u}
    if len(values) < 2:
        return None
    table = np.full((max(map(len, units)), len(units)), np.nan)
    for column, unit in enumerate(units):
        table[: len(unit), column] = unit
    return float(krippendorff.alpha(table, level_of_measurement=level))


def sign(x):
    return (x > 0) - (x < 0)


def case(elections, share, seed, lenient):
    rng = random.Random(seed)
    given = defaultdict(dict)
    for e in range(elections):
        quality = rng.choice(STEPS)
        for house in [*CREDIBLE, *OTHER]:
            if rng.random() < share:
                noisy = quality + rng.choice([-1, 0, 0, 1]) + (lenient if house in OTHER else 0)
                given[f"AAA-{1990 + e}-P"][house] = max(-2, min(2, noisy))
    kinds = {**CREDIBLE, **OTHER}
    rows = [[e, h, kinds[h], v] for e, by in given.items() for h, v in by.items()]
    pairs = []
    for a in sorted(kinds):
        for b in sorted(kinds):
            both = [(by[a], by[b]) for by in given.values() if a in by and b in by]
            if a < b and both:
                first, second = zip(*both)
                kappa = None
                if len(set(first) | set(second)) > 1:
                    kappa = float(cohen_kappa_score(first, second, labels=STEPS, weights="quadratic"))
                same = sum(sign(x) * sign(y) > 0 for x, y in both)
                pairs.append([a, b, len(both), same, kappa])
    units = [list(by.values()) for by in given.values()]
    credible = [[v for h, v in by.items() if h in CREDIBLE] for by in given.values()]
    return {
        "verdicts": rows, "alpha": alpha(units, "interval"), "alpha_ordinal": alpha(units, "ordinal"),
        "alpha_credible": alpha(credible, "interval"), "pairs": named(pairs),
    }


def named(pairs):
    """The two of a pair in the order of the short names under which the program files them."""
    short = {"The Carter Center": "Carter"}
    return [[*sorted(p[:2], key=lambda name: short.get(name, name)), *p[2:]] for p in pairs]


cases = [case(8, 0.6, 1, 2), case(20, 0.5, 2, 3), case(30, 0.3, 3, 0), case(12, 0.9, 4, 4)]
write("methods", "observer_agreement", cases, ["krippendorff", "scikit-learn"])
