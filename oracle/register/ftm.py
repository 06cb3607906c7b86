"""Whether FollowTheMoney takes the exported register: every entity is read, cleaned and validated by its model.

    glassurn register demo --register R && glassurn register export --register R --as ftm FILE
    python oracle/register/ftm.py FILE
"""

import hashlib
import importlib.metadata
import json
import pathlib
import sys
from collections import Counter

from followthemoney import model
from followthemoney.exc import FollowTheMoneyException

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

PINNED = "4.11.2"
assert importlib.metadata.version("followthemoney") == PINNED, f"pip install followthemoney=={PINNED}"


def fault(data):
    """Why an entity is refused; None where it is taken as it is."""
    schema = model.get(data["schema"])
    if schema is None or schema.abstract:
        return "no such schema"
    unknown = [name for name in data["properties"] if name not in schema.properties]
    if unknown:
        return f"no such properties: {unknown}"
    missing = [name for name in schema.required if not data["properties"].get(name)]
    if missing:
        return f"required: {missing}"
    try:
        schema.validate(data)
        proxy = model.get_proxy(data, cleaned=False)
    except FollowTheMoneyException as error:
        return str(getattr(error, "errors", error))
    lost = {name: values for name, values in data["properties"].items() if set(proxy.get(name)) != set(values)}
    return f"changed by cleaning: {lost}" if lost else None


def dangling(data, schemata):
    """References that lead nowhere, or to something that the property does not take."""
    for name, values in data["properties"].items():
        prop = model.get(data["schema"]).properties[name]
        if prop.type.name == "entity":
            for value in values:
                if value not in schemata or not model.get(schemata[value]).is_a(prop.range):
                    yield f"{name} = {value}"


file = pathlib.Path(sys.argv[1]).read_bytes()
entities = [json.loads(line) for line in file.decode().splitlines()]
schemata = {e["id"]: e["schema"] for e in entities}
refused = [[e["id"], why] for e in entities if (why := fault(e) or ", ".join(dangling(e, schemata)))]
for row in refused:
    print(row)
case = {
    "what": "the shipped register", "sha256": hashlib.sha256(file).hexdigest(),
    "entities": len(entities), "names": len(schemata), "accepted": len(entities) - len(refused), "refused": refused,
    "schemata": dict(sorted(Counter(schemata.values()).items())),
    "with_source_url": sum("sourceUrl" in e["properties"] for e in entities),
}
write("casefile", "register_ftm", [case], ["followthemoney"])
