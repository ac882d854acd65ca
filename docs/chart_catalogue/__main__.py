"""Write the pictures of all kinds of charts, and their catalogue into CONTRIBUTING.md."""

from __future__ import annotations

from chart_catalogue import writing

writing.write()
