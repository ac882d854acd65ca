"""Every kind of chart: what it is for, what its frame needs, and an exhibit to look at."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from milaid import charts


@dataclass(frozen=True)
class Kind:
    """One kind of chart, by the name of its function.

    ``use`` says when to take it, ``frame`` what one row is and which columns there are, ``exhibit`` where it is in use:
    a function below milaid.exhibits, "" where no report shows one. Parameters of the function stand in backticks.
    """

    name: str
    use: str
    frame: str
    exhibit: str


KINDS = (
    Kind(
        "long_series",
        "One measure over the years, with its gaps and breaks, and single points of another publisher beside it.",
        "one row a fiscal year; columns `year` and `value`",
        "training.totals.long_series",
    ),
    Kind(
        "lines",
        "Two to about six measures of the same unit over the years, each named at its end.",
        "one row a fiscal year and line; columns `year`, `series`, `value`",
        "aid.military_economic.long_series",
    ),
    Kind(
        "top_shares",
        "How much of the whole falls on the largest, over the years.",
        "one row a fiscal year and group; columns `year`, `group` (the words to write), `share` in percent",
        "training.concentration.shares",
    ),
    Kind(
        "columns_by_year",
        "What a whole is made of over the years: up to four parts, stacked or side by side.",
        "one row a fiscal year and part; columns `year`, `part`, `value`, none negative",
        "training.places.places_years",
    ),
    Kind(
        "small_multiples",
        "The same measure over the years for several things that differ in size or would cross as lines.",
        "one row a fiscal year and panel; columns `year`, `panel`, `value`",
        "training.regions.regions_years",
    ),
    Kind(
        "cover_bars",
        "The long series on the cover: bare bars, nothing to read off.",
        "one row a fiscal year; columns `year` and `value`",
        "front.training_front",
    ),
    Kind(
        "ranked_bars",
        "A ranking, with the year before as a tick, ranks and codes where wanted, in groups if need be.",
        "one row a bar, in the order drawn; columns `label`, `value`, and if wanted `previous`, `rank`, `previous_rank`, "
        "`code`, `group`",
        "training.recipients.top_recipients",
    ),
    Kind(
        "risers_and_fallers",
        "What rose and what fell most between two years.",
        "one row a thing, in the order drawn; columns `label`, `value`, `previous`, none missing",
        "training.recipients.changes",
    ),
    Kind(
        "cumulative_share",
        "How much of the whole the first so many have, from the largest to the smallest.",
        "one row a thing; columns `value` and, for a second curve, `previous`",
        "",
    ),
    Kind(
        "distribution",
        "How many fall into each class, with what has no class at the end.",
        "one row a class, in the order drawn; columns `label` and `value`, none missing",
        "training.courses.course_lengths",
    ),
    Kind(
        "relation",
        "Two measures of the same things against each other, the outliers named.",
        "one row a thing; columns `x`, `y`, `label`",
        "aid.beside_training.participants_and_aid",
    ),
    Kind(
        "world_map",
        "A measure by country: on a map of the world, or, as here, of the part that `countries` fill.",
        "one row a country; columns `iso3`, `value`, `name`; and the table of `boundaries`",
        "training.regions.recipients_map",
    ),
    Kind(
        "heat_table",
        "Shares of many things in many fields, where the low ones are to be seen at once.",
        "one row a cell; columns `row`, `column`, `value` in percent; `heads` gives the order of the columns",
        "quality.coverage.coverage_figure",
    ),
    Kind(
        "tally_bars",
        "Counts made of parts that add up, where a single one must be seen among thousands.",
        "one row a bar, in the order drawn; columns `label` and those that `parts` and `counts` name",
        "quality.editions.agreement",
    ),
    Kind(
        "spans",
        "Which years something is in, and which not, one row each.",
        "one row a thing and year; columns `label`, `year`, `role` (the colour)",
        "guide.overview.listed_years",
    ),
    Kind(
        "timeline",
        "What changed in a series and when: gaps, breaks and lesser changes.",
        "one row a mark; columns `year`, `kind` (gap, break or change), `label`",
        "quality.breaks.breaks_figure",
    ),
)


def chart_functions() -> dict[str, Callable[..., Any]]:
    """Return the functions of milaid.charts that are kinds of charts, by name.

    A kind of chart is a public function that takes a frame, and by name the key that begins the ids of its drawing;
    all else in that package serves these.
    """
    found: dict[str, Callable[..., Any]] = {}
    for part in pkgutil.iter_modules(charts.__path__):
        module = importlib.import_module(f"{charts.__name__}.{part.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_") and _draws(function):
                found[name] = function
    return found


def _draws(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function, eval_str=True).parameters
    first, key = next(iter(parameters.values()), None), parameters.get("key")
    takes_frame = first is not None and first.annotation is pd.DataFrame
    return takes_frame and key is not None and key.kind is key.KEYWORD_ONLY
