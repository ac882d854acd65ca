"""Values filled in from the printed totals, and rows that name another country: by SQL, without the code of milaid."""

from __future__ import annotations

import duckdb
import pytest

from milaid.paths import data_dir, reference_dir, trainings_dir

pytestmark = pytest.mark.skipif(
    not any(trainings_dir().glob("fy*.parquet")), reason=f"no activities in {trainings_dir()}; run make data"
)
MEASURES = {"quantity": "quantity", "cost_usd": "cost"}


@pytest.fixture(scope="module")
def sql():
    """Return the function that runs a query on all_rows, totals, unread, issues and others."""
    with duckdb.connect() as connection:
        for name, table in {
            "all_rows": f"read_parquet('{trainings_dir()}/fy*.parquet')",
            "totals": f"read_parquet('{data_dir()}/trainings_totals.parquet')",
            "unread": f"read_csv('{data_dir()}/unread_values.csv', all_varchar = true)",
            "issues": f"read_csv('{reference_dir()}/known_issues.csv', all_varchar = true)",
            "others": f"read_csv('{reference_dir()}/other_country_rows.csv')",
        }.items():
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {table}")
        yield lambda query, *values: connection.execute(query, values).fetchall()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_derived_value_is_what_the_printed_totals_of_program_and_country_leave_over(sql, measure):
    checked = sql(
        f"""
        WITH marked AS (SELECT * FROM all_rows WHERE contains(derived, '{measure}')),
        program AS (
            SELECT document, section, sum({measure}) AS value FROM totals WHERE level = 'program' GROUP BY ALL
        ),
        country AS (
            SELECT edition, region, country, sum({measure}) AS value FROM totals WHERE level = 'country' GROUP BY ALL
        )
        SELECT m.row_id, m.{measure},
            program.value - (SELECT coalesce(sum(r.{measure}), 0) FROM all_rows r
                WHERE (r.document, r.section) = (m.document, m.section) AND r.row_id <> m.row_id),
            country.value - (SELECT coalesce(sum(r.{measure}), 0) FROM all_rows r
                WHERE (r.edition, r.region, r.country) = (m.edition, m.region, m.country) AND r.row_id <> m.row_id)
        FROM marked m JOIN program USING (document, section) JOIN country USING (edition, region, country)
        """
    )
    assert (
        len(checked) == sql(f"SELECT count(*) FROM all_rows WHERE contains(derived, '{measure}')")[0][0] >= 13
    )
    for row_id, value, by_program, by_country in checked:
        assert value == by_program == by_country, row_id


@pytest.mark.parametrize(("measure", "field"), MEASURES.items())
def test_no_table_that_lost_just_one_cell_falls_short_of_its_printed_total(sql, measure, field):
    # Documents that add up two fiscal years in one total are compared by year above.
    short = sql(
        f"""
        WITH lost AS (
            SELECT r.document, r.section FROM unread u JOIN all_rows r
            ON (u.document, u.page, u.row_on_page) = (r.document, r.page::VARCHAR, r.row_on_page::VARCHAR)
            WHERE u.field = '{field}' GROUP BY ALL HAVING count(*) = 1
        )
        SELECT document, section, printed, added FROM lost
        JOIN (SELECT document, section, sum({measure}) AS printed FROM totals WHERE level = 'program' GROUP BY ALL)
            USING (document, section)
        JOIN (SELECT document, section, sum({measure}) AS added FROM all_rows GROUP BY ALL) USING (document, section)
        WHERE printed > added AND document NOT IN (SELECT document FROM totals WHERE status = 'both')
        """
    )
    assert short == []


def test_every_derived_value_is_a_known_issue_with_page_and_reason_and_stands_in_the_unread_values(sql):
    named = sql(
        "SELECT document, page, country, measure, computed_value FROM issues "
        "WHERE level = 'row' AND measure IN ('quantity', 'cost_usd') AND length(reason) > 40 ORDER BY ALL"
    )
    parts = [
        sql(
            f"SELECT document, page::VARCHAR, country, '{measure}', {measure}::VARCHAR FROM all_rows "
            f"WHERE contains(derived, '{measure}')"
        )
        for measure in MEASURES
    ]
    assert named == sorted(row for part in parts for row in part)
    listed = sql(
        "SELECT document, page, country, if(field = 'cost', 'cost_usd', field), derived_value FROM unread "
        "WHERE outcome = 'derived' ORDER BY ALL"
    )
    assert sorted(listed) == named
    assert not sql("SELECT * FROM unread WHERE (outcome = 'derived') <> (derived_value IS NOT NULL)")


