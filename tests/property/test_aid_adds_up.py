"""Whatever the rows are: what the tables on aid add up to is what was printed."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aid_files import ANGOLA, ASIA, ESF, IMET, aid_row, greenbook
from complete_aid_file import row, write_rows
from milaid import paths
from milaid.sources.greenbook import read_greenbook
from milaid.sources.workbook import read_sheet
from milaid.tables import store
from milaid.tables.build.complete_aid import add_complete_aid

REFERENCE, DATA = paths.reference_dir(), paths.data_dir()
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
CENTS = st.integers(-(10**13), 10**13)
KEYS = {
    "Fiscal_Year": st.sampled_from(["1976", "1976tq", "2014", "2015"]),
    "Country_Name": st.sampled_from(["Colombia", "Kosovo", "World"]),
    "Foreign_Assistance_Objective_Name": st.sampled_from(["Military", "Economic"]),
    "Transaction_Type_Name": st.sampled_from(["Obligations", "Disbursements"]),
}
TRANSACTIONS = st.lists(st.tuples(st.fixed_dictionaries(KEYS), CENTS, TEXT, TEXT), min_size=1, max_size=25)


@pytest.fixture(scope="module", autouse=True)
def project():
    """A project with the reference tables, for all examples."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        shutil.copytree(REFERENCE, Path(folder) / "data" / "reference")
        shutil.copyfile(
            DATA / "aid_country_totals.parquet", Path(folder) / "data" / "aid_country_totals.parquet"
        )
        patched.setenv("MILAID_ROOT", folder)
        yield Path(folder)


@settings(max_examples=40)
@given(TRANSACTIONS)
def test_transactions_of_the_complete_file_add_up_whatever_their_texts_hold(project, transactions):
    expected: Counter[tuple[str, ...]] = Counter()
    rows = []
    for keys, cents, name, text in transactions:
        expected[tuple(keys[column] for column in KEYS)] += cents
        amount = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"
        rows.append(row(**keys, Current_Dollar_Amount=amount, Activity_Name=name, Activity_Description=text))
    made = add_complete_aid(write_rows(project / "complete.csv", rows), date(2026, 1, 1))
    frame = store.load_foreignassistance()
    quarter = frame["period"].map({"year": "", "transition quarter": "tq"})
    years = frame["fiscal_year"].astype("str") + quarter
    found = {
        tuple(key): round(dollars * 100)
        for *key, dollars in zip(
            years,
            frame["country"],
            frame["category"],
            frame["transaction_type"],
            frame["amount_usd"],
            strict=True,
        )
    }
    assert found == expected
    assert made.transactions == int(frame["transactions"].sum()) == len(transactions)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            aid_row,
            st.sampled_from(["1976", "1976.9", "2020"]),
            st.sampled_from([ANGOLA, ASIA]),
            st.integers(-(10**12), 10**12),
            st.integers(-(10**12), 10**12),
            st.sampled_from([IMET, ESF]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_rows_of_the_greenbook_are_read_as_they_are_printed(project, rows):
    path = project / "book.xlsx"
    path.write_bytes(greenbook(rows))
    frame = read_greenbook(path)
    assert frame["obligations_usd"].tolist() == [line[7] for line in rows]
    assert frame["obligations_usd_constant"].tolist() == [line[8] for line in rows]
    assert int(frame["obligations_usd"].sum()) == sum(line[7] for line in rows)
    quarter = pd.Series([line[0] == "1976.9" for line in rows])
    assert ((frame["period"] == "transition quarter") == quarter).all()


@settings(max_examples=40)
@given(
    st.lists(
        st.text(st.characters(min_codepoint=32, codec="utf-8", exclude_characters="\ufffe\uffff")).filter(
            lambda text: text and not text.replace(".", "").isdigit()
        ),
        min_size=1,
        max_size=26,
    )
)
def test_any_text_of_a_workbook_is_read_back(project, texts):
    path = project / "texts.xlsx"
    path.write_bytes(greenbook([texts]))
    *_, (_, cells) = read_sheet(path)
    assert cells == texts
