"""Least squares with errors by groups for few groups (CR2, Bell and McCaffrey's degrees of freedom), by the definition.

Every matrix is written out with a row and a column for each point, and roots are of whole blocks of it: nothing is
shared with the implementation but the definition. clubSandwich 0.5.8 (R 4.2.2) gives the same errors and degrees of
freedom on the cases of clustered.py to 1e-13.
"""

import numpy as np


def root(block):
    """The inverse square root of a symmetric matrix, nothing where it is nothing."""
    values, vectors = np.linalg.eigh(block)
    return vectors @ np.diag([v**-0.5 if v > 1e-9 else 0.0 for v in values]) @ vectors.T


def fit(x, y, groups):
    n = len(y)
    design = np.column_stack([np.ones(n), x])
    inverse = np.linalg.inv(design.T @ design)
    hat = design @ inverse @ design.T
    left = np.eye(n) - hat
    residual = left @ y
    se, df = [], []
    for k in range(design.shape[1]):
        columns = []
        variance = 0.0
        for g in np.unique(groups):
            at = groups == g
            back = root(left[np.ix_(at, at)])
            weights = back @ design[at] @ inverse[:, k]
            variance += (weights @ residual[at]) ** 2
            columns.append(left[:, at] @ weights)
        q = np.array(columns)
        products = q @ q.T
        se.append(float(np.sqrt(variance)))
        df.append(float(np.trace(products) ** 2 / (products**2).sum()))
    return dict(coefficients=(inverse @ design.T @ y).tolist(), se=se, df=df)
