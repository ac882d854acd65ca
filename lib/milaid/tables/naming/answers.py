"""The answer to a name that is no canonical code of what is allowed, in the words of a message."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from milaid.spelling import did_you_mean
from milaid.tables.naming.forms import Answer, Candidates, Found, Missing, Named


def wrong(text: str, answer: Answer, allowed: Collection[str]) -> str:
    """Return what is wrong with a text, "" where it means one of the codes that are ``allowed``."""
    seen = repr(text.strip())
    match answer:
        case Found(what) if what.code in allowed:
            return ""
        case Found(what):
            return f"{seen} is not allowed; it is {what}, for which no training is listed"
        case Candidates((only,)):
            return f"{seen} is not allowed; did you mean {only}, which is not the same?"
        case Candidates(several):
            return f"{seen} is not clear; it may be {' or '.join(map(str, several))}: write the code"
        case Missing(near):
            return f"{seen} is not allowed{did_you_mean([str(one) for one in _listed(near, allowed)])}"


def _listed(near: Sequence[Named], allowed: Collection[str]) -> Sequence[Named]:
    """Return what is near and allowed; all that is near, where nothing of it is."""
    return [one for one in near if one.code in allowed] or near
