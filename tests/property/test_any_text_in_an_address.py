"""Any text in an address is what the standard library makes of it, and comes back as it was."""

from __future__ import annotations

from urllib.parse import quote, unquote

from hypothesis import given
from hypothesis import strategies as st

from milaid.blocks.percent import percent_encoded

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, st.sampled_from(["", " =:/;,()'!*+@?$|[]{}", ",;:/()+*!$@="]))
def test_a_text_is_encoded_as_quote_does(text: str, kept: str) -> None:
    found = percent_encoded(text, kept)
    assert found == quote(text, safe=kept)
    assert unquote(found) == text
