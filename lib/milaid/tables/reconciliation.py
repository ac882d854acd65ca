"""The rows added up, against the totals that the documents print."""

from __future__ import annotations

from typing import Any

import pandas as pd

from milaid.errors import DataError, list_problems

LEVELS = ("fiscal_year", "program", "country")
_COUNTRY = ["edition", "region", "country"]
_KEY = [*_COUNTRY, "program_printed"]
_IDENTITY = ["level", *_KEY, "fiscal_year", "status"]
_Key = tuple[str, ...]


def reconciliation(
    trainings: pd.DataFrame, printed_totals: pd.DataFrame, known_issues: pd.DataFrame
) -> pd.DataFrame:
    """Return every printed total of people and dollars beside the sum of its rows.

    In: activities, totals and issues as ``schemas.TRAININGS``, ``TRAININGS_TOTALS``, ``KNOWN_ISSUES``; rows of
    planned activities too, where an edition has them. Out, one row a total: edition, level, region, country,
    program_printed (missing for a country), fiscal_year and status (``both`` where an edition adds up what is
    done and what is planned), printed_participants, computed_participants, printed_cost_usd, computed_cost_usd,
    participants_agree, cost_agrees, agrees (both), known_issue (whether it differs and known_issues names it with just
    these values), reason (of the known issues that name it), document, page. A label that
    a country prints more than once is one row. A number that neither the total nor any of its rows prints
    agrees. Activities whose label or country has no printed total get a row with the printed values missing,
    which does not agree; totals of a fiscal year are wanted only of editions that print them.
    """
    printed = _printed(printed_totals)
    frame = printed.merge(
        _computed(trainings, printed_totals), on=_IDENTITY, how="outer", suffixes=("", "_of_rows")
    )
    is_printed = frame["document"].notna()
    for name in ("document", "page"):
        frame[name] = frame[name].where(frame[name].notna(), frame[f"{name}_of_rows"])
    frame["participants_agree"] = _agrees(frame, "participants", is_printed)
    frame["cost_agrees"] = _agrees(frame, "cost_usd", is_printed)
    for name in ("computed_participants", "computed_cost_usd"):
        # A printed total without any rows is a sum of nothing, which is zero.
        frame[name] = frame[name].fillna(0).astype("Int64")
    frame["agrees"] = frame["participants_agree"] & frame["cost_agrees"]
    frame["reason"] = _reasons(frame, known_issues)
    frame["known_issue"] = _known(frame, known_issues)
    columns = [
        "edition", "level", "region", "country", "program_printed", "fiscal_year", "status",
        "printed_participants", "computed_participants", "printed_cost_usd", "computed_cost_usd",
        "participants_agree", "cost_agrees", "agrees", "known_issue", "reason", "document", "page",
    ]  # fmt: skip
    frame = frame[columns].astype({"page": "Int64"})
    order = ["edition", "document", "page", "level", "program_printed", "fiscal_year"]
    return frame.sort_values(order).reset_index(drop=True)


def _agrees(frame: pd.DataFrame, measure: str, is_printed: pd.Series) -> pd.Series:
    printed, computed = frame[f"printed_{measure}"], frame[f"computed_{measure}"]
    neither = is_printed & printed.isna() & computed.isna()
    return ((printed == computed.fillna(0)).fillna(False) | neither).astype(bool)


def _printed(printed_totals: pd.DataFrame) -> pd.DataFrame:
    return _added_up(printed_totals, _IDENTITY, "printed")


