"""The likelihood of one station in each class of the three-class mixture (S270), by brute force.

Writes crates/methods/tests/oracle/mixture.json. Two integrals for each station and class: of the law that Glassurn
uses (counting of added and moved votes as a normal deviation of the logit), by sums over dense grids in all four
variables; and of the published model, with the latent binomial counts summed one by one. Where the published chance of
a vote for the choice leaves 0 to 1 the likelihood is none; where it merely stops meaning anything (more abstained than
the class leaves) it is kept, so that the difference shows.
"""

import numpy as np
from scipy.special import expit, gammaln, logsumexp, xlog1py, xlogy

from common import write

K = 0.7
CLASSES = {"some": (0.0, K), "most": (K, 1 - K)}


def log_binomial(k, n, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        log = xlogy(k, p) + xlog1py(n - k, -p)
    return np.where((p >= 0) & (p <= 1), log, -np.inf) + gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def grid(mean, variance, points, reach=8.5):
    """Points and log weights of a normal law; one point where nothing varies."""
    if variance == 0:
        return np.array([mean]), np.array([0.0])
    z = np.linspace(-reach, reach, points)
    log = -z * z / 2 - np.log(2 * np.pi) / 2 + np.log(z[1] - z[0])
    return mean + np.sqrt(variance) * z, log


def counting(mean, registered, base, span):
    part = expit(mean)
    level = base + span * part
    return level * (1 - level) / (registered * (span * part * (1 - part)) ** 2)


def away(a, n, left, law):
    """Log likelihood of the abstentions for each share left over; and the mean of 1 - turnout."""
    t, lw = grid(*law, 801)
    log = log_binomial(a, n, np.outer(left, expit(-t))) + lw
    total = logsumexp(log, axis=1)
    weight = np.exp(log - np.where(np.isfinite(total), total, 0.0)[:, None])
    return total, weight @ expit(-t)


def votes(w, n, x, scale, law):
    """Log likelihood of the votes where 1 - chance is x + scale (1 - share); and the mean of 1 - share."""
    h, lw = grid(*law, 341)
    out, mean = np.empty(scale.shape), np.empty(scale.shape)
    for i in np.ndindex(scale.shape[:1]):
        log = log_binomial(w, n, 1 - x - np.outer(scale[i], expit(-h))) + lw
        out[i] = logsumexp(log, axis=1)
        weight = np.exp(log - np.where(np.isfinite(out[i]), out[i], 0.0)[:, None])
        mean[i] = weight @ expit(-h)
    return out, mean


def mixed(n, a, w, turnout, share, fresh, taken, lw_fresh, lw_taken):
    """Log likelihood, expected votes added and moved, over grids of added and moved shares."""
    x = a / n
    with np.errstate(divide="ignore"):
        left = np.where(fresh == 1, 0.001, 1 - fresh)
    log_a, absent = away(a, n, left, turnout)
    scale = np.outer(1 - x / left, 1 - taken)
    log_b, against = votes(w, n, x, scale, share)
    log = log_a[:, None] + log_b + lw_fresh[:, None] + lw_taken[None, :]
    total = logsumexp(log)
    weight = np.exp(log - total)
    added = n * (weight.sum(axis=1) * fresh * absent).sum()
    moved = n * (weight * taken[None, :] * (1 - absent)[:, None] * against).sum()
    return total, added, moved


def latent(n, mean, variance, base, span):
    """Log chance of each latent count: binomial with a logit-normal level."""
    z, lw = grid(mean, variance, 801)
    return logsumexp(log_binomial(np.arange(n + 1)[:, None], n, base + span * expit(z)[None, :]) + lw, axis=1)


def case(n, a, w, means, variances):
    out = dict(registered=n, abstained=a, votes=w, means=means, variances=variances)
    turnout, share = zip(means[:2], variances[:2])
    log_a, _ = away(a, n, np.array([1.0]), turnout)
    log_b, _ = votes(w, n, a / n, np.array([[1 - a / n]]), share)
    out["none"] = float(log_a[0] + log_b[0, 0])
    for i, (name, (base, span)) in enumerate(CLASSES.items()):
        (mm, vm), (ms, vs) = zip(means[2 + 2 * i : 4 + 2 * i], variances[2 + 2 * i : 4 + 2 * i])
        m, lm = grid(mm, vm + counting(mm, n, base, span), 241)
        s, ls = grid(ms, vs + counting(ms, n, base, span), 161)
        level = lambda z: base + span * expit(z)
        log, added, moved = mixed(n, a, w, turnout, share, level(m), level(s), lm, ls)
        count = np.arange(n + 1) / n
        exact, _, _ = mixed(n, a, w, turnout, share, count, count, latent(n, mm, vm, base, span), latent(n, ms, vs, base, span))
        out |= {name: float(log), f"{name}_exact": float(exact), f"{name}_added": float(added), f"{name}_moved": float(moved)}
    return out


def main():
    varying = [0.10, 0.15, 0.20, 0.12, 0.18, 0.25]
    wide = [0.25, 0.20, 0.40, 0.30, 0.20, 0.20]
    none = [0.0] * 6
    means = [0.2, -0.1, 0.1, -0.3, 0.2, -0.1]
    low = [-0.3, 0.3, -1.0, -1.2, 0.5, 0.5]
    cases = [
        case(n, a, w, m, v)
        for n, a, w, m, v in [
            (100, 46, 27, means, varying),
            (120, 36, 52, means, varying),
            (150, 10, 128, means, varying),
            (200, 20, 150, low, wide),
            (200, 104, 48, low, varying),
            (180, 11, 157, means, wide),
            (200, 59, 93, means, wide),
            (100, 33, 47, means, none),
            (200, 18, 168, means, none),
            (200, 78, 85, low, none),
        ]
    ]
    write("mixture.json", __file__, cases)


if __name__ == "__main__":
    main()
