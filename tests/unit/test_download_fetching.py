"""One file from a server that is slow, busy, cuts the line, forgets or sends something else."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from milaid.errors import SourceError
from milaid.sources.download.fetching import Fetcher
from milaid.sources.download.manners import FetchFailed, Manners, retry_after, status_in_words
from milaid.sources.download.parts import PartialFile
from milaid.sources.download.receiving import Wanted, address_of_bytes
from official_server import Pauses, Served, running

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF\n"
OTHER = PDF.replace(b"\x01", b"\x02")
HALF = len(PDF) // 2
PAGE = b"<!DOCTYPE html><html><head><title>Access Denied</title></head></html>"
BETWEEN = 0.25


@pytest.fixture
def pauses():
    return Pauses()


@pytest.fixture
def fetch(tmp_path, pauses):
    """Return the function that fetches one file into a directory of its own, with three tries."""

    def fetch(url, name="report.pdf", content=PDF, known=True, use=None, **manners):
        digest = hashlib.sha256(content).hexdigest() if known else None
        wanted = Wanted(url, tmp_path / name, digest, len(content) if known else None, use)
        usual = {"tries": 3, "between_requests": BETWEEN, "pause": pauses, "silence_seconds": 5.0}
        run([wanted], Manners(**{**usual, **manners}))
        return wanted.path

    return fetch


def run(wanted, manners, said=None):
    async def fetch_all():
        async with Fetcher(manners, (said if said is not None else []).append) as fetcher:
            await asyncio.gather(*(fetcher.fetch(item) for item in wanted))

    asyncio.run(fetch_all())


def part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def nothing_left(path: Path) -> bool:
    return not [item.name for item in path.parent.iterdir() if item != path]


def test_a_file_comes_whole_under_its_name_and_leaves_nothing_else(server, fetch):
    path = fetch(server.serve("a", PDF))
    assert path.read_bytes() == PDF
    assert nothing_left(path)
    assert server.asked("a") == [None]
    assert server.requests[0].agent.startswith("milaid/")


def test_a_slow_server_is_waited_for(server, fetch):
    assert fetch(server.serve("a", PDF, piece=100)).read_bytes() == PDF
    assert len(server.requests) == 1


def test_a_cut_connection_is_continued_where_it_broke_off(server, fetch, pauses):
    path = fetch(server.serve("a", PDF, cuts=[HALF]))
    assert path.read_bytes() == PDF
    assert server.asked("a") == [None, f"bytes={HALF}-"]
    assert server.requests[1].if_range == '"1"'
    assert pauses == [1.0, BETWEEN]


def test_without_ranges_a_cut_file_comes_anew(server, fetch):
    assert fetch(server.serve("a", PDF, cuts=[HALF], ranges=False)).read_bytes() == PDF
    assert server.asked("a") == [None, f"bytes={HALF}-"]


def test_a_connection_that_is_always_cut_fails_after_the_last_try_and_keeps_what_came(
    server, fetch, tmp_path
):
    url = server.serve("a", PDF, always_cut=10)
    with pytest.raises(FetchFailed, match=f"the connection was cut; 30 of {len(PDF):,} bytes.*tried 3 times"):
        fetch(url)
    assert part_of(tmp_path / "report.pdf").read_bytes() == PDF[:30]
    assert not (tmp_path / "report.pdf").exists()
    server.files["a"].always_cut = None
    assert fetch(url).read_bytes() == PDF
    assert server.asked("a")[-1] == "bytes=30-"


@pytest.mark.parametrize("if_range", [True, False], ids=["heeds If-Range", "ignores If-Range"])
def test_a_file_that_changed_in_the_middle_is_not_pieced_together(server, fetch, if_range):
    changed = Served(OTHER, version='"2"', if_range=if_range)
    url = server.serve("a", PDF, cuts=[HALF], then=changed)
    assert fetch(url, content=OTHER, known=False).read_bytes() == OTHER


def test_a_file_that_changed_without_a_mark_is_found_by_its_digest_and_comes_anew(server, fetch):
    changed = Served(OTHER, version=None)
    url = server.serve("a", PDF, version=None, cuts=[HALF], then=changed)
    assert fetch(url, content=OTHER).read_bytes() == OTHER
    assert server.asked("a") == [None, f"bytes={HALF}-", None]


def test_without_mark_and_digest_nothing_is_continued(server, fetch):
    url = server.serve("a", PDF, version=None, cuts=[HALF])
    assert fetch(url, known=False).read_bytes() == PDF
    assert server.asked("a") == [None, None]


def test_a_part_that_is_whole_already_is_only_checked(server, fetch, tmp_path):
    url = server.serve("a", PDF)
    part = PartialFile(tmp_path / "report.pdf")
    part.begin(url, '"1"', countable=True)
    part.path.write_bytes(PDF)
    assert fetch(url).read_bytes() == PDF
    assert server.asked("a") == [f"bytes={len(PDF)}-"]


def test_a_part_longer_than_the_file_is_thrown_away(server, fetch, tmp_path):
    url = server.serve("a", PDF)
    part = PartialFile(tmp_path / "report.pdf")
    part.begin(url, '"1"', countable=True)
    part.path.write_bytes(PDF + b"more")
    assert fetch(url).read_bytes() == PDF
    assert server.asked("a") == [f"bytes={len(PDF) + 4}-", None]


ELSEWHERE = '{"url": "http://127.0.0.1/else", "version": "\\"1\\"", "countable": true}'


@pytest.mark.parametrize("notes", ["", "{", "[]", "{}", ELSEWHERE])
def test_a_part_without_notes_of_this_address_is_not_continued(server, fetch, tmp_path, notes):
    part = PartialFile(tmp_path / "report.pdf")
    part.path.write_bytes(OTHER[:HALF])
    part.notes.write_text(notes, encoding="utf-8")
    assert fetch(server.serve("a", PDF)).read_bytes() == PDF
    assert server.asked("a") == [None]


def test_a_missing_file_is_asked_for_once(server, fetch, pauses, tmp_path):
    with pytest.raises(FetchFailed, match=r"the server has no such file \(404 Not Found\)"):
        fetch(server.url("gone"))
    assert (len(server.requests), pauses) == (1, [])
    assert nothing_left(tmp_path / "report.pdf")


def test_a_busy_server_gets_longer_pauses(server, fetch, pauses):
    assert fetch(server.serve("a", PDF, statuses=[(503, None), (500, None)])).read_bytes() == PDF
    assert pauses == [1.0, BETWEEN, 2.0, BETWEEN]


def test_a_server_that_names_the_time_gets_it(server, fetch, pauses):
    assert fetch(server.serve("a", PDF, statuses=[(429, "7"), (503, "0")])).read_bytes() == PDF
    assert pauses == [7.0, BETWEEN, 0.0, BETWEEN]


def test_a_server_that_wants_too_long_a_pause_is_left_alone(server, fetch, pauses):
    with pytest.raises(FetchFailed, match=r"503 Service Unavailable\) and asks to come back in 3,600 s"):
        fetch(server.serve("a", PDF, statuses=[(503, "3600")]))
    assert pauses == []


def test_a_server_that_stays_busy_is_given_up_after_the_last_try(server, fetch):
    with pytest.raises(FetchFailed, match=r"\(503 Service Unavailable\); tried 3 times"):
        fetch(server.serve("a", status=503))
    assert len(server.requests) == 3


def test_retry_after_is_a_number_or_a_date():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after("12") == 12
    assert retry_after("Thu, 01 Jan 2026 00:01:30 GMT", now) == 90
    assert retry_after("Wed, 31 Dec 2025 23:00:00 GMT", now) == 0
    assert retry_after("soon") is None
    assert retry_after(None) is None


def test_an_unknown_status_is_named_by_its_number():
    assert status_in_words(599) == "the server answered (599)"


def test_a_page_in_place_of_a_pdf_is_named_and_not_kept(server, fetch, tmp_path):
    url = server.serve("old", redirect=server.serve("denied", PAGE))
    message = r"an HTML page titled «Access Denied» came in place of the PDF file, from http.*/denied$"
    with pytest.raises(FetchFailed, match=message):
        fetch(url)
    assert nothing_left(tmp_path / "report.pdf")


def test_another_file_is_refused_with_both_digests(server, fetch, tmp_path):
    with pytest.raises(FetchFailed) as caught:
        fetch(server.serve("a", OTHER))
    for content in (PDF, OTHER):
        assert hashlib.sha256(content).hexdigest() in str(caught.value)
    assert nothing_left(tmp_path / "report.pdf")


def test_a_web_page_that_differs_says_so(server, fetch):
    with pytest.raises(FetchFailed, match=r"another file came.*a web page can differ each time it is sent"):
        fetch(server.serve("a", PAGE + b"other"), name="africa.html", content=PAGE)


def test_what_is_no_pdf_is_refused_even_where_no_digest_is_known(server, fetch):
    with pytest.raises(FetchFailed, match="what came is not a PDF"):
        fetch(server.serve("a", b"GIF89a"), known=False)


def test_an_empty_file_is_no_file(server, fetch, tmp_path):
    with pytest.raises(FetchFailed, match="the server sent an empty file; tried 3 times"):
        fetch(server.serve("a", b""))
    assert not (tmp_path / "report.pdf").exists()


def test_a_server_that_announces_too_much_is_taken_for_cut(server, fetch):
    with pytest.raises(FetchFailed, match="the connection was cut"):
        fetch(server.serve("a", PDF, announced=len(PDF) + 5, ranges=False))


def test_a_server_that_announces_too_little_has_sent_another_file(server, fetch):
    with pytest.raises(FetchFailed, match=rf"another file came .* \(100 bytes, expected {len(PDF):,}\)"):
        fetch(server.serve("a", PDF, announced=100))


def test_a_cut_shows_by_the_known_size_where_none_is_announced(server, fetch):
    path = fetch(server.serve("a", PDF, unannounced=True, cuts=[HALF]))
    assert path.read_bytes() == PDF
    assert server.asked("a") == [None, f"bytes={HALF}-"]


def test_a_redirect_is_followed_and_a_circle_is_not(server, fetch):
    assert fetch(server.serve("old", redirect=server.serve("new", PDF))).read_bytes() == PDF
    with pytest.raises(FetchFailed, match="the server redirects in a circle"):
        fetch(server.serve("round", redirect=server.url("round")), name="other.pdf")


def test_a_file_that_is_sent_compressed_is_unpacked_and_never_continued_by_count(server, fetch):
    path = fetch(server.serve("a", PAGE * 50, compressed=True, cuts=[20]), name="a.html", content=PAGE * 50)
    assert path.read_bytes() == PAGE * 50
    assert server.asked("a") == [None, None]


def test_a_server_that_falls_silent_is_left_after_a_while_and_continued(server, fetch):
    url = server.serve("a", PDF, piece=1000, silent_after=2000)
    with pytest.raises(FetchFailed, match="the server fell silent; 2,000 of"):
        fetch(url, silence_seconds=0.2, tries=1)
    server.files["a"].silent_after = None
    assert fetch(url).read_bytes() == PDF
    assert server.asked("a")[-1] == "bytes=2000-"


def test_a_server_out_of_reach_is_asked_by_one_file_only(tmp_path, pauses):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        wanted = [Wanted(f"{url}{n}", tmp_path / f"{n}.pdf") for n in range(20)]
        manners = Manners(tries=2, at_a_time_per_host=1, pause=pauses)
        reasons, said = [], []

        async def fetch_all():
            async with Fetcher(manners, said.append) as fetcher:
                for item in wanted:
                    try:
                        await fetcher.fetch(item)
                    except FetchFailed as failed:
                        reasons.append(str(failed))

        asyncio.run(fetch_all())
    assert len(reasons) == 20
    assert all("127.0.0.1" in reason and "cannot be reached" in reason for reason in reasons)
    assert len(said) == 1 and pauses.count(1.0) == 1


@pytest.mark.parametrize("url", ["ftp://example.org/a.pdf", "no address", "http://[::1"])
def test_what_is_no_address_is_named(fetch, url):
    with pytest.raises(FetchFailed, match="this is not an address that can be fetched"):
        fetch(url)


def test_a_few_files_come_at_a_time_and_one_server_gets_no_burst(server, tmp_path, pauses):
    wanted = [Wanted(server.serve(f"{n}", PDF, lingers=0.1), tmp_path / f"{n}.pdf") for n in range(6)]
    run(wanted, Manners(at_a_time=5, at_a_time_per_host=2, pause=pauses))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{n}.pdf" for n in range(6)]
    assert server.most_at_once == 2
    assert pauses == [0.5] * 5


def test_no_more_than_a_few_files_come_at_a_time_from_all_servers(tmp_path, pauses):
    with running() as one, running() as other:
        wanted = [
            Wanted(server.serve(f"{n}", PDF, lingers=0.05), tmp_path / f"{server.server_port}-{n}.pdf")
            for server in (one, other)
            for n in range(4)
        ]
        run(wanted, Manners(at_a_time=1, at_a_time_per_host=4, pause=pauses))
        assert (one.most_at_once, other.most_at_once) == (1, 1)
        assert len(list(tmp_path.iterdir())) == 8


def test_every_try_made_again_is_told(server, tmp_path, pauses):
    said: list[str] = []
    wanted = Wanted(server.serve("a", PDF, statuses=[(503, "3")]), tmp_path / "a.pdf")
    run([wanted], Manners(pause=pauses), said)
    assert said == [
        "a.pdf: the server is busy or out of order (503 Service Unavailable); trying again in 3 s"
    ]


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no /dev/full to stand for a full disk"
)
def test_a_full_disk_is_named(server, fetch, tmp_path, monkeypatch):
    monkeypatch.setattr(PartialFile, "drop", lambda part: None)
    part_of(tmp_path / "report.pdf").symlink_to("/dev/full")
    with pytest.raises(FetchFailed, match=r"not enough disk space: [\d,]+ bytes free"):
        fetch(server.serve("a", PDF))
    assert not (tmp_path / "report.pdf").exists()
    assert len(server.requests) == 1


def test_a_file_larger_than_the_free_disk_is_not_begun(server, fetch, tmp_path):
    with pytest.raises(FetchFailed, match="not enough disk space: 1,000,000,000,000,000 bytes needed"):
        fetch(server.serve("a", PDF, announced=10**15))
    assert not part_of(tmp_path / "report.pdf").exists()


def test_a_place_that_cannot_be_written_is_named(server, fetch, tmp_path):
    (tmp_path / "taken").write_text("a file where a directory should be", encoding="utf-8")
    with pytest.raises(FetchFailed, match=f"taken.*cannot be written: {os.strerror(errno.ENOTDIR)}"):
        fetch(server.serve("a", PDF), name="taken/report.pdf")


def test_a_file_gets_its_name_only_when_its_use_accepts_it(server, fetch, tmp_path):
    def refuse(path):
        raise SourceError(f"{path.name} is not the volume")

    url = server.serve("a", PDF)
    with pytest.raises(FetchFailed, match=r"^report.pdf.part is not the volume"):
        fetch(url, known=False, use=refuse)
    assert nothing_left(tmp_path / "report.pdf")
    seen = []
    path = fetch(url, known=False, use=lambda path: seen.append(path.read_bytes()))
    assert seen == [PDF]
    fetch(url, known=False, use=lambda path: seen.append(path))
    assert seen == [PDF, path]
    assert len(server.requests) == 2


def test_pages_of_the_archive_are_asked_for_without_its_banner():
    page = "https://1997-2001.state.gov/www/global/arms/fmtrain/cta_af_a2gam.html"
    archived = f"https://web.archive.org/web/20170601013645/{page}"
    assert address_of_bytes(archived) == f"https://web.archive.org/web/20170601013645id_/{page}"
    assert address_of_bytes(address_of_bytes(archived)) == address_of_bytes(archived)
    assert address_of_bytes(page) == page
