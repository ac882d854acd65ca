"""The columns of the tables on programs and laws: what they are, under which law, and which account pays."""

from __future__ import annotations

from milaid.tables.schema import Field, Schema

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
    Field("authority", "text", "", "Legal authority.", nullable=True),
    Field(
        "us_code",
        "text",
        "",
        "Sections of the US Code; empty where the law is not part of it.",
        nullable=True,
    ),
    Field("authority_verified", "text", "", "What the authority was checked against.", allowed=VERIFICATIONS),
    Field("agency", "text", "", "Administering agency.", nullable=True),
    Field("account", "text", "", "Account that pays for it, in words.", nullable=True),
    Field("start", "text", "", "Year or date in which the program or its law began.", nullable=True),
    Field("start_verified", "text", "", "What the start was checked against.", allowed=VERIFICATIONS),
    Field("status", "text", "", "Whether the program is in use, as of the sources read."),
    Field("category", "text", "", "What the program is for, as a group of programs.", allowed=PURPOSES),
    Field("purpose", "text", "", "What the program is for.", nullable=True),
)
_BEFORE_AND_AFTER = (
    Field("before", "text", "", "What came before, beyond the programs of the table.", nullable=True),
    Field("after", "text", "", "What came after, beyond the programs of the table.", nullable=True),
)

PROGRAMS = Schema(
    "programs",
    "Programs that fund training, one row a canonical code.",
    (
        Field("code", "text", "", "Canonical code."),
        Field("name", "text", "", "Full name."),
        Field("short_name", "text", "", "Name short enough for a chart."),
        Field("funder", "text", "", "Department whose heading the program stands under.", nullable=True),
        *_AUTHORITY,
        Field("predecessor", "text", "", "Code of the program it followed.", nullable=True),
        Field("successor", "text", "", "Code of the program that followed it.", nullable=True),
        *_BEFORE_AND_AFTER,
        Field("note", "text", "", "What to know about the program.", nullable=True),
        Field("label", "text", "", "Label as the reports print it, for charts and tables."),
    ),
    key=("code",),
)

GUIDE_PROGRAMS = Schema(
    "guide_programs",
    "Programs of security assistance and cooperation that Section IV does not list, one row a program.",
    (
        Field("code", "text", "", "Short name; none of the canonical codes."),
        Field("name", "text", "", "Full name."),
        *_AUTHORITY,
        *_BEFORE_AND_AFTER,
        Field("note", "text", "", "What to know about the program.", nullable=True),
    ),
    key=("code",),
)

PROGRAM_ACCOUNTS = Schema(
    "program_accounts",
    "Which account of the Greenbook belongs to which program.",
    (
        Field("program", "text", "", "Canonical code of the program.", refers_to="programs.code"),
        Field(
            "account_code",
            "text",
            "",
            "Code of the account in aid_accounts; empty where there is none.",
            nullable=True,
        ),
        Field(
            "relation",
            "text",
            "",
            "own: the account is that of the program; within: it pays for other programs too; none: no account.",
            allowed=("own", "within", "none"),
        ),
        Field("reason", "text", "", "Why, as a sentence."),
    ),
)

PROGRAM_TEXTS = Schema(
    "program_texts",
    "What there is to know about a program, one row a topic, in the words of this project.",
    (
        Field("program", "text", "", "Canonical code of the program.", refers_to="programs.code"),
        Field("topic", "text", "", "What the text is about."),
        Field("text", "text", "", "The text."),
        Field("verified", "text", "", "What the text was checked against.", allowed=VERIFICATIONS),
        Field("source", "text", "", "Where the facts stand."),
    ),
    key=("program", "topic"),
)

LAWS = Schema(
    "laws",
    "Laws that govern military training and assistance of the United States, one row a law.",
    (
        Field("key", "text", "", "Short name of the law in this project."),
        Field("law", "text", "", "What the law is about, in a few words."),
        Field("citation", "text", "", "Act and section."),
        Field("us_code", "text", "", "Section of the US Code; empty where the law is not part of it.", True),
        Field("summary", "text", "", "What the law says, in the words of this project."),
        Field("verified", "text", "", "What the summary was checked against.", allowed=VERIFICATIONS),
        Field("text_as_of", "text", "", "Year or date of the text that was read."),
        Field("note", "text", "", "What to know about the law.", True),
    ),
    key=("key",),
)

PROGRAM_LABELS = Schema(
    "program_labels",
    "Every program label printed in the editions, and the program it stands for.",
    (
        Field("printed", "text", "", "Label as printed."),
        Field("code", "text", "", "Canonical code.", refers_to="programs.code"),
    ),
    key=("printed",),
)
