"""The text of a plan: YAML in which every value is text, each entry with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from milaid import spelling
from milaid.errors import RequestError
from milaid.parsing import shortened, shortened_text

PLAN_KEYS = ("formats", "notebooks", "reports")
ENTRY_KEYS = ("report", "each", "only", "exclude", "parameters", "formats", "title", "slug")
_QUOTES = "a text that starts with { or holds ': ' or ' #' needs quotes around it"


@dataclass
class RawEntry:
    """One entry as it stands in the file, of the right form but not checked against reports and data.

    ``label`` names it in messages. Keys that are absent are "" or empty. The values of ``only`` and ``exclude`` stand
    by their parameter, "" where a list says none.
    """

    label: str
    report: str = ""
    title: str = ""
    slug: str = ""
    each: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: dict[str, tuple[str, ...]] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)


class _Loader(yaml.BaseLoader):
    """Reads every value as text, so that codes such as NO and years stay what they are; refuses a key twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; raises an error with its line where a key stands a second time."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands a second time", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read_plan(text: str, name: str) -> tuple[tuple[str, ...], list[RawEntry], list[str]]:
    """Return the formats of the plan, its entries, and all problems of their form.

    Raises RequestError where the text is no YAML, with the line, or no plan; ``name`` is that of the file.
    """
    content, lines = _load(text, name)
    problems = [_unknown(key, PLAN_KEYS) for key in content if key not in PLAN_KEYS]
    formats = _texts("formats", content.get("formats", ""), problems)
    # What is in these folders is read by the registry of reports.
    _texts("notebooks", content.get("notebooks", ""), problems)
    entries = []
    for number, (raw, line) in enumerate(zip(content["reports"], lines, strict=True), start=1):
        entry, wrong = _entry(raw, f"entry {number}", line)
        entries.append(entry)
        problems += [f"{entry.label}: {problem}" for problem in wrong]
    return formats, entries, problems


def _load(text: str, name: str) -> tuple[dict[Any, Any], list[int]]:
    """Return the content, which has a list of reports, and the lines on which these entries start."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        content = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        number = mark.line + 1 if mark else 0
        lines = text.splitlines()
        seen = shortened_text(lines[number - 1].strip()) if 0 < number <= len(lines) else ""
        raise RequestError(
            f"{name}, line {number}: {error.problem or error.context}\n  {seen}\n"
            f"this is no YAML that can be read; {_QUOTES}"
        ) from error
    except yaml.YAMLError as error:
        raise RequestError(f"{name}: cannot be read as YAML: {shortened_text(str(error))}") from error
    except RecursionError as error:
        raise RequestError(f"{name}: it is nested too deeply to be read") from error
    if not isinstance(content, dict) or not isinstance(content.get("reports"), list):
        raise RequestError(f"{name}: needs a list of entries below the line 'reports:'")
    items = next(value.value for key, value in node.value if key.value == "reports")
    return content, [item.start_mark.line + 1 for item in items]


def _entry(raw: Any, which: str, line: int) -> tuple[RawEntry, list[str]]:
    if not isinstance(raw, dict):
        return RawEntry(f"{which} (line {line})"), [
            f"{shortened(raw)} is no entry; one starts with '- report: annual'"
        ]
    kind = raw.get("report", "")
    entry = RawEntry(f"{which} ({f'{kind}, ' if isinstance(kind, str) and kind else ''}line {line})")
    problems = [_unknown(key, ENTRY_KEYS) for key in raw if key not in ENTRY_KEYS]
    for key in ("report", "title", "slug"):
        setattr(entry, key, _text(key, raw.get(key, ""), problems))
    for key in ("each", "formats"):
        setattr(entry, key, _texts(key, raw.get(key, ""), problems))
    for key in ("only", "exclude"):
        setattr(entry, key, _by_parameter(key, raw.get(key, ""), problems))
    given = raw.get("parameters") or {}
    if isinstance(given, dict):
        named = {str(name): value for name, value in given.items()}
        entry.parameters = {name: ",".join(_texts(name, value, problems)) for name, value in named.items()}
    else:
        problems.append(f"parameters: {shortened(given)} is no list of 'name: value'")
    if not entry.report and not any(problem.startswith("report:") for problem in problems):
        problems.append("report: is missing; it says which kind of report is made")
    return entry, problems


def _text(key: str, value: Any, problems: list[str]) -> str:
    if isinstance(value, str):
        return value.strip()
    problems.append(f"{key}: {shortened(value)} is no text; {_QUOTES}")
    return ""


def _texts(key: str, value: Any, problems: list[str]) -> tuple[str, ...]:
    """Return a list of texts, written as a list or as one text with commas."""
    parts = value if isinstance(value, list) else [value]
    return tuple(
        part.strip() for item in parts for part in _text(key, item, problems).split(",") if part.strip()
    )


def _by_parameter(key: str, value: Any, problems: list[str]) -> dict[str, tuple[str, ...]]:
    """Return lists of texts by the parameter that they stand under; a list alone stands under none."""
    given = value if isinstance(value, dict) else {"": value}
    read = {
        str(name): _texts(f"{key}: {name}" if name else key, texts, problems) for name, texts in given.items()
    }
    return {name: texts for name, texts in read.items() if texts}


def _unknown(key: Any, known: Iterable[str]) -> str:
    return f"{shortened_text(str(key))}: there is no such key{spelling.hint_or_known(str(key), known)}"
