"""The columns of the tables on programs and laws: what they are, under which law, and which account pays."""

from __future__ import annotations

from milaid.tables.schema import Schema
from milaid.tables.schema_fields import text

VERIFICATIONS = ("US Code text", "official page", "source page", "not verified")
PURPOSES = (
    "Military education",
    "Counter-narcotics and law enforcement",
    "Counterterrorism",
    "Peacekeeping",
    "Equipment finance",
    "Equipment transfer",
    "Arms sales",
    "Train and equip",
    "Coalition support",
    "Maritime security",
    "Stabilization",
    "Humanitarian and demining",
    "Exercises and engagement",
    "Institution building",
    "Nonproliferation",
    "Economic support",
    "Other",
    "Not established",
)
"""What programs are for, in the order in which the program guide has them."""

_AUTHORITY = (
    text("authority", "Legal authority.", nullable=True),
    text("us_code", "Sections of the US Code; empty where the law is not part of it.", nullable=True),
    text("authority_verified", "What the authority was checked against.", allowed=VERIFICATIONS),
    text("agency", "Administering agency.", nullable=True),
    text("account", "Account that pays for it, in words.", nullable=True),
    text("start", "Year or date in which the program or its law began.", nullable=True),
    text("start_verified", "What the start was checked against.", allowed=VERIFICATIONS),
    text("status", "Whether the program is in use, as of the sources read."),
    text("category", "What the program is for, as a group of programs.", allowed=PURPOSES),
    text("purpose", "What the program is for.", nullable=True),
)
_BEFORE_AND_AFTER = (
    text("before", "What came before, beyond the programs of the table.", nullable=True),
    text("after", "What came after, beyond the programs of the table.", nullable=True),
)
_PROGRAM = text("program", "Canonical code of the program.", refers_to="programs.code")
_NOTE = text("note", "What to know about the program.", nullable=True)

PROGRAMS = Schema(
    "programs",
    "Programs that fund training, one row a canonical code.",
    (
        text("code", "Canonical code."),
        text("name", "Full name."),
        text("short_name", "Name short enough for a chart."),
        text("funder", "Department whose heading the program stands under.", nullable=True),
        *_AUTHORITY,
        text("predecessor", "Code of the program it followed.", nullable=True),
        text("successor", "Code of the program that followed it.", nullable=True),
        *_BEFORE_AND_AFTER,
        _NOTE,
        text("label", "Label as the reports print it, for charts and tables."),
    ),
    key=("code",),
)

GUIDE_PROGRAMS = Schema(
    "guide_programs",
    "Programs of security assistance and cooperation that Section IV does not list, one row a program.",
    (
        text("code", "Short name; none of the canonical codes."),
        text("name", "Full name."),
        *_AUTHORITY,
        *_BEFORE_AND_AFTER,
        _NOTE,
    ),
    key=("code",),
)

PROGRAM_ACCOUNTS = Schema(
    "program_accounts",
    "Which account of the Greenbook belongs to which program.",
    (
        _PROGRAM,
        text(
            "account_code", "Code of the account in aid_accounts; empty where there is none.", nullable=True
        ),
        text(
            "relation",
            "own: the account is that of the program; within: it pays for other programs too; none: no account.",
            allowed=("own", "within", "none"),
        ),
        text("reason", "Why, as a sentence."),
    ),
)

PROGRAM_TEXTS = Schema(
    "program_texts",
    "What there is to know about a program, one row a topic, in the words of this project.",
    (
        _PROGRAM,
        text("topic", "What the text is about."),
        text("text", "The text."),
        text("verified", "What the text was checked against.", allowed=VERIFICATIONS),
        text("source", "Where the facts stand."),
    ),
    key=("program", "topic"),
)

LAWS = Schema(
    "laws",
    "Laws that govern military training and assistance of the United States, one row a law.",
    (
        text("key", "Short name of the law in this project."),
        text("law", "What the law is about, in a few words."),
        text("citation", "Act and section."),
        text("us_code", "Section of the US Code; empty where the law is not part of it.", nullable=True),
        text("summary", "What the law says, in the words of this project."),
        text("verified", "What the summary was checked against.", allowed=VERIFICATIONS),
        text("text_as_of", "Year or date of the text that was read."),
        text("note", "What to know about the law.", nullable=True),
    ),
    key=("key",),
)

PROGRAM_LABELS = Schema(
    "program_labels",
    "Every program label printed in the editions, and the program it stands for.",
    (
        text("printed", "Label as printed."),
        text("code", "Canonical code.", refers_to="programs.code"),
    ),
    key=("printed",),
)
