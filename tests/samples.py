"""Sample blocks and notebooks for tests of the publish floor; the numbers are made up."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode, v4

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
    Source,
    Table,
)
from milaid.blocks.palette import light

HOSTILE = "</script><b>#x [y](z) $1 *_`~\\ \"q\" 'a' {{ j }} @r <l> // /* — Côte d’Ivoire 中 ▲"
RECIPIENTS = ("Côte d’Ivoire", "São Tomé and Príncipe", "Türkiye", "Bosnia and Herzegovina", "Cameroon")
REPORT = Source(
    "Foreign Military Training Report 2014–2015, Vol. I, Sec. IV, pp. 1–50 (Africa)",
    "https://2009-2017.state.gov/t/pm/rls/rpt/fmtrpt/2015/index.htm",
)


def bars(width: int, height: int, count: int = 14, marked: int = 7) -> str:
    """Return an SVG of vertical bars in role colours, the way matplotlib writes one."""
    step = width / count
    parts = [
        f'<rect id="bar{i}" x="{i * step + 4:.1f}" y="{height - 24 - (40 + i * 37 % (height - 80)):.1f}" '
        f'width="{step - 8:.1f}" height="{40 + i * 37 % (height - 80):.1f}" '
        f'style="fill: {light("accent") if i == marked else light("soft")}"/>'
        f'<text x="{(i + 0.5) * step:.1f}" y="{height - 6}" style="font: 12.25px \'Public Sans\'; '
        f'text-anchor: middle; fill: {light("ink2")}">{2007 + i}</text>'
        for i in range(count)
    ]
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "a" "x">\n'
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" version="1.1">\n'
        ' <metadata>made</metadata>\n <defs>\n  <style type="text/css">'
        "*{stroke-linejoin: round; stroke-linecap: butt}</style>\n </defs>\n"
        f'<clipPath id="clip"><rect width="{width}" height="{height}"/></clipPath>\n'
        f'<g clip-path="url(#clip)">{"".join(parts)}'
        f'<path d="M0 {height - 24}H{width}" style="fill: none; stroke: {light("ink2")}"/></g>\n</svg>'
    )


def figure(key: str = "long_series", **changes: Any) -> Figure:
    """Return a figure."""
    values: dict[str, Any] = {
        "key": key,
        "title": "Course participants fell by 24.0% in one year",
        "subtitle": "Course participants, all recipients, by fiscal year",
        "alt": "Bar chart. Course participants rose and fell; fiscal year 2014 is marked.",
        "note": "A person on two courses counts twice.^[The report counts *places* on courses, see [[all]].]",
        "sources": (REPORT,),
        "csv": "fiscal_year,participants\n2013,52675\n2014,40032\n",
        "wide": bars(760, 320),
        "narrow": bars(358, 260, 8, 4),
    }
    return Figure(**{**values, **changes})


def short_table(key: str = "top", **changes: Any) -> Table:
    """Return a table of five recipients with an "All other" row and a total."""
    rows = [
        (i, name, "Africa", 5449 - 900 * i, 4843 + i, 606 - 400 * i, 12.51 - 9 * i, 6417775 + i, f"AF {i}")
        for i, name in enumerate(RECIPIENTS, start=1)
    ]
    rows.append((None, "All other recipients", None, 8832, 16435, -7603, -46.26, 71560102, None))
    rows.append((None, "All recipients", None, 40032, 52675, -12643, -24.002, 198971215, None))
    values: dict[str, Any] = {
        "key": key,
        "title": "Five recipients account for 47.1% of participants",
        "subtitle": "Course participants and cost of training, FY2014, with change on FY2013",
        "alt": "Table of the five recipients with most participants.",
        "note": "Equal values share a rank. See also [[long_series]].",
        "sources": (REPORT, Source("Own calculation")),
        "csv": "rank,recipient\n1,Burundi\n",
        "columns": (
            Column("rank", "Rank", "rank", "secondary"),
            Column("recipient", "Recipient"),
            Column("region", "Region", emphasis="secondary"),
            Column("participants", "FY2014", "integer", "main", sorted_descending=True),
            Column("previous", "FY2013", "integer"),
            Column("change", "Change", "change"),
            Column("percent_change", "Change, %", "percent_change"),
            Column("cost_usd", "Cost, USD", "usd"),
            Column("page", "Page", "page", "secondary"),
        ),
        "rows": tuple(rows),
        "roles": ("",) * 5 + ("other", "total"),
    }
    return Table(**{**values, **changes})


def long_table(key: str = "all", rows: int = 150, **changes: Any) -> Table:
    """Return a table of many rows in two groups, with a total at its end."""
    columns = short_table().columns
    half = rows // 2
    body: list[tuple[Any, ...]] = []
    roles: list[str] = []
    for i in range(rows):
        if i in (0, half):
            body.append((f"Group {1 + i // half}", *[None] * 8))
            roles.append("group")
        name = f"{RECIPIENTS[i % 5]} {i + 1}"
        body.append(
            (i + 1, name, "W. Hemisphere", 5449 - i, None if i % 7 == 0 else i, -i, None, 10 * i, f"WHA {i}")
        )
        roles.append("")
    body.append((None, "All recipients", None, 40032, 52675, -12643, -24.002, 198971215, None))
    roles.append("total")
    values: dict[str, Any] = {
        "key": key,
        "title": f"Course participants and cost of training, all {rows} recipients",
        "alt": "Table of all recipients.",
        "columns": columns,
        "rows": tuple(body),
        "roles": tuple(roles),
    }
    return short_table(**{**values, **changes})


def matrix(key: str = "matrix", rows: int = 155, columns: int = 24) -> Table:
    """Return a wide table of recipients by programs for the appendix."""
    labels = (
        "IMET",
        "FMF",
        "Section 1004 Counter-Drug",
        "CTFP",
        "PKO",
        "Regional Centers",
        "Aviation Leadership",
    )
    body = [
        (
            f"{RECIPIENTS[r % 5]} {r}",
            *[(r * c) % 1300 if (r + c) % 3 == 0 else None for c in range(columns - 1)],
            12345,
        )
        for r in range(rows)
    ]
    heads = [Column(f"p{i}", labels[i % len(labels)], "integer", turned=True) for i in range(columns - 1)]
    return Table(
        key=key,
        title="All recipients by program",
        subtitle="Course participants, FY2014",
        alt="Table of recipients by program.",
        note="Programs in the order of participants.",
        sources=(REPORT,),
        csv="recipient,IMET\nA,1\n",
        appendix=True,
        landscape=True,
        columns=(
            Column("recipient", "Recipient"),
            *heads,
            Column("total", "All programs", "integer", "main", turned=True, sorted_descending=True),
        ),
        rows=(*body, ("All recipients", *[1234] * (columns - 1), 198971)),
        roles=("",) * rows + ("total",),
    )


def front() -> Front:
    """Return the front of a report."""
    return Front(
        series="US foreign military training and aid",
        kind="Annual trends report",
        title="Foreign military training in fiscal year 2014",
        standfirst="What the Departments of State and Defense reported to Congress on the training of "
        "foreign military and civilian personnel from 1 October 2013 to 30 September 2014.",
        scope="What the Departments of State and Defense reported to Congress for 1 October 2013 to "
        "30 September 2014",
        cover=bars(760, 280, 21, 14),
        cover_alt="Bars of course participants by fiscal year.",
        cover_lead="40,032 course participants in fiscal year 2014",
        cover_note="Course participants by fiscal year, all recipients.",
        imprint=(
            ("Version", "0.1.0"),
            ("Main source", "State and Defense Departments, report to Congress, 2014–2015 edition"),
            ("Licence", "Text and figures CC BY 4.0. Source documents: public domain"),
        ),
        facts=(
            ("Period", "1 October 2013 to 30 September 2014"),
            ("Main source", "State and Defense Departments, report to Congress, 2014–2015 edition"),
        ),
        keywords=("foreign military training", "security assistance"),
    )


def key_facts() -> KeyFacts:
    """Return six key facts."""
    change = "−24.0% on FY2013 (52,675)"
    return KeyFacts(
        facts=(
            Fact("40,032", "course participants", change, ref="long_series"),
            Fact("$199.0", "cost of training", "−12.9% on FY2013 ($228.4 million)", "million", "top"),
            Fact("155", "recipients", "with a participant; 151 in FY2013", ref="all"),
            Fact("24", "programs", "23 in FY2013", ref="matrix"),
            Fact("52,101", "five-year average", "FY2010 to FY2014", ref="long_series"),
            Fact("$4,970", "cost per participant", "+14.6% on FY2013 ($4,335)", ref="top"),
        ),
        sources=(REPORT,),
        csv="fact,value\nparticipants,40032\n",
        note="All of fiscal year 2014.",
    )


def findings() -> Findings:
    """Return numbered findings that refer to exhibits."""
    text = "The count fell from 52,675 in fiscal year 2013 to 40,032 in fiscal year 2014 (−24.0%)."
    return Findings(
        (
            Finding("Fewer participants", text, ("long_series",)),
            Finding(
                "Burundi first, Nigeria from first to nineteenth",
                text + " " + text,
                ("long_series", "second"),
            ),
            Finding(
                "Two kinds", "Of *each* kind^[A note in a finding.] one.", ("long_series", "second", "top")
            ),
        )
    )


def full_report() -> list[str | Block]:
    """Return the markdown and blocks of a whole report with every kind of block."""
    text = (
        "Section IV of the report to Congress lists 40,032 course participants in fiscal year 2014, against "
        "52,675 in fiscal year 2013 (−24.0%). Training cost $199.0 million, see [[long_series]] and [[top]]."
        "^[Dollars are current US dollars.]\n\nThe series has a gap and a break in 2005–2007."
    )
    return [
        "# How to use this notebook\n\nChange a parameter and run all cells.",
        front(),
        "## Key facts",
        key_facts(),
        "## Findings",
        findings(),
        Box("How to read the numbers", "A fiscal year (FY) ends in autumn. *Places* count: see [[top]]."),
        "## The total",
        Prose(text),
        figure(),
        figure("second", title="A second figure with a rather long title that needs all of a line"),
        "## Recipients",
        Prose(text),
        short_table(),
        "### A subsection with a list\n\n- one *item*\n- another `with code`\n  1. nested\n  2. list\n\n"
        "> A quote.\n\n| Term | Count |\n|---|---:|\n| a | 1 |\n| b | 22 |\n",
        long_table(),
        "## Hostile text",
        Prose(HOSTILE.replace("`", "\\`").replace("*", "\\*")),
        "## Data and method",
        Definitions(
            (
                ("What is counted", "One participant is one place on one course."),
                ("What is not covered", "Foreign Military Sales, NATO members (with exceptions), Australia, "
                 "Japan, New Zealand and classified activities are not in [Section IV](https://www.state.gov/)."),
                ("Symbols", "– none in the source · .. not computed"),
            )
        ),
        "### How to cite\n\n*Foreign military training in fiscal year 2014.* US foreign military aid.",
        "## Appendix",
        Prose("All recipients by program."),
        matrix(),
    ]  # fmt: skip


def notebook(parts: list[str | Block | list[dict[str, Any]]], **metadata: Any) -> NotebookNode:
    """Return an executed notebook: texts are markdown cells, blocks and lists of outputs are code cells."""
    cells = []
    for number, part in enumerate(parts, start=1):
        if isinstance(part, str):
            cell = v4.new_markdown_cell(part)
        elif isinstance(part, Block):
            output = v4.new_output("execute_result", {PAYLOAD_MIME: part.payload()}, execution_count=number)
            cell = v4.new_code_cell("shown()", outputs=[output], execution_count=number)
        else:
            cell = v4.new_code_cell(
                "shown()", outputs=[NotebookNode(o) for o in part], execution_count=number
            )
        cell["id"] = f"cell-{number}"
        cells.append(cell)
    return v4.new_notebook(cells=cells, metadata=metadata)
