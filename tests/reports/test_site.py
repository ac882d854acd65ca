"""The site of a few small reports: pages, feed, downloads, publishing, revisions, serving."""

from __future__ import annotations

import json
import re
import threading
import urllib.error
import urllib.request
import zipfile
from datetime import datetime
from functools import partial
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from milaid.errors import ReportError, RequestError
from milaid.publish.site import dead_links, feed, serving
from milaid.publish.site.built_reports import built_reports, folded, size_in_words
from milaid.publish.site.publishing import publish
from milaid.publish.site.revisions import read_history
from milaid.publish.site.writing import write_site
from small_suite import add_report, of_build, record, small_suite, snapshot

ATOM = f"{{{feed.ATOM}}}"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 2026-12-01
    return small_suite(tmp_path / "reports")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "published" / "site"


def published(reports: Path, out: Path, reason: str = "") -> str:
    return publish(reports, out, reason, "correction" if reason else "", with_data=False)


def index(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def test_the_index_lists_every_report_with_all_its_files(reports: Path) -> None:
    write_site(reports, with_data=False)
    page = index(reports)
    hrefs = {unescape(href) for href in re.findall(r'href="([^"]+)"', page)}
    for report in built_reports(reports):
        assert {download.path for download in report.downloads} <= hrefs
        assert [download.suffix for download in report.downloads] == ["html", "ipynb", "zip", "xlsx"]
    assert 'href="country/CIV.html">Côte d’Ivoire</a>' in page


def test_a_country_in_a_year_is_listed_by_name_year_and_region(reports: Path) -> None:
    add_report(reports, "country/CIV-2013", year=2013, country="CIV")
    found = {report.place: report for report in built_reports(reports)}
    usual, of_a_year = found["country/CIV"], found["country/CIV-2013"]
    assert of_a_year.name == "Côte d’Ivoire, fiscal year 2013"
    assert of_a_year.region == usual.region == "Africa"
    assert usual.name == "Côte d’Ivoire"


def test_the_list_is_complete_without_scripts(reports: Path) -> None:
    write_site(reports, with_data=False)
    page = re.sub(r"<script>.*?</script>", "", index(reports), flags=re.DOTALL)
    assert re.search(r'<form class="search"[^>]* hidden>', page)
    assert len(re.findall(r"<li data-words=[^>]*>\s*<a class=\"name\"", page)) == 4
    assert not re.search(r"<(?:li|section|div)[^>]* hidden(?! data-scripted)", page)


def test_pages_load_nothing_and_titles_are_shown_letter_for_letter(reports: Path) -> None:
    add_report(reports, "annual/2019", "Trained & <b>armed</b>", 2019)
    for path in write_site(reports, with_data=False):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"<(?:script|img|iframe)[^>]+src=|<link[^>]+stylesheet|@import|url\((?!data:)", text
        )
        assert "<b>armed" not in text
    assert "Trained &amp; &lt;b&gt;armed&lt;/b&gt;" in index(reports)


def test_the_newest_annual_report_stands_on_top_with_its_key_facts(reports: Path) -> None:
    add_report(reports, "annual/2019", "Foreign military training in fiscal year 2019", 2019, 62942)
    write_site(reports, with_data=False)
    page = index(reports)
    top = page[page.index('id="newest"') : page.index('id="annual"')]
    assert "Foreign military training in fiscal year 2019" in top
    assert ">62,942<" in top
    assert 'href="annual/2019.html#figure-1"' in top
    assert page.index("Fiscal year 2019") < page.index("Fiscal year 2014") < page.index("Fiscal year 2013")


def test_pages_are_written_twice_with_the_same_bytes_and_then_left_alone(reports: Path) -> None:
    written = write_site(reports, with_data=False)
    before = snapshot(reports)
    times = {path: path.stat().st_mtime_ns for path in written}
    write_site(reports, with_data=False)
    # Which files are too new to be known by their time is for the clock to say.
    assert of_build(snapshot(reports)) == of_build(before)
    assert {path: path.stat().st_mtime_ns for path in written} == times


