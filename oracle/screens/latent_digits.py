"""The part of counts that does not fit the expected last digits (S130).

Writes crates/methods/tests/oracle/latent_digits.json: expected digits by last_digit.py's brute force, the parts by
linear programming from their definition, what chance gives by numpy's multinomial.
"""

import numpy as np
from scipy import optimize

from common import write
from last_digit import case


def deleted(counts, shares):
    """Most counts that can stay: maximise k with k * share <= count for each digit."""
    found = optimize.linprog([-1], A_ub=np.array(shares)[:, None], b_ub=counts)
    return 1 - found.x[0] / sum(counts)


def changed(counts, shares):
    """Least to move so that every digit has its share: minimise what leaves, with flows out of and into each."""
    n = sum(counts)
    d = len(counts)
    found = optimize.linprog(np.r_[np.ones(d), np.zeros(d)], A_eq=np.c_[-np.eye(d), np.eye(d)],
                             b_eq=n * np.array(shares) - counts)
    return found.fun / n


def main():
    rng = np.random.default_rng(130)
    cases = []
    for level, between, smallest, largest in ((0.5, 0.05, 60, 900), (0.4, 0.01, 80, 160)):
        c = case(rng, stations=240, groups=1, smallest=smallest, largest=largest, level=level, between=between)
        shares = np.array(c["expected"]) / c["used"]
        draws = rng.multinomial(c["used"], shares / shares.sum(), 20_000)
        fits = 1 - (draws / c["used"] / shares).min(axis=1)
        moved = np.abs(draws / c["used"] - shares).sum(axis=1) / 2
        cases.append({k: c[k] for k in ("group", "cast", "votes", "used")} | dict(
            deleted=deleted(c["observed"], shares), changed=changed(c["observed"], shares),
            deleted_equal=deleted(c["observed"], np.full(10, 0.1)), changed_equal=changed(c["observed"], np.full(10, 0.1)),
            deleted_mean=fits.mean(), deleted_sd=fits.std(), changed_mean=moved.mean(), changed_sd=moved.std(),
        ))
    write("latent_digits.json", __file__, cases)


if __name__ == "__main__":
    main()
