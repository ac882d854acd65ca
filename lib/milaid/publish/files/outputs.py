"""What a cell shows that is no block, as tokens: the form of each output that a page and a print can hold.

An output comes in several forms at once, such as a frame as HTML and as text. The richest one that needs no script is
taken. Where none can be shown, a line says what it is, why it is not shown and what to do.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from nbformat import NotebookNode

from milaid.blocks import html_tokens, marked_cells, pictures
from milaid.blocks.html_tokens import around
from milaid.publish.files import specifications

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_DRAWINGS = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff")
_OF_PLOTS = re.compile(
    r"<Figure size |<Axes\b|<AxesSubplot|Axes\(|<matplotlib\.|<seaborn\.axisgrid|BarContainer object|^Text\(|PathCollection|"
    r"<mpl_toolkits|<cartopy\.mpl"
)
"""What plotting calls return: the text of it says nothing beside the figure."""

_OBJECT = re.compile(r"<[\w.]+(?: object)?(?: at 0x[0-9a-f]+)?>|<Figure size .*>", re.DOTALL)


@dataclass(frozen=True)
class Output:
    """What an output shows, as block tokens; ``kind`` is "" or how it is to stand: ``error``, ``stderr``."""

    tokens: tuple[Token, ...]
    cell: int
    kind: str = ""


def data_of(output: NotebookNode) -> dict[str, str]:
    """Return the forms of an output by MIME type, each as text."""
    return {mime: _joined(value) for mime, value in output.get("data", {}).items()}


def _joined(value: object) -> str:
    """Return text that Jupyter may keep as a list of lines; what is no text as JSON."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


def written(text: str) -> str:
    """Return text as a terminal would show it in the end: without colours, lines that were written over by the last."""
    plain = _ANSI.sub("", text).replace("\r\n", "\n")
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in plain.split("\n"))
    return re.sub("[^\n]\x08", "", "\n".join(lines))


def has_picture(outputs: Sequence[NotebookNode]) -> bool:
    """Return whether a cell shows a drawing, beside which the text of what drew it says nothing."""
    return any(mime in output.get("data", {}) for output in outputs for mime in _DRAWINGS)


def read(output: NotebookNode, cell: int, beside_picture: bool) -> Output | None:
    """Return what an output shows; None for the text of a plot beside its drawing, and for an empty text."""
    match output.output_type:
        case "stream":
            kind = "stderr" if output.name == "stderr" else ""
            return _text(written(_joined(output.text)), cell, kind)
        case "error":
            return _text(_traceback(output), cell, "error")
    data = data_of(output)
    if beside_picture and set(data) == {"text/plain"} and _OF_PLOTS.search(data["text/plain"]):
        return None
    try:
        tokens = tuple(_shown(data, output.get("metadata", {}), cell))
    except RecursionError:
        tokens = tuple(_not_shown("an output whose parts are nested too deeply"))
    return Output(tokens, cell) if tokens else None


def _text(text: str, cell: int, kind: str = "") -> Output | None:
    shown = text.rstrip()
    return Output(tuple(preformatted(shown)), cell, kind) if shown.strip() else None


def preformatted(text: str) -> Iterator[Token]:
    """Yield a text that stands letter for letter, in its own lines."""
    yield Token("preformatted", "pre", 0, content=text)


def _traceback(output: NotebookNode) -> str:
    trace = written("\n".join(output.get("traceback", ())))
    brief = written(f"{output.ename}: {output.evalue}" if output.evalue else output.ename)
    return trace if brief in trace else f"{trace}\n{brief}".strip()


def _not_shown(what: str, why: str = "", to_do: str = "") -> Iterator[Token]:
    parts = [f"Not exported: {what}.", why, to_do]
    yield from marked_cells.notice(" ".join(part for part in parts if part))


def _shown(data: dict[str, str], about: dict, cell: int) -> Iterator[Token]:
    """Yield the tokens of an output that comes in several forms."""
    if picture := _drawing(data, about, cell):
        yield picture
        return
    chart = specifications.read(data)
    if chart:
        yield from _chart(chart, cell)
    elif "application/vnd.jupyter.widget-view+json" in data:
        name = data.get("text/plain", "").strip()
        yield from _not_shown(
            f"a control{f', {name}' if name else ''}",
            "It works in a running notebook only.",
            "Show the result of it in a cell of its own.",
        )
    elif "text/html" in data:
        yield from _of_html(data)
    elif "text/latex" in data:
        yield from _of_latex(data["text/latex"])
    elif "text/markdown" in data:
        yield from marked_cells.parse(data["text/markdown"])
    elif "application/json" in data and _is_object(data.get("text/plain", "")):
        yield from preformatted(data["application/json"])
    else:
        others = list(_others(data))
        shown = written(data.get("text/plain", "")).rstrip()
        if shown.strip() and not (others and _is_object(shown)):
            yield from preformatted(shown)
        yield from others


