"""Rows of arms notifications from transmittals as they are printed: recipient, fiscal year, training, what replaces what."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from milaid import fiscal
from milaid.sources.arms_notices.notice import Transmittal
from milaid.tables import store
from milaid.tables.naming.countries import resolve_country
from milaid.tables.naming.forms import Found
from milaid.tables.schema import conform
from milaid.tables.schemas_notifications import ARMS_NOTIFICATIONS, FIRST_NAMED, NAMED, NOT_NAMED

ADDRESS = "https://www.federalregister.gov/d/"
_KEY = list(ARMS_NOTIFICATIONS.key)
_GOVERNMENT = re.compile(r"^(?:the\s+)?government\s+of\s+(?:the\s+)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
_OF_NATO = re.compile(r"^(?:NATO|North Atlantic Treaty Organi[sz]ation)\b", re.IGNORECASE)
_NATO = "NATO"
_TRAINING = re.compile(r"\b(?:re)?train(?:ing|ers?|ees?|ed)?\b", re.IGNORECASE)
_HEAD = re.compile(
    r"^(?:(?:non-)?(?:major defense equipment|MDE)\s*(?:\(MDE\))?[^:.]*:\s*(?:none|n/a)?[\s.;]*)+",
    re.IGNORECASE,
)


def as_rows(transmittals: Iterable[Transmittal]) -> pd.DataFrame:
    """Return transmittals as rows of ``schemas_notifications.ARMS_NOTIFICATIONS``; :func:`resolved` fills in replaced_by."""
    made = [
        {
            "document": each.document,
            "transmittal": each.transmittal,
            "kind": each.kind,
            "section": each.section,
            "correction": each.correction,
            "replaced_by": None,
            "refers_to": each.refers_to,
            "purchaser": each.purchaser,
            "delivered": each.delivered,
            "fiscal_year": fiscal.year_of(each.delivered),
            "published": each.published,
            "major_defense_equipment_usd": each.amounts.major,
            "other_usd": each.amounts.other,
            "total_value_usd": each.amounts.total,
            "equipment": each.equipment,
            "training": training(each.equipment),
            "military_department": each.military_department,
            "prior_cases": each.prior_cases,
            "funding_source": each.funding_source,
            "line": each.line,
            "page": each.page,
            "url": f"{ADDRESS}{each.document}" if each.numbered else None,
        }
        for each in transmittals
    ]
    frame = pd.DataFrame(made, columns=[n for n in ARMS_NOTIFICATIONS.columns if n not in _WHO])
    return conform(_with_recipients(frame), ARMS_NOTIFICATIONS)[list(ARMS_NOTIFICATIONS.columns)]


def resolved(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of any order, the last of a document standing for it, sorted, each with what replaces it.

    Of several texts of one transmittal one counts: the newest correction, without one the text of the Federal Register
    that was published first. All others name its document in replaced_by.
    """
    frame = rows.drop_duplicates(_KEY, keep="last")
    frame = frame.sort_values(["delivered", "transmittal", "document"], ignore_index=True)
    newest = frame["published"].fillna(pd.Timestamp("1900-01-01").as_unit("s"))
    order = frame.assign(
        _rank=(~frame["correction"]).astype(int),
        _outside=frame["url"].isna().astype(int),
        _day=newest.astype("int64").where(~frame["correction"], -newest.astype("int64")),
    ).sort_values(["_rank", "_outside", "_day", "document"], kind="stable")
    counts = order.drop_duplicates("transmittal").set_index("transmittal")["document"]
    winner = frame["transmittal"].map(counts)
    return frame.assign(replaced_by=winner.where(winner != frame["document"], None).astype("str"))


def training(equipment: str) -> str:
    """Return whether a description names training: in its first words up to a comma or stop, further on, or not."""
    plain = _HEAD.sub("", equipment)
    first = re.split(r"[,;:.]", plain, maxsplit=1)[0]
    if _TRAINING.search(first):
        return FIRST_NAMED
    return NAMED if _TRAINING.search(plain) else NOT_NAMED


_WHO = ("recipient_harmonised", "iso3", "recipient_kind", "region_harmonised")


def _with_recipients(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what is known of their purchaser; missing for purchasers that no reference table has."""
    known = pd.concat([store.load_arms_recipients(), store.load_countries()], ignore_index=True)
    known = known[known["kind"] != "former state"].drop_duplicates("recipient").set_index("recipient")
    names = {purchaser: _recipient(purchaser) for purchaser in frame["purchaser"].unique()}
    names = {purchaser: name for purchaser, name in names.items() if name in known.index}
    recipient = frame["purchaser"].map(names)
    return frame.assign(
        recipient_harmonised=recipient,
        iso3=recipient.map(known["iso3"]),
        recipient_kind=recipient.map(known["kind"]),
        region_harmonised=recipient.map(known["region"]),
    )


def _recipient(purchaser: str) -> str:
    """Return the recipient that a purchaser is, as people write it, with or without its government; "" for none."""
    plain = purchaser.rstrip(" .;")
    without = _GOVERNMENT.sub("", plain)
    for text in (plain, without, _IN_BRACKETS.sub(" ", without).strip()):
        answer = resolve_country(text)
        if isinstance(answer, Found):
            return answer.name
    return _NATO if _OF_NATO.match(without) else ""