def test_a_stray_notebook_is_no_report(reports: Path) -> None:
    before = [report.place for report in built_reports(reports)]
    for name in ("notes.ipynb", "annual/.ipynb_checkpoints/2014-checkpoint.ipynb", "other/x.ipynb"):
        (reports / name).parent.mkdir(exist_ok=True)
        (reports / name).write_text("{}", encoding="utf-8")
    assert [report.place for report in built_reports(reports)] == before


def test_a_damaged_notebook_is_named(reports: Path) -> None:
    (reports / "annual" / "2014.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(ReportError, match=r"annual/2014\.ipynb: this is no notebook"):
        built_reports(reports)


def test_the_feed_has_what_atom_asks_for(reports: Path) -> None:
    write_site(reports, with_data=False)
    root = ElementTree.fromstring((reports / "feed.atom").read_bytes())
    entries = root.findall(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert len(entries) == 4
    for element in (root, *entries):
        assert all(len(element.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
        assert datetime.strptime(element.findtext(f"{ATOM}updated"), "%Y-%m-%dT%H:%M:%SZ")
        alternate = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert (reports / alternate[0].get("href")).is_file()
    ids = [element.findtext(f"{ATOM}id") for element in (root, *entries)]
    assert len(set(ids)) == 5
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identifier) for identifier in ids)


def test_an_identifier_never_changes() -> None:
    assert feed.identifier("annual/2014") == "urn:uuid:3d4d68f4-5eba-5fd3-88f7-01605781fd1e"


def test_publishing_copies_reports_and_pages_and_nothing_else(reports: Path, out: Path) -> None:
    (reports / ".built.json").write_text("secret", encoding="utf-8")
    (reports / "plan.yml").write_text("reports: []", encoding="utf-8")
    (reports / "annual" / "2014" / ".hidden.csv").write_text("secret", encoding="utf-8")
    said = published(reports, out)
    names = set(snapshot(out))
    assert "4 reports" in said and "all links hold" in said
    assert not [name for name in names if "/." in f"/{name}" or name == "plan.yml"]
    assert {"index.html", "data.html", "glossary.html", "cite.html", "feed.atom", "revisions.json"} <= names
    assert (out / "annual/2014/figure-1.csv").read_bytes() == (
        reports / "annual/2014/figure-1.csv"
    ).read_bytes()


def test_a_site_with_an_address_says_it_on_each_page_and_brings_the_pictures(
    reports: Path, out: Path
) -> None:
    (reports / "annual/2014/card.png").write_bytes(b"picture")
    record(reports, "annual/2014")
    publish(reports, out, with_data=False, address="https://example.org/reports")
    page = (out / "annual/2014.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/reports/annual/2014.html">' in page
    assert (out / "annual/2014/card.png").read_bytes() == b"picture"
    published(reports, out)
    assert "example.org" not in (out / "annual/2014.html").read_text(encoding="utf-8")


def test_publishing_twice_gives_the_same_bytes(reports: Path, out: Path) -> None:
    published(reports, out)
    before = snapshot(out)
    published(reports, out)
    assert snapshot(out) == before


def test_a_dead_link_is_refused_and_the_published_site_stays(reports: Path, out: Path) -> None:
    published(reports, out)
    before, history = snapshot(out), (reports / "revisions.json").read_bytes()
    page = reports / "annual" / "2014.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace(
            "</main>", '<a href="../country/XXX.html">x</a><a href="#nowhere">y</a></main>'
        ),
        encoding="utf-8",
    )
    record(reports, "annual/2014")
    with pytest.raises(ReportError) as caught:
        published(reports, out)
    assert caught.value.exit_code == 1
    assert "annual/2014.html: ../country/XXX.html (there is no country/XXX.html)" in str(caught.value)
    assert "annual/2014.html: #nowhere (annual/2014.html has no place called nowhere)" in str(caught.value)
    assert snapshot(out) == before
    assert (reports / "revisions.json").read_bytes() == history
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_moved_number_needs_a_reason_which_readers_see(reports: Path, out: Path) -> None:
    published(reports, out)
    before = snapshot(out)
    add_report(reports, "annual/2014", participants=40033)
    with pytest.raises(RequestError) as caught:
        published(reports, out)
    assert caught.value.exit_code == 2
    assert "annual/2014: 2 numbers moved" in str(caught.value)
    assert "Figure 1, 2014, participants: 40032 → 40033" in str(caught.value)
    assert snapshot(out) == before
    assert "1 report revised" in published(reports, out, "Page 14 <read> wrongly.")
    for folder in (out, reports):
        history = json.loads((folder / "revisions.json").read_text(encoding="utf-8"))
        revision = history["reports"]["annual/2014"]["revisions"][0]
        assert (revision["reason"], revision["numbers_moved"]) == ("Page 14 <read> wrongly.", 2)
        assert {
            "exhibit": "Figure 1", "row": "2014", "column": "participants", "old": "40032", "new": "40033",
            "kind": "changed",
        } in revision["changes"]  # fmt: skip
        assert "Page 14 &lt;read&gt; wrongly." in index(folder)
    page = (out / "annual/2014.html").read_text(encoding="utf-8")
    assert page.count("Page 14 &lt;read&gt; wrongly.") == 2
    assert "Correction of an error, 2 numbers moved" in page and 'href="../cite.html#revisions"' in page
    assert '<td class="n">40032</td><td class="n">40033</td>' in page
    others = [report.place for report in built_reports(out) if report.place != "annual/2014"]
    for place in others:
        assert (out / f"{place}.html").read_bytes() == (reports / f"{place}.html").read_bytes()
    root = ElementTree.fromstring((out / "feed.atom").read_bytes())
    first = root.find(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}updated").startswith("2026-12-01")
    assert "Page 14 <read> wrongly" in first.findtext(f"{ATOM}summary")
    assert root.findtext(f"{ATOM}updated").startswith("2026-12-01")


@pytest.mark.parametrize(
    ("reason", "kind"), [("Page 14 read wrongly.", ""), ("", "revision"), ("Why.", "typo")]
)
def test_a_reason_needs_a_kind_and_a_kind_a_reason(reports: Path, out: Path, reason: str, kind: str) -> None:
    published(reports, out)
    before = snapshot(out)
    add_report(reports, "annual/2014", participants=40033)
    with pytest.raises(RequestError, match=r"--kind revision .*--kind correction"):
        publish(reports, out, reason, kind, with_data=False)
    assert snapshot(out) == before


def test_each_change_of_a_report_stays_on_its_page(reports: Path, out: Path) -> None:
    published(reports, out)
    for participants, kind in ((40033, "revision"), (40034, "correction")):
        add_report(reports, "annual/2014", participants=participants)
        publish(reports, out, f"Now {participants}.", kind, with_data=False)
    page = (out / "annual/2014.html").read_text(encoding="utf-8")
    assert (
        page.count(": Revision, 2 numbers moved")
        == page.count(": Correction of an error, 2 numbers moved")
        == 1
    )
    assert "Now 40033." in page and "Now 40034." in page


def test_a_kind_that_is_none_is_refused_and_an_entry_without_one_is_a_revision(
    reports: Path, out: Path
) -> None:
    published(reports, out)
    add_report(reports, "annual/2014", participants=40033)
    published(reports, out, "Read wrongly.")
    path = out / "revisions.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    entry = known["reports"]["annual/2014"]["revisions"][0]
    assert entry.pop("kind") == "correction"
    path.write_text(json.dumps(known), encoding="utf-8")
    assert read_history(out)["annual/2014"].revisions[0].heading == "Revision, 2 numbers moved"
    entry["kind"] = "typo"
    path.write_text(json.dumps(known), encoding="utf-8")
    with pytest.raises(ReportError, match=r"typo.*known: revision, correction"):
        read_history(out)


def test_wording_and_new_reports_need_no_reason(reports: Path, out: Path) -> None:
    published(reports, out)
    add_report(reports, "annual/2014", text="The section lists 155 recipients in all.")
    add_report(reports, "annual/2012", "Foreign military training in fiscal year 2012", 2012, 54328)
    assert "5 reports, " in published(reports, out)
    assert "revised" not in published(reports, out)


def test_a_number_in_a_sentence_counts_as_moved(reports: Path, out: Path) -> None:
    published(reports, out)
    add_report(reports, "annual/2014", text="Section IV lists 156 recipients.")
    with pytest.raises(RequestError, match="Text under “The total”, number 1 of the text: 155 → 156"):
        published(reports, out)


def test_a_report_that_is_no_longer_built_needs_a_reason(reports: Path, out: Path) -> None:
    published(reports, out)
    for path in reports.glob("country/CIV*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(RequestError, match="country/CIV: published, and not built any more"):
        published(reports, out)
    published(reports, out, "Asked for by nobody.")
    assert not (out / "country").exists()
    assert "country/CIV. Correction of an error, withdrawn" in index(out)


def test_foreign_files_in_the_folder_are_left_alone(reports: Path, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="not a site of milaid"):
        published(reports, out)
    (out / "mine.txt").unlink()
    published(reports, out)
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match=r"mine\.txt: not part of the site"):
        published(reports, out)
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("place", [".", "inside", ".."])
def test_a_site_is_not_published_into_the_reports(reports: Path, place: str) -> None:
    with pytest.raises(RequestError, match="name another --out"):
        published(reports, reports / place)


def test_without_reports_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="holds no report yet"):
        publish(tmp_path, tmp_path.parent / "out", with_data=False)


