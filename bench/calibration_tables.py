"""Puts the tables of `calibrate` into docs/methods/calibration.md and draws its power curves.

    python3 bench/calibration_tables.py SIZE.tsv POWER.tsv
"""

import csv
import pathlib
import re
import sys

DOCS = pathlib.Path(__file__).parents[1] / "docs/methods"
WAYS = {
    "stuffing": "ballots added for the leader",
    "moving": "votes moved to the leader",
    "rounding": "percentages made whole",
    "invention": "digits invented",
    "copying": "counts copied",
}
COLOURS = ["#0b6e99", "#b04a00", "#2e7d32", "#7b1fa2", "#c2185b", "#455a64", "#8d6e00", "#00695c", "#5d4037", "#1a237e", "#ad1457"]
DASHES = ["", "6 3", "2 2", "8 2 2 2"]


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def percent(text):
    return f"{100 * float(text):.1f}"


def comment(row):
    low, high, at = float(row["low5"]), float(row["high5"]), float(row["at5"])
    if 0.035 <= at <= 0.065:
        return "within 3.5 to 6.5 %"
    if low <= 0.05 <= high:
        return "no different from 5 %"
    return "conservative" if at < 0.035 else "**rejects too often**"


def size_table(size):
    lines = ["| elections | screen | drawn | p ≤ 5 % | 95 % interval | p ≤ 1 % | |", "|---|---|---|---|---|---|---|"]
    for r in size:
        if r["runs"] == "0":
            lines.append(f"| {r['data']} | {r['screen']} {r['name']} | 0 | – | – | – | refuses, or has no p |")
            continue
        interval = f"{percent(r['low5'])} to {percent(r['high5'])} %"
        lines.append(
            f"| {r['data']} | {r['screen']} {r['name']} | {r['runs']} | {percent(r['at5'])} % | {interval} "
            f"| {percent(r['at1'])} % | {comment(r)} |"
        )
    return "\n".join(lines)


def panels(power):
    """(way, strength) → screen → [(share, power)]"""
    result = {}
    for r in power:
        if r["runs"] == "0":
            continue
        panel = result.setdefault((r["way"], r["strength"]), {})
        panel.setdefault(f"{r['screen']} {r['name']}", []).append((float(r["share"]), float(r["at5"])))
    return result


def power_tables(power):
    amounts = {(r["way"], r["strength"], r["share"]): (r["stations"], r["votes"]) for r in power}
    parts = []
    for (way, strength), screens in panels(power).items():
        shares = [s for s, _ in next(iter(screens.values()))]
        parts.append(f"### {WAYS[way].capitalize()}, strength {strength}\n")
        head = " | ".join(f"{100 * s:g} %" for s in shares)
        parts.append(f"| share of stations | {head} |\n|---|{'---|' * len(shares)}")
        changed = [amounts[way, strength, f"{s:g}"] for s in shares]
        parts.append(f"| stations changed | {' | '.join(c for c, _ in changed)} |")
        parts.append(f"| votes changed | {' | '.join(v for _, v in changed)} |")
        for screen, curve in screens.items():
            parts.append(f"| {screen} | {' | '.join(f'{100 * p:.0f} %' for _, p in curve)} |")
        parts.append("")
    return "\n".join(parts)


def picture(power):
    every = panels(power)
    names = sorted({name for screens in every.values() for name in screens})
    style = {n: (COLOURS[i % len(COLOURS)], DASHES[i // 3 % len(DASHES)]) for i, n in enumerate(names)}
    width, height, left, top = 200, 130, 44, 46
    steps = [s for s, _ in next(iter(next(iter(every.values())).values()))]
    out = []
    for number, ((way, strength), screens) in enumerate(every.items()):
        x0, y0 = left + number % 4 * (width + 36), top + number // 4 * (height + 62)
        at = lambda i, p: (x0 + i * width / (len(steps) - 1), y0 + height * (1 - p))
        out.append(f'<text x="{x0}" y="{y0 - 18}" class="t">{WAYS[way]}</text>')
        out.append(f'<text x="{x0}" y="{y0 - 5}">strength {strength}</text>')
        out.append(f'<rect x="{x0}" y="{y0}" width="{width}" height="{height}" class="b"/>')
        for p in (0, 0.5, 1):
            out.append(f'<text x="{x0 - 4}" y="{at(0, p)[1] + 3:.0f}" text-anchor="end">{100 * p:.0f}</text>')
        for i, s in enumerate(steps):
            out.append(f'<text x="{at(i, 0)[0]:.0f}" y="{y0 + height + 12}" text-anchor="middle">{100 * s:g}</text>')
        for name, curve in screens.items():
            points = " ".join("%.1f,%.1f" % at(i, p) for i, (_, p) in enumerate(curve))
            colour, dash = style[name]
            out.append(f'<polyline points="{points}" stroke="{colour}" stroke-dasharray="{dash}"><title>{name}</title></polyline>')
    bottom = top + (len(every) + 3) // 4 * (height + 62)
    for i, name in enumerate(names):
        x, y = left + i % 4 * (width + 36), bottom + i // 4 * 16
        colour, dash = style[name]
        out.append(f'<line x1="{x}" y1="{y - 4}" x2="{x + 26}" y2="{y - 4}" stroke="{colour}" stroke-dasharray="{dash}"/>')
        out.append(f'<text x="{x + 32}" y="{y}">{name}</text>')
    total_w, total_h = left + 4 * (width + 36), bottom + (len(names) + 3) // 4 * 16 + 8
    css = (
        "text{font:10px sans-serif;fill:#222}.t{font-weight:bold}.b{fill:none;stroke:#bbb}"
        "polyline,line{fill:none;stroke-width:1.6}svg{background:#fff}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total_w} {total_h}" role="img" '
        f'aria-label="Power of each screen against five ways of changing returns">\n<style>{css}</style>\n'
        f'<text x="{left}" y="14" class="t">How often p ≤ 5 % (per cent, up) by share of stations changed (per cent, across)</text>\n'
        + "\n".join(out) + "\n</svg>\n"
    )


def fill(text, mark, body):
    pattern = re.compile(f"(<!-- {mark} -->\n).*?(\n<!-- end -->)", re.S)
    assert pattern.search(text), f"no mark {mark}"
    return pattern.sub(lambda m: m[1] + body + m[2], text, count=1)


size, power = rows(sys.argv[1]), rows(sys.argv[2])
page = DOCS / "calibration.md"
text = fill(page.read_text(), "size", size_table(size))
page.write_text(fill(text, "power", power_tables(power)))
(DOCS / "power.svg").write_text(picture(power))