def _is_object(text: str) -> bool:
    """Return whether a text only names an object, or there is none."""
    return not text.strip() or _OBJECT.fullmatch(text.strip()) is not None


def _others(data: dict[str, str]) -> Iterator[Token]:
    """Yield a line on forms that no page can show, unless they say nothing beside the text."""
    others = [mime for mime in data if mime not in ("text/plain", "application/json")]
    if damaged := [mime for mime in others if mime in _DRAWINGS]:
        yield from _not_shown(f"a picture ({', '.join(damaged)})", "It is damaged.", "Run its cell again.")
    elif others:
        yield from _not_shown(
            f"an output of the kind {', '.join(sorted(others))}",
            "A report can hold HTML without scripts, pictures (PNG, JPEG, GIF, WebP, SVG), Markdown, LaTeX and text.",
        )


def _drawing(data: dict[str, str], about: dict, cell: int) -> Token | None:
    """Return the picture of an output, unless it has text or mathematics that say more than the picture of them."""
    says_more = "text/latex" in data or ("text/html" in data and "<table" in data["text/html"].lower())
    if says_more:
        return None
    for mime in _DRAWINGS:
        if mime not in data:
            continue
        try:
            content = data[mime].encode("utf-8") if mime == "image/svg+xml" else base64.b64decode(data[mime])
        except ValueError:
            continue
        if picture := pictures.read(content):
            token = html_tokens.picture(picture.address, _alt(data, about.get(mime, about), cell))
            width = about.get(mime, {}).get("width") if isinstance(about.get(mime), dict) else None
            if isinstance(width, int | float) and width > 0:
                token.attrs["width"] = width
            return _alone(token)
    return None


def _alone(token: Token) -> Token:
    return Token("inline", "", 0, children=[token], meta={"figure": True})


def _alt(data: dict[str, str], about: object, cell: int) -> str:
    """Return the words for a picture: its own, else its text unless that is the name of an object."""
    own = about.get("alt") if isinstance(about, dict) else None
    text = " ".join(data.get("text/plain", "").split())
    if own:
        return str(own)
    return text if text and not _OBJECT.fullmatch(text) else f"Figure of the notebook, cell {cell}"


def _chart(chart: specifications.Chart, cell: int) -> Iterator[Token]:
    drawn = chart.draw()
    picture = pictures.read(drawn) if drawn else None
    if picture:
        yield _alone(
            html_tokens.picture(picture.address, chart.title or f"Figure of the notebook, cell {cell}")
        )
        return
    named = f" “{chart.title}”" if chart.title else ""
    yield from _not_shown(f"a chart of {chart.library}{named}", "It is drawn by a script.", chart.to_do)


def _of_html(data: dict[str, str]) -> Iterator[Token]:
    html = data["text/html"]
    tokens = html_tokens.tokens(html)
    yield from tokens
    text = written(data.get("text/plain", "")).strip()
    if not tokens and not _is_object(text):
        yield from preformatted(text)
    left_out = marked_cells.left_out(html)
    yield from marked_cells.notice(left_out)
    if not tokens and not left_out and html.strip() and _is_object(text):
        yield from _not_shown("HTML in which there is no text and no picture")


def _of_latex(latex: str) -> Iterator[Token]:
    """Yield a formula; text with formulas in it is read as Markdown is."""
    source = latex.strip()
    inner = re.fullmatch(r"\$\$?\s*((?:[^$]|\\\$)+?)\s*\$?\$|\\\[(.+)\\\]", source, re.DOTALL)
    if inner:
        display = source.startswith(("$$", "\\["))
        content = inner[1] or inner[2]
        content = re.sub(r"^\\displaystyle\s*", "", content)
        token = Token("math_block" if display else "math_inline", "math", 0, content=content)
        if display:
            yield token
        else:
            yield from around("paragraph", "p", [Token("inline", "", 0, children=[token])])
    elif "$" in source or source.startswith("\\begin"):
        yield from marked_cells.parse(source)
    else:
        yield Token("math_block", "math", 0, content=source)