def test_links_that_only_hold_here_are_dead(tmp_path: Path) -> None:
    (tmp_path / "a b.html").write_text('<p id="x">', encoding="utf-8")
    (tmp_path / "index.html").write_text(
        '<a href="a%20b.html#x">ok</a><a href="https://example.org/">ok</a><a href="mailto:x@y">ok</a>'
        '<a href="/a">1</a><a href="../up.html">2</a><a href="file:///x">3</a><img src=\'no.png\'>'
        '<a href="a%20b.html#y">5</a> text href="nothing"',
        encoding="utf-8",
    )
    assert [problem.split(": ", 1)[1] for problem in dead_links.dead_links(tmp_path)] == [
        "/a (does not hold when the folder is moved)",
        "../up.html (leads out of the site)",
        "file:///x (does not hold when the folder is moved)",
        "no.png (there is no no.png)",
        "a%20b.html#y (a b.html has no place called y)",
    ]


def test_the_server_shows_files_and_no_hidden_ones(reports: Path) -> None:
    write_site(reports, with_data=False)
    (reports / ".built.json").write_text("secret", encoding="utf-8")
    with serving.open_server(reports, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            base = f"http://127.0.0.1:{server.server_port}/"
            with urllib.request.urlopen(f"{base}index.html") as answer:
                assert answer.read() == (reports / "index.html").read_bytes()
            for place in (".built.json", "annual/", "%2e%2e/x"):
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    urllib.request.urlopen(base + place)
        finally:
            server.shutdown()
            thread.join()


def test_a_port_in_use_is_named(reports: Path) -> None:
    with serving.open_server(reports, 0) as server:
        port = server.server_port
        with pytest.raises(RequestError, match=f"port {port} is in use"):
            serving.open_server(reports, port)


def test_the_server_stops_with_the_keyboard(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self, poll_interval: float = 0.5) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serving.ThreadingHTTPServer, "serve_forever", interrupted)
    # The data for download take most of the time, and are tried elsewhere.
    monkeypatch.setattr(serving, "write_site", partial(write_site, with_data=False))
    said: list[str] = []
    serving.serve(reports, 0, said.append)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/ \(stop with Ctrl-C\)", said[0])
    assert said[1:] == ["stopped"]
    assert (reports / "index.html").is_file()


def test_the_archive_of_a_report_holds_its_tables(reports: Path) -> None:
    with zipfile.ZipFile(reports / "annual" / "2014.zip") as archive:
        assert {name.split("/")[-1]: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in (reports / "annual" / "2014").glob("*.csv")
        }


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (999_499, "999 kB"),
     (999_500, "1.0 MB"), (25_541_228, "25.5 MB"), (155_403_124, "155 MB")],
)  # fmt: skip
def test_sizes_in_words(size: int, said: str) -> None:
    assert size_in_words(size) == said


def test_words_for_the_search_have_no_accents() -> None:
    assert folded("Côte d’Ivoire, São Tomé") == "cote divoire sao tome d ivoire"
