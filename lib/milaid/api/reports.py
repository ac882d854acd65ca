"""The exhibits of the reports, one by one: what the cells of a report's notebook show, as methods found by tab.

A notebook is the one list of what its report shows; nothing is listed here.
"""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import CodeType

from milaid.api.explained import explanation
from milaid.blocks.block import Block, explain_by
from milaid.errors import RequestError
from milaid.exhibits.few import CALLED_THROUGH
from milaid.parsing import parse_json
from milaid.publish.registry.checking import check
from milaid.publish.registry.report import Request
from milaid.spelling import hint

Cell = tuple[CodeType, CodeType | None, ast.expr | None]
"""What a cell runs, what it shows in the end, and that as an expression."""


def country(
    name: str, *, year: int | str | None = None, lookback_years: int = 10, top_n: int = 10
) -> Exhibits:
    """Return the exhibits of the profile of a country, by default for the newest year that lists it.

    Each is a method, found by tab and named as its file: ``totals_table()``, ``programs_years()``, ``aid_series()``.
    ``print`` of the whole lists them. ``subject`` holds the rows behind everything.

    >>> import milaid as m
    >>> mali = m.country("Mali", year=2020)
    >>> mali.programs_table().title
    'One program accounts for at least half of the participants'
    >>> int(mali.totals_table().frame["participants"].iloc[-1])
    203
    """
    return _open("country", year, country=name, lookback_years=lookback_years, top_n=top_n)


def program(
    name: str, *, year: int | str | None = None, lookback_years: int = 10, top_n: int = 10
) -> Exhibits:
    """Return the exhibits of the profile of a program, as :func:`country` those of a country.

    >>> import milaid as m
    >>> m.program("IMET", year=2020).regions_table().frame.columns[:2].to_list()
    ['region', 'participants']
    """
    return _open("program", year, program=name, lookback_years=lookback_years, top_n=top_n)


def region(
    name: str, *, year: int | str | None = None, lookback_years: int = 10, top_n: int = 10
) -> Exhibits:
    """Return the exhibits of the profile of a region, as :func:`country` those of a country.

    >>> import milaid as m
    >>> m.region("Africa", year=2017).recipients_table().frame.loc[0, "recipient"]
    'Uganda'
    """
    return _open("region", year, region=name, lookback_years=lookback_years, top_n=top_n)


def year(fiscal_year: int | str, *, lookback_years: int = 10, top_n: int = 10) -> Exhibits:
    """Return the exhibits of the annual report of a fiscal year, as :func:`country` those of a country.

    >>> import milaid as m
    >>> m.year("FY2014").regions_now().kind
    'Figure'
    """
    return _open("annual", fiscal_year, lookback_years=lookback_years, top_n=top_n)


def comparison(
    members: str | Sequence[str],
    *,
    year: int | str | None = None,
    compare: str = "country",
    lookback_years: int = 10,
    top_n: int = 10,
) -> Exhibits:
    """Return the exhibits of the comparison of two to five countries, as :func:`country` those of one; ``compare="program"``
    compares programs.

    >>> import milaid as m
    >>> m.comparison(["Kenya", "Uganda"], year=2020).participants_years().frame["member"].unique().tolist()
    ['Kenya', 'Uganda']
    >>> m.comparison("IMET, FMF", compare="program", year=2020).parts().frame.columns.to_list()
    ['name', 'IMET', 'FMF', 'IMET, share', 'FMF, share']
    """
    named = members if isinstance(members, str) else ",".join(map(str, members))
    return _open(
        "comparison", year, compare=compare, members=named, lookback_years=lookback_years, top_n=top_n
    )


def _open(kind: str, fiscal_year: int | str | None, **given: int | str) -> Exhibits:
    asked = {**given, **({"fiscal_year": fiscal_year} if fiscal_year is not None else {})}
    return Exhibits(check(kind, asked))


@dataclass(frozen=True)
class Method:
    """One exhibit of a report: called, it is made."""

    name: str
    section: str
    make: Callable[[], object]
    about: str
    request: Request
    subject: object

    def __call__(self) -> Block:
        """Return the exhibit; RequestError where there is nothing to show."""
        block = self.make()
        if not isinstance(block, Block):
            raise RequestError(f"{self.name}: there is nothing to show in the {self.request.words}")
        explain_by(block, partial(explanation, block, self.subject))
        return block

    def __repr__(self) -> str:
        return f"{self.name}()  {self.about}"


