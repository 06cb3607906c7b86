"""Votes beyond the ratio of the clean cells of turnout and share (S251).

Writes crates/methods/tests/oracle/excess_over_cells.json: the smoothing by scipy's uniform_filter, bands by numpy's
multinomial resampling.
"""

import numpy as np
from scipy.ndimage import uniform_filter

from common import write


def grid(turnout, share, weight):
    cells = np.zeros((100, 100))
    np.add.at(cells, (share, turnout), weight)
    return cells


def clean(others, stations):
    """Columns of clean cells: turnout, first and last row."""
    s = np.round(uniform_filter(others, 5, mode="constant") * 25) / 25
    top_row, top = np.unravel_index(np.argmax(s), s.shape)
    columns = {}
    for way in (range(top, 100), range(top - 1, -1, -1)):
        row = top_row
        for b in way:
            low = max(row - 2, 0)
            row = low + int(np.argmax(s[low:row + 3, b]))
            if s[row, b] < s.max() / 2:
                break
            small = np.flatnonzero(s[:, b] < s[row, b] / 2)
            columns[b] = (max(small[small < row], default=-1) + 1, min(small[small > row], default=100))
    keep = {b: (a, z) for b, (a, z) in columns.items() if others[a:z, b].sum() > 0 and stations[a:z, b].sum() >= 10}
    return dict(sorted(keep.items()))


def curve(turnout, share, votes, others, columns, times=None):
    times = np.ones(len(votes)) if times is None else times
    l, o = grid(turnout, share, votes * times), grid(turnout, share, others * times)
    return np.array([l.sum() - l[a:z, b].sum() / o[a:z, b].sum() * o.sum() for b, (a, z) in columns.items()])


def case(rng, stations, added):
    group = rng.integers(0, 2, stations)
    registered = rng.integers(100, 3_000, stations)
    cast = np.maximum(rng.binomial(registered, rng.beta(90, 70, stations) + 0.03 * (group - 0.5)), 1)
    votes = rng.binomial(cast, rng.beta(60, 80, stations) + 0.04 * (group - 0.5))
    more = (rng.random(stations) < added) * rng.binomial(registered - cast, 0.6)
    cast, votes = cast + more, votes + more
    others = cast - votes
    turnout, share = np.minimum(100 * cast // registered, 99), np.minimum(100 * votes // cast, 99)
    ones = np.ones(stations)
    columns = clean(grid(turnout, share, others), grid(turnout, share, ones))
    sums = [0.0, 0.0]
    for g in range(2):
        t, v, w, o = (x[group == g] for x in (turnout, share, votes, others))
        own = curve(t, v, w, o, clean(grid(t, v, o), grid(t, v, np.ones(len(t)))))
        sums = [sums[0] + own.min(), sums[1] + own.max()]
    draws = [
        curve(turnout, share, votes, others, columns, rng.multinomial(stations, ones / stations)) for _ in range(4_000)
    ]
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    return dict(
        group=group.tolist(), registered=registered.tolist(), cast=cast.tolist(), votes=votes.tolist(),
        bins=[int(b) for b in columns], first=[int(a) for a, _ in columns.values()],
        end=[int(z) for _, z in columns.values()], excess=curve(turnout, share, votes, others, columns).tolist(),
        low=low.tolist(), high=high.tolist(), sums=[float(s) for s in sums],
    )


def main():
    rng = np.random.default_rng(251)
    write("excess_over_cells.json", __file__, [case(rng, 900, 0.0), case(rng, 900, 0.2)])


if __name__ == "__main__":
    main()
