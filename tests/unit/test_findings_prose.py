import functools
import re

import pandas as pd
import pytest

from milaid.analysis import finding_values
from milaid.analysis import findings as picking
from milaid.analysis.finding_values import Material
from milaid.analysis.findings import FindingData
from milaid.blocks.marked import parse_inline, plain
from milaid.blocks.words import and_list, cardinal, counted, ordinal
from milaid.errors import RequestError
from milaid.exhibits import prose
from milaid.exhibits.articles import region_name, with_article
from milaid.paths import trainings_dir
from milaid.tables import store
from milaid.tables.coverage import coverage
from training_frames import covered, programs, trainings

YEARS = store.available_years()
DEFLATOR = pd.DataFrame({"fiscal_year": range(2000, 2025), "gdp_deflator": 1.0})
CAUSES = (
    "because", "due to", "as a result", "owing to", "led to", "caused", "driven", "thanks to", "in response",
)  # fmt: skip
with_data = pytest.mark.skipif(not YEARS, reason=f"no activities in {trainings_dir()}; run make data")
REFS = {
    "long_series", "dollars_series", "regions_now", "regions_years", "top_recipients",
    "recipients_table", "regions_table", "programs_table", "totals_table", "changes", "programs", "departments", "world_map", "places", "institutions",
    "courses", "course_lengths", "cost_programs", "cost_per_participant", "constant_dollars",
    "concentration", "with_without_largest", "reconciliation", "appendix",
}  # fmt: skip


def material(*rows, fiscal_year=2014, series=None):
    frame = trainings(*rows)
    years = sorted(frame["fiscal_year"].unique())
    return Material(
        frame,
        programs("IMET", "FMF", "PKO", "GPOI", PKO="GPOI"),
        DEFLATOR,
        fiscal_year,
        series or covered(int(years[0]), int(years[-1])),
    )


def said(found, key):
    """Return lead and plain text of one finding."""
    by_key = dict(zip((finding.key for finding in found), prose.sentences(found), strict=True))
    finding = by_key[key]
    return finding.lead, plain(parse_inline(finding.text))


TWO_YEARS = (
    {"fiscal_year": 2013, "recipient": "Benin", "quantity": 100, "cost_usd": 1_000_000},
    {"fiscal_year": 2013, "recipient": "Ghana", "quantity": 300, "cost_usd": 2_000_000},
    {"fiscal_year": 2014, "recipient": "Benin", "quantity": 400, "cost_usd": 4_500_000},
    {"fiscal_year": 2014, "recipient": "Ghana", "quantity": 200, "cost_usd": 1_500_000, "program": "FMF"},
)


def test_the_total_names_both_years_and_the_change():
    lead, text = said(picking.findings(material(*TWO_YEARS)), "total")
    assert lead == "More participants."
    assert text == "The count rose from 400 in fiscal year 2013 to 600 in fiscal year 2014 (+50.0%)."


def test_the_cost_names_both_years_and_the_cost_per_participant():
    lead, text = said(picking.findings(material(*TWO_YEARS)), "cost")
    assert lead == "Higher cost."
    assert text == (
        "Training cost $6.0 million in fiscal year 2014, against $3.0 million in fiscal year 2013 (+100.0%). "
        "For each participant with a printed cost it was $10,000, against $7,500 in fiscal year 2013."
    )


@pytest.mark.parametrize(
    ("before_the_gap", "said_too"), [(300, " and of all years from fiscal year 2002 to 2009"), (700, "")]
)
def test_an_extreme_is_said_of_years_up_to_that_of_the_report_though_a_later_one_is_higher(
    before_the_gap, said_too
):
    people = {
        2002: 200,
        2003: 250,
        2004: before_the_gap,
        2006: 300,
        2007: 200,
        2008: 100,
        2009: 500,
        2010: 900,
    }
    rows = [{"fiscal_year": year, "recipient": "Bhutan", "quantity": count} for year, count in people.items()]
    found = picking.findings(material(*rows, fiscal_year=2009, series=covered(2002, 2010, (2005, "gap"))))
    text = said(found, "total")[1]
    assert f", the highest of the comparable years from fiscal year 2006 to 2009{said_too}" in text
    assert " on" not in text.partition(", the highest")[2].partition(".")[0]


@pytest.mark.parametrize("cost", [None, 0])
def test_the_share_of_people_without_a_printed_cost_is_told(cost):
    rows = (*TWO_YEARS, {"fiscal_year": 2014, "recipient": "Togo", "quantity": 150, "cost_usd": cost})
    text = said(picking.findings(material(*rows)), "cost")[1]
    assert "For 20.0% of the participants no cost above zero is printed." in text


