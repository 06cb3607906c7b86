"""Counts of the Belarus and Myanmar register, by Python's csv module alone, and figures worked out from them.

Reads the tables in the folder `register/belarus-myanmar` beside the folder named by GLASSURN_DATA.
"""

import csv
import os
import pathlib
import sys
from collections import Counter, defaultdict

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "stats"))
from _write import write  # noqa: E402

RAW = pathlib.Path(os.environ.get("GLASSURN_DATA", HERE.parents[2].parent / "shared/data/raw"))
SEED = RAW.parent / "register" / "belarus-myanmar"


def rows(name):
    with open(SEED / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


elections, missions, invitations = rows("elections"), rows("missions"), rows("invitations")
verdicts, reactions, claims = rows("verdicts"), rows("reactions"), rows("claims")

links = {
    (code.strip(), i["host"])
    for i in invitations if i["status"] in ("attended", "invited_and_attended")
    for code in i["invitee"].split(";")
}
hosts = {r["election_id"][:3] for r in [*missions, *invitations]}
graph = {
    "what": "graph", "links": len(links), "mutual": sorted([a, b] for a, b in links if a < b and (b, a) in links),
    "hosts": sorted(hosts),
}

sheets = []
for e in elections:
    of = lambda table: [r for r in table if r["election_id"] == e["election_id"]]  # noqa: E731
    absent = [m for m in of(missions) if "none deployed" in m["form"] or "refused" in m["form"]]
    sheets.append({
        "what": "sheet", "election": e["election_id"], "claims": len(of(claims)), "missions": len(of(missions)) - len(absent),
        "absent": len(absent), "verdicts": sum(bool(v["verdict_5"]) for v in of(verdicts)),
        "invitations": len(of(invitations)), "reactions": len(of(reactions)),
    })

kinds = defaultdict(Counter)
for r in reactions:
    kinds[r["election_id"]][r["kind"]] += 1
timeline = {"what": "reactions", "kinds": {e: dict(c) for e, c in kinds.items()}}

write("methods", "seed_counts", [graph, *sheets, timeline], [])
