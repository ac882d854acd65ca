"""SQL over the tables, wherever a notebook runs."""

from __future__ import annotations

import duckdb
import pandas as pd

from milaid.paths import data_dir


def ask(query: str) -> pd.DataFrame:
    """Return what DuckDB answers; ``data/...`` in a query is the folder of the tables.

    >>> from milaid.explorer.sql import ask
    >>> ask("select sum(quantity)::bigint as participants from 'data/trainings/fy2020.parquet'").columns.to_list()
    ['participants']
    """
    with duckdb.connect() as connection:
        connection.execute(f"set file_search_path = '{_quoted()}'")
        return connection.execute(query).df()


def _quoted() -> str:
    return data_dir().parent.as_posix().replace("'", "''")
