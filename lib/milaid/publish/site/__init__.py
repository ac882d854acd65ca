"""The site around the reports: index, data page, glossary, how to cite, feed; published as one tree.

``built_reports`` finds what is built, ``pages`` writes the pages, ``downloads`` the data, ``writing`` both; ``feed``
writes the feed, ``revisions`` keeps the history of what is published, ``publishing`` copies the tree, ``dead_links``
follows its links, ``serving`` shows it.
"""
