import pandas as pd
import pytest

from milaid.errors import DataError
from milaid.tables.schema import Field, Schema, conform, validate

PEOPLE = Schema(
    "people",
    "A small table.",
    (
        Field("fiscal_year", "int16", "fiscal year", "Year."),
        Field("kind", "text", "", "Kind.", allowed=("a", "b")),
        Field("quantity", "int32", "people", "People.", nullable=True, minimum=0),
        Field("cost_usd", "int64", "current US dollars", "Cost.", nullable=True),
        Field("start_date", "date", "", "First day.", nullable=True),
    ),
    key=("fiscal_year", "kind"),
)


def rows(**columns):
    base = {
        "fiscal_year": ["2014"],
        "kind": ["a"],
        "quantity": ["3"],
        "cost_usd": ["9007199254740993"],
        "start_date": ["2014-01-31"],
    }
    return pd.DataFrame(base | columns)


def test_conform_turns_text_into_the_types_of_the_schema_without_losing_digits():
    frame = conform(rows(), PEOPLE)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "fiscal_year": "int16",
        "kind": "str",
        "quantity": "Int32",
        "cost_usd": "Int64",
        "start_date": "datetime64[s]",
    }
    assert frame["cost_usd"].iloc[0] == 9007199254740993  # 2**53 + 1, which a float cannot hold
    validate(frame, PEOPLE)


def test_conform_keeps_a_blank_as_missing_and_further_columns_at_the_end():
    frame = conform(rows(quantity=[None], extra=["x"]), PEOPLE)
    assert frame["quantity"].isna().all()
    assert list(frame.columns)[-1] == "extra"


def test_conform_names_every_missing_column_and_every_column_of_another_type():
    with pytest.raises(DataError) as caught:
        conform(rows(quantity=["three"]).drop(columns=["kind"]), PEOPLE)
    assert "column 'kind' is missing" in str(caught.value)
    assert "column 'quantity' does not hold int32" in str(caught.value)


def test_validate_collects_all_violations_in_one_error():
    frame = conform(
        rows(
            fiscal_year=["2014", "2014", "2015"],
            kind=["a", "a", "c"],
            quantity=["-1", "2", "3"],
            cost_usd=[None] * 3,
            start_date=[None] * 3,
        ),
        PEOPLE,
    )
    with pytest.raises(DataError) as caught:
        validate(frame.assign(cost_usd=1.5), PEOPLE)
    message = str(caught.value)
    for part in (
        "'quantity' holds -1, below 0",
        "'kind' holds 'c'; allowed: a, b",
        "fiscal_year=",
        "float64, not Int64",
    ):
        assert part in message


def test_validate_names_empty_cells_of_a_column_that_has_none():
    frame = conform(rows(kind=[None]), PEOPLE)
    with pytest.raises(DataError, match="'kind' is empty in 1 rows"):
        validate(frame, PEOPLE)


def test_the_arrow_schema_has_the_columns_in_order():
    assert PEOPLE.arrow_schema.names == list(PEOPLE.columns)
    assert not PEOPLE.arrow_schema.field("kind").nullable


def test_a_boolean_is_read_from_words_and_may_be_missing():
    answers = Schema("answers", "Answers.", (Field("answer", "boolean", "", "Answer.", nullable=True),))
    frame = conform(pd.DataFrame({"answer": ["True", "False", None]}), answers)
    validate(frame, answers)
    assert frame["answer"].dtype == "boolean"
    assert frame["answer"].tolist()[:2] == [True, False] and frame["answer"].isna()[2]
    with pytest.raises(DataError, match="maybe is neither true nor false"):
        conform(pd.DataFrame({"answer": ["maybe"]}), answers)


def test_conform_changes_nothing_of_what_has_its_types_already():
    given = rows(
        fiscal_year=["2014"] * 3,
        kind=["a", None, "b"],
        quantity=["3", None, "4"],
        cost_usd=["1", "2", None],
        start_date=["2014-01-31", None, "2014-02-01"],
    )
    once = conform(given, PEOPLE)
    pd.testing.assert_frame_equal(conform(once, PEOPLE), once)


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NA, pd.NaT])
def test_a_blank_of_any_kind_in_a_text_is_missing_and_other_values_are_written_out(blank):
    texts = pd.Series(["a", blank, 5, True], dtype=object)
    frame = conform(rows().loc[[0] * len(texts)].reset_index(drop=True).assign(kind=texts), PEOPLE)
    assert frame["kind"].isna().tolist() == [False, True, False, False]
    assert frame["kind"].dropna().tolist() == ["a", "5", "True"]


def test_what_is_neither_true_nor_false_is_named():
    schema = Schema("answers", "A small table.", (Field("online", "boolean", "", "Online.", nullable=True),))
    assert conform(pd.DataFrame({"online": ["true", None, False]}), schema)["online"].tolist() == [
        True,
        pd.NA,
        False,
    ]
    with pytest.raises(DataError, match="'online' does not hold boolean values: no, yes is neither true nor"):
        conform(pd.DataFrame({"online": ["yes", "True", "no", "yes"]}), schema)
