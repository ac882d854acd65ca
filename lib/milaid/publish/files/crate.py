"""The manifest of a report: what it was made from and its files with their SHA-256, as RO-Crate metadata (JSON-LD).

It lies in the folder of the tables; the page, the PDF and the rest lie beside that folder and are named ``../2014.html``.
It names no time and no place of the machine: the same report has the same manifest everywhere. The form is RO-Crate 1.1
(https://w3id.org/ro/crate/1.1).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import milaid
from milaid.publish.files import card
from milaid.publish.files.cited import AUTHOR
from milaid.publish.files.described import LICENCE
from milaid.publish.files.document import Document
from milaid.publish.registry.entries import SUITE
from milaid.publish.registry.parameter import Value
from milaid.publish.registry.places import brief_of
from milaid.publish.registry.report import Request

NAME = "ro-crate-metadata.json"
VERSION, DATA, CODE, LOCK = "version", "data", "code", "lock"
SAID_BY_NOTEBOOK = (VERSION, DATA, CODE)
"""What of that which a report is made from its notebook says itself; the manifest says all of it."""
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_CONTEXT: list[Any] = [f"{_SPECIFICATION}/context", {"sha256": "https://schema.org/sha256"}]
_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_NAMED = re.compile(r"(?:\.\./)?(?!\.)[^/\\\0]+")
_ROOT, _MADE_BY, _ACTION, _PARAMETER, _INPUT = "./", "#milaid", "#making", "#parameter-", "#input-"


@dataclass(frozen=True)
class File:
    """A file of a report as its manifest names it: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a manifest says: the kind of report, its place and its parameters, what it was made from, and its files.

    ``place`` is where it lies below reports/, ``made_from`` holds versions and digests by name, ``files`` are named as seen from the folder of the manifest.
    """

    kind: str
    place: str
    values: Mapping[str, Value]
    made_from: Mapping[str, str]
    files: Mapping[str, File]


def render(
    document: Document, request: Request, made_from: Mapping[str, str], files: Mapping[str, File]
) -> bytes:
    """Return the manifest of a report as bytes; the parameters are those of its request."""
    front = document.front
    about: dict[str, Any] = {
        "name": document.title,
        "identifier": request.place,
        "description": front.standfirst if front else document.title,
        "inLanguage": document.language,
        # Of the version that made it: the day on which it is made would differ from run to run.
        "datePublished": milaid.__released__,
        **_rights(document),
    }
    said = {**_named_exhibits(document), **_named_formats(document, request.place.rpartition("/")[2])}
    outputs = [
        {
            "@id": file,
            "@type": "File",
            "name": said.get(file, Path(file).name),
            "encodingFormat": _TYPES[Path(file).suffix],
            "contentSize": str(found.size),
            "sha256": found.sha256,
        }
        for file, found in sorted(files.items())
    ]
    parameters, inputs = _parameters({**request.values, **request.output}), list(_inputs(made_from))
    root = {"@id": _ROOT, "@type": "Dataset", **about, "hasPart": _ids(outputs), "mentions": {"@id": _ACTION}}
    action = {
        "@id": _ACTION,
        "@type": "CreateAction",
        "name": document.made.command(document.kind),
        "additionalType": request.report.kind,
        "instrument": {"@id": _MADE_BY},
        "object": _ids([*parameters, *inputs]),
        "result": _ids(outputs),
    }
    descriptor = {
        "@id": NAME, "@type": "CreativeWork", "about": {"@id": _ROOT}, "conformsTo": {"@id": _SPECIFICATION},
    }  # fmt: skip
    graph = [descriptor, root, action, *_software(made_from), *_who(document), *parameters, *inputs, *outputs]
    return _written(graph)


def _written(graph: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a graph as JSON-LD, one entity a line."""
    lines = ",\n".join(json.dumps(entity, ensure_ascii=False) for entity in graph)
    return f'{{"@context": {json.dumps(_CONTEXT)},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _rights(document: Document) -> dict[str, Any]:
    if not _is_of_suite(document):
        return {"license": "Not stated"}
    return {"license": {"@id": LICENCE}, "author": {"@id": "#authors"}, "publisher": {"@id": "#authors"}}


def _is_of_suite(document: Document) -> bool:
    """Return whether it is known who made a report and under which licence."""
    return any(report.kind == document.kind for report in SUITE)


