"""The one writer of oracle files."""

import datetime
import importlib.metadata
import json
import pathlib
import platform
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def write(crate, subject, cases, tools):
    """Writes crates/<crate>/tests/oracle/<subject>.json, one case a line."""
    versions = [f"{tool} {importlib.metadata.version(tool)}" for tool in tools]
    header = {
        "warning": "made by a script; do not edit",
        "script": str(pathlib.Path(sys.argv[0]).resolve().relative_to(ROOT)),
        "tool": ", ".join([f"Python {platform.python_version()}", *versions]),
        "date": datetime.date.today().isoformat(),
    }
    path = ROOT / "crates" / crate / "tests" / "oracle" / f"{subject}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    path.write_text(f'{{\n"header": {json.dumps(header)},\n"cases": [\n{lines}\n]}}\n')
    print(path.relative_to(ROOT), len(cases), "cases")
