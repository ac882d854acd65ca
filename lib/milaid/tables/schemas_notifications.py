"""The columns of the table of arms notifications: what the Federal Register printed of offers told to Congress."""

from __future__ import annotations

from milaid.tables.schema import Field, Schema
from milaid.tables.schema_fields import ISO3, dollars, fiscal_year, text
from milaid.tables.schemas_arms import ARMS_RECIPIENT_KINDS

OFFER, ENHANCEMENT = "offer", "enhancement"
NOTIFICATION_KINDS = (OFFER, ENHANCEMENT)
FIRST_NAMED, NAMED, NOT_NAMED = "first named", "named", "not named"
TRAINING = (FIRST_NAMED, NAMED, NOT_NAMED)

ARMS_NOTIFICATIONS = Schema(
    "arms_notifications",
    "Offers of arms sales notified to Congress, as the Federal Register prints them, one row a printed transmittal. An offer "
    "is no agreement and no delivery, and its value a ceiling: never in one sum with agreements.",
    (
        text(
            "document", "Number of the document in the Federal Register, or the name of the file without one."
        ),
        text("transmittal", "Number of the transmittal, such as 13-74."),
        text(
            "kind",
            "A new offer (36(b)(1)), or the enhancement of one (36(b)(5)).",
            allowed=NOTIFICATION_KINDS,
        ),
        text("section", "Section of the Arms Export Control Act that the notice names.", nullable=True),
        Field("correction", "boolean", "", "Whether the notice corrects an earlier text of the transmittal."),
        text(
            "replaced_by",
            "Document that holds the corrected text; a row that has one stands in no count and no sum.",
            nullable=True,
        ),
        text("refers_to", "Earlier transmittal that an enhancement names.", nullable=True),
        text("purchaser", "Prospective purchaser as printed."),
        text(
            "recipient_harmonised",
            "One display name for each recipient in all tables; empty for a purchaser that is not known.",
            nullable=True,
        ),
        ISO3,
        text("recipient_kind", "What the recipient is.", nullable=True, allowed=ARMS_RECIPIENT_KINDS),
        text("region_harmonised", "One region for each recipient in all tables; empty: none.", nullable=True),
        Field("delivered", "date", "", "Day on which the report was delivered to Congress."),
        fiscal_year("fiscal_year", "Fiscal year of that day."),
        Field(
            "published", "date", "", "Day of the Federal Register, where the text names it.", nullable=True
        ),
        dollars("major_defense_equipment_usd", "Estimated value of major defense equipment.", nullable=True),
        dollars("other_usd", "Estimated value of all other articles and services.", nullable=True),
        dollars(
            "total_value_usd",
            "Total estimated value, a ceiling; empty where an enhancement gives none.",
            nullable=True,
        ),
        text("equipment", "Description and quantity as printed, in one paragraph."),
        text(
            "training",
            "Whether the description names training: as the first thing, among others, or not.",
            allowed=TRAINING,
        ),
        text(
            "military_department", "Military department as printed, with the code of the case.", nullable=True
        ),
        text("prior_cases", "Prior related cases as printed.", nullable=True),
        text("funding_source", "Source of the money as printed, in later years.", nullable=True),
        Field("line", "int32", "", "Line of the text on which the transmittal begins.", minimum=1),
        text(
            "page",
            "Page of the Federal Register on which it begins, where the text marks pages.",
            nullable=True,
        ),
        text("url", "Address of the notice, where its number is known.", nullable=True),
    ),
    key=("document", "transmittal"),
)
