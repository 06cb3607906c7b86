"""Whether the exported claim reviews are JSON-LD in schema.org's terms, with what search engines ask for.

    glassurn register export --register R --as claimreview --url https://example.org/claims.html FILE
    python oracle/register/claim_review.py FILE

schema.org's context is not fetched: it maps every term to http://schema.org/ and makes addresses of `url`.
"""

import hashlib
import json
import pathlib
import sys

from pyld import jsonld

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "stats"))
from _write import write  # noqa: E402

SCHEMA = "http://schema.org/"
CONTEXT = {"@context": {"@vocab": SCHEMA, "url": {"@type": "@id"}}}
# Terms of schema.org that may stand in a review.
TERMS = {
    "ClaimReview": {"url", "author", "claimReviewed", "itemReviewed", "reviewRating"},
    "Claim": {"author", "about", "datePublished", "appearance"},
    "Rating": {"alternateName", "ratingExplanation", "ratingValue", "bestRating", "worstRating"},
    "CreativeWork": {"headline", "publisher", "url", "datePublished"},
    "Event": {"identifier", "name", "location", "startDate"},
    "Organization": {"name"}, "Person": {"name"}, "Place": {"name"},
}
NEEDED = {"ClaimReview": {"url", "claimReviewed", "itemReviewed", "reviewRating"}, "Rating": {"alternateName"},
          "Claim": {"author"}}


def loader(url, options):
    assert url.startswith("https://schema.org"), url
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


jsonld.set_document_loader(loader)
file = pathlib.Path(sys.argv[1]).read_bytes()
document = json.loads(file)
expanded = jsonld.expand(document)
nquads = jsonld.to_rdf(document, {"format": "application/n-quads"})


def faults(node):
    """What is wrong with a node and those within it."""
    kind = node.get("@type", ["none"])[0].removeprefix(SCHEMA)
    terms = {key.removeprefix(SCHEMA) for key in node if not key.startswith("@")}
    yield from (f"{kind}.{term}: no such term" for term in sorted(terms - TERMS.get(kind, set())))
    yield from (f"{kind}: lacks {term}" for term in sorted(NEEDED.get(kind, set()) - terms))
    for key, values in node.items():
        for value in values if not key.startswith("@") else []:
            if "@type" in value and "@value" not in value:
                yield from faults(value)
            if key == SCHEMA + "url" and not value.get("@id", "").startswith(("http://", "https://")):
                yield f"{kind}.url: {value}"


numbers = [r["reviewRating"] for r in document["@graph"] if "ratingValue" in r["reviewRating"]]
assert all(n["worstRating"] <= n["ratingValue"] <= n["bestRating"] for n in numbers)
refused = [[node["@id"], f] for node in expanded for f in faults(node)]
for row in refused:
    print(row)
case = {
    "what": "the shipped register", "sha256": hashlib.sha256(file).hexdigest(), "reviews": len(expanded),
    "names": len({node["@id"] for node in expanded}), "statements": len(nquads.splitlines()), "refused": refused,
}
write("casefile", "register_claim_review", [case], ["PyLD"])
