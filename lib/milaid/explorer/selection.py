"""What can be selected in the explorer, and what goes together."""

from __future__ import annotations

from dataclasses import dataclass

from milaid import fiscal
from milaid.errors import RequestError, list_problems

CONSTANT_YEAR = 2020
"""The fiscal year in whose prices constant dollars are given, that of the Greenbook."""


@dataclass(frozen=True)
class Measure:
    """What is counted: ``counts`` is what is added up, ``column`` holds the result.

    ``category`` is that of aid, "" for training; ``share`` says that the result is a share of all, in percent.
    """

    label: str
    counts: str
    column: str
    category: str = ""
    share: bool = False


MEASURES = {
    "participants": Measure("Course participants", "participants", "participants"),
    "cost": Measure("Training cost, current US dollars", "cost_usd", "cost_usd"),
    "cost_constant": Measure(
        f"Training cost, US dollars of FY{CONSTANT_YEAR}", "cost_usd", "cost_usd_constant"
    ),
    "per_million": Measure(
        "Course participants per million people", "participants", "participants_per_million"
    ),
    "participants_share": Measure(
        "Share of all course participants, percent", "participants", "participants_share", share=True
    ),
    "cost_share": Measure(
        "Share of all training cost, percent", "cost_usd", "cost_usd_share", share=True
    ),
    "military_aid": Measure(
        "Military aid, current US dollars", "obligations_usd", "obligations_usd", "Military"
    ),
    "military_aid_constant": Measure(
        f"Military aid, US dollars of FY{CONSTANT_YEAR}", "obligations_usd", "obligations_usd_constant", "Military",
    ),
    "economic_aid": Measure(
        "Economic aid, current US dollars", "obligations_usd", "obligations_usd", "Economic"
    ),
    "economic_aid_constant": Measure(
        f"Economic aid, US dollars of FY{CONSTANT_YEAR}", "obligations_usd", "obligations_usd_constant", "Economic",
    ),
}  # fmt: skip
YEAR = "fiscal_year"
GROUPS: dict[tuple[str, ...], str] = {
    (YEAR,): "Fiscal year",
    ("country",): "Country",
    ("region",): "Region",
    ("program",): "Program",
    ("department",): "Department",
    (YEAR, "country"): "Fiscal year and country",
    (YEAR, "region"): "Fiscal year and region",
    (YEAR, "program"): "Fiscal year and program",
    (YEAR, "department"): "Fiscal year and department",
}
"""What numbers can be shown by, as ``m.totals`` names it."""
SHOWN = {"chart": "Chart", "table": "Table", "map": "Map"}


@dataclass(frozen=True)
class Selection:
    """What is selected: a measure, what it is shown by, years and names; no name means all of a kind.

    ``departments`` are codes: DoS, DoD, DHS. Raises RequestError where the parts do not go together.
    """

    measure: str = "participants"
    by: tuple[str, ...] = (YEAR,)
    first_year: int = 1999
    last_year: int = 2020
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    shown: str = "chart"

    def __post_init__(self) -> None:
        problems = [
            f"{name}: {value!r} is not one of {', '.join(map(str, allowed))}"
            for name, value, allowed in (
                ("measure", self.measure, MEASURES),
                ("by", self.by, GROUPS),
                ("shown", self.shown, SHOWN),
            )
            if value not in allowed
        ]
        problems = problems or [*self._of_years(), *self._of_measure()]
        if problems:
            raise RequestError(list_problems("This cannot be shown:", problems))

    def _of_years(self) -> list[str]:
        if self.first_year > self.last_year:
            return [
                f"The first year, {self.first_year}, is after the last, {self.last_year}: change one of them."
            ]
        return []

    def _of_measure(self) -> list[str]:
        found = []
        if self.of.category and (self.programs or self.departments or {"program", "department"} & {*self.by}):
            found.append("Aid is known by country, region and year: choose no program or department.")
        if self.measure == "per_million" and not self.has_people:
            found.append(
                "People are those of one country in one year: show it by fiscal year and country, by country for one year, "
                "or by fiscal year for one country."
            )
        if self.shown == "map" and self.by != ("country",):
            found.append("A map shows countries: show it by country.")
        return found

    @property
    def of(self) -> Measure:
        """The measure."""
        return MEASURES[self.measure]

    @property
    def has_people(self) -> bool:
        """Whether each number is of one country in one year."""
        one_year = self.first_year == self.last_year
        return (
            self.by == (YEAR, "country")
            or (self.by == ("country",) and one_year)
            or (self.by == (YEAR,) and len(self.countries) == 1)
        )

    @property
    def title(self) -> str:
        """What is shown, in words."""
        names = [
            ", ".join(values)
            for values in (self.countries, self.regions, self.programs, self.departments)
            if values
        ]
        years = fiscal.label(self.first_year)
        if self.last_year > self.first_year:
            years += f" to {fiscal.label(self.last_year)}"
        return f"{'; '.join([self.of.label, *names])}: {years}, by {GROUPS[self.by].lower()}"
