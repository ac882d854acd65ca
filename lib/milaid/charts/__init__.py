"""The chart families: one module each; a function takes a tidy frame and returns two SVG drawings."""
