"""The terms and abbreviations of the reports in plain words, for readers of the glossary."""

from __future__ import annotations

TERMS: tuple[tuple[str, str], ...] = (
    (
        "Activity",
        "One row of Section IV of the report to Congress: a course or event for a number of participants from one "
        "recipient under one program, mostly with place, unit, dates and cost.",
    ),
    (
        "Break in the series",
        "A point from which on the reports cover something else than before. Charts draw it, and no change is "
        "computed across it.",
    ),
    (
        "Constant dollars",
        "Dollars of different years in the prices of one year, so that they can be compared; computed with the GDP "
        "deflator of the Office of Management and Budget for fiscal years.",
    ),
    ("Cost", "The dollars that the report prints for an activity, in current dollars of the year itself."),
    ("Current dollars", "Dollars as they were counted in the year itself, without regard to later prices."),
    (
        "Edition",
        "One yearly issue of the report to Congress. The edition 2014-2015 holds what was done in fiscal year 2014.",
    ),
    (
        "Excess Defense Articles",
        "Used equipment of the US armed forces that is given or sold to others. The tables tell what was offered from "
        "what was delivered.",
    ),
    (
        "Fiscal year",
        "The year of US Government accounts, from 1 October of the year before to 30 September. Fiscal year 2014 is "
        "the time from 1 October 2013 to 30 September 2014.",
    ),
    (
        "Foreign Military Sales",
        "Sales of US equipment, services and training from government to government. Training that a country buys in "
        "this way is not in Section IV of the report. An agreement is signed in its year; what it covers may be "
        "delivered years later.",
    ),
    (
        "Greenbook",
        "U.S. Overseas Loans and Grants: the tables of US economic and military aid by recipient, account and fiscal year, "
        "published by the US Agency for International Development.",
    ),
    (
        "Obligation",
        "Money that the US Government has bound itself to pay, by a contract or a grant. It is counted in the fiscal "
        "year in which it was bound, not when it is paid. A negative obligation takes back one of an earlier year.",
    ),
    (
        "Participant",
        "One place on one course. A person on two courses counts twice, and the report prints no number of different "
        "people. The report speaks of students or of quantity, many readers of trainees.",
    ),
    ("Planned", "An activity that an edition announces for the next year. It is in no sum of these reports."),
    (
        "Program",
        "The name under which the report lists an activity: a program, an account or a legal authority. One program "
        "may be printed under several labels.",
    ),
    (
        "Recipient",
        "What the report lists as taking part: a country or territory, a former state, a group of states or an "
        "organisation.",
    ),
    (
        "Region",
        "One of the six regions of the Department of State. A recipient has one region in all years.",
    ),
    (
        "Section IV",
        "The section of Volume I of the report that lists the activities by region, recipient and program.",
    ),
)
"""Terms with their meaning, by the alphabet."""

WORDS: tuple[tuple[str, str], ...] = (
    ("Activity", r"(?i:activit(?:y|ies))"),
    ("Break in the series", r"(?i:breaks?)(?: in the series)?"),
    ("Constant dollars", r"(?i:constant) (?:US |FY\d{4} )?dollars"),
    ("Cost", r"(?i:costs?)"),
    ("Current dollars", r"(?i:current) (?:US )?dollars"),
    ("Edition", r"(?i:editions?)"),
    ("Excess Defense Articles", r"Excess Defense Articles"),
    ("Fiscal year", r"(?i:fiscal years?)|FY\d{4}(?:–(?:FY)?\d{2,4})?"),
    ("Foreign Military Sales", r"Foreign Military Sales"),
    ("Greenbook", r"Greenbook"),
    ("Obligation", r"(?i:obligations?)"),
    ("Participant", r"(?i:(?:course )?participants?)"),
    ("Planned", r"(?i:planned)"),
    ("Program", r"(?i:programs?)"),
    ("Recipient", r"(?i:recipients?)"),
    ("Region", r"(?i:regions?)"),
    ("Section IV", r"Section IV"),
)
"""The words of a sentence that stand for a term, as regular expressions; in the order of the terms."""

ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    ("AF", "Africa, a part of Section IV."),
    ("CSV", "Comma-separated values: a table as plain text."),
    ("DHS", "US Department of Homeland Security."),
    ("DoD", "US Department of Defense."),
    ("DoS", "US Department of State."),
    ("DSCA", "Defense Security Cooperation Agency of the Department of Defense."),
    ("EAP", "East Asia and Pacific, a part of Section IV."),
    ("EDA", "Excess Defense Articles."),
    ("EUR", "Europe, a part of Section IV."),
    ("FMS", "Foreign Military Sales."),
    ("FY", "Fiscal year."),
    ("GDP", "Gross domestic product: what an economy makes in a year."),
    ("HTML", "Hypertext Markup Language: the form of web pages."),
    ("ISIS", "Islamic State of Iraq and Syria."),
    (
        "ISO",
        "International Organization for Standardization; its three-letter codes mark countries in the tables.",
    ),
    (
        "JCET",
        "Joint Combined Exchange Training: exercises of US special operations forces with those of other countries.",
    ),
    ("NATO", "North Atlantic Treaty Organization."),
    ("NEA", "Near East, a part of Section IV."),
    ("NIS", "New Independent States, a part of Section IV."),
    ("SA", "South Asia, a part of Section IV."),
    ("SCA", "South Central Asia, a part of Section IV."),
    (
        "USC",
        "United States Code: the laws of the United States by subject; 22 U.S.C. 2347 is a section of title 22.",
    ),
    ("WHA", "Western Hemisphere, a part of Section IV."),
)
"""Abbreviations with what they stand for, by the alphabet."""

IN_FULL: tuple[tuple[str, str], ...] = (
    ("DHS", "Department of Homeland Security"),
    ("DoD", "Department of Defense"),
    ("DoS", "Department of State"),
    ("DSCA", "Defense Security Cooperation Agency"),
    ("EDA", "Excess Defense Articles"),
    ("FMS", "Foreign Military Sales"),
    ("GDP", "gross domestic product"),
    ("ISIS", "the Islamic State of Iraq and Syria"),
    ("ISO", "International Organization for Standardization"),
    ("NATO", "the North Atlantic Treaty Organization"),
    ("USC", "United States Code"),
)
"""Abbreviations in full, as a sentence has them at first use; the others are in glossaries alone."""
