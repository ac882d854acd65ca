"""Pure functions on the tidy tables: tidy frame in, tidy frame out, one subject a module."""
