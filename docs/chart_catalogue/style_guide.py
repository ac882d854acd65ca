"""One page with every kind of block, chart and table and the parts of a page around them, from the numbers of the samples.

``make style-guide`` writes it. A kind of block or chart that is missing here fails a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode, v4

import milaid
from chart_catalogue import samples
from chart_catalogue.kinds import KINDS, Kind
from milaid.blocks.block import (
    PAYLOAD_MIME,
    Block,
    Box,
    Column,
    Definitions,
    Fact,
    Figure,
    Finding,
    Findings,
    Front,
    KeyFacts,
    Prose,
    Related,
    Source,
    Table,
    csv_text,
)
from milaid.blocks.palette import ROLES
from milaid.imprint import SERIES_NAME
from milaid.publish.files import document, page
from milaid.tables import terms

FILE = Path(__file__).resolve().parents[1] / "style-guide.html"
REPORT = Source("Foreign Military Training Report, Volume I, Section IV")
YEAR = samples.REPORT_YEAR
_PLACE = "annual/style-guide"


def write() -> None:
    """Write the page to docs/style-guide.html."""
    FILE.write_text(render(), encoding="utf-8", newline="")


def render() -> str:
    """Return the page as HTML text, the same for the same code."""
    return page.render(document.build(notebook()))


def notebook() -> NotebookNode:
    """Return what the page shows as an executed notebook of an annual report, so that its terms are explained."""
    cells = []
    for number, part in enumerate(parts()):
        if isinstance(part, str):
            cell = v4.new_markdown_cell(part)
        else:
            output = v4.new_output("execute_result", {PAYLOAD_MIME: part.payload()}, execution_count=1)
            cell = v4.new_code_cell("", outputs=[output])
        cell["id"] = f"part-{number}"
        cells.append(cell)
    about = {"report": "annual", "place": _PLACE, "parameters": {}, "formats": []}
    digests = {"version": milaid.__version__, "code": "of this page", "data": "the samples"}
    return v4.new_notebook(cells=cells, metadata={"milaid": about, "milaid_inputs": digests})


def parts() -> Iterator[str | Block]:
    """Yield headings, texts and blocks in their order."""
    yield front()
    yield "## Key facts"
    yield key_facts()
    yield "## Findings"
    yield findings()
    yield from texts()
    yield "## Tables"
    yield Prose(
        "A table has a title that says what it shows, a subtitle with measure, unit and years, and below it a note and sources."
    )
    yield from (short_table(), long_table())
    yield "## Charts"
    yield Prose(
        "Each kind of chart is drawn twice, for the page and for a phone; colours follow the reader’s choice of light or dark."
    )
    yield from (chart(kind) for kind in KINDS)
    yield "## Colours"
    yield colours()
    yield "## Data and method"
    yield Definitions(
        tuple(entry for entry in terms.TERMS if entry[0] in ("Participant", "Recipient", "Region"))
    )
    yield Related((("Laws and notices", "https://www.govinfo.gov/"),))


def front() -> Front:
    """Return the head of the page and what its rail and foot say."""
    return Front(
        series=SERIES_NAME,
        kind="For those who make reports",
        title="Style guide",
        standfirst="Every kind of exhibit and chart, and the parts of a page around them, with real numbers.",
        scope="Samples",
        cover="",
        cover_alt="",
        cover_lead="",
        cover_note="",
        imprint=(("Version", milaid.__version__), ("Licence", "CC BY 4.0")),
        facts=(("Numbers", f"FY{YEAR} and before"), ("Made by", "make style-guide")),
    )


def key_facts() -> KeyFacts:
    """Return three numbers of the report year."""
    totals = samples.TOTALS.set_index("fiscal_year")["participants"]
    now, before = int(totals[YEAR]), int(totals[YEAR - 1])
    first = samples.RECIPIENTS.iloc[0]
    facts = (
        Fact(f"{now:,}", "course participants", f"FY{YEAR - 1}: {before:,}", ref="long_series"),
        Fact(f"{first.fy2014:,}", f"participants from {first.recipient}", f"FY{YEAR - 1}: {first.fy2013:,}", ref="recipients"),
        Fact("4.9", "military aid, Afghanistan", "obligations", unit="billion", ref="relation"),
    )  # fmt: skip
    csv = csv_text(samples.TOTALS.tail(2))
    return KeyFacts(facts, (REPORT,), csv, note="A note says what holds for all of them.")


def findings() -> Findings:
    """Return findings with links to what shows them."""
    return Findings(
        (
            Finding("Course participants fell", f"From 52,675 in FY{YEAR - 1} to 40,032 in FY{YEAR}.", ("long_series",)),
            Finding("Burundi had most participants", f"It had 5,449 in FY{YEAR}.", ("recipients", "ranked_bars")),
        )
    )  # fmt: skip


def texts() -> Iterator[str | Block]:
    """Yield what text can hold, and a box."""
    yield "## Text"
    yield Prose(
        "A sentence leads to what shows it ([[long_series]]), to a page on the web "
        "([laws](https://www.govinfo.gov/)) and to a note.^[Notes stand at the end of the page.] Terms such as *obligation* "
        "are explained where a section first uses them: an obligation, a program, IMET."
    )
    yield "- A list has points.\n- Its second point.\n\n> What others say is set in.\n\n`code` stands as it is."
    yield Box("How to read the numbers.", "A participant is one place on one course.")


def short_table() -> Table:
    """Return a table of a few rows with a total."""
    shown = samples.RECIPIENTS.head(5)
    rows = [
        (place, row.recipient, row.fy2014, row.fy2013)
        for place, row in enumerate(shown.itertuples(), start=1)
    ]
    total = (None, "Five recipients", int(shown["fy2014"].sum()), int(shown["fy2013"].sum()))
    return Table(
        key="recipients",
        title=f"Burundi had most participants in FY{YEAR}",
        subtitle=f"Course participants, five recipients, FY{YEAR} and FY{YEAR - 1}",
        alt="Table of five recipients with their participants of two years.",
        note="The report counts places on courses.",
        sources=(REPORT,),
        csv=csv_text(shown[["recipient", "fy2014", "fy2013"]]),
        columns=(
            Column("rank", "Rank", "rank", "secondary"),
            Column("recipient", "Recipient"),
            Column("fy2014", f"FY{YEAR}", "integer", "main", sorted_descending=True),
            Column("fy2013", f"FY{YEAR - 1}", "integer"),
        ),
        rows=(*rows, total),
        roles=(*[""] * len(rows), "total"),
    )


def long_table() -> Table:
    """Return a table of more rows than a page shows at first, which scripts sort and search."""
    shown = samples.REGIONS.sort_values(["region", "fiscal_year"])
    rows: list[tuple] = []
    roles: list[str] = []
    for region, years in shown.groupby("region", sort=False):
        rows += [(region, None), *((f"FY{row.fiscal_year}", row.participants) for row in years.itertuples())]
        roles += ["group", *[""] * len(years)]
    return Table(
        key="regions_table",
        title="Rows stand in groups, and a table of many rows can be searched and sorted",
        subtitle="Course participants by region and fiscal year",
        alt="Table of participants of three regions by fiscal year.",
        note="",
        sources=(REPORT,),
        csv=csv_text(shown),
        columns=(Column("year", "Fiscal year"), Column("participants", "Participants", "integer", "main")),
        rows=tuple(rows),
        roles=tuple(roles),
    )


def chart(kind: Kind) -> Figure:
    """Return the sample of a kind of chart as a figure."""
    drawn = getattr(samples, f"draw_{kind.name}")()
    wide = getattr(drawn, "wide", drawn)
    return Figure(
        key=kind.name,
        title=kind.name.replace("_", " ").capitalize(),
        subtitle=_plain(kind.use),
        alt=f"Sample of a chart. {getattr(drawn, 'said', '')}".strip(),
        note=f"Frame: {kind.frame}.",
        sources=(REPORT,),
        csv=f"kind\n{kind.name}\n",
        wide=wide,
        narrow=getattr(drawn, "narrow", wide),
    )


def _plain(marked: str) -> str:
    return re.sub(r"`(\w+)`", r"\1", marked)


def colours() -> Table:
    """Return the roles of colours with both of their values."""
    return Table(
        key="colours",
        title=f"{len(ROLES)} roles, each with a colour on light paper and one on dark",
        subtitle="Hexadecimal values of lib/milaid/blocks/palette.py",
        alt="Table of the roles of colours with their values.",
        note="",
        sources=(Source("lib/milaid/blocks/palette.py"),),
        csv="role,light,dark\n"
        + "".join(f"{role},{light},{dark}\n" for role, (light, dark) in ROLES.items()),
        columns=(Column("role", "Role"), Column("light", "Light"), Column("dark", "Dark")),
        rows=tuple((role, light, dark) for role, (light, dark) in ROLES.items()),
    )


if __name__ == "__main__":
    write()
