import pandas as pd
import pytest

from milaid.errors import DataError, RequestError
from milaid.tables import store
from training_frames import trainings

SERIES_BREAKS = "fiscal_year,kind,label,region,concerns,description\n2009,gap,lost,,,Lost.\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with data of FY2013, FY2014 and FY2016; FY2014 also has a planned activity."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    folder = tmp_path / "data" / "trainings"
    folder.mkdir(parents=True)
    (tmp_path / "data" / "reference").mkdir()
    for year in (2013, 2014, 2016):
        rows = [{"fiscal_year": year, "quantity": year}]
        if year == 2014:
            rows.append({"fiscal_year": year, "quantity": 5, "status": "planned"})
        trainings(*rows).to_parquet(folder / f"fy{year}.parquet")
    (tmp_path / "data" / "reference" / "series_breaks.csv").write_text(SERIES_BREAKS)
    return tmp_path


def test_available_years_are_those_with_a_file(project):
    assert store.available_years() == (2013, 2014, 2016)


def test_trainings_are_loaded_for_one_year_several_or_all(project):
    assert store.load_trainings(2014)["quantity"].tolist() == [2014]
    assert store.load_trainings([2016, 2013, 2013])["quantity"].tolist() == [2013, 2016]
    assert store.load_trainings()["fiscal_year"].tolist() == [2013, 2014, 2016]


@pytest.mark.parametrize("rows", [2**15, 2**15 + 1])
def test_years_with_and_without_room_for_short_codes_are_read_together(rows, project):
    names = [f"Unit {i}" for i in range(rows)]
    many = trainings({"fiscal_year": 2014}).loc[[0] * rows].assign(student_unit=names, row_id=names)
    many.reset_index(drop=True).to_parquet(project / "data" / "trainings" / "fy2014.parquet")
    frame = store.load_trainings([2013, 2014], columns=["fiscal_year", "student_unit"])
    assert frame["student_unit"].tolist()[1:] == names
    assert str(frame["student_unit"].dtype) == "str"


def test_planned_activities_are_left_out_unless_asked_for(project):
    assert store.load_trainings(2014, status="planned")["quantity"].tolist() == [5]
    assert len(store.load_trainings(2014, status=None)) == 2


@pytest.mark.parametrize("as_built", [True, False])
def test_columns_that_are_not_kept_are_those_of_the_activities_that_were_done(as_built, project, monkeypatch):
    monkeypatch.setattr(store, "is_as_built", lambda path: as_built)
    names = (
        "fiscal_year",
        "student_unit",
        "quantity",
        "cost_usd",
        "start_date",
        "in_united_states",
        "document",
    )
    frame = store.columns_of_activities(*reversed(names))
    pd.testing.assert_frame_equal(frame, store.load_trainings(columns=names))
    assert frame["quantity"].tolist() == [2013, 2014, 2016]
    read = store.column_reader()
    for name in names:
        pd.testing.assert_series_equal(read(name), frame[name])
    with pytest.raises(RequestError, match="did you mean 'quantity'"):
        store.columns_of_activities("quantities")


def test_a_year_without_data_names_the_years_that_have_and_the_nearest(project):
    with pytest.raises(RequestError) as caught:
        store.load_trainings(2031)
    assert "allowed: 2013 to 2014, 2016" in str(caught.value)
    assert "the nearest is 2016" in str(caught.value)
    assert caught.value.exit_code == 2


def test_an_unknown_status_names_the_nearest(project):
    with pytest.raises(RequestError, match="did you mean 'actual'"):
        store.load_trainings(status="actuals")


def test_a_caller_may_change_a_frame_without_changing_the_next(project):
    frame = store.load_trainings(2014)
    frame["quantity"] = 0
    breaks = store.load_series_breaks()
    breaks.loc[0, "label"] = "changed"
    assert store.load_trainings(2014)["quantity"].tolist() == [2014]
    assert store.load_series_breaks()["label"].tolist() == ["lost"]


def test_a_replaced_file_is_read_again(project):
    store.load_series_breaks()
    path = project / "data" / "reference" / "series_breaks.csv"
    path.write_text(SERIES_BREAKS + "2010,break,new,,,New count.\n")
    assert len(store.load_series_breaks()) == 2


def test_a_missing_table_says_how_to_build_it(project):
    with pytest.raises(RequestError, match="make data"):
        store.load_deflator()


def test_a_table_that_breaks_its_schema_names_file_and_value(project):
    path = project / "data" / "reference" / "series_breaks.csv"
    path.write_text(SERIES_BREAKS.replace("gap", "hole"))
    with pytest.raises(DataError, match=r"(?s)series_breaks.csv.*'hole'"):
        store.load_series_breaks()


def test_a_file_that_is_no_parquet_names_the_file(project):
    (project / "data" / "trainings" / "fy2016.parquet").write_bytes(b"<html>")
    with pytest.raises(DataError, match=r"fy2016\.parquet"):
        store.load_trainings(2016)


def test_without_any_data_the_message_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    with pytest.raises(RequestError, match=r"MILAID_ROOT is .*milaid init DIR --with-data"):
        store.load_trainings(2014)


BESIDE = (
    store.load_aid, store.load_aid_country_totals, store.load_foreignassistance, store.load_population,
    store.load_gdp, store.load_arms_sales, store.load_arms_sales_totals, store.load_excess_defense_articles,
)  # fmt: skip
LISTED = "path,title,publisher,url,file_url,licence,sha256\n"


@pytest.mark.parametrize("load", BESIDE, ids=lambda load: load.place)
def test_a_project_that_lists_no_source_of_a_table_has_it_without_rows(load, project):
    (project / "data" / "reference" / "other_sources.csv").write_text(LISTED)
    frame = load()
    assert frame.empty
    assert "recipient_harmonised" in frame or "iso3" in frame or "measure" in frame


def test_a_table_whose_source_is_listed_but_that_is_not_there_is_missing(project):
    row = f"aid/us_foreignaid_greenbook.xlsx,Book,Agency,https://example.org,,public domain,{'0' * 64}\n"
    (project / "data" / "reference" / "other_sources.csv").write_text(LISTED + row)
    with pytest.raises(RequestError, match=r"(?s)'aid' is missing.*make data"):
        store.load_aid()
    assert store.load_arms_sales().empty
