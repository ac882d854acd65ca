"""A document as it is read from first to last, on its page and in print alike."""

from __future__ import annotations

from milaid.publish.files.document import Document
from milaid.publish.files.in_full import in_full
from milaid.publish.files.said_once import said_once


def edited(document: Document) -> Document:
    """Return a document in which what many notes say stands once, and then abbreviations in full at first use.

    In this order: the rules, too, have words that the reader has met or not.
    """
    return in_full(said_once(document))
