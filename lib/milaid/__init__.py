"""Annual trends reports on US foreign military training and aid."""

__version__ = "0.1.0"
# The day of this version; reports print it, so that the same version gives the same bytes on any day.
__released__ = "2026-11-23"
