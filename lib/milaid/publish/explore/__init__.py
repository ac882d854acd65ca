"""``explore.html``: the whole record in one file that is opened from a disk and asked there.

``packing`` makes columns small, ``record`` says which tables go in, ``known`` what is known of them, ``outlines`` the map,
``page`` joins them with the scripts and styles of ``parts/``, ``writing`` writes the file.
"""
