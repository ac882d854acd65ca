"""The Historical Sales Book of the Defense Security Cooperation Agency (DSCA): agreements by recipient and year.

The book prints one table over many pages. A recipient takes four lines: its name with command, region and
continent, then Foreign Military Sales (FMS), FMS paid with Foreign Military Financing (FMF), and their total. The
columns are the years before the last five as one block, the last five fiscal years, and all years together; the
lines of FMS and FMF leave the block empty. The years are read from the heads, so a later edition is read too.

``pieces`` cuts lines where words stand apart, ``page`` finds columns and lines of a page, ``book`` the recipients and
their amounts, ``tables`` makes tidy rows of them.
"""