class Exhibits:
    """The exhibits of one report, each a method; ``subject`` is what they are made from."""

    def __init__(self, request: Request) -> None:
        """Run the cells of the notebook that set up; those that show something become methods."""
        self.request = request
        self.said = request.said
        namespace: dict[str, object] = {}
        made: list[tuple[str, ast.expr, CodeType]] = []
        for section, tags, (body, last, shown) in _cells(request):
            exec(body, namespace)
            if "parameters" in tags:
                namespace |= request.values
            if last is not None and shown is not None:
                made.append((section, shown, last))
        self.subject = namespace.get("subject", namespace.get("comparison"))
        self._methods: dict[str, Method] = {}
        for name, (section, shown, last) in zip(_names(made, namespace), made, strict=True):
            about = _about(shown, namespace)
            make = partial(eval, last, namespace)
            self._methods[name] = Method(name, section, make, about, request, self.subject)
        # As attributes of its own, so that every way of completing names finds them.
        self.__dict__.update(self._methods)

    def __getattr__(self, name: str) -> Method:
        if name.startswith("_"):
            raise AttributeError(name)
        known = self.__dict__.get("_methods", {})
        raise AttributeError(f"the {self.request.report.kind} report shows no {name!r}{hint(name, known)}")

    def __iter__(self) -> Iterator[Method]:
        return iter(self._methods.values())

    def __repr__(self) -> str:
        lines = [self.request.words]
        section = ""
        for method in self:
            if method.section != section:
                section = method.section
                lines.append(f"\n{section}")
            lines.append(f"  {method!r}")
        return "\n".join(lines)


def _cells(request: Request) -> Iterator[tuple[str, list[str], Cell]]:
    """Yield the cells of code of a notebook: the heading it stands below, its tags and what it does."""
    path = request.report.notebook_path
    section = ""
    for cell in parse_json(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            section = source.splitlines()[0].removeprefix("## ")
        elif cell["cell_type"] == "code":
            yield section, cell["metadata"].get("tags", []), _compiled(source, path.name)


def _compiled(source: str, name: str) -> Cell:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    body = compile(tree, name, "exec")
    if not isinstance(last, ast.Expr):
        return body, None, None
    return body, compile(ast.Expression(last.value), name, "eval"), _exhibit(last.value)


def _exhibit(shown: ast.expr) -> ast.expr:
    """Return the call of an exhibit, also where a cell calls it through what leaves it out of few participants."""
    match shown:
        case ast.Call(func=ast.Name(id=name), args=[called, *arguments]) if name in CALLED_THROUGH:
            return ast.Call(func=called, args=arguments, keywords=[])
    return shown


def _names(made: list[tuple[str, ast.expr, CodeType]], namespace: Mapping[str, object]) -> list[str]:
    """Return a name for each: the key of its exhibit, else of its function; where two share one, behind the module's."""
    plain = [_key(shown, namespace) or _called(shown)[-1] for _, shown, _ in made]
    counts = Counter(plain)
    return [
        name if counts[name] == 1 else "_".join(_called(shown)[-2:])
        for name, (_, shown, _) in zip(plain, made, strict=True)
    ]


def _called(shown: ast.expr) -> list[str]:
    """Return the parts of the name of what is called: ``["totals", "lead"]``."""
    named = shown.func if isinstance(shown, ast.Call) else shown
    return ast.unparse(named).split(".")


def _function(shown: ast.expr, namespace: Mapping[str, object]) -> object:
    if not isinstance(shown, ast.Call):
        return None
    first, *rest = _called(shown)
    found = namespace.get(first)
    for part in rest:
        found = getattr(found, part, None)
    return found


def _key(shown: ast.expr, namespace: Mapping[str, object]) -> str:
    """Return the key that a function gives its exhibit, as its source says; "" where it says none, or several."""
    function = _function(shown, namespace)
    if not inspect.isfunction(function):
        return ""
    tree = ast.parse(inspect.getsource(inspect.unwrap(function)))
    keys = {
        str(keyword.value.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "key" and isinstance(keyword.value, ast.Constant)
    }
    return keys.pop() if len(keys) == 1 else ""


def _about(shown: ast.expr, namespace: Mapping[str, object]) -> str:
    first = (inspect.getdoc(_function(shown, namespace)) or "").partition("\n")[0]
    return first.removeprefix("Return ")
