"""What a notebook holds of a block: all of it, in little room, and what is damaged is told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milaid.blocks.block import PAYLOAD_MIME, Column, Source, Table, from_payload
from milaid.blocks.live import MOST_ROWS, live
from milaid.blocks.packed import MOST_UNPACKED, packed, unpacked
from milaid.errors import ReportError


def table(rows: int) -> Table:
    return Table(
        key="units",
        title="A table",
        subtitle="",
        alt="A table.",
        note="",
        sources=(Source("A document"),),
        csv="unit\n" + "".join(f"unit {n}\n" for n in range(rows)),
        columns=(Column("unit", "Unit"),),
        rows=tuple((f"unit {n}",) for n in range(rows)),
        roles=("",) * rows,
    )


@given(st.text(max_size=3 * MOST_UNPACKED), st.text())
def test_what_is_packed_comes_back(content: str, key: str) -> None:
    payload = {"block": "table", "key": key, "csv": content}
    held = json.loads(json.dumps(packed(payload)))
    assert unpacked(held) == payload
    assert (held["block"], held["key"]) == ("table", key)


def test_a_block_in_a_notebook_is_the_same_and_takes_a_quarter_of_the_room() -> None:
    block = table(2000)
    held = block._repr_mimebundle_()[0][PAYLOAD_MIME]
    assert from_payload(held) == block
    assert len(json.dumps(held)) * 4 < len(json.dumps(block.payload()))


def test_damaged_data_are_told_with_the_key() -> None:
    with pytest.raises(ReportError, match="'units' are damaged"):
        from_payload({"block": "table", "key": "units", "packed": "eJx"})


def test_a_cell_shows_the_first_rows_of_a_long_table_and_says_so() -> None:
    shown = live(table(MOST_ROWS + 1))
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 1} rows" in shown
    assert f"unit {MOST_ROWS - 1}<" in shown and f">unit {MOST_ROWS}<" not in shown
    assert "The first" not in live(table(MOST_ROWS))
    count = MOST_ROWS + 1
    beside = {"links": (("unit", ("country/CMR",) * count),), "flags": (("unit", ("e",) * count),)}
    assert live(replace(table(count), **beside)).count('class="flag"') == MOST_ROWS
