"""Kinds of reports that notebooks say of themselves, in folders that a plan names under ``notebooks:``.

Such a notebook starts with a raw cell of YAML between two lines ``---``:

    kind: region-courses
    title: Courses of a region
    place: region-courses/{region}
    heading: Courses by region              # optional, as are the lead and what the parameters say
    lead: What was taught to recipients of each region.
    brief: long_series, courses             # optional: the exhibits of its brief by their keys, those wanted most first
    parameters:
      least:
        help: participants that a course needs to be shown
        minimum: 1

Its parameters are those that its cell tagged ``parameters`` sets; the values there are the defaults. Names that the
reports of the suite have (:data:`milaid.publish.registry.standard.NAMES`) mean the same here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from milaid.parsing import parse_json, parse_yaml, shortened, shortened_text
from milaid.publish.registry import standard
from milaid.publish.registry.parameter import Parameter, Value
from milaid.publish.registry.report import Report
from milaid.spelling import hint, hint_or_known

_TEXTS = ("kind", "title", "place", "heading", "lead", "plural")
KEYS = (*_TEXTS, "brief", "parameters")
PARAMETER_KEYS = ("help", "choices", "minimum", "maximum")
_NAMES_FOLDERS = re.compile(r"^notebooks:", re.MULTILINE)
_FENCE = "---"


def folders_of_plan(plan: Path) -> tuple[Path, ...]:
    """Return the folders of notebooks that a plan names, in its order; none where there is no plan to be read."""
    try:
        text = plan.read_text(encoding="utf-8")
        # Most plans name none: then the whole of it need not be read as YAML at every start.
        content = parse_yaml(text, yaml.BaseLoader) if _NAMES_FOLDERS.search(text) else {}
    except (OSError, ValueError):
        return ()
    named = content.get("notebooks", ()) if isinstance(content, dict) else ()
    texts = named.split(",") if isinstance(named, str) else named if isinstance(named, list) else ()
    return tuple(
        (plan.parent / name.strip()).resolve()
        for name in texts
        if isinstance(name, str) and name.strip() and "\0" not in name
    )


def stamp(folder: Path) -> str:
    """Return a text that differs when a notebook of a folder was written, added or removed."""
    return " ".join(f"{path.name} {path.stat().st_mtime_ns}" for path in _notebooks(folder))


def read_folder(folder: Path) -> tuple[list[tuple[str, Report]], list[str]]:
    """Return the kinds of reports in a folder, each with its notebook, and what is wrong with others."""
    if not folder.is_dir():
        return [], [f"{folder}: there is no such folder, which the plan names under 'notebooks'"]
    found: list[tuple[str, Report]] = []
    problems: list[str] = []
    for path in _notebooks(folder):
        report, wrong = _read(path)
        found += [(str(path), report)] if report is not None and not wrong else []
        problems += [f"{path}: {problem}" for problem in wrong]
    if not found and not problems:
        problems.append(
            f"{folder}: holds no notebook that starts with a raw cell '{_FENCE}' and says its kind there"
        )
    return found, problems


def _notebooks(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


def _read(path: Path) -> tuple[Report | None, list[str]]:
    """Return what a notebook says of its kind of report, None where it says nothing, and what is wrong with it."""
    try:
        cells = [(c["cell_type"], "".join(c["source"]), c["metadata"].get("tags", ())) for c in _cells(path)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [
            f"this is no notebook that can be read: {shortened_text(f'{type(error).__name__}: {error}')}"
        ]
    said = next((source for kind, source, _ in cells if kind == "raw" and source.startswith(_FENCE)), None)
    if said is None:
        return None, []
    try:
        content = parse_yaml(said.strip().strip("-"))
    except ValueError as error:
        return None, [f"the raw cell '{_FENCE}' is no YAML: {error}"]
    if not isinstance(content, dict):
        return None, [f"the raw cell '{_FENCE}' holds no lines of the form 'kind: NAME'"]
    tagged = "\n".join(source for kind, source, tags in cells if kind == "code" and "parameters" in tags)
    return _report(path, content, tagged)


def _cells(path: Path) -> list[dict[str, Any]]:
    return parse_json(path.read_text(encoding="utf-8"))["cells"]


def _report(path: Path, content: Mapping[str, Any], tagged: str) -> tuple[Report | None, list[str]]:
    problems = [
        f"{shortened_text(str(key))}: there is no such key{hint_or_known(str(key), KEYS)}"
        for key in content
        if key not in KEYS
    ]
    texts = {key: _text(content.get(key), key, problems) for key in _TEXTS}
    defaults = _defaults(tagged, problems)
    described = content.get("parameters") or {}
    if not isinstance(described, dict):
        problems.append(
            f"parameters: {shortened(described)} is no list of 'name:' with what is said of it below"
        )
        described = {}
    problems += [
        f"parameters: {shortened(name)} is set in no cell tagged 'parameters'{hint(str(name), defaults)}"
        for name in described
        if name not in defaults
    ]
    wanted = [
        name if name in standard.NAMES else _own(name, default, described.get(name) or {}, problems)
        for name, default in defaults.items()
    ]
    report = Report(
        kind=texts["kind"],
        title=texts["title"],
        notebook=path.resolve(),
        place=texts["place"],
        parameters=tuple(sorted(wanted, key=_order)),
        heading=texts["heading"],
        lead=texts["lead"],
        plural=texts["plural"],
        defaults={name: value for name, value in defaults.items() if name in standard.NAMES},
        brief=_keys(content.get("brief"), problems),
    )
    return report, [*problems, *report.problems]


def _text(said: Any, key: str, problems: list[str]) -> str:
    """Return a text of one line or a number; what is a list or has keys of its own is no text."""
    if isinstance(said, list | dict | set):
        problems.append(f"{key}: {shortened(said)} is no text")
        return ""
    return str(said or "").strip()


def _keys(said: Any, problems: list[str]) -> tuple[str, ...]:
    """Return the keys of exhibits that a list, or a text with commas, names."""
    named = said.split(",") if isinstance(said, str) else said or []
    if not isinstance(named, list) or not all(isinstance(key, str) for key in named):
        problems.append(f"brief: {shortened(said)} is no list of keys of exhibits")
        return ()
    return tuple(key.strip() for key in named if key.strip())


def _order(parameter: str | Parameter) -> int:
    """Return where a parameter stands: the shared ones in their usual order, as one may depend on another."""
    return standard.NAMES.index(parameter) if isinstance(parameter, str) else len(standard.NAMES)


def _defaults(tagged: str, problems: list[str]) -> dict[str, Value]:
    """Return what the cells tagged ``parameters`` set, in their order."""
    found: dict[str, Value] = {}
    try:
        statements = ast.parse(tagged).body
    except SyntaxError as error:
        problems.append(f"the cell tagged 'parameters' is no Python: {error.msg}, line {error.lineno} of it")
        return {}
    for statement in statements:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
            continue
        name = statement.targets[0].id
        value = statement.value.value if isinstance(statement.value, ast.Constant) else None
        if isinstance(value, int | str) and not isinstance(value, bool):
            found[name] = value
        else:
            problems.append(
                f"the parameter {name} is {ast.unparse(statement.value)}; a parameter is a text or a whole number"
            )
    return found


def _own(name: str, default: Value, said: Any, problems: list[str]) -> Parameter:
    """Return a parameter that only this report has, from its default and what is said of it."""
    if not isinstance(said, dict):
        problems.append(
            f"parameters: {name}: {shortened(said)} is no list of 'key: value' with {', '.join(PARAMETER_KEYS)}"
        )
        said = {}
    problems += [
        f"parameters: {name}: {key}: there is no such key{hint_or_known(str(key), PARAMETER_KEYS)}"
        for key in said
        if key not in PARAMETER_KEYS
    ]
    bounds = {key: said.get(key) for key in ("minimum", "maximum")}
    problems += [
        f"parameters: {name}: {key}: {shortened(value)} is no whole number"
        for key, value in bounds.items()
        if value is not None and (not isinstance(value, int) or isinstance(default, str))
    ]
    listed = said.get("choices") or ()
    choices: Sequence[Value] = listed if isinstance(listed, list) else [listed] if listed else ()
    if any(not isinstance(choice, type(default)) for choice in choices):
        problems.append(
            f"parameters: {name}: choices: {shortened(choices)} are not all like the default {default!r}"
        )
    elif choices and default not in choices:
        problems.append(f"parameters: {name}: the default {default!r} is none of the choices")
    return Parameter(
        name,
        int if isinstance(default, int) else str,
        default,
        str(said.get("help") or f"{name} of the notebook"),
        choices=tuple(choices),
        minimum=bounds["minimum"] if isinstance(bounds["minimum"], int) else None,
        maximum=bounds["maximum"] if isinstance(bounds["maximum"], int) else None,
    )
