"""Annual trends reports on US foreign military training and aid, and a front door to their data: ``import milaid as m``.

``m.trainings``, ``m.units``, ``m.totals`` and the other names of ``dir(m)`` are imported when they are first used, so that
``import milaid`` itself stays light. docs/api.md describes each.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"
# The day of this version; reports print it, so that the same version gives the same bytes on any day.
__released__ = "2026-11-23"

# Each name of the front door and the module of milaid.api that has it; __init__.pyi says the same to type checkers.
_ROOMS = {
    "trainings": "trainings",
    "units": "units",
    "courses": "courses",
    "places": "places",
    "cite": "citing",
    "totals": "totals",
    "change": "changes",
    "aid": "aid",
    "arms": "arms",
    "population": "population",
    "claim": "claims",
    "country": "reports",
    "program": "reports",
    "region": "reports",
    "year": "reports",
    "comparison": "reports",
    "chart": "own",
    "table": "own",
    "notebook": "notebooks",
}
__all__ = list(_ROOMS)


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"milaid.api.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "__released__", "__doc__", "__file__", "__name__", "__path__"])
