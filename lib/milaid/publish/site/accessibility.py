"""The statement of accessibility: what pages, PDFs and files meet and what they do not, as far as it was measured.

``python -m milaid.publish.site.accessibility > docs/accessibility.md`` writes it for readers of the repository.
"""

from __future__ import annotations

STANDFIRST = (
    "What the pages, PDFs and files of the reports offer to readers who do not see them, do not use a pointer or read on "
    "a phone, and what they lack. It says what was measured, and nothing else."
)

STATEMENT: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "met",
        "What is met",
        (
            (
                "Rules checked by machine",
                "Every kind of page (each kind of report, a brief, an exhibit by itself, index, data, glossary, how to cite, this "
                "page, the style guide) is tried with axe-core at widths of 1280 and 390 pixels, in light and in dark, and has "
                "no finding. Long tables are cut for that; 22 more pages were tried whole. Such rules cover a part of the Web Content Accessibility "
                "Guidelines (WCAG) 2.2, level AA: that no rule fails does not show that all are met.",
            ),
            (
                "Form of the pages",
                "Elements are closed and lie where the standard allows, identifiers stand once, references lead somewhere, every "
                "head of a table says whether it is of a row or a column, no list defines a term twice. The Nu HTML checker "
                "(26.9.27) names no error on 51 pages of all kinds. It warns that a style or a script may be blocked by the policy of "
                "the page, which allows it by a hash; Chromium and Firefox take it.",
            ),
            (
                "Keyboard",
                "All links, buttons, fields, tables that scroll and terms are reached by the Tab key, and what has the focus is "
                "outlined. The arrow keys go through the values of a chart. Escape takes away what a term means. Two reports and the index "
                "were gone through by keyboard alone.",
            ),
            (
                "Charts",
                "Each chart has an alternative text with trend, extremes, break and values, and its numbers as a file. Fills have "
                "a contrast of at least 3:1 to the page or an outline, text of at least 4.5:1, in light and in dark. The labels "
                "inside a chart are kept from readers of screens, so that it is read once.",
            ),
            (
                "Without scripts",
                "Pages are complete without scripts: no section is folded, every row and every meaning of a term is there.",
            ),
            (
                "PDF",
                "Files are tagged after PDF/UA-1: title, language, headings, alternative texts of charts, heads of columns, lists, "
                "notes and links. Nothing is set under 7.5 points.",
            ),
            (
                "Workbooks",
                "Each table is a table of the spreadsheet with unique heads on a sheet of its own, after a sheet of contents; no "
                "cell is merged. LibreOffice 7.4 opens them with every number a number, saves them without a change and prints each "
                "table below its title.",
            ),
        ),
    ),
    (
        "not-met",
        "What is not met",
        (
            (
                "Heads of rows in the PDF",
                "The first cell of a row is not tagged as its head: the typesetter gives no way to do so. On pages it is.",
            ),
            (
                "Contents and captions in the PDF",
                "The contents are links, without the tags of a table of contents; the title of an exhibit is a heading before it, "
                "without the tag of a caption.",
            ),
            (
                "Charts of the PDF",
                "A chart is one picture with an alternative text; its values cannot be reached one by one. The page and the file "
                "have them.",
            ),
            (
                "Terms without scripts",
                "Where no script runs, the meaning of a term stands at the foot of the window, a pointer cannot be moved to it, and "
                "it goes when the term is left.",
            ),
            (
                "Long tables on a phone",
                "A table of many columns is scrolled sideways.",
            ),
        ),
    ),
    (
        "not-tried",
        "What was not tried",
        (
            (
                "Readers of screens",
                "What Chromium hands to readers of screens was looked at on nine pages and in the explorer, and a profile and the "
                "explorer were heard with a reader in software that is made for tests (Guidepup): headings in order, parts with "
                "names, tables with the heads of their rows and columns. No reader that people use, no Braille display and no "
                "person who uses one has tried the pages yet.",
            ),
            (
                "Other browsers",
                "axe-core ran in Chromium 150. In Firefox 153 ESR pages of ten kinds were looked at at two widths, light and dark, "
                "with folding, find in page, values of charts, terms, saving, embedding and printing, and so was the explorer, with "
                "search, numbers, pictures, files, print and keyboard. Safari was not tried.",
            ),
            ("Notebooks", "JupyterLab, in which notebooks are opened, is not part of these checks."),
        ),
    ),
)
"""Parts with their names for links: pairs of what it is about and what is said of it."""


def page() -> str:
    """Return the statement as Markdown."""
    lines = ["# Accessibility", "", STANDFIRST]
    for _, title, entries in STATEMENT:
        lines += ["", f"## {title}", "", *(f"- **{about}.** {said}" for about, said in entries)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
