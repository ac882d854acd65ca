"""What is known of the tables that the explorer holds: names, rules, breaks, faults, documents and sources."""

from __future__ import annotations

from typing import Any

import pandas as pd

import milaid
from milaid import flags
from milaid.analysis import aid, arms, beside, name_search, named_countries, places, word_classes
from milaid.blocks import palette
from milaid.blocks.text_form import plain
from milaid.exhibits import misplaced, other_sources
from milaid.exhibits.subject import COUNTING_NOTE, UNPRICED
from milaid.exhibits.year_flags import LOST, MEASURES
from milaid.exhibits.year_flags import UNPRICED as UNPRICED_YEARS
from milaid.imprint import SERIES_NAME
from milaid.publish.explore.claims import claim_rules
from milaid.publish.explore.outlines import map_of_the_world
from milaid.publish.explore.record import population, recipients
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
from milaid.tables import citation, counting, store, subjects
from milaid.tables.naming.departments import DEPARTMENTS, NOT_STATED

_FIRST = "first_page_in_official_file"


def known_of(rows: pd.DataFrame) -> dict[str, Any]:
    """Return all that goes into the file beside the tables, as JSON can hold it; ``rows`` are the activities."""
    names = recipients(rows)
    first = int(rows["fiscal_year"].min())
    return {
        "version": milaid.__version__,
        "released": milaid.__released__,
        "series": SERIES_NAME,
        "recipients": names,
        "regions": [{"code": each.code, "name": each.name} for each in subjects.regions()],
        "programs": _programs(),
        "departments": [{"code": code, "name": name} for code, name in DEPARTMENTS.items()],
        "funder_not_stated": NOT_STATED,
        "search": search_words(),
        "claim": claim_rules(),
        "rules": {"counting": [list(rule) for rule in counting.RULES], **_rules()},
        "flags": {"meanings": flags.MEANINGS, "lost": LOST, "unpriced": UNPRICED_YEARS},
        "least_known": places.LEAST_KNOWN,
        "breaks": _breaks(),
        "lost": _lost(),
        "doubts": _doubts(),
        "documents": _documents(),
        "report": {"name": citation.REPORT, "section": citation.SECTION},
        "sources": {name: list(_source(path)) for name, path in _SOURCES.items()},
        "constant_year": CONSTANT_FISCAL_YEAR,
        "deflator": {
            str(year): value
            for year, value in store.load_deflator()[["fiscal_year", "gdp_deflator"]].itertuples(
                index=False, name=None
            )
        },
        "population": population(names, first),
        "map": map_of_the_world(),
        "colours": {role: list(pair) for role, pair in palette.ROLES.items()},
    }


def search_words() -> dict[str, Any]:
    """Return the words that mean the same and the bounds of :mod:`milaid.analysis.name_search`."""
    return {
        "classes": [line.split() for line in word_classes.CLASSES],
        "acronyms": word_classes.ACRONYMS,
        "left_out": sorted(word_classes.LEFT_OUT),
        "least_score": name_search.LEAST_SCORE,
        "penalty_else": name_search.PENALTY_ELSE,
        "weight_unsaid": name_search.WEIGHT_UNSAID,
        "least_alike": name_search.LEAST_ALIKE,
        "shortest_misspelt": name_search.SHORTEST_MISSPELT,
        "most_compared": name_search.MOST_COMPARED,
        "least_alike_variants": name_search.LEAST_ALIKE_VARIANTS,
        "fits_damaged": name_search.FITS_DAMAGED,
        "rule": name_search.SEARCH_RULE,
        "countries": dict(named_countries.country_forms()),
        "says_something": named_countries.SAYS_SOMETHING,
        "country_rule": named_countries.COUNTRY_RULE,
    }


def _rules() -> dict[str, str]:
    return {
        "note": COUNTING_NOTE,
        "unpriced": f"{UNPRICED}.",
        "per_million": beside.PER_MILLION_RULE,
        "aid": f"{beside.AID_RULE} {aid.NEGATIVE_RULE}",
        "arms": f"{arms.AGREEMENTS_RULE} {arms.BLOCK_RULE}",
        "excess": arms.EXCESS_RULE,
        "places": places.PLACES_RULE,
    }


def _programs() -> list[dict[str, Any]]:
    table = store.load_programs().set_index("code")
    known = {each.code for each in subjects.programs()}
    return [
        {"code": code, "name": row["name"], "funder": row["funder"], "reported": int(code in known)}
        for code, row in table.sort_index().iterrows()
    ]


def _breaks() -> list[dict[str, Any]]:
    """Return gaps, breaks and changes of the series; measures are named as the columns of tables are."""
    table = store.load_series_breaks().astype("object")
    table = table.where(table.notna(), None)
    concerned = {
        group: [name for name, of in MEASURES.items() if of == group] for group in set(MEASURES.values())
    }
    return [
        {
            "year": int(row["fiscal_year"]),
            "kind": row["kind"],
            "label": row["label"],
            "region": row["region"],
            "concerns": [
                name
                for group in (row["concerns"] or "").split(", ")
                for name in concerned.get(group, [group])
            ],
            "description": row["description"],
        }
        for row in table.to_dict("records")
    ]


def _lost() -> list[dict[str, Any]]:
    issues = store.load_known_issues()
    lost = issues[(issues["level"] == "page") & (issues["measure"] == "rows")]
    names = store.load_countries().drop_duplicates("printed").set_index("printed")["recipient"]
    return [
        {
            "year": int(row["edition"][:4]),
            "recipient": names.get(row["country"], row["country"]),
            "reason": row["reason"],
        }
        for row in lost.to_dict("records")
    ]


def _doubts() -> list[dict[str, Any]]:
    """Return the cases of rows that name another country, each with the sentence of the reports."""
    return [
        {
            "year": int(case["fiscal_year"]),
            "recipient": case["recipient"],
            "named": case["named"],
            "said": plain(misplaced.sentence(case)),
        }
        for case in misplaced.cases().to_dict("records")
    ]


def _documents() -> dict[str, list[Any]]:
    """Return by document its address and the page of the official file that is its first, null where that is not known."""
    found = {}
    for row in store.load_documents().to_dict("records"):
        first = 1 if row["kind"] == "official file" else None
        first = int(row[_FIRST]) if pd.notna(row[_FIRST]) else first
        address = row["url"] if pd.notna(row["url"]) else None
        found[row["file"]] = [address, first if row["file"].endswith(citation.PDF) else None]
    return found


_SOURCES = {
    "aid": other_sources.GREENBOOK,
    "arms": other_sources.SALES_BOOK,
    "excess": other_sources.EXCESS_REPORT,
    "deflator": other_sources.DEFLATOR,
    "population": other_sources.POPULATION,
}


def _source(path: str) -> tuple[str, str]:
    """Return a source in words and its address; a project without it has no table of it either."""
    if path not in set(store.load_other_sources()["path"]):
        return "", ""
    source = other_sources.cite(path)
    return source.text, str(source.url)