def test_the_largest_recipients_are_named_with_their_rank_in_words():
    lead, text = said(picking.findings(material(*TWO_YEARS)), "recipients")
    assert lead == "Benin first, Ghana from first to second."
    assert text == "Benin had 400 participants. Ghana went from 300 to 200."


def test_the_share_of_the_five_largest_is_told_of_more_than_ten_recipients():
    others = [{"fiscal_year": 2014, "recipient": f"State {n}", "quantity": 100} for n in range(9)]
    _, text = said(picking.findings(material(*TWO_YEARS, *others)), "recipients")
    assert "The five largest recipients made up 60.0% of all participants" in text
    _, text = said(picking.findings(material(*TWO_YEARS, *others[:-1])), "recipients")
    assert "five largest" not in text


def test_what_is_left_without_the_only_recipient_is_not_told_and_one_of_several_largest_is_said_so():
    alone = [
        {"fiscal_year": year, "recipient": "Benin", "quantity": 100 * (year - 2012)} for year in (2013, 2014)
    ]
    gone = {"fiscal_year": 2013, "recipient": "Togo", "quantity": 900}
    assert "with_without_largest" not in {found.key for found in picking.findings(material(*alone, gone))}
    as_large = ({**gone, "fiscal_year": 2014, "quantity": 200}, {**gone, "quantity": 20})
    values = finding_values.COMPUTED["with_without_largest"](material(*alone, *as_large))
    _, text = said([picking.FindingData("with_without_largest", None, values)], "with_without_largest")
    assert text.startswith("Without Benin, one of the two largest recipients, the count was 200")


def test_what_says_nothing_of_a_part_of_the_tables_is_left_out():
    found = {data.key for data in picking.findings(material(*TWO_YEARS), picking.LEFT_OUT["recipient"])}
    assert "recipients" not in found and "regions" not in found and {"total", "programs", "cost"} <= found
    rule = picking.selection_rule("region")
    assert "Left out in a report on one region: regions." in rule
    assert rule.endswith("Its share of all participants is stated too.")


def test_an_earlier_leader_that_is_gone_and_a_leader_that_stays_are_said_so():
    gone = (TWO_YEARS[0], TWO_YEARS[1], TWO_YEARS[2])
    lead, text = said(picking.findings(material(*gone)), "recipients")
    assert lead == "Benin first, Ghana no longer listed."
    assert "Ghana, first in fiscal year 2013 with 300, is not listed." in text
    stays = (TWO_YEARS[0], TWO_YEARS[2])
    assert said(picking.findings(material(*stays)), "recipients")[0] == "Benin first again."


def test_two_recipients_can_share_the_first_rank():
    rows = (*TWO_YEARS[:2], *({"recipient": name, "quantity": 9} for name in ("Mali", "Togo")))
    lead, text = said(picking.findings(material(*rows)), "recipients")
    assert lead == "Mali and Togo first, Ghana no longer listed."
    assert text.startswith("Mali and Togo had 9 participants each.")


def test_an_unchanged_count_and_a_single_participant_are_said_in_good_english():
    rows = [{"fiscal_year": year, "quantity": 1, "cost_usd": 100} for year in (2013, 2014)]
    found = picking.findings(material(*rows))
    assert said(found, "total") == (
        "As many participants as a year earlier.",
        "The count was unchanged at 1 in fiscal year 2013 and fiscal year 2014.",
    )
    assert "Burundi had 1 participant," in said(found, "recipients")[1]


def test_the_first_year_has_no_earlier_year():
    found = picking.findings(material(*TWO_YEARS, fiscal_year=2013))
    assert [finding.key for finding in found] == [key for key in picking.ORDER if key in picking.CORE]
    lead, text = said(found, "total")
    assert lead == "400 course participants."
    assert (
        text == "The report lists 400 course participants in fiscal year 2013, the first year of this series."
    )
    assert not any("2012" in plain(parse_inline(sentence.text)) for sentence in prose.sentences(found))


def test_nothing_is_compared_across_a_break():
    broken = covered(2013, 2014, (2014, "break"))
    found = picking.findings(material(*TWO_YEARS, series=broken))
    texts = " ".join(plain(parse_inline(sentence.text)) for sentence in prose.sentences(found))
    assert "fiscal year 2013" not in texts
    assert "%)" not in texts
    assert "cannot be compared with the year before" in texts


def test_a_relabelled_program_is_no_rise_from_nothing():
    rows = (
        {"fiscal_year": 2012, "program": "GPOI", "quantity": 70},
        {"fiscal_year": 2013, "program": "PKO", "quantity": 90},
    )
    text = said(picking.findings(material(*rows, fiscal_year=2013)), "programs")[1]
    assert text == (
        "PKO in full had 90 participants, 100.0% of the total. "
        "For fiscal year 2012 the documents list GPOI in full instead, with 70 participants."
    )


