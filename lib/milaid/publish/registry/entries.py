"""The reports of the suite, one entry a kind, in the order of the index and of every list."""

from __future__ import annotations

from milaid.publish.registry.report import Report

_YEAR_AND_RANKINGS = ("fiscal_year", "lookback_years", "top_n")

SUITE = (
    Report(
        kind="annual",
        title="Annual trends report",
        plural="Annual trends reports",
        heading="Annual reports",
        lead="One report for each fiscal year: totals, regions, recipients, programs, cost.",
        notebook="annual_trends.ipynb",
        place="annual/{fiscal_year}",
        parameters=_YEAR_AND_RANKINGS,
        brief=(
            "long_series",
            "aid_series",
            "regions_now",
            "recipients_table",
            "regions_table",
            "later_series",
            "later_recipients",
            "later_recipients_table",
        ),
        aid_notebook="annual_aid.ipynb",
    ),
    Report(
        kind="country",
        title="Country profile",
        plural="Country profiles",
        heading="Countries",
        lead="One report for each recipient, up to the newest year that lists it, by region.",
        notebook="country_profile.ipynb",
        place="country/{country}",
        parameters=("country", *_YEAR_AND_RANKINGS),
        brief=("long_series", "aid_series", "programs_years", "programs_table", "activities", "totals_table"),
    ),
    Report(
        kind="region",
        title="Region profile",
        plural="Region profiles",
        heading="Regions",
        lead="The questions of the annual report for one region.",
        notebook="region_profile.ipynb",
        place="region/{region}",
        parameters=("region", *_YEAR_AND_RANKINGS),
        brief=("long_series", "aid_series", "top_recipients", "recipients_table"),
    ),
    Report(
        kind="program",
        title="Program profile",
        plural="Program profiles",
        heading="Programs",
        lead="What each program is, whom it trained and what that cost.",
        notebook="program_profile.ipynb",
        place="program/{program}",
        parameters=("program", *_YEAR_AND_RANKINGS),
        brief=(
            "long_series",
            "imet_years",
            "account_years",
            "program_share",
            "top_recipients",
            "recipients_table",
            "activities",
            "totals_table",
        ),
    ),
    Report(
        kind="comparison",
        title="Comparison",
        heading="Comparisons",
        lead="Two to five countries or programs side by side.",
        notebook="comparison.ipynb",
        place="comparison/{members}",
        parameters=("compare", "members", *_YEAR_AND_RANKINGS),
    ),
    Report(
        kind="program-guide",
        title="Program guide",
        heading="Guide to the programs",
        notebook="program_guide.ipynb",
        place="program-guide",
    ),
    Report(
        kind="data-quality",
        title="Data quality report",
        heading="Data quality",
        notebook="data_quality.ipynb",
        place="data-quality",
    ),
)