def _computed(trainings: pd.DataFrame, printed_totals: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the rows, for the levels and years that their edition prints totals of."""
    years_apart = set(printed_totals.loc[printed_totals["level"] == "fiscal_year", "edition"])
    together = set(printed_totals.loc[printed_totals["status"] == "both", "edition"])
    by_year = trainings[trainings["edition"].isin(years_apart)]
    own_year = trainings["edition"].str[:4].astype("int16")
    merged = trainings.assign(
        fiscal_year=own_year, status=trainings["status"].where(~trainings["edition"].isin(together), "both")
    )
    parts = [
        _sums(by_year, "fiscal_year", _KEY),
        _sums(merged, "program", _KEY),
        _sums(merged, "country", _COUNTRY),
    ]
    return pd.concat(parts, ignore_index=True)


def _sums(trainings: pd.DataFrame, level: str, by: list[str]) -> pd.DataFrame:
    frame = _added_up(trainings, [*by, "fiscal_year", "status"], "computed")
    if "program_printed" not in by:
        frame["program_printed"] = pd.Series([None] * len(frame), dtype=trainings["program_printed"].dtype)
    return frame.assign(level=level)


def _added_up(rows: pd.DataFrame, by: list[str], name: str) -> pd.DataFrame:
    """Return people and dollars of each group, missing where no row has any, with the place of its first row."""
    grouped = rows.groupby(by, dropna=False, sort=False)
    sums = grouped[["quantity", "cost_usd"]].sum(min_count=1)
    sums.columns = [f"{name}_participants", f"{name}_cost_usd"]
    return sums.assign(document=grouped["document"].first(), page=grouped["page"].min()).reset_index()


def _reasons(frame: pd.DataFrame, known_issues: pd.DataFrame) -> pd.Series:
    """Return for each total the reasons that known_issues names for it, joined; missing when it names none."""
    named: dict[tuple[str, ...], list[str]] = {}
    for issue in known_issues.itertuples():
        named.setdefault(_total_named(issue), []).append(str(issue.reason))
    found = ["; ".join(dict.fromkeys(named.get(_total_named(row), []))) for row in frame.itertuples()]
    return pd.Series([reason or None for reason in found], index=frame.index, dtype="str")


def _total_named(row: Any) -> tuple[str, ...]:
    """Return what names one total in its edition; only a total of a fiscal year needs its year."""
    year = _text(row.fiscal_year) if row.level == "fiscal_year" else ""
    return str(row.edition), str(row.level), _text(row.country), _text(row.program_printed), year


def _known(frame: pd.DataFrame, known_issues: pd.DataFrame) -> list[bool]:
    """Return for each total whether it differs and known_issues names every difference with just its values."""
    listed = _listed(known_issues)
    unlisted = {
        key[:-1]
        for key, (printed, computed, _) in _differences(frame).items()
        if listed.get(key) != (printed, computed)
    }
    return [not row.agrees and _total_named(row) not in unlisted for row in frame.itertuples()]


def _listed(known_issues: pd.DataFrame) -> dict[_Key, tuple[str, str]]:
    """Return the differences that known_issues names, each with its printed and its computed value."""
    totals = known_issues[known_issues["level"].isin(LEVELS)]
    return {
        (*_total_named(row), row.measure): (_text(row.printed_value), _text(row.computed_value))
        for row in totals.itertuples()
    }


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def require_reconciled(reconciled: pd.DataFrame, known_issues: pd.DataFrame) -> None:
    """Check that every total that differs from its rows is a known issue with just these two values.

    In: the result of :func:`reconciliation` and ``schemas.KNOWN_ISSUES``. Raises one DataError with every
    difference that is not named, and every known issue of a total that no longer differs as it says.
    """
    seen = _differences(reconciled)
    problems = _unexplained(reconciled, known_issues)
    for key, (printed, computed) in _listed(known_issues).items():
        if key not in seen:
            problems.append(
                f"{_describe(key)}: listed as printed {printed}, rows {computed}; it no longer differs"
            )
    _refuse(problems)


def require_explained(reconciled: pd.DataFrame, known_issues: pd.DataFrame) -> None:
    """Check as :func:`require_reconciled` does, of a part of the totals: other known issues may be of other parts."""
    _refuse(_unexplained(reconciled, known_issues))


def _unexplained(reconciled: pd.DataFrame, known_issues: pd.DataFrame) -> list[str]:
    known = _listed(known_issues)
    return [
        f"{_describe(key)}: printed {printed or 'nothing'}, rows {computed} ({place})"
        for key, (printed, computed, place) in _differences(reconciled).items()
        if known.get(key) != (printed, computed)
    ]


def _refuse(problems: list[str]) -> None:
    if problems:
        advice = (
            "Look each up on its page; a fault of the document goes into data/reference/known_issues.csv."
        )
        raise DataError(list_problems("Printed totals and rows do not agree:", problems, advice))


def _differences(reconciled: pd.DataFrame) -> dict[_Key, tuple[str, str, str]]:
    found: dict[_Key, tuple[str, str, str]] = {}
    for row in reconciled[~reconciled["agrees"]].itertuples():
        for measure, agrees, printed, computed in (
            ("quantity", row.participants_agree, row.printed_participants, row.computed_participants),
            ("cost_usd", row.cost_agrees, row.printed_cost_usd, row.computed_cost_usd),
        ):
            if not agrees:
                key = (*_total_named(row), measure)
                found[key] = (_text(printed), _text(computed), f"{row.document}, page {row.page}")
    return found


def _describe(key: _Key) -> str:
    edition, level, country, program, year, measure = key
    what = f"fiscal year {year}" if year else level
    return f"{edition}, {country}{', ' + program if program else ''}, {what} total of {measure}"
