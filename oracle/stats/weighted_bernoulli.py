"""Exact tails of weighted sums with whole weights, in 640-bit fixed point."""

import mpmath as mp

from _write import write

mp.mp.dps = 60
cases = []
for n, scale in [(60, 3), (300, 37), (300, 400)]:
    weights = [i * 31 % scale + 1 for i in range(n)]
    numerators = [(i * 389) % 512 + 16 for i in range(n)]  # of 1024
    law = [1 << 640]
    for w, a in zip(weights, numerators):
        shifted = [0] * w + law
        law = [(x * (1024 - a) + y * a) >> 10 for x, y in zip(law + [0] * w, shifted)]
    values = [mp.mpf(v) / mp.mpf(2) ** 640 for v in law]
    mean = mp.fsum(k * v for k, v in enumerate(values))
    sd = mp.sqrt(mp.fsum((k - mean) ** 2 * v for k, v in enumerate(values)))
    for z in [-3, -1, 0, 0.5, 2, 4, 6]:
        x = int(mp.nint(mean + z * sd))
        if 0 < x < len(values):
            cases.append({"n": n, "scale": scale, "x": x, "sf": float(mp.fsum(values[x:]))})
write("stats", "weighted_bernoulli", cases, ["mpmath"])
