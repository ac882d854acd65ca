"""Notices of arms sales in the Federal Register: ``listing`` asks which there are, ``lines`` reads the text of one, ``notice``
the transmittals in it, ``values`` their dollars and dates.
"""
