"""P310 written from the form alone: Counter for rows without keys, plain votes for keyed cells.

Python 3.11 standard library; no package needed.
"""

import pathlib
import random
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402


def unkeyed(entries, k):
    counters = [Counter(map(tuple, e)) for e in entries]
    rows = set().union(*counters)
    settled = {r: sorted((c[r] for c in counters), reverse=True)[k - 1] for r in rows}
    return {
        "settled": sum(settled.values()),
        "alone": [sum(max(0, c[r] - settled[r]) for r in rows) for c in counters],
    }


def keyed(entries, k, columns):
    """Entries are lists of (key, values); keys are unique within an entry here."""
    tables = [dict(e) for e in entries]
    settled = conflicts = alone = 0
    pairs, equal = [0] * columns, [0] * columns
    for key in set().union(*tables):
        there = [t[key] for t in tables if key in t]
        for i, one in enumerate(there):
            for other in there[i + 1:]:
                for c in range(columns):
                    if one[c] is not None and other[c] is not None:
                        pairs[c] += 1
                        equal[c] += one[c] == other[c]
        if len(there) < k:
            alone += len(there)
            continue
        open_cells = 0
        for c in range(columns):
            votes = Counter(v[c] for v in there).most_common()
            tie = len(votes) > 1 and votes[1][1] == votes[0][1]
            open_cells += votes[0][1] < k or tie
        conflicts += open_cells
        settled += open_cells == 0
    return {"settled": settled, "conflicts": conflicts, "alone": alone, "pairs": pairs, "equal": equal}


def make(seed, entries, rows, columns, error):
    rng = random.Random(seed)
    truth = [(f"K{i:03}", [str(rng.randrange(12)) for _ in range(columns)]) for i in range(rows)]
    made = []
    for _ in range(entries):
        entry = []
        for key, values in truth:
            if rng.random() < 0.08:
                continue
            typed = [
                None if rng.random() < error / 3 else str(rng.randrange(12)) if rng.random() < error else v
                for v in values
            ]
            entry.append((key, typed))
        rng.shuffle(entry)
        made.append(entry)
    return made


cases = []
for seed, (m, k, rows, columns, error) in enumerate(
    [(2, 2, 60, 3, 0.05), (3, 2, 60, 2, 0.2), (3, 3, 80, 3, 0.1), (5, 3, 40, 4, 0.25), (2, 1, 30, 2, 0.3), (4, 2, 50, 1, 0.4)]
):
    entries = make(seed, m, rows, columns, error)
    cases.append({
        "entries": entries, "k": k, "columns": columns,
        "keyed": keyed(entries, k, columns),
        "unkeyed": unkeyed([[v for _, v in e] for e in entries], k),
    })
write("methods", "transcriptions", cases, [])
