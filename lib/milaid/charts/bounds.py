"""Rectangles and straight lines in px; nothing here draws, so that an outline needs nothing that does."""

from __future__ import annotations

from dataclasses import dataclass

Segment = tuple[float, float, float, float]
"""A straight line: x and y of its one end and of its other."""


@dataclass(frozen=True)
class Bounds:
    """A rectangle in px; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in px."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in px."""
        return self.bottom - self.top

    def grown(self, by: float) -> Bounds:
        """Return the box with ``by`` px more on every side."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlap(self, other: Bounds) -> float:
        """Return the area shared with another box in square px."""
        # Without min and max: labels ask for this some ten thousand times a report, and most boxes lie apart.
        right = self.right if self.right < other.right else other.right
        left = self.left if self.left > other.left else other.left
        if right <= left:
            return 0.0
        bottom = self.bottom if self.bottom < other.bottom else other.bottom
        top = self.top if self.top > other.top else other.top
        return (right - left) * (bottom - top) if bottom > top else 0.0

    def inside(self, other: Bounds) -> bool:
        """True if no part lies outside ``other``."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def crossed(self, segment: Segment) -> float:
        """Return the length in px of the part of a straight line that lies in the box (Liang and Barsky)."""
        x0, y0, x1, y1 = segment
        start, end = 0.0, 1.0
        for delta, low, high in (
            (x1 - x0, self.left - x0, self.right - x0),
            (y1 - y0, self.top - y0, self.bottom - y0),
        ):
            if delta == 0:
                if low > 0 or high < 0:
                    return 0.0
                continue
            near, far = (low / delta, high / delta) if delta > 0 else (high / delta, low / delta)
            start, end = max(start, near), min(end, far)
            if end <= start:
                return 0.0
        return max(0.0, end - start) * ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
