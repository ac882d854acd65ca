"""Names that changed: recipients under several names, recipients that are no country, programs that followed others."""

from __future__ import annotations

import unicodedata

import pandas as pd

NOT_A_STATE = ("former state", "territory", "group of states", "organisation", "not stated")
"""Kinds of recipients that are no present country, in the order they are shown."""


def printed_names(trainings: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """Return every printed name of a recipient with its first and last fiscal year in the activities.

    In: actual activities and ``schemas.COUNTRIES``. Out, by recipient and first year: recipient, printed, kind,
    iso3, note, first, last (int).
    """
    years = trainings.groupby("country")["fiscal_year"].agg(first="min", last="max")
    frame = countries.set_index("printed").join(years, how="inner").reset_index(names="printed")
    frame = frame.sort_values(["recipient", "first", "printed"])
    return frame[["recipient", "printed", "kind", "iso3", "note", "first", "last"]].reset_index(drop=True)


def renamed(names: pd.DataFrame) -> pd.DataFrame:
    """Return the names of recipients that are printed under more than one, as :func:`printed_names` gives them.

    Spellings that differ in capitals, accents and punctuation alone are one name.
    """
    spelled = names["printed"].map(_letters)
    several = spelled.groupby(names["recipient"]).nunique()
    return names[names["recipient"].map(several) > 1].reset_index(drop=True)


def _letters(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())


def not_countries(names: pd.DataFrame) -> pd.DataFrame:
    """Return the names of recipients that are no present country, by kind in the order of :data:`NOT_A_STATE`."""
    frame = names[names["kind"] != "country"]
    order = {kind: position for position, kind in enumerate(NOT_A_STATE)}
    return frame.sort_values("kind", key=lambda kinds: kinds.map(order), kind="stable").reset_index(drop=True)


def program_names(trainings: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Return the programs that followed another, were followed by one, or are printed under several labels.

    In: actual activities and ``schemas.PROGRAMS``. Out, by first year and label: code, label, name, labels (tuple of
    printed label, first and last fiscal year), first, last, predecessor, successor (labels, joined by a comma; missing
    where there is none), note.
    """
    spans = trainings.groupby(["program", "program_printed"])["fiscal_year"].agg(first="min", last="max")
    called = dict(zip(programs["code"], programs["label"], strict=True))
    rows = []
    for program in programs.to_dict("records"):
        if program["code"] not in spans.index.get_level_values(0):
            continue
        printed = spans.loc[program["code"]].sort_values(["first", "last"]).reset_index()
        labels = tuple(
            (str(r.program_printed), int(r.first), int(r.last)) for r in printed.itertuples(index=False)
        )
        linked = {side: _labels(program[side], called) for side in ("predecessor", "successor")}
        if len(labels) < 2 and not any(linked.values()):
            continue
        rows.append(
            {
                **{name: program[name] for name in ("code", "label", "name", "note")},
                **linked,
                "labels": labels,
                "first": int(printed["first"].min()),
                "last": int(printed["last"].max()),
            }
        )
    columns = ["code", "label", "name", "labels", "first", "last", "predecessor", "successor", "note"]
    return pd.DataFrame(rows, columns=columns).sort_values(["first", "label"]).reset_index(drop=True)


def _labels(codes: object, called: dict[str, str]) -> str | None:
    if pd.isna(codes):  # type: ignore[call-overload]
        return None
    return ", ".join(called.get(code.strip(), code.strip()) for code in str(codes).split(";"))
