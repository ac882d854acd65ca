"""``python -m milaid``: the command line, where the folder of installed commands is not on the path."""

from __future__ import annotations

from milaid.cli import main

if __name__ == "__main__":
    main()
