from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from listed_activities import write_listed
from milaid.errors import RequestError
from milaid.publish.registry.places import SITE_PAGES
from milaid.publish.suite.plan import Plan, expand, load_plan


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    write_listed(tmp_path)
    return tmp_path


def plan(*entries: str, head: str = "") -> Plan:
    """Return the plan of entries in YAML, each the part after its hyphen."""
    return expand(text(*entries, head=head), "plan.yml")


def text(*entries: str, head: str = "") -> str:
    return f"{head}\nreports:\n" + "".join(f"  - {entry}\n" for entry in entries)


def places(found: Plan) -> list[str]:
    return [entry.place for entry in found.entries]


def test_each_makes_a_report_for_every_value_of_a_parameter() -> None:
    found = plan("{report: annual, each: fiscal_year}", "{report: country, each: country}")
    assert places(found) == [
        "annual/2007", "annual/2013", "annual/2014",
        "country/CMR", "country/CIV", "country/JOR", "country/KEN", "country/SERBIA-AND-MONTENEGRO",
    ]  # fmt: skip
    newest = {entry.place: entry.values["fiscal_year"] for entry in found.entries}
    assert newest["country/CMR"] == 2013
    assert newest["country/KEN"] == 2014


def test_each_year_of_a_country_is_each_of_its_own_years() -> None:
    found = plan(
        "{report: country, each: fiscal_year, parameters: {country: cameroon}, slug: '{code}-{fiscal_year}'}"
    )
    assert places(found) == ["country/CMR-2007", "country/CMR-2013"]


@pytest.mark.parametrize(
    ("key", "values", "left"),
    [
        ("exclude", "[KEN, 'serbia and montenegro', Cameroon]", ["CIV", "JOR"]),
        ("exclude", "ken, jor, cmr, civ", ["SERBIA-AND-MONTENEGRO"]),
        ("only", '[KEN, "cote d\'ivoire"]', ["KEN", "CIV"]),
    ],
)
def test_values_are_chosen_or_left_out_by_code_or_name(key: str, values: str, left: list[str]) -> None:
    found = plan(f"report: country\n    each: country\n    {key}: {values}")
    assert [entry.values["country"] for entry in found.entries] == left


def test_one_report_has_its_own_parameters_title_and_slug() -> None:
    found = plan(
        "{report: comparison, parameters: {members: [ken, Cameroon], fiscal_year: 2013, paper: letter}, "
        "title: '{name} in {fiscal_year} ({code})', slug: two-of-them, formats: pdf}"
    )
    (entry,) = found.entries
    assert entry.values["members"] == "KEN,CMR"
    assert entry.values["fiscal_year"] == 2013
    assert entry.output == {"paper": "letter"}
    assert entry.formats == ("pdf",)
    assert entry.title == "Kenya and Cameroon in 2013 (KEN-CMR)"
    assert entry.place == entry.request.place == "comparison/two-of-them"


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("{report: annual, parameters: {fiscal_year: 2013}}", "Annual trends report, fiscal year 2013"),
        ("{report: country, parameters: {country: CIV}}", "Country profile: Côte d’Ivoire"),
        (
            "{report: program, parameters: {program: imet}}",
            "Program profile: International Military Education and Training",
        ),
        ("{report: program, parameters: {program: PKO}}", "Program profile: PKO"),
        ("{report: data-quality}", "Data quality report"),
        ("{report: annual, title: 'Braces {{}} and {fiscal_year}'}", "Braces {} and 2014"),
    ],
)
def test_a_title_is_filled_in_or_made_from_the_kind_of_report(entry: str, title: str) -> None:
    assert plan(entry).entries[0].title == title


def test_formats_are_those_of_the_entry_or_of_the_plan_or_all() -> None:
    found = plan("{report: annual}", "{report: data-quality, formats: [pdf, HTML]}", head="formats: html")
    assert [entry.formats for entry in found.entries] == [("html",), ("html", "pdf")]
    assert plan("{report: annual}").entries[0].formats == ("html", "pdf")


