"""Draws files like the complete file of ForeignAssistance.gov, of any length, with what makes such files hard to read.

Descriptions hold commas, doubled quotes and line breaks. The same seed gives the same file.
``python tests/complete_aid_file.py ROWS PATH`` writes one.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterable
from pathlib import Path

_HEADER_LINE = """
Country ID, Country Code, Country Name, Region ID, Region Name, Income Group ID, Income Group Name,
Income Group Acronym, Managing Agency ID, Managing Agency Acronym, Managing Agency Name, Managing
Sub-agency or Bureau ID, Managing Sub-agency or Bureau Acronym, Managing Sub-agency or Bureau Name,
Implementing Partner Category ID, Implementing Partner Category Name,
Implementing Partner Sub-category ID, Implementing Partner Sub-category Name, Implementing Partner ID, Implementing Partner
Name, International Category ID, International Category Name, International Sector Code,
International Sector Name, International Purpose Code, International Purpose Name, US Category ID,
US Category Name, US Sector ID, US Sector Name, Funding Account ID, Funding Account Name, Funding
Agency ID, Funding Agency Name, Funding Agency Acronym, Foreign Assistance Objective ID, Foreign
Assistance Objective Name, Aid Type Group ID, Aid Type Group Name, Activity ID, Submission ID,
Activity Name, Activity Description, Activity Project Number, Activity Start Date, Activity End
Date, Transaction Type ID, Transaction Type Name, Fiscal Year, Transaction Date, Current Dollar
Amount, Constant Dollar Amount, aid_type_id, aid_type_name, activity_budget_amount,
submission_activity_id
"""
HEADER = tuple(name.strip() for name in _HEADER_LINE.replace("\n", " ").split(","))
LATER = 5
"""How many columns at the end older copies do not have."""

_COUNTRIES = (
    ("AFG", "Afghanistan", "South and Central Asia"),
    ("CIV", "Cote d'Ivoire", "Sub-Saharan Africa"),
    ("COL", "Colombia", "Western Hemisphere"),
    ("CS-KM", "Kosovo", "Europe and Eurasia"),
    ("JOR", "Jordan", "Middle East and North Africa"),
    ("NULL", "Vietnam (former South)", "East Asia and Oceania"),
    ("PHL", "Philippines", "East Asia and Oceania"),
    ("WLD", "World", "World"),
)
_ACCOUNTS = (
    ("1081", "International Military Education and Training", "Department of State", "Military"),
    ("1082", "Foreign Military Financing Program", "Department of State", "Military"),
    ("2091", "Afghanistan Security Forces Fund", "Department of Defense", "Military"),
    ("1037", "Economic Support Fund", "U.S. Agency for International Development", "Economic"),
    ("1021", "Development Assistance", "U.S. Agency for International Development", "Economic"),
)
_TYPES = (("2", "Obligations"), ("3", "Disbursements"))
_DESCRIPTION = (
    "Training and equipment, advice and maintenance",
    'The "second" phase, as agreed, of a program',
    "First line\nsecond line, with a comma\r\nthird line",
    "Côte d’Ivoire, São Tomé and the rest of the region",
)
BASE_YEAR, LAST_YEAR = 2023, 2025


def row(**values: object) -> dict[str, str]:
    """Return one row with plain values in the columns that are read; names as in ``HEADER``, with _ for spaces."""
    plain = dict.fromkeys(HEADER, "") | {
        "Country Code": "COL",
        "Country Name": "Colombia",
        "Region Name": "Western Hemisphere",
        "Funding Account ID": "1081",
        "Funding Account Name": "International Military Education and Training",
        "Funding Agency Name": "Department of State",
        "Foreign Assistance Objective Name": "Military",
        "Transaction Type Name": "Obligations",
        "Fiscal Year": "2014",
        "Transaction Date": "2014-03-31",
        "Current Dollar Amount": "1000",
        "Constant Dollar Amount": "1300",
        "Activity Description": _DESCRIPTION[1],
    }
    return plain | {name.replace("_", " "): str(value) for name, value in values.items()}


def write_rows(path: Path, rows: Iterable[dict[str, str]], header: tuple[str, ...] = HEADER) -> Path:
    """Write rows as the publisher does: all in quotes, those inside doubled, LF between rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, header, extrasaction="ignore", lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_large(path: Path, rows: int, seed: int = 1) -> int:
    """Write a file of so many rows; return the sum of its current dollars."""
    chance = random.Random(seed)
    heads, tails = _parts(chance)
    total = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(HEADER) + "\n")
        for first in range(0, rows, 20_000):
            lines = []
            for number in range(first, min(first + 20_000, rows)):
                year = 1999 + number % (LAST_YEAR - 1998)
                amount = int(chance.random() * 2_000_000) - 100_000
                total += amount
                constant = round(amount * 1.02 ** (BASE_YEAR - year))
                head, tail = heads[int(chance.random() * 997)], tails[int(chance.random() * 991)]
                lines.append(
                    f"{head},{number},7,{tail},{year},{year}-0{1 + number % 3}-15,{amount},{constant},4,Project,,{number}"
                )
            stream.write("\n".join(lines) + "\n")
    return total


def _parts(chance: random.Random) -> tuple[list[str], list[str]]:
    """Return the columns before the activity and those from its name to the transaction type, as text."""
    heads, tails = [], []
    for _ in range(997):
        code, country, region = chance.choice(_COUNTRIES)
        account, account_name, agency, objective = chance.choice(_ACCOUNTS)
        values = dict.fromkeys(HEADER[: HEADER.index("Activity ID")], "12") | {
            "Country Code": code,
            "Country Name": country,
            "Region Name": region,
            "Funding Account ID": account,
            "Funding Account Name": account_name,
            "Funding Agency Name": agency,
            "Foreign Assistance Objective Name": objective,
            "Implementing Partner Name": f"Partner {chance.randrange(500)}, Inc.",
        }
        values |= {
            name: f"{name} of the activity" for name in values if values[name] == "12" and "Name" in name
        }
        heads.append(_line(values.values()))
    for _ in range(991):
        text = " ".join(chance.choice(_DESCRIPTION) for _ in range(chance.randrange(1, 9)))
        name = chance.choice(_DESCRIPTION)
        tails.append(_line([name, text, "P-1", "2001-01-01", "2030-01-01", *chance.choice(_TYPES)]))
    return heads, tails


def _line(values: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()


if __name__ == "__main__":
    print(write_large(Path(sys.argv[2]), int(sys.argv[1])))
