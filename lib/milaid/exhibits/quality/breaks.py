"""What changed in the documents over the years: gaps, breaks and smaller changes."""

from __future__ import annotations

from milaid import fiscal
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text
from milaid.blocks.words import cardinal, counted, sentence_start
from milaid.charts.timeline import timeline
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import with_counts
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.tables import table_from_frame

_KIND_WORDS = {"gap": "no data", "break": "break", "change": "change"}


def lead(survey: QualitySubject) -> Prose:
    """Return what a gap, a break and a change are, and how many there are."""
    marks = survey.marks
    counts = marks["kind"].value_counts()
    return Prose(
        "A *break* is a year from which on totals cannot be compared with those before; no report computes a change across "
        "it. A *change* leaves totals comparable, but a label, a head or a column is not the same. A *gap* is a year without "
        f"data. The series has {cardinal(int(counts.get('break', 0)))} break{_s(counts.get('break', 0))}, "
        f"{cardinal(int(counts.get('change', 0)))} change{_s(counts.get('change', 0))} and "
        f"{cardinal(int(counts.get('gap', 0)))} gap{_s(counts.get('gap', 0))}."
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def breaks_figure(survey: QualitySubject) -> Figure:
    """Return gaps, breaks and changes along the years."""
    marks = survey.marks.sort_values(["fiscal_year", "kind", "label"])
    first = min(survey.coverage.first, int(marks["fiscal_year"].min()))
    last = max(survey.coverage.last, int(marks["fiscal_year"].max()))
    breaks = int((marks["kind"] == "break").sum())
    return figure(
        lambda key: timeline(marks, key=key, first=first, last=last),
        key="breaks",
        title=(
            f"{sentence_start(counted(breaks, 'break'))} across which totals cannot be compared"
            if breaks
            else "No break across which totals cannot be compared"
        ),
        subtitle=f"Gaps, breaks and changes of the series by the first fiscal year they apply to, "
        f"{fiscal.label(first)}–{fiscal.label(last)}",
        alt="Timeline of gaps, breaks and changes",
        note="A mark stands before the first year it applies to. [[breaks_table]] says what changed.",
        sources=survey.report_source("labels and heads of the tables"),
        csv=with_counts(marks[["fiscal_year", "kind", "label"]], "kind", "marks_of_kind"),
    )


def breaks_table(survey: QualitySubject) -> Table:
    """Return every gap, break and change with what the documents show."""
    marks = survey.marks.sort_values(["fiscal_year", "kind", "label"])
    frame = marks.assign(
        year=marks["fiscal_year"].map(fiscal.label),
        what=marks["kind"].map(_KIND_WORDS),
    )
    columns = (
        Column("year", "From", width=0.1),
        Column("what", "Kind", emphasis="secondary", width=0.1),
        Column("label", "What", emphasis="main", width=0.24),
        Column("description", "What the documents show", width=0.56),
    )
    return table_from_frame(
        frame,
        columns,
        key="breaks_table",
        title="What changed, year by year",
        subtitle="Gaps, breaks and changes of the series, with what the documents show",
        alt="Table of gaps, breaks and changes by fiscal year, each with a description.",
        note="The list is data/reference/series_breaks.csv; charts of all reports draw gaps and breaks from it.",
        sources=survey.report_source("labels and heads of the tables"),
        csv=csv_text(marks),
    )
