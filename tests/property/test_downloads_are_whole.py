"""Whatever a server does in the middle of a file, what gets the file's name is the file."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.sources.download.fetching import Fetcher
from milaid.sources.download.manners import FetchFailed, Manners
from milaid.sources.download.receiving import Wanted
from official_server import Pauses, Served, running

CONTENT = hashlib.shake_256(b"report").digest(2000)
OTHER = hashlib.shake_256(b"another").digest(1800)
# Every answer that holds the version not wanted ends one round, and so do four cuts in a row.
ROUNDS = 8


@pytest.fixture(scope="module")
def server():
    with running() as server:
        yield server


def fetch(url: str, path: Path, content: bytes | None) -> bool:
    """Fetch a file with four tries; return whether it came."""
    wanted = Wanted(url, path, hashlib.sha256(content).hexdigest() if content else None)

    async def fetch_it() -> None:
        async with Fetcher(Manners(tries=4, pause=Pauses()), lambda line: None) as fetcher:
            await fetcher.fetch(wanted)

    try:
        asyncio.run(fetch_it())
    except FetchFailed:
        return False
    return True


@settings(max_examples=40)
@given(
    cuts=st.lists(st.none() | st.integers(0, 2100), max_size=5),
    busy=st.lists(st.sampled_from([429, 500, 503]), max_size=2),
    version=st.sampled_from([None, '"1"', 'W/"1"']),
    ranges=st.booleans(),
    if_range=st.booleans(),
    known=st.booleans(),
    changes=st.booleans(),
)
def test_a_file_is_whole_or_not_there_and_comes_in_the_end(
    server, cuts, busy, version, ranges, if_range, known, changes
):
    """A server may cut, be busy, know no ranges and change the file once: never is a mixture taken."""
    manner = {"ranges": ranges, "if_range": if_range}
    then = Served(OTHER, version=version and version.replace("1", "2"), **manner) if changes else None
    statuses = [(status, "1") for status in busy]
    url = server.serve("file", CONTENT, version=version, cuts=cuts, then=then, statuses=statuses, **manner)
    last = OTHER if changes and any(cut is not None for cut in cuts) else CONTENT
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.bin"
        came = False
        for _ in range(ROUNDS):
            came = fetch(url, path, last if known else None)
            assert came == path.exists()
            if came:
                break
        assert came
        assert path.read_bytes() in ({last} if known else {CONTENT, last})
        assert [item.name for item in Path(folder).iterdir()] == ["file.bin"]
