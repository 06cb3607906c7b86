"""Posterior means of the three-class mixture (S270) by a Markov chain on the posterior with classes summed out.

Writes crates/methods/tests/oracle/mixture_chain.json: counts drawn from the model, and the mean, the standard deviation and
the chain's own error of each class's chance and of the means of the levels. The integrals are products of Gauss-Hermite
rules that do not move with the data, so they share nothing with those of Glassurn; the walk is adaptive Metropolis.
"""

import numpy as np
from scipy.special import expit, gammaln

from common import write

K = 0.7
CLASSES = ((0.0, K), (K, 1 - K))


def rule(points):
    x, w = np.polynomial.hermite_e.hermegauss(points)
    return x, np.log(w / w.sum())


def logsumexp(x, axis):
    top = x.max(axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis=axis)


def log_binomial(k, n, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        log = k * np.log(p) + (n - k) * np.log1p(-p)
    return np.where((p > 0) & (p < 1), log, -np.inf)


class Posterior:
    """Unknowns: logits of the odds, six means, and for `qbl` six log variances."""

    def __init__(self, counts, varying):
        self.n, self.a, self.w = (np.array(c, float) for c in zip(*counts))
        self.x, self.varying = self.a / self.n, varying
        self.fixed = sum(gammaln(self.n + 1) - gammaln(k + 1) - gammaln(self.n - k + 1) for k in (self.a, self.w)).sum()
        self.inner = rule(13) if varying else (np.zeros(1), np.zeros(1))
        self.outer = rule(9) if varying else rule(13)

    def levels(self, mean, variance, base, span):
        """Shares at the nodes for each station, with the variance of counting."""
        part = expit(mean)
        level = base + span * part
        counting = level * (1 - level) / (self.n * (span * part * (1 - part)) ** 2)
        z, lw = self.outer
        return base + span * expit(mean + np.sqrt(variance + counting)[:, None] * z), lw

    def station(self, mean, variance):
        t = expit(-(mean[:2, None] + np.sqrt(variance[:2, None]) * self.inner[0]))
        absent, against, lw = t[0], t[1], self.inner[1]
        n, a, w, x = (v[:, None] for v in (self.n, self.a, self.w, self.x))
        none = logsumexp(log_binomial(a, n, absent) + lw, axis=1)
        none += logsumexp(log_binomial(w, n, 1 - x - (1 - x) * against) + lw, axis=1)
        logs = [none]
        for c, (base, span) in enumerate(CLASSES):
            m, lm = self.levels(mean[2 + 2 * c], variance[2 + 2 * c], base, span)
            s, ls = self.levels(mean[3 + 2 * c], variance[3 + 2 * c], base, span)
            left = 1 - m
            log_a = logsumexp(log_binomial(a[..., None], n[..., None], left[..., None] * absent) + lw, axis=2) + lm
            scale = (1 - x / left)[:, :, None] * (1 - s)[:, None, :]
            p = 1 - x[..., None, None] - scale[..., None] * against
            log_b = logsumexp(log_binomial(w[..., None, None], n[..., None, None], p) + lw, axis=3) + ls
            logs.append(logsumexp(log_a[:, :, None] + log_b, axis=(1, 2)))
        return np.array(logs)

    def __call__(self, at):
        mean = at[2:8]
        variance = np.exp(at[8:]) if self.varying else np.zeros(6)
        u = expit(at[:2])
        chances = np.array([1, *u]) / (1 + u.sum())
        log = logsumexp(self.station(mean, variance) + np.log(chances)[:, None], axis=0).sum() + self.fixed
        log += np.log(u * (1 - u)).sum() - (mean**2).sum() / (2 * (1.0001 if self.varying else 100))
        if self.varying:
            log += (at[8:] - 5 * variance).sum()
        return log


def chain(rng, log, start, steps):
    """Adaptive Metropolis (Haario, Saksman, Tamminen 2001); the first third is thrown away."""
    d = len(start)
    at, here = np.array(start, float), log(np.array(start, float))
    mean, square, scale, kept = at.copy(), np.eye(d) * 0.02, 1.0, []
    for i in range(steps):
        if i % 50 == 0:
            root = np.linalg.cholesky(square * 2.38**2 / d + 1e-8 * np.eye(d))
        to = at + scale * root @ rng.standard_normal(d)
        there = log(to)
        accepted = np.log(rng.random()) < there - here
        if accepted:
            at, here = to, there
        weight = 1 / (i + 50) ** 0.8
        if i < steps // 3:
            scale *= np.exp(weight * 4 * (accepted - 0.25))
            off = at - mean
            mean = mean + weight * off
            square = square + weight * (np.outer(off, off) - square)
        else:
            kept.append(at)
    return np.array(kept)


def draw(rng, stations, sizes, chances, means, variances):
    counts = []
    for _ in range(stations):
        n = int(rng.integers(*sizes))
        z = means + np.sqrt(variances) * rng.standard_normal(6)
        c = rng.choice(3, p=chances)
        m = s = 0.0
        if c > 0:
            base, span = CLASSES[c - 1]
            m, s = (min(rng.binomial(n, base + span * expit(z[2 * c + i])) / n, 0.999) for i in (0, 1))
        a = rng.binomial(n, expit(-z[0]) * (1 - m))
        p = 1 - a / n - (1 - a / n / (1 - m)) * expit(-z[1]) * (1 - s)
        counts.append((n, int(a), int(rng.binomial(n, min(max(p, 0), 1)))))
    return counts


def case(seed, varying, stations, sizes, steps):
    rng = np.random.default_rng(seed)
    chances, means = np.array([0.75, 0.15, 0.1]), np.array([0.3, -0.2, 0.0, -0.3, 0.2, 0.0])
    variances = np.array([0.06, 0.08, 0.1, 0.1, 0.1, 0.1]) if varying else np.zeros(6)
    counts = draw(rng, stations, sizes, chances, means, variances)
    start = np.concatenate([np.log(chances[1:] / chances[0]), means, np.log(variances)] if varying else
                           [np.log(chances[1:] / chances[0]), means])
    kept = np.array([chain(rng, Posterior(counts, varying), start, steps) for _ in range(2)])
    u = expit(kept[..., :2])
    figures = np.concatenate([u / (1 + u.sum(axis=-1, keepdims=True)), kept[..., 2:4]], axis=-1)
    batches = figures.reshape(-1, 20, figures.shape[1] // 20, 4).mean(axis=2).reshape(-1, 4)
    flat = figures.reshape(-1, 4)
    return dict(form="qbl" if varying else "bl", counts=[list(c) for c in counts], mean=flat.mean(axis=0).tolist(),
                sd=flat.std(axis=0).tolist(), error=(batches.std(axis=0, ddof=1) / np.sqrt(len(batches))).tolist())


def main():
    write("mixture_chain.json", __file__, [
        case(1, False, 120, (300, 1500), 9_000),
        case(2, True, 60, (100, 250), 9_000),
    ])


if __name__ == "__main__":
    main()
