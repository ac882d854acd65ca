"""The catalogue of the kinds of charts in CONTRIBUTING.md: complete, true, and just what the command makes."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from chart_catalogue import samples
from chart_catalogue.kinds import KINDS, Kind, chart_functions
from chart_catalogue.writing import PAGE, PICTURES, pictures, with_table
from milaid import exhibits, paths
from milaid.blocks.palette import light

MOST_BYTES = 40_000
SVG = "{http://www.w3.org/2000/svg}"
TRAININGS = f"read_parquet('{paths.trainings_dir()}/fy*.parquet')"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pictures()


def named(kind: Kind) -> object:
    return kind.name


def test_every_kind_of_chart_has_one_entry() -> None:
    assert sorted(kind.name for kind in KINDS) == sorted(chart_functions())


def test_a_helper_of_the_charts_is_no_kind() -> None:
    assert not {"both", "by_year", "class_bounds", "value_columns", "outlines"} & set(chart_functions())


def test_the_pictures_are_those_that_the_command_makes(made: dict[str, str]) -> None:
    kept = {path.name: path.read_bytes() for path in PICTURES.iterdir()}
    assert kept == {name: content.encode() for name, content in made.items()}, "run: make pictures"


def test_the_table_is_the_one_that_the_command_writes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run: make pictures"


def test_every_picture_of_the_page_is_there() -> None:
    shown = re.findall(r'<img src="([^"]+)"', PAGE.read_text(encoding="utf-8"))
    assert sorted(PAGE.parent / name for name in shown) == sorted(PICTURES.iterdir())


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_picture_is_small_stands_on_paper_and_needs_no_font(kind: Kind, made: dict[str, str]) -> None:
    content = made[f"{kind.name}.svg"]
    assert len(content.encode()) < MOST_BYTES
    root = ElementTree.fromstring(content)
    paper = root.find(f"{SVG}rect")
    assert paper is not None and paper.attrib["fill"] == light("paper")
    assert not list(root.iter(f"{SVG}text"))
    ids = {element.attrib.get("id") for element in root.iter()}
    letters = [element.attrib["href"] for element in root.iter(f"{SVG}use") if "href" in element.attrib]
    assert letters and {address.removeprefix("#") for address in letters} <= ids


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_an_entry_names_parameters_that_the_function_has(kind: Kind) -> None:
    quoted = set(re.findall(r"`(\w+)`", kind.use + kind.frame))
    assert quoted and quoted <= set(inspect.signature(chart_functions()[kind.name]).parameters)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.exhibit], ids=named)
def test_an_entry_names_an_exhibit_that_uses_it(kind: Kind) -> None:
    place, _, name = f"milaid.exhibits.{kind.exhibit}".rpartition(".")
    module = importlib.import_module(place)
    function = getattr(module, name)
    assert inspect.isfunction(function) and function.__module__ == place
    assert re.search(rf"\b{kind.name}\(", inspect.getsource(module))


def test_a_kind_without_an_exhibit_is_in_no_exhibit() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(exhibits.__path__[0]).rglob("*.py")]
    unused = [kind.name for kind in KINDS if not kind.exhibit]
    assert [name for name in unused if any(re.search(rf"\b{name}\b", source) for source in sources)] == []


def people(*by: str, where: str = "true") -> dict[tuple, int]:
    columns = ", ".join(by)
    rows = duckdb.execute(
        f"select {columns}, sum(quantity)::int from {TRAININGS} where status = 'actual' and {where} group by {columns}"
    ).fetchall()
    return {row[:-1]: row[-1] for row in rows}


def test_the_numbers_of_the_samples_are_those_of_the_data() -> None:
    years = people("fiscal_year", where="fiscal_year between 2003 and 2014")
    assert {(year,): value for year, value in samples.TOTALS.itertuples(index=False)} == years
    regions = people("fiscal_year", "region_harmonised", where="fiscal_year between 2008 and 2014")
    for year, region, value in samples.REGIONS.itertuples(index=False):
        assert regions[year, region] == value
    recipients = people("recipient", "fiscal_year")
    for row in samples.RECIPIENTS.itertuples():
        assert (row.fy2014, row.fy2013) == (recipients[row.recipient, 2014], recipients[row.recipient, 2013])
    codes = people("iso3", where="fiscal_year = 2014")
    for row in samples.SOUTH_AMERICA.itertuples():
        assert codes[row.iso3,] == row.participants
