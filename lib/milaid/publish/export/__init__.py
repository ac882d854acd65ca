"""The tables as a folder for others: CSV, Parquet and SQLite, described, cited and with checksums.

``request`` checks what is asked for, ``content`` yields the rows, ``files`` and ``database`` write them,
``readme`` explains them, ``folder`` puts the whole in its place at once.
"""