def test_world_totals_are_the_printed_ones_but_for_rounding_and_the_blank_page(sql):
    apart = sql(
        """
        WITH by_year AS (SELECT DISTINCT edition FROM totals WHERE level = 'fiscal_year'),
        printed AS (
            SELECT edition, sum(quantity) AS people, sum(cost_usd) AS dollars FROM totals
            WHERE status = 'actual'
                AND level = if(edition IN (SELECT edition FROM by_year), 'fiscal_year', 'program')
            GROUP BY ALL
        ),
        added AS (
            SELECT edition, sum(quantity) AS people, sum(cost_usd) AS dollars FROM all_rows
            WHERE status = 'actual' GROUP BY ALL
        )
        SELECT edition, p.people - a.people, p.dollars - a.dollars FROM printed p JOIN added a USING (edition)
        WHERE (p.people, p.dollars) <> (a.people, a.dollars) ORDER BY 1
        """
    )
    people = {edition: int(difference) for edition, difference, _ in apart if difference}
    dollars = {edition: int(difference) for edition, _, difference in apart}
    # Page 101 of the 2019-2020 edition is blank: 12 people of Angola have no total, 5 of Benin have no row.
    assert people == {"2019-2020": 5 - 12}
    assert dollars.pop("2019-2020") == 134_137 - 325_680
    assert dollars == {"2002-2003": 3, "2003-2004": -1, "2004-2005": 2, "2005-2006": -8}


def test_every_row_that_names_another_country_is_there_and_of_a_known_issue(sql):
    found = sql(
        "SELECT DISTINCT o.edition, o.document, o.country, o.named FROM others o JOIN all_rows r "
        "ON (o.document, o.page, o.row_on_page, o.country) = (r.document, r.page, r.row_on_page, r.country) "
        "WHERE r.status = 'actual' ORDER BY ALL"
    )
    assert (
        sql("SELECT count(*) FROM others")[0][0]
        == sql("SELECT count(*) FROM others SEMI JOIN all_rows USING (document, page, row_on_page, country)")[
            0
        ][0]
    )
    assert found == sql(
        "SELECT edition, document, printed_value, computed_value FROM issues "
        "WHERE level = 'row' AND measure = 'country' AND length(reason) > 40 ORDER BY ALL"
    )
    assert len(found) >= 31


def test_no_recipient_has_most_of_its_people_in_one_other_recipient_that_hosts_no_one_else(sql):
    """The pattern of Tokelau in Tajikistan: half or more, ten people or more, in a country that hosts no third."""
    suspicious = sql(
        """
        WITH abroad AS (
            SELECT fiscal_year, recipient, location_country, sum(quantity) AS people FROM all_rows
            WHERE status = 'actual' AND location_country NOT IN ('USA', coalesce(iso3, ''))
                AND (document, page, row_on_page) NOT IN (SELECT (document, page, row_on_page) FROM others)
            GROUP BY ALL
        ),
        whole AS (SELECT fiscal_year, recipient, sum(quantity) AS people FROM all_rows WHERE status = 'actual' GROUP BY ALL),
        hosts AS (SELECT fiscal_year, location_country, count(*) AS hosted FROM abroad GROUP BY ALL)
        SELECT fiscal_year, recipient, location_country FROM abroad JOIN hosts USING (fiscal_year, location_country)
        JOIN whole USING (fiscal_year, recipient)
        WHERE hosted = 1 AND abroad.people >= 10 AND 2 * abroad.people >= whole.people ORDER BY ALL
        """
    )
    assert suspicious == [
        # Read on their pages: the unit or the course is the recipient's own, and the place is where it went.
        (2005, "Bolivia", "TTO"),
        (2005, "Netherlands Antilles", "CUW"),
        (2009, "Saudi Arabia", "LBN"),
        (2012, "Hong Kong", "CHN"),
        (2017, "Iraq", "JOR"),
    ]
