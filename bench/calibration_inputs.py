"""Writes the counts of two real elections as plain tables for `calibrate`.

    python3 bench/calibration_inputs.py FOLDER

Needs pandas and xlrd, and the raw files (../shared/data/raw, or GLASSURN_DATA). A file that is absent is
skipped by name. Nothing of the output belongs into the repository.
"""

import os
import pathlib
import sys

import pandas as pd

RAW = pathlib.Path(os.environ.get("GLASSURN_DATA", pathlib.Path(__file__).parents[2] / "shared/data/raw"))


def israel(path):
    t = pd.read_excel(path)
    t.columns = [str(c).strip() for c in t.columns]
    place = t["שם ישוב"].astype(str)
    out = pd.DataFrame({"level:locality": place})
    out["kind"] = (place.str.strip() == "מעטפות חיצוניות").map({True: "special", False: "ordinary"})
    for field, column in [("registered", "בזב"), ("cast", "מצביעים"), ("valid", "כשרים"), ("invalid", "פסולים")]:
        out[f"field:{field}"] = t[column]
    start = list(t.columns).index("כשרים") + 1
    for column in t.columns[start:]:
        out[f"choice:{column}"] = t[column]
    return out


def russia(path):
    t = pd.read_csv(path)
    abroad = t["region"].str.startswith(("98", "99"))
    out = pd.DataFrame({"level:region": t["region"], "level:tik": t["region"] + " / " + t["tik"]})
    out["kind"] = abroad.map({True: "abroad", False: "ordinary"})
    issued = [c for c in t.columns if "выданных" in c]
    valid = next(c for c in t.columns if "действительных" in c and "недействительных" not in c)
    invalid = next(c for c in t.columns if "недействительных" in c)
    out["field:registered"] = t[next(c for c in t.columns if "включенных в список" in c)]
    out["field:issued"] = t[issued].sum(axis=1)
    out["field:cast"] = t[valid] + t[invalid]
    out["field:valid"], out["field:invalid"] = t[valid], t[invalid]
    start = list(t.columns).index("Бабурин Сергей Николаевич")
    for column in t.columns[start:start + 8]:
        out[f"choice:{column}"] = t[column]
    return out


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, source, read in [
        ("israel-2015", "israel-2015-knesset/results_20.xls", israel),
        ("russia-2018", "russia-2018-president/2018.csv.zip", russia),
    ]:
        if not (RAW / source).exists():
            print(f"skipped: {name} (no data)")
            continue
        table = read(RAW / source)
        table.to_csv(folder / f"{name}.tsv", sep="\t", index=False)
        print(name, len(table), "stations", table.filter(like="field:").sum().to_dict())


main(pathlib.Path(sys.argv[1]))
