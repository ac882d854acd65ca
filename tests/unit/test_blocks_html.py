from __future__ import annotations

import base64
import re
import subprocess
import sys
from urllib.parse import unquote

import pytest

from milaid.blocks import html, live
from milaid.blocks.block import Column
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.numbering import Numbering
from milaid.errors import ReportError
from samples import figure, findings, key_facts, long_table, matrix, short_table


def writer() -> HtmlWriter:
    numbering = Numbering()
    for exhibit in (figure(), figure("second"), short_table(), long_table("all", 4), matrix(rows=2)):
        numbering.add(exhibit)
    return HtmlWriter(numbering)


def test_a_figure_has_alt_text_number_title_note_and_source() -> None:
    shown = html.render(figure(), writer())
    assert shown.count('role="img" aria-label="Bar chart. Course participants rose') == 2
    assert "Figure\u00a01" in shown
    assert "<b>Note:</b> A person on two courses" in shown
    assert 'href="https://2009-2017.state.gov' in shown
    assert "#8795A3" not in shown.upper().replace("%23", "")


def test_the_ids_of_two_drawings_do_not_meet() -> None:
    shown = html.render(figure(), writer())
    assert 'id="figure-1-w-clip"' in shown
    assert "url(#figure-1-n-clip)" in shown
    assert 'id="clip"' not in shown


def test_the_data_of_an_exhibit_lie_in_its_link() -> None:
    csv = 'name,note\n"Côte d’Ivoire, ""x""",100% #1\n'
    shown = html.render(figure(csv=csv), writer())
    address = re.search(
        r'download="figure-1.csv" href="data:text/csv;charset=utf-8(;base64)?,([^"]*)"', shown
    )
    assert address is not None
    content = base64.b64decode(address[2]).decode() if address[1] else unquote(address[2])
    assert content == f"\ufeff{csv}"


def test_a_table_names_its_rows_and_columns_and_says_how_it_is_sorted() -> None:
    shown = html.render(short_table(), writer())
    assert shown.count('scope="col"') == 9
    assert shown.count('scope="row"') == 7
    assert re.search(r'<th scope="col"[^>]* aria-sort="descending">FY2014</th>', shown)
    assert shown.count("aria-sort") == 1
    assert '<caption class="unseen">Table\u00a01. Five recipients' in shown
    assert '<tr class="total">' in shown
    assert '<td class="m">40,032</td>' in shown


def test_cells_of_a_sum_without_rank_region_or_page_stay_empty() -> None:
    total = re.search(r'<tr class="total">(.*?)</tr>', html.render(short_table(), writer()))
    assert total is not None
    assert "–" not in total[1].replace("−", "")


def test_references_of_one_kind_are_named_once() -> None:
    shown = re.sub(r"<[^>]+>", "", html.render(findings(), writer()))
    assert "Figures\u00a01, 2, Table\u00a01" in shown


def test_key_facts_link_to_their_exhibits() -> None:
    shown = html.render(key_facts(), writer())
    assert 'href="#table-a1"' in shown
    assert 'download="key-facts.csv"' in shown


def test_a_colour_without_a_role_stops_the_figure() -> None:
    with pytest.raises(ReportError, match="#FF00FF"):
        html.render(figure(wide=figure().wide.replace("#8795A3", "#FF00FF")), writer())


def test_a_live_exhibit_keeps_its_number_when_its_cell_runs_again() -> None:
    code = (
        "import samples, re\n"
        "from milaid.blocks import live\n"
        "shown = [live.live(samples.figure(key, note='')) for key in ('a', 'b', 'a')]\n"
        "print([re.search('Figure.([0-9])', s)[1] for s in shown])\n"
        "print('see <span class=\"reference\">the exhibit on not yet</span>' in live.live(samples.Prose('see [[not_yet]]')))\n"
        "print('href=\"#b-exhibit\"' in live.live(samples.Prose('[[b]]')), 'id=\"b-exhibit\"' in shown[1])\n"
        "live.live(samples.front())\n"
        "print(re.search('Figure.([0-9])', live.live(samples.figure('b', note='')))[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=__file__.rsplit("/", 2)[0],
    )
    assert done.stdout.split("\n")[:4] == ["['1', '2', '1']", "True", "True True", "1"]


def test_the_styles_of_a_live_block_stay_inside_it() -> None:
    shown = live.live(short_table("live_only", note=""))
    styles = re.search(r"<style>(.*?)</style>", shown, re.DOTALL)
    assert styles is not None
    rules = re.sub(r"/\*.*?\*/", "", styles[1], flags=re.DOTALL)
    selectors = [s.strip() for group in re.findall(r"([^{}@;]+)\{", rules) for s in group.split(",")]
    outside = [
        s for s in selectors if s and ".milaid" not in s and not s.startswith(("screen", "print", "("))
    ]
    assert [s for s in outside if "media" not in s and "width" not in s] == []


def test_a_date_in_a_text_of_several_lines_stays_on_one() -> None:
    table = short_table(
        columns=(Column("a", "A"), Column("b", "Dates")),
        rows=(("x", "2017-01-31 – 2017-02-13, " + "then " * 12),),
        roles=("",),
    )
    to_html = writer()
    to_html.references.add(table)
    assert '<span class="together">2017-02-13</span>' in html.render(table, to_html)
