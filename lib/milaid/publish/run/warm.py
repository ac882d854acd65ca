"""What kernels have in common, loaded once: imported by the process that they are forked from, and by nothing else.

Nothing here may leave a thread running or a socket open, which a fork does not take along.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil

import pyarrow as pa

from milaid import lifeline, memory
from milaid.publish.run import workers
from milaid.publish.run.kernel import apart
from milaid.tables import store, subjects

_STARTER = "milaid.publish.run.forked"
_TABLES = (
    store.load_totals, store.load_known_issues, store.load_edition_fields, store.load_series_breaks,
    store.load_published_figures, store.load_documents, store.load_other_sources, store.load_programs, store.load_events,
    store.load_program_labels, store.load_program_accounts, store.load_program_texts, store.load_countries,
    store.load_boundaries, store.load_institutions, store.load_deflator, store.load_aid, store.load_population,
    store.load_aid_recipients, store.load_aid_accounts, store.load_arms_sales, store.load_arms_sales_totals,
    store.load_excess_defense_articles, store.load_course_extensions,
)  # fmt: skip
"""Tables that most reports read."""


def _read_tables() -> None:
    """Read what every report reads; what is missing or wrong is told by the kernel that wants it."""
    from milaid.exhibits import misplaced
    from milaid.exhibits.subject import open_subject

    try:
        if years := store.available_years():
            open_subject(years[-1])
            subjects.recipients()
            misplaced.cases()
        for table in _TABLES:
            table()
    except Exception:
        # Whatever it is: a kernel that meets it says where, and a report that does not need the table is made.
        return


def _import_modules() -> None:
    # Of the debugger and seaborn a kernel needs little, but each kernel that does would import them for itself.
    for name in ("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.debugger", "seaborn", _STARTER):
        importlib.import_module(name)
    for room in ("milaid.charts", "milaid.exhibits"):
        for found in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            importlib.import_module(found.name)


pa.set_cpu_count(1)
with lifeline.while_parent_lives():
    with apart():
        importlib.import_module("matplotlib")
    # Reading takes most room for a moment: it comes before all else that stays.
    _read_tables()
    # What reading took and no longer needs every kernel would have too.
    gc.collect()
    memory.give_back()
    _import_modules()
# What is there now stays: kernels need not look at it again, and their pages stay shared. What comes is looked through
# more rarely than Python does by itself, which would take a tenth of the time of a report; it costs some megabytes.
gc.freeze()
gc.set_threshold(workers.OBJECTS_BETWEEN_LOOKS, 10, 2)
