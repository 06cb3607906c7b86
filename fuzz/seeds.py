"""Writes the first inputs of each target to corpus/: small files made here, and the heads of published ones.

    python3 fuzz/seeds.py && cargo +nightly fuzz run delimited fuzz/corpus/delimited
"""

import gzip
import io
import json
import lzma
import os
import pathlib
import struct
import tarfile
import zipfile

HERE = pathlib.Path(__file__).parent
DATA = pathlib.Path(os.environ.get("GLASSURN_DATA", HERE.parent.parent / "shared/data/raw"))

CSV = "Nr;Name;Stimmen\r\n1;\"A;\"\"B\"\"\";1.234,5\r\n2;\"x\ny\";-\r\n"
RECORDS = [{"id": "01", "results": [{"who": "A", "votes": 5}, {"who": "B", "votes": 7.50}]},
           {"id": "02", "results": [], "more": {"x": None, "y": [1, 2]}}]


def seed(target: str, name: str, data: bytes) -> None:
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"):
        seed("delimited", encoding, CSV.encode(encoding))
    seed("delimited", "cr", CSV.replace("\r\n", "\r").encode())
    seed("delimited", "sep", b"sep=|\na|b\n1|2\n")
    seed("json", "list", json.dumps(RECORDS).encode())
    seed("json", "lines", "\n".join(map(json.dumps, RECORDS)).encode())
    seed("json", "dictionary", b'{"01": {"a": 1}, "02": {"a": "\\u0416\\ud83d\\ude00"}}')
    seed("json", "rows", b'[["a", "b"], [1, true]]')
    numbers = ["1 234", "1,234.5", "1.234,5", "28,02 %", "459.0", "1e3", "\u1041\u1042", "\u22127", "\u2014", "12,34,567"]
    seed("number", "all", "\n".join(numbers).encode())


def sheets() -> None:
    sheet = (b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43177</v></c></row>'
             b'<row><c t="inlineStr"><is><t>x_x000D_</t></is></c><c t="b"><v>1</v></c></row>')
    styles = b'<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    seed("xlsx", "parts", sheet + b"\xff<si><t>a</t></si>\xff" + styles)
    seed("ods", "table", b'<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" '
         b'office:value="1"/><table:table-cell table:number-columns-repeated="3"><text:p>a<text:s text:c="2"/>b</text:p>'
         b'</table:table-cell></table:table-row>')
    start = 8 + 4 + 11 + 4 + 24
    stream = (record(0x0809, b"\0\6\5\0") + record(0x00FC, b"\1\0\0\0\1\0\0\0\3\0\0abc") + record(0x000A, b"")[:0])
    start = len(stream) + 4 + 11 + 4
    stream += record(0x0085, struct.pack("<I", start) + b"\0\0\3\0Old") + record(0x000A, b"")
    stream += record(0x0809, b"\0\6\x10\0") + record(0x00FD, b"\0\0\0\0\0\0\0\0\0\0")
    stream += record(0x0203, b"\1\0\0\0\0\0" + struct.pack("<d", 459)) + record(0x00BD, b"\1\0\1\0\0\0\x1e\0\0\0\1\0")
    stream += record(0x0006, b"\2\0\0\0\0\0\0\0\0\0\0\0\xff\xff") + record(0x0207, b"\2\0\0ok") + record(0x000A, b"")
    seed("xls", "stream", stream)


def tables() -> None:
    field = lambda name, kind, size: name.ljust(11, b"\0") + kind + bytes(4) + bytes([size]) + bytes(15)
    fields = field(b"NAME", b"C", 4) + field(b"N", b"N", 3) + field(b"D", b"D", 8) + field(b"L", b"L", 1)
    header = struct.pack("<B3BIHH20x", 3, 124, 7, 28, 2, 32 + len(fields) + 1, 17)
    seed("dbase", "two", header + fields + b"\r" + b" Tir\xeb 1220130623T" + b"*gone  1        ?" + b"\x1a")
    seed("parquet", "three", (HERE.parent / "testdata/formats/three-stations.parquet").read_bytes())
    csv, one = b"a,b\n1,2\n", json.dumps(RECORDS[0]).encode()
    seed("container", "zip", zipped({"a.csv": csv, "__MACOSX/x": b"\0", "b/c.json": one, "d.png": b"x"}))
    seed("container", "tar", tarred({"a.csv": csv, "1.json": one, "2.json": one}))
    seed("container", "gzip", gzip.compress(csv) + gzip.compress(csv))
    seed("container", "xz", lzma.compress(csv))
    seed("container", "zstd", b"\x28\xb5\x2f\xfd\x20\x08\x41\x00\x00" + csv)
    seed("container", "nested", gzip.compress(tarred({"a.zip": zipped({"a.csv": csv})})))


LISTINGS = """celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,position
32006R0765,44,EU-BLR,I.A,Asset freeze,27.3.2025,"In the wake of the 2020 presidential election, Jan Doe.",Person,Jan DOE,Ян ДОУ; J. D.,Judge
32006R0765,41,EU-BLR,I.B,Asset freeze,20 March 2022,=1+1,LegalEntity,Commission,,
"""
MEMBERS = """file,name,acronym,region,country,is_member,regional_network,website
ac.md,Civic Alliance (AC),AC,LAC,Mexico,True,"Acuerdo de Lima, X",http://a.org
"""
MEMBER = "---\nregion: LAC\ncountry: Mexico\nname: >-\n  Civic\n  Alliance\nacronym: 'A''C'\n---\n"


def registers() -> None:
    seeds = HERE.parent / "crates/casefile/src/register/seed"
    names = ["sources", "elections", "organisations", "claims", "missions", "verdicts", "reactions"]
    heads = ["".join((seeds / f"{n}.csv").read_text().splitlines(True)[:4]).encode() for n in names]
    seed("register_tables", "shipped", b"\xff".join(heads))
    cell = lambda text: f'<c t="inlineStr"><is><t>{text}</t></is></c>'  # noqa: E731
    row = lambda *cells: "<row>" + "".join(map(cell, cells)) + "</row>"  # noqa: E731
    sheet = row("source_id", "publisher", "title") + row("S1", "=1+1", "T")
    seed("register_workbook", "parts", sheet.encode() + b"\xff<sst/>\xff<styleSheet/>")
    seed("sanctions", "two", LISTINGS.encode())
    seed("members", "table", MEMBERS.encode())
    seed("members", "files", b"\xff" + MEMBER.encode() + b"\xff" + MEMBER.replace("Civic", "Civil").encode())


def maps() -> None:
    ring = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    seed("areas", "geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    points = b"".join(struct.pack("<2d", *p) for p in ring)
    body = struct.pack("<I4d3I", 5, 0, 0, 1, 1, 1, len(ring), 0) + points
    head = struct.pack(">I20xI", 9994, (100 + 8 + len(body)) // 2) + struct.pack("<2I8d", 1000, 5, 0, 0, 1, 1, 0, 0, 0, 0)
    seed("areas", "shp", head + struct.pack(">2I", 1, len(body) // 2) + body)


def published() -> None:
    for target, pattern, most in [("delimited", "*/*.csv", 4_000), ("json", "*/*.json", 4_000), ("dbase", "*/*.dbf", 6_000)]:
        for path in sorted(DATA.glob(pattern)):
            seed(target, path.parent.name + "-" + path.stem.replace(" ", "-"), path.read_bytes()[:most])


for part in (text, sheets, tables, registers, maps, published):
    part()
