"""Factors of Imbens and Manski: the defining equation solved by mpmath with 50 digits."""

import mpmath as mp

from _write import write

mp.mp.dps = 50


def factor(width, se, level):
    ratio = mp.mpf(width) / mp.mpf(se)
    return mp.findroot(lambda c: mp.ncdf(c + ratio) - mp.ncdf(-c) - mp.mpf(level), (1, 2), solver="anderson")


cases = [
    {"width": w, "se": s, "level": l, "factor": float(factor(w, s, l))}
    for l in (0.5625, 0.75, 0.9, 0.95, 0.99)
    for w, s in ((0.001, 0.1), (0.01, 0.1), (0.05, 0.1), (0.1, 0.1), (0.2, 0.1), (0.1, 0.03), (0.5, 0.02))
]
write("stats", "imbens_manski", cases, ["mpmath"])
