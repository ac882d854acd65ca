"""What department is meant: by its code in the reports, its name, or as it is usually called."""

from __future__ import annotations

from functools import lru_cache

from milaid.tables.naming.forms import Answer, Forms, Named

NOT_STATED = "not stated"
DEPARTMENTS = {
    "DoS": "Department of State",
    "DoD": "Department of Defense",
    "DHS": "Department of Homeland Security",
    NOT_STATED: "Department not readable",
}
"""The departments under which the reports list programs, by their code there, and what stands where none can be read."""
_CALLED = (
    ("State", "DoS"),
    ("State Department", "DoS"),
    ("Defense", "DoD"),
    ("Defense Department", "DoD"),
    ("Defence", "DoD"),
    ("Department of Defence", "DoD"),
    ("Pentagon", "DoD"),
    ("Homeland Security", "DHS"),
    ("Homeland Security Department", "DHS"),
)


def resolve_department(text: str) -> Answer:
    """Return which department a text means, in any case: one, or none with what is near."""
    return known_departments().resolve(text)


@lru_cache(maxsize=1)
def known_departments() -> Forms:
    """Return every form of a department that is known."""
    own = [(form, code) for code, name in DEPARTMENTS.items() for form in (code, name)]
    return Forms([Named(code, name) for code, name in DEPARTMENTS.items()], [own, _CALLED])
