"""The rows added up, against the totals that the documents print."""

from __future__ import annotations

import pandas as pd

from milaid.errors import DataError, list_problems

_KEY = ["edition", "region", "country", "program_printed"]


def reconciliation(
    trainings: pd.DataFrame, printed_totals: pd.DataFrame, known_issues: pd.DataFrame
) -> pd.DataFrame:
    """Return every printed total of people and dollars beside the sum of its rows.

    In: activities, totals and issues as ``schemas.TRAININGS``, ``TRAININGS_TOTALS``, ``KNOWN_ISSUES``. Out,
    one row a total: edition, level, region, country, program_printed (missing for a country),
    printed_participants, computed_participants, printed_cost_usd, computed_cost_usd, agrees (both equal),
    known_issue (whether it is named in known_issues), reason, document, page. A label that a country prints
    more than once is one row. Activities whose label or country has no printed total get a row with the
    printed values missing, which does not agree.
    """
    printed = _printed(printed_totals)
    computed = pd.concat(
        [
            _computed(trainings, _KEY).assign(level="program"),
            _computed(trainings, _KEY[:-1]).assign(level="country"),
        ],
        ignore_index=True,
    )
    keys = ["level", *_KEY]
    frame = printed.merge(computed, on=keys, how="outer", suffixes=("", "_of_rows"))
    for name in ("document", "page"):
        frame[name] = frame[name].where(frame[name].notna(), frame[f"{name}_of_rows"])
    for name in ("computed_participants", "computed_cost_usd"):
        # A printed total without any rows is a sum of nothing, which is zero.
        frame[name] = frame[name].fillna(0).astype("Int64")
    frame["agrees"] = (
        (frame["printed_participants"] == frame["computed_participants"])
        & (frame["printed_cost_usd"] == frame["computed_cost_usd"])
    ).fillna(False).astype(bool)  # fmt: skip
    frame["reason"] = _reasons(frame, known_issues)
    frame["known_issue"] = frame["reason"].notna()
    columns = [
        "edition", "level", "region", "country", "program_printed", "printed_participants",
        "computed_participants", "printed_cost_usd", "computed_cost_usd", "agrees", "known_issue", "reason",
        "document", "page",
    ]  # fmt: skip
    frame = frame[columns].astype({"page": "Int64"})
    return frame.sort_values(["edition", "document", "page", "level", "program_printed"]).reset_index(
        drop=True
    )


def _printed(printed_totals: pd.DataFrame) -> pd.DataFrame:
    wanted = printed_totals[
        printed_totals["level"].isin(["program", "country"]) & (printed_totals["status"] == "actual")
    ]
    grouped = wanted.groupby(["level", *_KEY], dropna=False, sort=False)
    return grouped.agg(
        printed_participants=("quantity", _sum),
        printed_cost_usd=("cost_usd", _sum),
        document=("document", "first"),
        page=("page", "min"),
    ).reset_index()


def _computed(trainings: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    actual = trainings[trainings["status"] == "actual"]
    frame = (
        actual.groupby(by, dropna=False, sort=False)
        .agg(
            computed_participants=("quantity", _sum),
            computed_cost_usd=("cost_usd", _sum),
            document=("document", "first"),
            page=("page", "min"),
        )
        .reset_index()
    )
    if "program_printed" not in by:
        frame["program_printed"] = pd.Series([None] * len(frame), dtype=trainings["program_printed"].dtype)
    return frame


def _sum(values: pd.Series) -> object:
    """Return the sum of the values there are, or missing when there are none."""
    return values.sum(min_count=1)


def _reasons(frame: pd.DataFrame, known_issues: pd.DataFrame) -> pd.Series:
    """Return for each total the reasons that known_issues names for it, joined; missing when it names none."""
    named: dict[tuple[str, str, str, str], list[str]] = {}
    for issue in known_issues.itertuples():
        key = (str(issue.edition), str(issue.level), _text(issue.country), _text(issue.program_printed))
        named.setdefault(key, []).append(str(issue.reason))
    found = [
        "; ".join(
            dict.fromkeys(
                named.get((row.edition, row.level, _text(row.country), _text(row.program_printed)), [])
            )
        )
        for row in frame.itertuples()
    ]
    return pd.Series([reason or None for reason in found], index=frame.index, dtype="str")


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def summary(reconciled: pd.DataFrame) -> pd.DataFrame:
    """Return how many printed totals agree with their rows, by edition and level.

    Out: edition, level, totals, agreeing, known (differing and named in known_issues), unexplained.
    """
    flags = reconciled.assign(
        _known=~reconciled["agrees"] & reconciled["known_issue"],
        _unexplained=~reconciled["agrees"] & ~reconciled["known_issue"],
    )
    grouped = flags.groupby(["edition", "level"], sort=True)
    return grouped.agg(
        totals=("agrees", "size"),
        agreeing=("agrees", "sum"),
        known=("_known", "sum"),
        unexplained=("_unexplained", "sum"),
    ).reset_index()


def require_reconciled(reconciled: pd.DataFrame, known_issues: pd.DataFrame) -> None:
    """Check that every total that differs from its rows is a known issue with just these two values.

    In: the result of :func:`reconciliation` and ``schemas.KNOWN_ISSUES``. Raises one DataError with every
    difference that is not named, and every known issue of a total that no longer differs as it says.
    """
    seen = _differences(reconciled)
    totals = known_issues[known_issues["level"].isin(["program", "country"])]
    known = {
        (row.edition, row.level, _text(row.country), _text(row.program_printed), row.measure): (
            _text(row.printed_value),
            _text(row.computed_value),
        )
        for row in totals.itertuples()
    }
    problems = []
    for key, (printed, computed, place) in seen.items():
        if known.get(key) != (printed, computed):
            problems.append(f"{_describe(key)}: printed {printed or 'nothing'}, rows {computed} ({place})")
    for key, (printed, computed) in known.items():
        if key not in seen:
            problems.append(
                f"{_describe(key)}: listed as printed {printed}, rows {computed}; it no longer differs"
            )
    if problems:
        advice = (
            "Look each up on its page; a fault of the document goes into data/reference/known_issues.csv."
        )
        raise DataError(list_problems("Printed totals and rows do not agree:", problems, advice))


_Key = tuple[str, str, str, str, str]


def _differences(reconciled: pd.DataFrame) -> dict[_Key, tuple[str, str, str]]:
    found: dict[_Key, tuple[str, str, str]] = {}
    for row in reconciled[~reconciled["agrees"]].itertuples():
        for measure, printed, computed in (
            ("quantity", row.printed_participants, row.computed_participants),
            ("cost_usd", row.printed_cost_usd, row.computed_cost_usd),
        ):
            if pd.isna(printed) or printed != computed:
                key = (row.edition, row.level, _text(row.country), _text(row.program_printed), measure)
                found[key] = (_text(printed), _text(computed), f"{row.document}, page {row.page}")
    return found


def _describe(key: _Key) -> str:
    edition, level, country, program, measure = key
    return f"{edition}, {country}{', ' + program if program else ''}, {level} total of {measure}"
