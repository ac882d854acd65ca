"""The counting rule in plain words: what a number of these tables is, and what it is not."""

from __future__ import annotations

RULES: tuple[tuple[str, str], ...] = (
    (
        "A participant is one place on one course.",
        "A person on two courses counts twice. The documents print no number of different people.",
    ),
    (
        "Not everything is in it.",
        "Foreign Military Sales, most members of NATO, Australia, Japan, New Zealand and classified activities "
        "are not in Section IV of the report, and so not in these tables.",
    ),
    (
        "Planned is not done.",
        "Some editions also print activities planned for the next year. They have the status planned: leave "
        "them out of every sum, or use only rows with the status actual.",
    ),
    (
        "Empty is not zero.",
        "An empty number or date means that nothing is printed there or that it cannot be read. It never means "
        "zero; a zero is a zero that the document prints or that follows from its totals.",
    ),
    (
        "A fiscal year begins on 1 October of the year before.",
        "Fiscal year 2014 is the time from 1 October 2013 to 30 September 2014. The edition 2014-2015 reports "
        "it as done.",
    ),
    (
        "Dollars are the cost that the document prints,",
        "in dollars of the year itself. An activity without a printed cost counts people and no dollars.",
    ),
    (
        "A value that follows is filled in and marked.",
        "Where one cell of a program table is lost and its printed total and all other cells are there, the value follows "
        "by subtraction. The column derived says which values of a row are such; beside them stands the letter e.",
    ),
    (
        "Numbers are as printed, even where a document contradicts itself.",
        "The table known_issues names every printed total that differs from the sum of its rows, with page and reason; "
        "other_country_rows has the rows that stand under one recipient and name another country.",
    ),
    (
        "Names and numbers of persons are withheld.",
        "Where a unit or the title of a course names a person or gives a personal number, a mark such as [name withheld] "
        "stands in its place. The table withheld lists these rows, without the text and with the page of the document.",
    ),
)
"""Each rule with its explanation; the first part is set in bold where they are shown."""


def as_markdown() -> str:
    """Return the rules as a list in Markdown."""
    return "\n".join(f"- **{rule}** {explanation}" for rule, explanation in RULES)
