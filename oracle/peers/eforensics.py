"""The published three-class posterior (X610, X611): posterior means of π by a Markov chain.

Writes crates/methods/tests/oracle/eforensics.json. It is the chain of oracle/screens/mixture_chain.py, in which latent counts of
added and moved votes are normal deviations of the logit, on other stations.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "screens"))
from common import write  # noqa: E402
from mixture_chain import case  # noqa: E402


def main():
    write("eforensics.json", __file__, [
        case(11, True, 40, (100, 250), 3_000),
        case(12, False, 80, (100, 250), 6_000),
    ])


if __name__ == "__main__":
    main()
