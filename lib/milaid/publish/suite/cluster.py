"""Reports built by a Dask cluster: the same work on the same reports as on this machine, and equal bytes.

The cluster is another executor for :func:`milaid.publish.suite.building.build_reports`. Its workers may be on other
machines: what they write comes back as bytes and is put in its place here. A worker that is lost loses nothing; what
it was building is built by another one.
"""

from __future__ import annotations

import pickle
import uuid
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from milaid.errors import RequestError
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import Gatherer
from milaid.publish.run.failures import Failure
from milaid.publish.run.workers import Crew, Pool
from milaid.publish.suite.alike import ingredients
from milaid.publish.suite.building import Outcome
from milaid.publish.suite.maker import MakerEnded, Makers
from milaid.publish.suite.parcel import Order, Work, unpack
from milaid.publish.suite.plan import Entry

SECONDS_TO_CONNECT = 20
_RETRIES = 2
"""How often a report is begun again whose process was ended on a worker that goes on. That a worker is lost is
counted by the scheduler: it gives up a report that had several workers lost (distributed.scheduler.allowed-failures)."""
_INSTALL = (
    "--scheduler needs the package distributed; install it: pip install 'milaid[cluster]', in a checkout "
    ".uv/bin/uv sync --extra cluster"
)
_makers = Makers()


def cluster_pool(address: str) -> Pool:
    """Return what makes a crew of the cluster whose scheduler is at ``address``, such as tcp://HOST:PORT.

    Raises RequestError where distributed is not installed. How many reports are made at once is for the cluster to say.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise RequestError(_INSTALL) from error

    @contextmanager
    def pool(workers: int) -> Iterator[Crew]:
        with _connected(address) as client:
            executor = ClusterExecutor(client)
            try:
                yield Crew(executor, sum(client.nthreads().values()))
            except BaseException:
                executor.shutdown(cancel_futures=True)
                raise
            executor.shutdown()

    return pool


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Yield a client of a scheduler that has a worker; raises RequestError where there is none."""
    from distributed import Client

    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise RequestError(f"--scheduler {address}: no scheduler of Dask answers there: {error}") from error
    try:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except TimeoutError as error:
            raise RequestError(
                f"--scheduler {address}: the scheduler has no worker; start one: dask worker {address}"
            ) from error
        yield client
    finally:
        client.close()


class ClusterExecutor(Executor):
    """Hands reports to a cluster; what comes back is written by a thread of its own, one report after another."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._cluster = client.get_executor(pure=False, retries=_RETRIES)
        self._writer = ThreadPoolExecutor(1, "milaid-writer")
        self._build = uuid.uuid4().hex
        self._shared: dict[frozenset[str], Any] = {}
        self._gatherer = Gatherer((), Digests())

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Outcome]:  # type: ignore[override]
        """Send one report: the arguments are those of ``stoppable`` for the work on a report.

        That is the work, an entry, the directory that the files are to be put into here, the places it may link to, what
        its notebook is to say of what it is made from, and whether its cells need not be run. They are run all the same:
        an executed notebook is a thousand times as large as an order, and all orders wait in the scheduler.
        """
        send: Work
        send, entry, out_dir, linked, made_from, _ = arguments
        if linked not in self._shared:
            # A task and not part of each order: the places of a large plan are sent once, and found again when lost.
            self._shared[linked] = self._client.submit(bytes, pickle.dumps(linked), pure=False)
        outcome: Future[Outcome] = Future()
        order = pickle.dumps(Order(send, entry, made_from, ingredients(entry.request, self._gatherer)))
        sent = self._cluster.submit(_make, self._build, order, self._shared[linked])
        sent.add_done_callback(lambda done: self._receive(done, entry, out_dir, outcome))
        return outcome

    def _receive(self, done: Future[bytes], entry: Entry, out_dir: Path, outcome: Future[Outcome]) -> None:
        # Not in the thread that calls: it keeps the connection to the scheduler alive.
        with suppress(RuntimeError):
            self._writer.submit(_settle, done, entry, out_dir, outcome)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes of the build on all workers; with ``cancel_futures`` what is not done is dropped first."""
        self._cluster.shutdown(wait=not cancel_futures)
        # What is being written is finished.
        self._writer.shutdown(wait=True, cancel_futures=cancel_futures)
        with suppress(OSError, TimeoutError):
            self._client.run(_end, self._build, on_error="ignore")


def _settle(done: Future[bytes], entry: Entry, out_dir: Path, outcome: Future[Outcome]) -> None:
    """Write what came back and say so; what went wrong on the way is an outcome too."""
    try:
        outcome.set_result(unpack(done.result(), entry, out_dir))
    except BaseException as error:
        outcome.set_result(Outcome(failure=Failure(_lost(error), parameters=entry.values)))


def _lost(error: BaseException) -> str:
    from distributed import KilledWorker

    advice = "what was not built is built by the same command again"
    if isinstance(error, MakerEnded | KilledWorker):
        return f"workers were ended from outside while they made it, most likely for want of memory; {advice}"
    return f"the cluster did not make it: {type(error).__name__}: {error}; {advice}"


def _make(build: str, order: bytes, linked: bytes) -> bytes:
    """Build a report on a worker."""
    return _makers.make(build, order, linked)


def _end(build: str) -> None:
    """End the processes of a build on a worker."""
    _makers.end(build)
