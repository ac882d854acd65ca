"""The official files by download, each from its official address and checked by its SHA-256.

``downloading`` brings all of them, ``fetching`` one by one server's ``manners``, ``receiving`` its bytes into
``parts`` that can be continued; ``sections`` cuts extracts out of volumes.
"""
