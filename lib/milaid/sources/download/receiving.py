"""One try at one file: asks for what is missing, writes what comes, checks the whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from milaid.sources.download.manners import PASSING, FetchFailed, Passing, retry_after, status_in_words
from milaid.sources.download.parts import PartialFile
from milaid.sources.official import file_digest

_START = 4096


@dataclass(frozen=True)
class Wanted:
    """A file to fetch: address, place, and what is known of it.

    ``sha256`` and ``size`` (in bytes) are None where the manifest does not name them. ``use`` is called with the whole
    file before it gets its name, and raises a MilaidError when it is not the right one.
    """

    url: str
    path: Path
    sha256: str | None = None
    size: int | None = None
    use: Callable[[Path], None] | None = None


def address_of_bytes(url: str) -> str:
    """Return the address at which a server hands out a file as it was published.

    The Internet Archive adds a banner and rewrites links in the pages it shows; with ``id_`` behind the time
    it sends what it once received. The manifest's files are without the banner.
    """
    return re.sub(r"^(https?://web\.archive\.org/web/\d+)/", r"\1id_/", url)


async def receive(client: httpx.AsyncClient, wanted: Wanted, part: PartialFile) -> None:
    """Bring ``part`` to the whole, checked file; raises Passing or FetchFailed with the reason in words.

    What has come stays in ``part`` unless it is known to be wrong.
    """
    have, version = part.version_to_continue(wanted.url, unmarked=wanted.sha256 is not None)
    headers = {"Range": f"bytes={have}-"} if have else {}
    if have and version:
        headers["If-Range"] = version
    try:
        async with client.stream("GET", address_of_bytes(wanted.url), headers=headers) as response:
            await _take(response, wanted, part, have, version)
            arrived_at = response.url
    except httpx.HTTPError as error:
        raise _in_words(error, wanted, part) from error
    problem = _problem(wanted, part, arrived_at)
    if problem:
        part.drop()
        if have:
            raise Passing("the parts that came at different times do not fit together")
        raise FetchFailed(problem)


async def _take(
    response: httpx.Response, wanted: Wanted, part: PartialFile, have: int, version: str | None
) -> None:
    """Write the body of an answer; ``have`` and ``version`` are those of the part that was to be continued."""
    status = response.status_code
    if status in PASSING:
        after = retry_after(response.headers.get("Retry-After"))
        raise Passing(status_in_words(status), after)
    if status == 416 and response.headers.get("Content-Range", "").endswith(f"/{have}"):
        return
    if status == 416 or (status == 206 and not _continues(response, have, version)):
        part.drop()
        raise Passing("the server has another version of the file than the one that was begun")
    if status not in (200, 206):
        raise FetchFailed(status_in_words(status))
    if status == 200:
        _begin(response, wanted, part)
    with part.more() as stream:
        async for chunk in response.aiter_bytes():
            stream.write(chunk)
    if not part.size:
        raise Passing("the server sent an empty file")
    if "Content-Length" not in response.headers and part.size < (wanted.size or 0):
        raise Passing(_cut(wanted, part))


def _begin(response: httpx.Response, wanted: Wanted, part: PartialFile) -> None:
    etag = response.headers.get("ETag", "")
    version = response.headers.get("Last-Modified") if not etag or etag.startswith("W/") else etag
    countable = response.headers.get("Content-Encoding", "identity") == "identity"
    part.begin(wanted.url, version, countable)
    needed = int(response.headers.get("Content-Length", 0))
    free = shutil.disk_usage(part.path.parent).free
    if needed > free:
        raise FetchFailed(f"not enough disk space: {needed:,} bytes needed, {free:,} free")


def _continues(response: httpx.Response, have: int, version: str | None) -> bool:
    """Return whether a partial answer begins where the part ends and is of the same version."""
    headers = response.headers
    marks = {headers[name] for name in ("ETag", "Last-Modified") if name in headers}
    return (
        headers.get("Content-Range", "").startswith(f"bytes {have}-")
        and headers.get("Content-Encoding", "identity") == "identity"
        and (version is None or not marks or version in marks)
    )


def _in_words(error: httpx.HTTPError, wanted: Wanted, part: PartialFile) -> Exception:
    """Return a failure of the connection as the exception that says what happened and whether it may pass."""
    host = urlsplit(wanted.url).netloc
    if isinstance(error, httpx.ConnectTimeout):
        return Passing(f"{host} does not answer", out_of_reach=True)
    if isinstance(error, httpx.ConnectError):
        return Passing(f"{host} cannot be reached ({error})", out_of_reach=True)
    if isinstance(error, httpx.TimeoutException):
        return Passing(f"the server fell silent; {_come(wanted, part)}")
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchFailed(not_an_address(wanted.url))
    if isinstance(error, httpx.TransportError):
        return Passing(_cut(wanted, part))
    if isinstance(error, httpx.TooManyRedirects):
        return FetchFailed("the server redirects in a circle")
    return FetchFailed(f"the server's answer cannot be read: {error}")


def not_an_address(url: str) -> str:
    """Return that nothing can be fetched from such an address."""
    return f"this is not an address that can be fetched: {url!r}"


def _cut(wanted: Wanted, part: PartialFile) -> str:
    return f"the connection was cut; {_come(wanted, part)}"


def _come(wanted: Wanted, part: PartialFile) -> str:
    of = f" of {wanted.size:,}" if wanted.size else ""
    return f"{part.size:,}{of} bytes have come"


def _problem(wanted: Wanted, part: PartialFile, arrived_at: httpx.URL) -> str:
    """Return why what came is not the wanted file, "" when nothing speaks against it."""
    with part.path.open("rb") as stream:
        start = stream.read(_START)
    page = re.match(rb"\s*(?:<!doctype html|<html|<\?xml)", start, re.IGNORECASE)
    suffix = wanted.path.suffix.lower()
    if page and suffix not in (".html", ".htm"):
        title = re.search(rb"<title[^>]*>\s*([^<]*?)\s*<", start, re.IGNORECASE)
        named = f" titled «{title[1].decode(errors='replace')}»" if title else ""
        elsewhere = f", from {arrived_at}" if str(arrived_at) != address_of_bytes(wanted.url) else ""
        return f"an HTML page{named} came in place of the {suffix.lstrip('.').upper()} file{elsewhere}"
    if suffix == ".pdf" and not start.lstrip().startswith(b"%PDF"):
        return f"what came is not a PDF (it begins with {start[:8]!r})"
    digest = file_digest(part.path)
    if wanted.sha256 is None or digest == wanted.sha256:
        return ""
    expected = f", expected {wanted.size:,}" if wanted.size else ""
    changing = "; a web page can differ each time it is sent" if page else ""
    return (
        f"another file came than the list names: sha256 {digest}, expected {wanted.sha256} "
        f"({part.size:,} bytes{expected}){changing}"
    )