def test_a_brief_is_made_of_the_kinds_that_have_one() -> None:
    found = plan("{report: annual}", "{report: data-quality}", head="formats: [brief, html]")
    assert [entry.formats for entry in found.entries] == [("html", "brief"), ("html",)]
    with pytest.raises(
        RequestError, match="formats: the data-quality report has no brief; reports with one: annual, "
    ):
        plan("{report: data-quality, formats: [html, brief]}")


def test_a_report_cannot_lie_where_the_brief_of_another_does() -> None:
    entries = (
        "{report: country, parameters: {country: KEN}}",
        "{report: country, parameters: {country: CMR}, slug: ken-Brief}",
    )
    with pytest.raises(RequestError, match="country/ken-Brief is made by the brief of country/KEN too"):
        plan(*entries, head="formats: [html, brief]")
    assert len(plan(*entries).entries) == 2


def test_the_places_are_those_of_the_reports_and_of_the_pages_of_the_site() -> None:
    found = plan("{report: annual}", "{report: data-quality}")
    assert found.places == {
        "annual/2014",
        "data-quality",
        "index",
        "explore",
        "data",
        "glossary",
        "cite",
        "accessibility",
    }
    assert isinstance(found.places, frozenset)
    assert found.places >= set(SITE_PAGES)


def test_an_entry_can_be_sent_to_another_process() -> None:
    (entry,) = plan("{report: country, parameters: {country: KEN}, slug: kenya}").entries
    assert pickle.loads(pickle.dumps(entry)) == entry


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{report: contry}", "entry 1 (contry, line 3): report: 'contry' is unknown; known: annual, country"),
        ("{report: contry}", "did you mean 'country'?"),
        ("{each: country}", "entry 1 (line 3): report: is missing"),
        ("annual", "'annual' is no entry"),
        (
            "{report: annual, parameter: {top_n: 3}}",
            "parameter: there is no such key; did you mean 'parameters'?",
        ),
        ("{report: annual, xyz: 1}", "xyz: there is no such key; known: report, each"),
        (
            "{report: annual, parameters: {topn: 3}}",
            "entry 1 (annual, line 3): topn: the annual report has no",
        ),
        ("{report: annual, parameters: {top_n: 99}}", "top_n: 99 is not allowed; allowed: 3 to 30"),
        ("{report: annual, parameters: 2014}", "parameters: '2014' is no list of 'name: value'"),
        ("{report: annual, parameters: {top_n: {a: b}}}", "top_n: {'a': 'b'} is no text"),
        ("{report: annual, each: fiscal_yaer}", "possible here: fiscal_year; did you mean 'fiscal_year'?"),
        ("{report: annual, each: top_n}", "each: 'top_n' has no list of values; possible here: fiscal_year"),
        ("{report: data-quality, each: paper}", "a data-quality report is one of its kind"),
        ("{report: comparison, each: members}", "each: 'members' has no list of values"),
        (
            "{report: country, each: country, parameters: {country: KEN}}",
            "country: stands in 'each' and in 'parameters'",
        ),
        ("{report: country, each: country, exclude: [KNE]}", "exclude: country: 'KNE' is not allowed"),
        ("{report: country, each: country, only: [KEN], exclude: [KEN]}", "exclude: leaves no country"),
        ("{report: country, exclude: [KEN]}", "exclude: needs 'each'"),
        ("{report: annual, formats: [html, docx]}", "formats: 'docx' is not allowed; allowed: html, pdf"),
        ("{report: annual, title: '{fiscal_yaer}'}", "did you mean 'fiscal_year'?"),
        ("{report: annual, title: '{name}'}", "title: {name} cannot stand here; known: {fiscal_year}"),
        ("{report: annual, title: '{fiscal_year:>9}'}", "title: {fiscal_year} cannot stand here"),
        ("{report: annual, title: '{'}", "title: '{': "),
        ("{report: annual, title: {fiscal_year}}", "needs quotes"),
        ("{report: annual, slug: ../escape}", "slug: '../escape' is no part of an address"),
        (
            "{report: country, each: country, slug: same}",
            "slug: 'same' is the same for 5 reports; put {code}",
        ),
        ("{report: data-quality, slug: index}", "'index' is the name of a page or folder of the site"),
        ("{report: data-quality, slug: Country}", "'Country' is the name of a page or folder of the site"),
        (
            "{report: country, each: country, parameters: {fiscal_year: 2014}}",
            "fiscal_year: 2014 is not allowed; allowed: 2007, 2013; the nearest is 2013 (for CMR)",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_entry(entry: str, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        plan(entry)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_problem_of_all_reports_of_an_entry_is_told_once() -> None:
    with pytest.raises(RequestError) as caught:
        plan("{report: country, each: country, parameters: {topn: 3}}")
    assert str(caught.value).count("\n  - ") == 1
    assert "(for" not in str(caught.value)


def test_all_problems_come_in_one_message() -> None:
    with pytest.raises(RequestError) as caught:
        plan(
            "{report: contry}",
            "{report: annual, parameters: {top_n: 99, topn: 1}}",
            "{report: data-quality, formats: odt}",
            head="format: html",
        )
    message = str(caught.value)
    assert message.count("\n  - ") == 5
    assert "format: there is no such key; did you mean 'formats'?" in message
    assert message.endswith("nothing was built")


@pytest.mark.parametrize(
    "entries",
    [
        (
            "{report: annual, each: fiscal_year}",
            "{report: annual, parameters: {top_n: 5, fiscal_year: 2014}}",
        ),
        (
            "{report: country, parameters: {country: KEN}}",
            "{report: country, parameters: {country: CMR}, slug: ken}",
        ),
    ],
)
def test_two_reports_with_the_same_place_are_refused_also_in_another_case(entries: tuple[str, str]) -> None:
    with pytest.raises(
        RequestError, match=r"entry 2 .*, line 4\): .* is made by entry 1 \(\w+, line 3\) too"
    ):
        plan(*entries)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("reports:\n  - report: annual\n   title: x\n", "plan.yml, line 3: "),
        ("reports:\n  - report: annual\n    title: {name} of it\n", "title: {name} of it"),
        (
            "reports:\n  - report: annual\n    title: a\n    title: b\n",
            "line 4: the key 'title' stands a second",
        ),
        ("reports:\n\t- report: annual\n", "line 2: "),
        ("reports: \x00", "cannot be read as YAML"),
        ("", "needs a list of entries below the line 'reports:'"),
        ("- report: annual\n", "needs a list of entries"),
        ("reports: annual\n", "needs a list of entries"),
        ("reports: []\n", "there is no entry"),
        ("reports:\n  - ? [a]\n    : b\n", "unhashable key"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_the_line(written: str, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        expand(written, "plan.yml")
    assert said in str(caught.value)


def test_words_that_yaml_takes_for_something_else_stay_as_they_are() -> None:
    with pytest.raises(RequestError, match="country: 'NO' is not allowed"):
        plan("{report: country, parameters: {country: NO}}")
    assert plan("{report: annual, title: 1_000}").entries[0].title == "1_000"


def test_a_plan_is_read_from_a_file(project: Path) -> None:
    with pytest.raises(RequestError, match="there is no such plan"):
        load_plan()
    (project / "reports").mkdir()
    (project / "reports/plan.yml").write_text(text("{report: annual}"), encoding="utf-8")
    assert places(load_plan()) == ["annual/2014"]
    other = project / "other.yml"
    other.write_bytes(b"\xff\xfe")
    with pytest.raises(RequestError, match="cannot be read"):
        load_plan(other)


def test_reports_are_selected_by_patterns_in_the_order_of_the_plan() -> None:
    found = plan("{report: annual, each: fiscal_year}", "{report: country, each: country}")
    assert [e.place for e in found.select(["COUNTRY/c*", "annual/2013"])] == [
        "annual/2013", "country/CMR", "country/CIV",
    ]  # fmt: skip
    assert found.select() == found.entries


def test_a_pattern_that_matches_nothing_names_what_is_near() -> None:
    found = plan("{report: annual, each: fiscal_year}", "{report: country, each: country}")
    with pytest.raises(RequestError) as caught:
        found.select(["annual/*", "contry/*", "country/KNE", "country"])
    message = str(caught.value)
    assert "'contry/*'; did you mean 'country/*'?" in message
    assert "'country/KNE'; did you mean 'country/KEN'" in message
    assert "'country'; did you mean 'country/*'" in message
    assert "annual" not in message
