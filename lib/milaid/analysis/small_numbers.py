"""From how many participants on percentages and ranks are said of them."""

from __future__ import annotations

LEAST_PARTICIPANTS = 20
"""Of fewer participants a percentage or a rank tells more of single persons than of training: neither is said."""
