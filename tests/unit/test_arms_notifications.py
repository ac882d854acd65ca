"""The table of arms notifications: what replaces what, who the purchasers are, where the texts come from, what is kept."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from urllib.parse import parse_qs, urlencode

import pytest

from arms_notices import RADIOS, TRAINING, as_page, enhancement, notice, offer, write
from milaid import paths
from milaid.analysis import notifications as analysis
from milaid.cli import main
from milaid.errors import RequestError, SourceError
from milaid.sources.arms_notices import listing
from milaid.sources.download import single
from milaid.tables import digests, schemas_aid, store
from milaid.tables.build import added
from milaid.tables.build.notifications import add_notifications, download_notifications
from milaid.tables.schema import conform
from official_server import Pauses
from small_project import break_off_after

TODAY = date(2026, 1, 15)


def one(
    number="13-99", document="2014-00001", published="Wednesday, February 5, 2014", action="Notice", **values
):
    """Return the name and text of a notice of one offer."""
    text = notice(
        offer(number, **values),
        document=document,
        numbers=f"Transmittal No. {number}",
        published=published,
        action=action,
    )
    return f"{document}.txt", text


ENHANCED = (
    "2017-00007.txt",
    notice(
        enhancement(), document="2017-00007", numbers="Transmittal No. 17-0A", published="Monday, May 8, 2017"
    ),
)
CORRECTED = one(
    document="2014-00009",
    published="Monday, July 7, 2014",
    action="Arms sales notice; correction",
    other="$610 million",
    total="$610 million",
)


@pytest.fixture
def add(built, tmp_path):
    return lambda *texts, **options: add_notifications(
        write(tmp_path / "notices", texts), today=TODAY, **options
    )


def rows(*columns):
    frame = store.load_arms_notifications()[list(columns)]
    return frame.astype("object").where(frame.notna(), None).to_numpy().tolist()


def test_an_offer_becomes_a_row_with_recipient_and_fiscal_year(add):
    said = str(add(one(delivered="2 October 2014")))
    assert rows(
        "transmittal", "recipient_harmonised", "iso3", "region_harmonised", "fiscal_year", "total_value_usd"
    ) == [["13-99", "Libya", "LBY", "Near East", 2015, 600_000_000]]
    assert rows("url", "training", "replaced_by") == [
        ["https://www.federalregister.gov/d/2014-00001", "first named", None]
    ]
    assert (
        "1 transmittal of 1 notice added; it holds 1, FY2015: 1 offer and 0 enhancements; training is named in 1"
        in said
    )
    assert "an offer is no agreement and no delivery" in said


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_correction_replaces_whichever_comes_first(add, order):
    texts = (one(), CORRECTED)
    for place in order:
        said = str(add(texts[place]))
    assert rows("document", "correction", "replaced_by", "total_value_usd") == [
        ["2014-00001", False, "2014-00009", 600_000_000],
        ["2014-00009", True, None, 610_000_000],
    ]
    assert "note: 1 text replaced by a correction" in said
    current = analysis.current(store.load_arms_notifications())
    assert current["total_value_usd"].tolist() == [610_000_000]


def test_of_two_corrections_the_newer_counts(add):
    newer = one(
        document="2015-00003", published="Friday, May 1, 2015", action="Notice; correction", purchaser="Iraq"
    )
    add(newer, one(), CORRECTED)
    assert rows("document", "replaced_by") == [
        ["2014-00001", "2015-00003"],
        ["2014-00009", "2015-00003"],
        ["2015-00003", None],
    ]


def test_the_same_transmittal_of_the_congressional_record_counts_once(add):
    name, text = one()
    add((name, text), ("record.txt", text.replace("[FR Doc. 2014-00001 Filed", "[Filed")))
    assert rows("document", "replaced_by") == [["2014-00001", None], ["record", "2014-00001"]]


def test_a_text_added_again_stands_once_and_gives_the_same_bytes(add, built):
    add(one(), ENHANCED)
    first = (built.data / "arms_notifications.parquet").read_bytes()
    add(one(), ENHANCED)
    assert (built.data / "arms_notifications.parquet").read_bytes() == first


def test_an_enhancement_refers_and_is_no_offer_of_its_own(add):
    said = str(add(one(), ENHANCED))
    assert "1 offer and 1 enhancement" in said and "not in the table" not in said
    assert rows("transmittal", "kind", "refers_to", "total_value_usd")[1] == [
        "17-0A",
        "enhancement",
        "13-99",
        None,
    ]
    years = analysis.offers_by_year(store.load_arms_notifications())
    assert years.to_numpy().tolist() == [[2014, 1, 600_000_000, 1, 600_000_000]]


def test_an_enhancement_of_what_is_not_there_is_said(add):
    assert "enhancements of 1 transmittal not in the table: «13-99»" in str(add(ENHANCED))


@pytest.mark.parametrize(
    ("purchaser", "recipient", "kind"),
    [
        ("Kingdom of Saudi Arabia", "Saudi Arabia", "country"),
        ("The Republic of Korea", "South Korea", "country"),
        ("Government of the United Kingdom.", "United Kingdom", "country"),
        ("NATO", "NATO", "organisation"),
        ("NATO Support and Procurement Agency (NSPA)", "NATO", "organisation"),
        (
            "Taipei Economic and Cultural Representative Office in the United States (TECRO)",
            "Taiwan",
            "territory",
        ),
        ("TECRO", "Taiwan", "territory"),
        ("Australia, Japan and New Zealand", None, None),
    ],
)
def test_purchasers_are_recipients_where_they_are_known(add, purchaser, recipient, kind):
    said = str(add(one(purchaser=purchaser)))
    assert rows("purchaser", "recipient_harmonised", "recipient_kind") == [[purchaser, recipient, kind]]
    assert ("1 purchaser that no reference table has" in said) == (recipient is None)


def test_damaged_texts_are_all_named_and_nothing_is_written(add, built):
    before = built.content()
    bad = one("14-01", "2014-00002")[1].replace("22 January 2014", "soon")
    with pytest.raises(SourceError) as error:
        add(one(), ("2014-00002.txt", bad), ("page.txt", "<html><title>Moved</title></html>"))
    for part in (
        "2014-00002.txt",
        "«: soon»",
        "page.txt",
        "«Moved»",
        "--skip-damaged",
        "Nothing was written",
    ):
        assert part in str(error.value)
    assert built.content() == before


def test_damaged_texts_can_be_left_out_and_are_named(add):
    bad = one("14-01", "2014-00002")[1].replace("22 January 2014", "soon")
    said = str(add(one(), ("2014-00002.txt", bad), skip_damaged=True))
    assert "left out, 1 notice:" in said and "«: soon»" in said
    assert rows("transmittal") == [["13-99"]]


def test_nothing_but_damaged_texts_is_refused_in_any_case(add):
    with pytest.raises(SourceError, match="no whole notices"):
        add(("page.txt", "<html></html>"), skip_damaged=True)


def test_places_that_hold_no_notice_are_wrong_requests(built, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(RequestError) as error:
        add_notifications([tmp_path / "empty", tmp_path / "nothing.txt"], today=TODAY)
    assert "empty: holds no file that ends in .txt" in str(error.value)
    assert "nothing.txt: there is no such file or directory" in str(error.value)


def test_what_was_added_survives_a_build_and_is_described(add, built, tmp_path):
    add(one(), ENHANCED)
    table = built.data / "arms_notifications.parquet"
    bytes_before, package = table.read_bytes(), (built.data / "datapackage.json").read_text()
    described = {each["path"]: each for each in json.loads(package)["resources"]}
    assert described["arms_notifications.parquet"]["name"] == "arms_notifications"
    assert str(built.build()) == "data/ is up to date: 3 documents unchanged"
    (built.data / "deflator.csv").unlink()
    built.build()
    assert table.read_bytes() == bytes_before
    assert (built.data / "datapackage.json").read_text() == package


def test_a_change_that_is_broken_off_is_finished_or_was_never_made(add, built, monkeypatch):
    add(one())
    before = built.content()
    break_off_after(1, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        add(one(), ENHANCED)
    monkeypatch.undo()
    monkeypatch.setenv("MILAID_ROOT", str(built.data.parent))
    built.build()
    # What was decided is finished: the table and what describes it are the new ones, all of them.
    assert len(rows("transmittal")) == 2
    assert digests.faults() == [] and built.content() != before


def test_an_added_table_of_aid_is_described_in_its_place_by_the_alphabet(built):
    schema = schemas_aid.FOREIGNASSISTANCE
    values = dict.fromkeys(schema.columns) | {
        "fiscal_year": 2021, "period": "year", "partial": False, "country": "Kenya", "transactions": 1,
        "without_amount": 0, "amount_usd": 1.0,
    }  # fmt: skip
    import pandas as pd

    added.put_frame(conform(pd.DataFrame([values]), schema), schema)
    package = json.loads((built.data / "datapackage.json").read_text())
    assert [each["path"] for each in package["resources"]] == sorted(
        each["path"] for each in package["resources"]
    )
    assert "foreignassistance.parquet" in {each["path"] for each in package["resources"]}


class Register:
    """The public interface of the Federal Register on a server of this machine, with the texts it names."""

    def __init__(self, server):
        self.server = server

    def lists(self, year, *documents, page=1, pages=1, content=None):
        """Serve a page of the list of a year; each document is its number, title and text."""
        results = [
            {
                "document_number": number,
                "publication_date": f"{year}-05-05",
                "title": title,
                "raw_text_url": self.server.serve(f"full_text/{number}.txt", text.encode()),
            }
            for number, title, text in documents
        ]
        answer = {"count": len(results), "total_pages": pages, **({"results": results} if results else {})}
        path = f"api/v1/documents.json?{listing._query(year, page)}"
        self.server.serve(path, content if content is not None else json.dumps(answer).encode())


@pytest.fixture
def register(built, server, monkeypatch):
    monkeypatch.setattr(single, "Manners", partial(single.Manners, tries=2, pause=Pauses()))
    made = Register(server)
    for year in range(2024, 2027):
        made.lists(year)
    return made


def test_the_interface_is_asked_as_its_documentation_says():
    asked = parse_qs(listing._query(2014, 2))
    assert asked["conditions[agencies][]"] == ["defense-department"] and asked["conditions[type][]"] == [
        "NOTICE"
    ]
    assert asked["conditions[term]"] == ['"arms sales notification"'] and asked["page"] == ["2"]
    assert asked["fields[]"] == ["document_number", "publication_date", "title", "raw_text_url"]
    assert asked["conditions[publication_date][year]"] == ["2014"]
    assert urlencode([("conditions[agencies][]", "x")]).startswith("conditions%5Bagencies%5D")


def test_a_download_reads_every_page_of_every_year_and_fetches_each_text_once(register, server):
    first, second = one("24-01", "2024-00001"), one("25-01", "2025-00002")
    register.lists(2024, ("2024-00001", "36(b)(1) Arms Sales Notification", first[1]), pages=2)
    register.lists(2024, ("2024-00005", "Meeting of a Board", "no notice"), page=2, pages=2)
    register.lists(2025, ("2025-00002", "Arms Sales Notification", as_page(second[1])))
    said = str(download_notifications(2024, server.url(""), today=TODAY))
    assert "2 transmittals of 2 notices added" in said
    folder = paths.official_dir() / "arms_notices"
    assert (folder / "2025/2025-00002.htm").read_text() == as_page(second[1])
    assert "full_text/2024-00005.txt" not in server.asked_for()
    before = server.asked_for()
    download_notifications(2024, server.url(""), today=TODAY)
    assert [path for path in server.asked_for() if path.startswith("full")] == [
        path for path in before if path.startswith("full")
    ]


def test_a_text_that_breaks_off_is_continued_and_one_that_cannot_be_had_stops_all(register, server, built):
    _, text = one("25-01", "2025-00002")
    register.lists(
        2025, ("2025-00002", "Arms Sales Notification", text), ("2025-00003", "Arms Sales Notification", text)
    )
    server.files["full_text/2025-00002.txt"].cuts = [300]
    server.files["full_text/2025-00003.txt"].status = 404
    with pytest.raises(SourceError, match=r"2025-00003.txt: the server has no such file \(404 Not Found\)"):
        download_notifications(2025, server.url(""), today=TODAY)
    assert server.asked("full_text/2025-00002.txt") == [None, "bytes=300-"]
    assert not (built.data / "arms_notifications.parquet").exists()
    assert (paths.official_dir() / "arms_notices/2025/2025-00002.htm").read_text() == text


def test_a_page_in_place_of_a_text_is_told_and_not_kept(register, server):
    register.lists(2025, ("2025-00002", "Arms Sales Notification", "<html><title>Blocked</title></html>"))
    with pytest.raises(SourceError, match=r"2025-00002.txt: line 1: a web page titled «Blocked»"):
        download_notifications(2025, server.url(""), today=TODAY)
    assert not [path for path in (paths.official_dir() / "arms_notices").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b'{"count": 1, "results": [{"document_number": "2025-1"}]}',
            "document 1 of the list has no number and day",
        ),
        (
            b'{"count": 1, "results": [{"document_number": "../x", "publication_date": "2025-01-01"}]}',
            "document 1 of the list",
        ),
        (b'{"errors": {}}', "no count and results"),
        (b"not json", "what came is no list of documents: Expecting value: line 1 column 1"),
    ],
)
def test_a_list_of_another_form_is_refused(register, server, content, said):
    register.lists(2025, content=content)
    with pytest.raises(SourceError) as error:
        download_notifications(2025, server.url(""), today=TODAY)
    assert said in str(error.value) and "documents.json" in str(error.value)


def test_a_list_without_a_notice_writes_nothing(register, server):
    with pytest.raises(SourceError, match="lists no notice of an arms sale from 2024 to 2026"):
        download_notifications(2024, server.url(""), today=TODAY)


def command(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["data", "add-notifications", *arguments])
    return ended.value.code


def test_the_command_adds_files_and_directories(built, tmp_path, capsys):
    write(tmp_path / "notices", [one(), ENHANCED])
    assert command(str(tmp_path / "notices")) == 0
    assert "2 transmittals of 2 notices added" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name either PATH or --download"),
        (("x.txt", "--download", "--from", "2005"), "name either PATH or --download"),
        (("--download",), "--download and --from YEAR belong together"),
        (("x.txt", "--from", "2005"), "--download and --from YEAR belong together"),
        (("--download", "--from", "1800"), "--from: 1800 is not allowed; allowed: 1994 to"),
        (("x.txt",), "x.txt: there is no such file or directory"),
    ],
)
def test_a_wrong_request_ends_with_2(built, capsys, arguments, said):
    assert command(*arguments) == 2
    assert said in capsys.readouterr().err


def test_a_description_of_radios_names_training_further_on(add):
    add(one(equipment=RADIOS), one("14-05", "2014-00005", equipment=TRAINING))
    assert {tuple(row) for row in rows("transmittal", "training")} == {
        ("13-99", "named"),
        ("14-05", "first named"),
    }
