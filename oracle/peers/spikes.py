"""The resampled kernel density of spikes (X410): R's density() by its own steps with a Fourier transform, resamples by
numpy, the likelihood of given mixtures by scipy.

Writes crates/methods/tests/oracle/spikes.json.
"""

import pathlib
import sys

import numpy as np
from scipy import special

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402

RESAMPLES = 4_000
WIDTH = 1e-4


def density(x):
    """density(x, bw = 1e-4, from = 0, to = 1, n = 1001) of R 4.2: 1024 points, then straight lines."""
    points = 1024
    low, high = -4 * WIDTH, 1 + 4 * WIDTH
    step = (high - low) / (points - 1)
    at = (x - low) / step
    below = np.floor(at).astype(int)
    y = np.zeros(2 * points)
    np.add.at(y, below, (1 - (at - below)) / len(x))
    np.add.at(y, below + 1, (at - below) / len(x))
    k = np.linspace(0, 2 * (high - low), 2 * points)
    k[points + 1:] = -k[points - 1:0:-1]
    kernel = np.exp(-((k / WIDTH) ** 2) / 2) / (WIDTH * np.sqrt(2 * np.pi))
    smooth = np.fft.ifft(np.fft.fft(y) * np.conj(np.fft.fft(kernel))).real[:points]
    return np.interp(np.linspace(0, 1, 1001), np.linspace(low, high, points), np.maximum(smooth, 0))


def place(x):
    """The nearest thousandth, halves downward."""
    return np.ceil(1000 * x - 0.5).astype(int)


def logs(y, n, laws):
    """ln of weight times the law, without the binomial coefficient, for each count and law."""
    w, a, b = laws.T
    y, n = y[:, None], n[:, None]
    return np.log(w) + special.betaln(a + y, b + n - y) - special.betaln(a, b)


def levels(rng, y, n, laws):
    l = logs(y, n, laws)
    p = np.exp(l - l.max(1, keepdims=True))
    p = np.cumsum(p / p.sum(1, keepdims=True), axis=1)

    def draw():
        k = (rng.random((len(y), 1)) > p).sum(1).clip(0, len(laws) - 1)
        return rng.beta(laws[k, 1] + y, laws[k, 2] + n - y)

    return draw


def case(seed, stations, turnout, share):
    rng = np.random.default_rng(seed)
    registered = rng.integers(40, 900, stations)
    ballots = np.maximum(rng.binomial(registered, rng.beta(20, 12, stations)), 1)
    votes = rng.binomial(ballots, rng.beta(8, 10, stations))
    votes[:20] = np.round(0.5 * ballots[:20]).astype(int)
    at, av = levels(rng, ballots, registered, turnout), levels(rng, votes, ballots, share)
    places, highest = np.zeros(1001), np.zeros(1001)
    for _ in range(RESAMPLES):
        t = rng.binomial(registered, at())
        v = rng.binomial(t, av())
        x = np.where(t > 0, v / np.maximum(t, 1), 0.0)
        places += np.bincount(place(x), minlength=1001)
        highest = np.maximum(highest, density(x))
    some = range(0, 1001, 7)
    mean = places / (RESAMPLES * stations)
    seen = np.bincount(place(votes / ballots), minlength=1001) / stations
    d = density(votes / ballots)
    return dict(
        registered=registered.tolist(), ballots=ballots.tolist(), votes=votes.tolist(), resamples=RESAMPLES,
        turnout=turnout.ravel().tolist(), share=share.ravel().tolist(),
        density=[float(d[i]) for i in some], mean=[float(mean[i]) for i in some], seen=[float(seen[i]) for i in some],
        highest_sum=float(highest.sum()),
        log_likelihood=[float(special.logsumexp(logs(y, n, laws), axis=1).sum())
                        for y, n, laws in ((ballots, registered, turnout), (votes, ballots, share))],
    )


one = np.array([[1.0, 20.0, 12.0]])
two = np.array([[0.7, 8.0, 10.0], [0.3, 2.0, 1.0]])
write("spikes.json", __file__, [case(1, 400, one, two), case(2, 300, two, one)])
