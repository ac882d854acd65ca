"""Numbers and places of exhibits in a notebook in use, of which cells are run in any order, again, and with other values."""

from __future__ import annotations

from collections import Counter

from milaid.blocks import ran
from milaid.blocks.block import Block, Exhibit, Front
from milaid.blocks.in_force import values
from milaid.blocks.numbering import Number, Numbering


class LiveReferences:
    """The exhibit shown first is number 1, and a cell that is run again keeps its number.

    A run from the top begins the numbers anew: it is told by another front, or by a front that follows the cell it followed
    before. Where neither front nor values are others, what the run has not come to yet keeps the number of before.
    """

    def __init__(self) -> None:
        self.front: Front | None = None
        self._numbering = Numbering()
        self._before: Numbering | None = None
        self._values: dict[str, str] = {}
        self._above_front: str | None = None
        self._places: dict[str, list[tuple[str, int]]] = {}
        self._running = 0
        self._shown: Counter[str] = Counter()

    def show(self, block: Block) -> tuple[str, int]:
        """Take note of a block that is shown; returns its name and how many other places show it before."""
        if isinstance(block, Front):
            self._begin(block)
        if isinstance(block, Exhibit):
            self._numbering.add(block)
        name = str(getattr(block, "key", f"block-{block.block}"))
        return name, self._place(name)

    def number(self, key: str) -> Number | None:
        """Return the number of an exhibit, None while it has none."""
        for numbering in filter(None, (self._numbering, self._before)):
            if key in numbering:
                return numbering.number(key)
        return None

    def _begin(self, front: Front) -> None:
        """Begin the numbers anew where a front begins a run from the top."""
        cells = ran.history()
        above = cells[-2] if len(cells) > 1 else None
        again = above is not None and above == self._above_front
        if front == self.front and not again:
            return
        now = values(cells)
        # Cells below the front may set values too, which were none at the front of before.
        same = front == self.front and all(now.get(name) == value for name, value in self._values.items())
        now = {name: now[name] for name in self._values} if same else now
        self._before = self._numbering if same else None
        if not same:
            self._places = {}
        self._numbering, self.front, self._values, self._above_front = Numbering(), front, now, above

    def _place(self, name: str) -> int:
        """Return how many places other than this one show what has a name; a cell that is run again is one place."""
        cell, running = ran.cell(), len(ran.history())
        if running != self._running:
            self._running, self._shown = running, Counter()
        self._shown[name] += bool(cell)
        place = (cell, self._shown[name])
        places = self._places.setdefault(name, [])
        if place not in places:
            places.append(place)
        return places.index(place)
