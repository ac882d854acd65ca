"""The build of data/: official files in, tidy tables out; nothing is replaced unless all of it is right.

``data`` does the whole in its order: ``official`` finds the official files, ``reading`` parses them, ``assembling``
makes the tables and checks them, ``writing`` replaces the files of data/ together. ``adding`` takes one more edition.
"""