def test_optional_findings_are_those_with_the_highest_scores():
    found = picking.findings(material(*TWO_YEARS))
    scores = {finding.key: finding.score for finding in found if finding.score is not None}
    # Benin +300 and Ghana -100 of 400; without Benin -33.3% against +50.0%.
    assert scores == pytest.approx({"changes": 100.0, "with_without_largest": 250 / 3})
    assert all(finding.score is None for finding in found if finding.key in picking.CORE)


def test_names_with_special_characters_are_shown_letter_for_letter():
    rows = [{**row, "recipient": "A*b_[c]"} for row in TWO_YEARS]
    assert said(picking.findings(material(*rows)), "recipients")[1].startswith("A*b_[c] had 600 participants")


@pytest.mark.parametrize(
    ("online", "end"),
    [
        (0.0, "in another country."),
        (0.03, "in another country."),
        (0.05, "in another country; 0.1% trained online."),
    ],
)
def test_training_online_is_named_from_a_twentieth_of_a_percent_on(online, end):
    values = {
        "fiscal_year": 2014, "comparable": True, "classified_share": 90.0, "own_country": 60.0,
        "united_states": 39.97 - online, "other_country": 0.03, "online": online,
    }  # fmt: skip
    text = said([FindingData("places", None, values)], "places")[1]
    assert text.endswith(end)
    assert "and less than 0.1% in another country" in text


def test_small_words():
    assert [ordinal(rank) for rank in (1, 2, 12, 20, 23, 81, 100, 112, 155)] == [
        "first", "second", "twelfth", "twentieth", "twenty-third", "eighty-first", "one hundredth",
        "one hundred twelfth", "one hundred fifty-fifth",
    ]  # fmt: skip
    assert [cardinal(number) for number in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [counted(number, "recipient") for number in (0, 1, 1200)] == [
        "0 recipients", "1 recipient", "1,200 recipients",
    ]  # fmt: skip
    assert [and_list(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
    assert region_name("Near East") == "the Near East"
    assert with_article("Global Peace Operations Initiative") == "the Global Peace Operations Initiative"
    assert with_article("Peacekeeping Operations") == "Peacekeeping Operations"


@functools.cache
def tables():
    """Return the tables of the repository, as Material takes them, and their coverage."""
    frames = store.load_trainings(), store.load_programs(), store.load_deflator()
    return frames, coverage(YEARS, store.load_series_breaks())


@functools.cache
def of_year(year):
    frames, series = tables()
    return picking.findings(Material(*frames, year, series))


@with_data
@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_six_to_ten_findings_in_good_neutral_english(year):
    found = of_year(year)
    assert 6 <= len(found) <= 10
    for finding in prose.sentences(found):
        text = plain(parse_inline(finding.text))
        for part in (finding.lead, text):
            assert part[0].isupper() or part[0].isdigit()
            assert part.endswith(".")
            assert not re.search(r"\bnan\b|\bNone\b|<NA>|  | ,|\.\.|\( ?\)|–\)", part), part
            assert not any(cause in part.lower() for cause in CAUSES), part
        assert not re.search(r"\b1 (participants|recipients|days)\b", text), text
        assert finding.refs and set(finding.refs) <= REFS


@with_data
@pytest.mark.parametrize("year", YEARS)
def test_the_total_of_every_year_is_that_of_the_tables(year):
    sums = tables()[0][0].groupby("fiscal_year")["quantity"].sum()
    text = said(of_year(year), "total")[1]
    assert f"{sums[year]:,}" in text
    if coverage(sums.index, store.load_series_breaks()).comparable(year - 1, year):
        percent = f"{100 * (sums[year] - sums[year - 1]) / sums[year - 1]:+.1f}%".replace("-", "−")
        assert f"{sums[year - 1]:,}" in text
        assert percent in text


def test_a_year_outside_the_data_is_a_request_error():
    with pytest.raises(RequestError):
        store.require_year(1950)


def test_of_many_optional_findings_the_four_with_the_highest_scores_of_at_least_two_are_taken(monkeypatch):
    scores = dict(zip(picking.OPTIONAL, (3.0, 9.0, 1.9, 5.0, 7.0, None), strict=True))
    for key, score in scores.items():
        monkeypatch.setitem(picking.COMPUTED, key, lambda _, score=score: {"score": score})
    found = [finding.key for finding in picking.findings(material(*TWO_YEARS)) if finding.score is not None]
    assert set(found) == {"changes", "with_without_largest", "constant_dollars", "places"}
    monkeypatch.setitem(picking.COMPUTED, "turnover", lambda _: {"score": 4.0})
    found = [finding.key for finding in picking.findings(material(*TWO_YEARS)) if finding.score is not None]
    assert set(found) == {"turnover", "with_without_largest", "constant_dollars", "places"}
