"""Reciprocity by networkx, and the mean number of mutual pairs by a plain swap chain."""

import pathlib
import random
import statistics
import sys

import networkx as nx

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

STATES = "POL CZE SVK HUN AUT DEU FRA ITA ESP PRT".split()


def mutual(links):
    return sum((b, a) in links for a, b in links) // 2


def swapped(links, rng, steps):
    """Trades the hosts of two random links where that makes neither a loop nor a double."""
    links = sorted(links)
    there = set(links)
    for _ in range(steps):
        i, j = rng.randrange(len(links)), rng.randrange(len(links))
        (a, b), (c, d) = links[i], links[j]
        if a == d or c == b or (a, d) in there or (c, b) in there:
            continue
        there -= {links[i], links[j]}
        links[i], links[j] = (a, d), (c, b)
        there |= {links[i], links[j]}
    return there


def case(seed, states, share, years):
    rng = random.Random(seed)
    names = STATES[:states]
    links = [[a, b, y] for y in years for a in names for b in names if a != b and rng.random() < share]
    weight = {}
    for a, b, _ in links:
        weight[a, b] = weight.get((a, b), 0) + 1
    graph = nx.DiGraph(list(weight))
    r, density = nx.overall_reciprocity(graph), nx.density(graph)
    back = sum(min(w, weight.get((b, a), 0)) for (a, b), w in weight.items())
    counts = []
    for _ in range(2000):
        union = set()
        for y in years:
            union |= swapped({(a, b) for a, b, of in links if of == y}, rng, 400)
        counts.append(mutual(union))
    return {
        "links": links, "r": r, "rho": (r - density) / (1 - density), "r_w": back / sum(weight.values()),
        "mean": statistics.mean(counts), "sd": statistics.stdev(counts),
    }


cases = [case(1, 8, 0.35, [2021]), case(2, 10, 0.2, [2012, 2021]), case(3, 6, 0.5, [2008, 2021])]
write("methods", "mutual_endorsement", cases, ["networkx"])
