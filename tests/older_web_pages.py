"""Web pages of the editions 1999-2000, with short lists, and 2006-2007, with tables of eight columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from fmtr_documents import Row
from older_documents import Heading, Item, Total, folded, lines_of

TITLE_LIST_NAMES = "Foreign Military Training and DoD Engagement Activities of Interest, Volume I"


def title_list(
    items: Iterable[Item],
    *,
    title: str = "Foreign Military Training Report FY 1999 and 2000",
    region: str = "Africa Region",
    end: str = "[end of file]",
) -> str:
    """Return a web page of the edition 1999-2000. ``BREAK`` stands for the head of a printed page left in the table."""
    rows: list[str] = []
    at_hand = Heading()
    for item in items:
        if isinstance(item, Heading):
            at_hand = item
            text = f"{item.country}, {item.program}, FY {item.year_printed()}"
            rows += [f"<TR><TD><B>{escape(line)}</B> </TD></TR>" for line in folded(text)]
        elif isinstance(item, Row):
            first, *more = lines_of(item.title) or [""]
            rows.append(_list_row(first, item.quantity, item.cost))
            rows += [f"<TR><TD>{escape(line)}</TD></TR>" for line in more]
        elif isinstance(item, Total):
            rows.append(_list_row(f" {item.words} Totals: ", item.quantity, item.cost))
        else:
            text = (
                f"{at_hand.region} Region, {at_hand.country}, {at_hand.program}, FY {at_hand.year_printed()}"
            )
            rows.append(f"<TR><TD> <B>{escape(text)}</B> </TD></TR>")
            rows.append('<TR><TD>Title of </TD><TD># </TD><TD ALIGN="RIGHT">Cost</TD></TR>')
    return "\n".join(
        [
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">',
            f"<html><head><TITLE>{title}\n</TITLE></head><BODY>",
            "<TABLE><TR><TD>Archive of pages</TD></TR></TABLE><P>",
            f"<BLOCKQUOTE><TABLE><TR><TD></TD><TD><B>{TITLE_LIST_NAMES}</B><BR>",
            "Joint Report to Congress, March 1, 2000</TD></TR></TABLE>",
            f"<FONT SIZE=+1><I>{region}</I></FONT><P>",
            "<TABLE>",
            *rows,
            f'</TABLE><P><FONT SIZE="1">{end}</FONT><P>',
            '<A HREF="#top">Back to Top</A>',
            "</BLOCKQUOTE></body></html>\n",
        ]
    )


def _list_row(title: str, quantity: str | None, cost: str | None) -> str:
    """Return a row whose last cells are left away where they would be empty."""
    cells = [title, quantity, cost]
    while cells[-1] is None:
        cells.pop()
    return "<TR>" + "".join(f"<TD>{escape(cell or '')}</TD>" for cell in cells) + "</TR>"


WEB_HEAD = ("Course Title", "Students", "Location", "Student's Unit", "US Units", "Total Cost", "Start Date",
            "End Date")  # fmt: skip


@dataclass(frozen=True)
class Overprinted:
    """A row of a web page that holds a program's total in place of its title, people and dollars."""

    total: Total
    row: Row


def web_table(
    items: Iterable[Item | Overprinted],
    *,
    title: str = "IV. Country Training Activities--Africa",
    head: Sequence[str] = WEB_HEAD,
) -> str:
    """Return a web page of the edition 2006-2007.

    A total's words are ``Program`` or those before «FY 2006 Totals». The first line of a title that holds a line
    feed stands alone in the row above.
    """
    rows: list[str] = []
    at_hand = Heading(country="")
    for item in items:
        if isinstance(item, Heading):
            if item.country != at_hand.country:
                rows.append(f"<TR><TD colSpan=8><B><STRONG>{escape(item.country)}</STRONG></B> </TD></TR>")
            at_hand = item
            words = f"{item.program} - FY {item.year} {item.department} Training"
            rows += [_web_row([words]), _web_row(head)]
        elif isinstance(item, Row):
            *first, last = lines_of(item.title) or [""]
            rows += [_web_row([line]) for line in first]
            rows.append(_web_row([last, *list(item.cells().values())[1:]]))
        elif isinstance(item, Total):
            rows.append(_web_row(_web_total(item, at_hand.year)))
        elif isinstance(item, Overprinted):
            cells = list(item.row.cells().values())
            over = _web_total(item.total, at_hand.year)
            rows.append(
                _web_row([new or old for new, old in zip(over, [None, None, *cells[2:]], strict=True)])
            )
        else:
            rows.append(_web_row([]))
    return "\n".join(
        [
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title><script>var shown = '<td>none</td>';</script></head><body>",
            f"<h2>{escape(title)}</h2><ul><li>Home</li><li>Reports</li></ul>",
            "<table cellSpacing=2 border=1><TBODY>",
            *rows,
            "</TBODY></table><p>Top</p></body>\n</html>\n",
        ]
    )


def _web_total(item: Total, year: int) -> list[str | None]:
    between = f"FY {year} Program" if item.words == "Program" else f"{item.words} FY {year}"
    return [f"{between} Totals", item.quantity, None, None, None, item.cost, None, None]


def _web_row(cells: Iterable[str | None]) -> str:
    """Return a row of eight cells, the empty ones with a blank that does not break."""
    texts = [escape(cell).replace("\n", " ") if cell else "&nbsp;" for cell in cells]
    texts += ["&nbsp;"] * (len(WEB_HEAD) - len(texts))
    return "<TR>\n" + "".join(f"<TD>\n<P>{text}</P></TD>\n" for text in texts) + "</TR>"
