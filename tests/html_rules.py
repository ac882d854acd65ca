"""The rules of HTML that a page breaks: what the Nu HTML checker would name, of what pages here could get wrong.

Only what can be told without a browser: each element is closed where it was opened, ids and attributes stand once, what
an attribute names is there, and elements lie within others as the standard allows.
"""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
PHRASING_ONLY = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "b", "em", "code", "sup", "button", "label", "pre"]
)
"""Elements that hold text and what stands in a line of text alone."""
BLOCKS = frozenset(
    ["p", "div", "ul", "ol", "dl", "table", "section", "aside", "nav", "figure", "header", "footer", "main", "pre",
     "blockquote", "details", "hr", "h1", "h2", "h3", "h4", "h5", "h6"]
)  # fmt: skip
PARENTS = {
    "li": ("ul", "ol"), "dt": ("dl", "div"), "dd": ("dl", "div"), "tr": ("thead", "tbody", "tfoot", "table"),
    "td": ("tr",), "th": ("tr",), "thead": ("table",), "tbody": ("table",), "tfoot": ("table",), "caption": ("table",),
    "figcaption": ("figure",), "summary": ("details",), "option": ("select", "optgroup", "datalist"),
}  # fmt: skip
CHILDREN = {
    "ul": ("li",), "ol": ("li",), "dl": ("dt", "dd", "div"), "tr": ("td", "th"), "thead": ("tr",), "tbody": ("tr",),
    "table": ("caption", "colgroup", "thead", "tbody", "tfoot", "tr"),
}  # fmt: skip
INTERACTIVE = frozenset(["a", "button", "input", "select", "textarea", "summary", "label"])
NAMES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
"""Attributes that name ids of the same page."""


class _Rules(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.named: list[tuple[str, str]] = []
        self.terms: list[set[str]] = []
        self.term: list[str] | None = None
        self.titled = 0

    def tell(self, problem: str) -> None:
        self.problems.append(f"line {self.getpos()[0]}: {problem}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        values = {name: value or "" for name, value in attrs}
        self._attributes(tag, names, values)
        if "svg" not in self.open and "math" not in self.open:
            self._place(tag, values)
        if tag == "dl":
            self.terms.append(set())
        if tag == "dt":
            self.term = []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if "svg" not in self.open and "math" not in self.open:
                self.tell(f"<{tag}/> closes nothing outside of drawings")
            self.open.pop()

    def _attributes(self, tag: str, names: list[str], values: dict[str, str]) -> None:
        for name in {name for name in names if names.count(name) > 1}:
            self.tell(f"<{tag}> has {name} twice")
        if "id" in values:
            found = values["id"]
            if found in self.ids or not found or " " in found:
                self.tell(f"id {found!r} of <{tag}> stands twice, is empty or has a space")
            self.ids.add(found)
        self.named += [(name, one) for name in NAMES for one in values.get(name, "").split()]
        if tag == "a" and values.get("href", "").startswith("#") and "=" not in values["href"]:
            self.named.append(("href", values["href"][1:]))
        if tag == "th" and values.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            self.tell(f"<th> with the scope {values.get('scope')!r}")
        if tag == "img" and "alt" not in values:
            self.tell("<img> without alt")

    def _place(self, tag: str, values: dict[str, str]) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.tell(f"<{tag}> in <{parent}>")
        if parent in CHILDREN and tag not in (*CHILDREN[parent], "template", "script"):
            self.tell(f"<{tag}> right in <{parent}>")
        if tag in BLOCKS and parent in PHRASING_ONLY:
            self.tell(f"<{tag}> in <{parent}>, which holds text")
        within = [name for name in self.open if name in ("a", "button", "summary")]
        if within and (tag in INTERACTIVE - {"label"} or "tabindex" in values):
            self.tell(f"<{tag}>, which can be reached by itself, in <{within[-1]}>")
        if tag == "main" and "main" in self.open:
            self.tell("<main> in <main>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.tell(f"</{tag}> where <{self.open[-1] if self.open else ''}> is open")
            return
        self.open.pop()
        if tag == "dt" and self.term is not None:
            said = "".join(self.term).strip()
            if self.terms and said in self.terms[-1]:
                self.tell(f"the term {said!r} stands twice in a list")
            if self.terms:
                self.terms[-1].add(said)
            self.term = None
        if tag == "dl" and self.terms:
            self.terms.pop()

    def handle_data(self, data: str) -> None:
        if self.term is not None:
            self.term.append(data)
        if data.strip() and self.open and self.open[-1] in CHILDREN:
            self.tell(f"text {data.strip()[:30]!r} right in <{self.open[-1]}>")
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.titled += 1


def broken_rules(html: str) -> list[str]:
    """Return the rules that a page breaks, each with its line."""
    rules = _Rules()
    rules.feed(html)
    rules.close()
    missing = [f'{name}="{one}" names what is not there' for name, one in rules.named if one not in rules.ids]
    if not html.startswith("<!DOCTYPE html>") or '<html lang="' not in html[:100]:
        missing.append("no document type and language at its head")
    if rules.titled != 1:
        missing.append(f"{rules.titled} titles")
    if rules.open:
        missing.append(f"left open: {rules.open}")
    return [*rules.problems, *missing]
