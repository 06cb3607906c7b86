"""Totals that are rounded percentages (S510), by rounding every percentage there is.

Writes crates/methods/tests/oracle/aggregate_rounding.json. A total is matched when some percentage with so many decimals,
times the whole, rounds to it; ties may round either way. Python's decimal does the rounding.
"""

import random
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from common import write

VENEZUELA = (10_058_774, [5_150_092, 4_445_978, 462_704])


def attainable(whole, decimals):
    step = Decimal(whole) / (100 * 10**decimals)
    values = set()
    for j in range(100 * 10**decimals + 1):
        for way in (ROUND_HALF_UP, ROUND_HALF_DOWN):
            values.add(int((j * step).quantize(Decimal(1), way)))
    return values


def case(whole, totals):
    sets = [attainable(whole, m) for m in range(3)]
    matched = [sum(t in values for t in totals) for values in sets]
    first = next((m for m in range(3) if matched[m] == len(totals)), None)
    step = [whole / (100 * 10**m) for m in range(3)]
    p = 1.0 if first is None else min(1.0, 1 / step[first]) ** (len(totals) - 1)
    return dict(whole=whole, totals=totals, matched=matched, step=step, p=p)


def main():
    rng = random.Random(510)
    cases = [case(*VENEZUELA)]
    for whole in (250, 4_001, 50_000, 987_654, 20_000_000):
        for decimals in (0, 1, 2, None):
            shares = sorted(rng.sample(range(1, 100 * 10 ** (decimals or 0)), 3)) if decimals is not None else None
            if shares is None:
                totals = [rng.randrange(1, whole) for _ in range(4)]
            else:
                totals = [max(1, round(whole * s / (100 * 10**decimals))) for s in shares]
            cases.append(case(whole, totals))
    write("aggregate_rounding.json", __file__, cases)


if __name__ == "__main__":
    main()
