"""Tails of the normal, chi-squared and Student laws: mpmath, 50 digits."""

import mpmath as mp

from _write import write

mp.mp.dps = 50
cases = []
for x in [-37.5, -20.0, -8.0, -3.0, -1.0, -0.1, 0.0, 0.7, 1.96, 6.0, 15.0, 30.0]:
    cases.append({"law": "normal", "x": x, "sf": float(mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2)})
for p in [1e-300, 1e-30, 1e-6, 0.025, 0.31, 0.5, 0.75, 0.999]:
    root = mp.findroot(lambda z: mp.log(mp.erfc(-z / mp.sqrt(2)) / 2) - mp.log(mp.mpf(p)),
                       -mp.sqrt(-2 * mp.log(mp.mpf(p))) if p < 0.4 else mp.mpf(p) * 2 - 1)
    cases.append({"law": "quantile", "p": p, "x": float(root)})
for df in [1, 2, 3, 9, 19.5, 99, 1000, 10000]:
    for ratio in [0.01, 0.5, 0.97, 1.1, 2, 6]:
        x = df * ratio
        value = mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)
        if value > 1e-290:
            cases.append({"law": "chi_squared", "x": x, "df": df, "sf": float(value)})
for df in [1, 2, 4.5, 11, 83, 1000]:
    for t in [0.0, 0.01, 0.5, 1.98, 5.0, 40.0]:
        x = mp.mpf(df) / (mp.mpf(df) + mp.mpf(t) ** 2)
        value = mp.betainc(mp.mpf(df) / 2, mp.mpf(1) / 2, 0, x, regularized=True)
        cases.append({"law": "student", "t": t, "df": df, "two_sided": float(value)})
write("stats", "continuous", cases, ["mpmath"])
