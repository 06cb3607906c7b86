"""Whether the exported register holds to Popolo's JSON schemas, and whether its references lead somewhere.

    glassurn register export --register R --as popolo FILE
    python oracle/register/popolo.py FILE

The schemas (popolo-project/popolo-spec, commit f4b5fb7) are read from the folder `register/standards/popolo` beside
the folder named by GLASSURN_DATA; they are in draft 3, with absolute references to each other.
"""

import hashlib
import json
import os
import pathlib
import sys

from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "stats"))
from _write import write  # noqa: E402

RAW = pathlib.Path(os.environ.get("GLASSURN_DATA", HERE.parents[2].parent / "shared/data/raw"))
SCHEMAS = RAW.parent / "register" / "standards" / "popolo"
KINDS = {"persons": "person", "organizations": "organization", "memberships": "membership", "areas": "area",
         "events": "event"}

schemas = {p.stem: json.loads(p.read_text()) for p in SCHEMAS.glob("*.json")}
registry = Registry().with_resources(
    (schema["id"].rstrip("#"), Resource(contents=schema, specification=DRAFT3)) for schema in schemas.values()
)
file = pathlib.Path(sys.argv[1]).read_bytes()
document = json.loads(file)
assert set(document) == set(KINDS), set(document)
ids = {kind: {r["id"] for r in document[kind]} for kind in KINDS}
everybody = ids["persons"] | ids["organizations"]

LEADS = {"parent_id": None, "area_id": ids["areas"], "organization_id": ids["organizations"], "person_id": ids["persons"]}


def faults(kind, record):
    validator = Draft3Validator(schemas[KINDS[kind]], registry=registry, format_checker=Draft3Validator.FORMAT_CHECKER)
    yield from (e.message for e in validator.iter_errors(record))
    yield from (f"no such field: {f}" for f in record if f not in schemas[KINDS[kind]]["properties"])
    for field, known in LEADS.items():
        if field in record and record[field] not in (ids[kind] if known is None else known):
            yield f"{field} = {record[field]}"
    if "member" in record and record["member"]["id"] not in everybody:
        yield f"member = {record['member']['id']}"


refused = [[r["id"], f] for kind in KINDS for r in document[kind] for f in faults(kind, r)]
for row in refused:
    print(row)
case = {
    "what": "the shipped register", "sha256": hashlib.sha256(file).hexdigest(),
    "records": {kind: len(document[kind]) for kind in KINDS},
    "names": len(set().union(*ids.values())), "refused": refused,
    "with_source": sum("sources" in r for kind in KINDS for r in document[kind]),
}
write("casefile", "register_popolo", [case], ["jsonschema", "referencing"])
