"""What the book counts, in the words of the tidy tables.

Without an import, so that who needs the words alone loads no PDF library.
"""

from __future__ import annotations

FMS, FMF, TOTAL = MEASURES = ("FMS agreements", "FMF-funded agreements", "all agreements")
WORLD = "world"
"""Stands for all recipients together."""
