"""The battery of EFToolkit (X110 to X190), from its definitions: row by row, rows drawn again by index.

Writes crates/methods/tests/oracle/eftoolkit.json.
"""

import pathlib
import sys

import diptest
import numpy as np
from scipy import stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402

RESAMPLES = 40_000


def second_digit(x):
    return np.array([float(str(v)[1]) if v >= 10 else np.nan for v in x])


def mean_of(values):
    return lambda rows: np.nanmean(values[rows])


def power(values, k):
    def statistic(rows):
        x = values[rows]
        x = x[~np.isnan(x)]
        d = x - x.mean()
        return (d**k).mean() / (d**2).mean() ** (k / 2)

    return statistic


def interval(statistic, n, rng):
    """2 t0 - q, q by order statistic (R + 1) p; with this R the step between two of them does not show."""
    t = np.sort([statistic(rng.integers(0, n, n)) for _ in range(RESAMPLES)])
    low, high = (np.interp((RESAMPLES + 1) * p - 1, np.arange(RESAMPLES), t) for p in (0.025, 0.975))
    t0 = statistic(np.arange(n))
    return t0, [2 * t0 - high, 2 * t0 - low]


def rate(part, whole):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.minimum(part / whole, 1.0)


def series(count, share, rng):
    n = len(count)
    percent = np.round(100 * share)  # half to even
    fifth = np.where(np.isnan(percent), np.nan, percent % 5 == 0)
    found = {
        "2BL": mean_of(second_digit(count)),
        "LastC": mean_of((count % 10).astype(float)),
        "C05s": mean_of((count % 5 == 0).astype(float)),
        "P05s": mean_of(fifth.astype(float)),
        "Skew": power(share, 3),
        "Kurt": power(share, 4),
    }
    out = {}
    for name, statistic in found.items():
        value, ends = interval(statistic, n, rng)
        out[name], out[name + "_interval"] = float(value), [float(e) for e in ends]
    out["D"], out["DipT"] = map(float, diptest.diptest(share[~np.isnan(share)]))
    return out


def case(seed, n, level):
    rng = np.random.default_rng(seed)
    registered = rng.integers(20, 1500, n)
    cast = rng.binomial(registered, rng.beta(12, 8, n))
    votes = rng.binomial(cast, rng.beta(8 * level, 8 * (1 - level), n))
    # A list shorter than its ballots, and a station without any of either.
    cast[0], registered[1], cast[1], votes[1] = registered[0] + 7, 0, 0, 0
    turnout, share = rate(cast, registered), rate(votes, cast)
    both = ~np.isnan(turnout) & ~np.isnan(share)
    line = stats.linregress(turnout[both], share[both])
    columns = dict(registered=registered, cast=cast, votes=votes)
    out = {k: [int(x) for x in v] for k, v in columns.items()}
    for key, value in series(votes, share, rng).items():
        out[key] = value
    for key, value in series(cast, turnout, rng).items():
        out["turnout_" + key] = value
    out["Sobyanin"] = float(line.slope - share[both].mean())
    out["Correlation"] = float(line.rvalue)
    return out


write("eftoolkit.json", __file__, [case(1, 300, 0.45), case(2, 160, 0.04)], f", diptest {diptest.__version__}")
