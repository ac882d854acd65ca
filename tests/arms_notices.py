"""Writes texts like the notices of arms sales in the Federal Register, in the forms that they have had over the years.

All transmittals are made up. ``offer`` gives one item list, ``notice`` a document around one or several.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

TRAINING = "training of 6,000 personnel, translation services, transport, and other related elements of logistics support."
RADIOS = "400 tactical radios, spare parts, support equipment, personnel training and training equipment."


def offer(
    number: str = "13-99",
    purchaser: str = "Government of Libya",
    major: str = "$0 million",
    other: str = "$600 million",
    total: str = "$600 million",
    equipment: str = TRAINING,
    delivered: str = "22 January 2014",
    mark: str = "",
    extra: str = "",
) -> str:
    """Return the transmittal of a new offer; ``mark`` stands before each item, ``extra`` behind the total."""
    return f"""Transmittal No. {number}

Notice of Proposed Issuance of Letter of Offer Pursuant to Section
36(b)(1) of the Arms Export Control Act, as amended

    (i) {mark}Prospective Purchaser: {purchaser}
    (ii) {mark}Total Estimated Value:

Major Defense Equipment*..................  {major}
Other.....................................  {other}
                                           --------------
    TOTAL.................................  {total}
{extra}
    (iii) {mark}Description and Quantity or Quantities of Articles or
Services under Consideration for Purchase: {equipment}
    (iv) {mark}Military Department: Army (UAB)
    (v) {mark}Prior Related Cases, if any: None
    (vi) {mark}Sales Commission, Fee, etc., Paid, Offered, or Agreed to be
Paid: None
    (vii) {mark}Sensitivity of Technology Contained in the Defense Article
or Defense Services Proposed to be Sold: None
    (viii) {mark}Date Report Delivered to Congress: {delivered}

    * As defined in Section 47(6) of the Arms Export Control Act.

POLICY JUSTIFICATION

{purchaser}

    {purchaser} has requested a possible sale. The estimated cost is {total}.
    (i) This sale serves the security of a friend.
"""


def enhancement(
    number: str = "17-0A", of: str = "13-99", delivered: str = "May 5, 2017", values: str = ""
) -> str:
    """Return the transmittal of an enhancement of an earlier offer; it gives no value but what ``values`` holds."""
    return f"""Transmittal No. {number}

REPORT OF ENHANCEMENT OR UPGRADE OF SENSITIVITY OF TECHNOLOGY OR
CAPABILITY (SEC. 36(B)(5)(C), AECA)

    (i) Purchaser: Government of Libya
    (ii) Sec. 36(b)(1), AECA Transmittal No.: {of}
    Date: 22 January 2014
    Military Department: Army
{values}
    (iii) Description: On 22 January 2014, Congress was notified by
Congressional certification transmittal number {of} of the possible
sale of training. This transmittal reports the addition of flight
training for 40 pilots.
    (iv) Significance: The additional training supports the sale.
    (v) Justification: This sale serves the security of a friend.
    (vi) Date Report Delivered to Congress: {delivered}
"""


def notice(
    *parts: str,
    document: str = "2014-02345",
    published: str = "Wednesday, February 5, 2014",
    numbers: str = "Transmittal No. 13-99",
    action: str = "Notice",
    section: str = "36(b)(1)",
) -> str:
    """Return a document of the Federal Register with page marks and a picture that was left out."""
    body = "\n\n".join(parts)
    middle = body.find("\n    (iv)")
    body = f"{body[:middle]}\n\n[[Page 6887]]\n{body[middle:]}" if middle > 0 else body
    return f"""[Federal Register Volume 79, Number 24 ({published})]
[Notices]
[Pages 6885-6888]
From the Federal Register Online via the Government Publishing Office [www.gpo.gov]


=======================================================================
-----------------------------------------------------------------------

DEPARTMENT OF DEFENSE

Office of the Secretary

[{numbers}]


{section} Arms Sales Notification

AGENCY: Department of Defense, Defense Security Cooperation Agency.

ACTION: {action}.

-----------------------------------------------------------------------

SUMMARY: The Department of Defense is publishing the unclassified text of
a section {section} arms sales notification. This is published to fulfill
the requirements of section 155 of Public Law 104-164.

    Dated: January 30, 2014.
Aaron Siegel,
Alternate OSD Federal Register Liaison Officer, Department of Defense.

[[Page 6886]]

[GRAPHIC] [TIFF OMITTED] TN05FE14.000

BILLING CODE 5001-06-C

{body}

[FR Doc. {document} Filed 2-4-14; 8:45 am]
BILLING CODE 5001-06-P
"""


def as_page(text: str) -> str:
    """Return a text as the page that federalregister.gov and govinfo.gov serve it as."""
    return f"<html>\n<head>\n<title>Federal Register</title>\n</head>\n<body><pre>\n{html.escape(text)}</pre></body>\n</html>\n"


def write(folder: Path, texts: Sequence[tuple[str, str]]) -> list[Path]:
    """Write texts by their names below a folder and return their places."""
    folder.mkdir(parents=True, exist_ok=True)
    places = []
    for name, text in texts:
        places.append(folder / name)
        places[-1].write_text(text, encoding="utf-8")
    return places