def _who(document: Document) -> list[dict[str, Any]]:
    if not _is_of_suite(document):
        return []
    licence = {
        "@id": LICENCE, "@type": "CreativeWork", "name": "Creative Commons Attribution 4.0 International",
    }  # fmt: skip
    return [licence, {"@id": "#authors", "@type": "Organization", "name": AUTHOR}]


def _named_exhibits(document: Document) -> dict[str, str]:
    exhibits = document.exhibits()
    return {f"{document.numbering.number(each.key).anchor}.csv": each.title for each in exhibits}


def _named_formats(document: Document, name: str) -> dict[str, str]:
    title = document.title
    return {
        f"../{name}.html": f"{title}: web page",
        f"../{name}.pdf": f"{title}: for print",
        f"../{brief_of(name)}.html": f"{title}: brief, web page",
        f"../{brief_of(name)}.pdf": f"{title}: brief, for print",
        f"../{name}.ipynb": f"{title}: notebook, as it was run",
        f"../{name}.xlsx": f"{title}: tables, workbook",
        f"../{name}.zip": f"{title}: tables, CSV",
        card.NAME: f"{title}: picture for links",
    }


def _parameters(values: Mapping[str, Value]) -> list[dict[str, Any]]:
    return [
        {"@id": f"{_PARAMETER}{name}", "@type": "PropertyValue", "name": name, "value": value}
        for name, value in values.items()
    ]


def _inputs(made_from: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    """Yield the files that a report was made from; their names say what they are: ``table aid.csv``."""
    for name in sorted(set(made_from) - {VERSION, DATA, CODE, LOCK}):
        yield {
            "@id": f"{_INPUT}{quote(name)}",
            "@type": "DataDownload",
            "name": name,
            "sha256": made_from[name],
        }


def _software(made_from: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the program with the digests of its code, of its lock file and of all tables that were read."""
    digests = {name: made_from[name] for name in (CODE, DATA, LOCK) if made_from.get(name)}
    values = [
        {"@id": f"#digest-of-{name}", "@type": "PropertyValue", "name": name, "value": digest}
        for name, digest in digests.items()
    ]
    program = {
        "@id": _MADE_BY,
        "@type": "SoftwareApplication",
        "name": "milaid",
        "softwareVersion": made_from.get(VERSION, ""),
        "identifier": _ids(values),
    }
    return [program, *values]


def _ids(entities: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"@id": entity["@id"]} for entity in entities]


def file_of(path: Path) -> File:
    """Return a file as a manifest names it; OSError where it cannot be read."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return File(path.stat().st_size, digest)


def read(path: Path) -> Manifest:
    """Return what a manifest says. OSError where it cannot be read, ValueError saying why where it is none of milaid's."""
    try:
        graph = json.loads(path.read_bytes())["@graph"]
        entities = {entity["@id"]: entity for entity in graph}
        action, program = entities[_ACTION], entities[_MADE_BY]
        digests = [entities[one["@id"]] for one in program["identifier"]]
        objects = [entities[one["@id"]] for one in action["object"]]
        values = {one["name"]: one["value"] for one in objects if one["@id"].startswith(_PARAMETER)}
        inputs = {one["name"]: one["sha256"] for one in objects if one["@id"].startswith(_INPUT)}
        made_from = {VERSION: program["softwareVersion"], **{one["name"]: one["value"] for one in digests}}
        files = {
            one["@id"]: File(int(one["contentSize"]), str(one["sha256"]))
            for one in (entities[part["@id"]] for part in entities[_ROOT]["hasPart"])
        }
        if strange := [name for name in files if not _NAMED.fullmatch(name)]:
            raise ValueError(f"it names {strange[0]!r:.200}, which is no file of a report")
        place = str(entities[_ROOT]["identifier"])
        return Manifest(str(action["additionalType"]), place, values, {**made_from, **inputs}, files)
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(
            f"it lacks {error}" if isinstance(error, KeyError) else "it has another shape"
        ) from error


def with_files(path: Path, changed: Mapping[str, File]) -> bytes:
    """Return a manifest in which some of its files have another size and digest: for pages that are changed when published."""
    graph = json.loads(path.read_bytes())["@graph"]
    for entity in graph:
        if file := changed.get(entity["@id"]):
            entity |= {"contentSize": str(file.size), "sha256": file.sha256}
    return _written(graph)
