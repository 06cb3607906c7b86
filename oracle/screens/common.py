"""Where oracle files go and what their header says."""

import datetime
import json
import pathlib
import platform

import numpy
import scipy

ROOT = pathlib.Path(__file__).resolve().parents[2]


def write(name, script, cases, extra=""):
    header = dict(
        note="Made by a script; do not edit. Regenerate on purpose only.",
        script=str(pathlib.Path(script).resolve().relative_to(ROOT)),
        tool=f"Python {platform.python_version()}, numpy {numpy.__version__}, scipy {scipy.__version__}{extra}",
        date=datetime.date.today().isoformat(),
    )
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = f'{{"header": {json.dumps(header)},\n"cases": [\n{lines}\n]}}\n'
    (ROOT / "crates/methods/tests/oracle" / name).write_text(text)
