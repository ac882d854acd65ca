"""Which official files the tables beside the training report are made from, by their place in other_sources.csv."""

from __future__ import annotations

DEFLATOR_SOURCE = "context/csis_gdp_deflators_by_fiscal_year.csv"
BOUNDARIES_SOURCE = "geo/ne_110m_admin_0_countries.geojson"
SALES_BOOK_SOURCE = "arms/FY_2024_HISTORICAL_SALES_BOOK_COMPLETE.pdf"
EXCESS_ARTICLES_SOURCE = "arms/eda_public_report.csv"
GREENBOOK_SOURCE = "aid/us_foreignaid_greenbook.xlsx"
COUNTRY_TOTALS_SOURCE = "aid/us_foreign_aid_country.csv"
POPULATION_SOURCE = "context/wb_population.csv"
GDP_SOURCE = "context/wb_gdp_current_usd.csv"
SOURCES_OF_TABLES: dict[str, tuple[str, ...]] = {
    "deflator.csv": (DEFLATOR_SOURCE,),
    "boundaries.parquet": (BOUNDARIES_SOURCE,),
    "aid.parquet": (GREENBOOK_SOURCE,),
    "aid_country_totals.parquet": (COUNTRY_TOTALS_SOURCE,),
    "population.csv": (POPULATION_SOURCE,),
    "gdp.csv": (GDP_SOURCE,),
    "arms_sales.parquet": (SALES_BOOK_SOURCE,),
    "arms_sales_totals.parquet": (SALES_BOOK_SOURCE,),
    "excess_defense_articles.parquet": (EXCESS_ARTICLES_SOURCE,),
}
"""The official files that each table of data/ beside the training report is made from."""
