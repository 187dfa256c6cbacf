"""What the first and last lines of a report say of it: heads and tails of our own, of outlets that do not exist."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest

from dateline.reading import masthead

TITLE = "Two traders killed as shells hit the old market"
BODY = (
    "Shells fell on the old market on Monday morning and killed two traders, residents said. The bridge to the"
    " northern bank stayed closed for the third day, and no lorry crossed it.\n\n"
    "The army said nothing about the shelling. A teacher who lives near the bridge counted nine blasts."
)
MAY_3 = dt.date(2021, 5, 3)


class Head(NamedTuple):
    """A text and what its masthead should say; `author` and `title` are not compared where None."""

    text: str
    outlet: str = ""
    agency: str = ""
    published: dt.date | None = None
    title: str | None = None
    author: str | None = None
    dated: bool = False


def above(head: str) -> str:
    """A report with a title, then `head`."""
    return f"{TITLE}\n\n{head}\n\n{BODY}"


def before(dateline: str) -> str:
    """A report whose first sentence has the dateline."""
    return f"{TITLE}\n\n{dateline} {BODY}"


def below(tail: str) -> str:
    return f"{TITLE}\n\n{BODY}\n\n{tail}"


HEADS = {
    # Datelines that name who sent the report.
    "name-first": Head(before("(Sahel Newswire) -"), "Sahel Newswire", title=TITLE),
    "place-day-name": Head(before("MARADI, May 3 (Kestrel) —"), "Kestrel", title=TITLE, dated=True),
    "place-name": Head(before("Maradi (Kestrel Wire) -"), "Kestrel Wire", title=TITLE),
    "place-country-name": Head(before("MARADI, Niger (Kestrel News) –"), "Kestrel News", title=TITLE),
    "place-name-day": Head(before("MARADI (KWN), 3 May 2021 —"), "KWN", published=MAY_3, dated=True),
    "place-day-year-name": Head(before("Maradi, Niger, 3 May 2021 (KWN) -"), "KWN", published=MAY_3, dated=True),
    "place-slash-agency": Head(before("MARADI, 3 May 2021 (Kestrel/AFP) -"), "Kestrel", "AFP", MAY_3),
    "day-then-name": Head(before("May 3 (Kestrel Wire) -"), "Kestrel Wire", dated=True),
    "known-agency": Head(before("MARADI (AFP) —"), "", "AFP"),
    "place-dash": Head(before("MARADI —"), "", title=TITLE),
    "place-day-dash": Head(before("Maradi, May 3 —"), "", dated=True),
    "name-dash-place": Head(before("Kestrel Wire — Maradi:"), "Kestrel Wire"),
    "name-in-brackets": Head(before("[Kestrel Wire]"), "Kestrel Wire"),
    "line-of-place-name-day": Head(
        above("MARADI (Kestrel Newswire), May 3, 2021"), "Kestrel Newswire", published=MAY_3
    ),
    "line-of-place-bar-day": Head(
        above("MARADI (Desert Dispatch) | Monday 3 May 2021, 18:10 GMT"), "Desert Dispatch", published=MAY_3
    ),
    # Lines of name and day.
    "name-bar-day": Head(above("Desert Courier | 3 May 2021"), "Desert Courier", published=MAY_3, title=TITLE),
    "day-bar-name": Head(above("3 May 2021 | Desert Courier"), "Desert Courier", published=MAY_3, title=TITLE),
    "name-comma-day": Head(above("Desert Courier, May 3, 2021"), "Desert Courier", published=MAY_3),
    "name-dash-day": Head(above("Desert Courier - 3 May 2021, 14:20"), "Desert Courier", published=MAY_3),
    "name-parentheses-day": Head(above("Desert Courier (3 May 2021)"), "Desert Courier", published=MAY_3),
    "day-name-below": Head(above("3 May 2021\nDesert Courier"), "Desert Courier", published=MAY_3),
    "name-day-below": Head(above("Desert Courier\n3 May 2021"), "Desert Courier", published=MAY_3),
    "name-over-title": Head(
        f"DESERT COURIER\n\n{TITLE}\n\n3 May 2021\n\n{BODY}", "DESERT COURIER", published=MAY_3, title=TITLE
    ),
    "name-day-over-title": Head(
        f"Desert Courier, 3 May 2021\n\n{TITLE}\n\n{BODY}", "Desert Courier", published=MAY_3, title=TITLE
    ),
    "dot-author-day": Head(above("Desert Courier · Aya Tamm · 3 May 2021"), "Desert Courier", published=MAY_3),
    "day-without-year": Head(above("Desert Courier | May 3"), "Desert Courier", dated=False),
    "slashes": Head(above("Desert Courier / 03.05.2021"), "Desert Courier", published=MAY_3),
    "iso-day": Head(above("2021-05-03 - Desert Courier"), "Desert Courier", published=MAY_3),
    # Bylines.
    "by-name-outlet": Head(above("By Aya Tamm, Desert Courier"), "Desert Courier", author="Aya Tamm"),
    "by-name-bar-outlet": Head(
        above("By Aya Tamm | Desert Courier | 3 May 2021"), "Desert Courier", published=MAY_3, author="Aya Tamm"
    ),
    "by-name-for": Head(above("By Aya Tamm in Maradi for Desert Courier"), "Desert Courier", author="Aya Tamm"),
    "by-name-in": Head(above("By Aya Tamm in Maradi"), "", author="Aya Tamm"),
    "by-name": Head(above("By Aya Tamm"), "", author="Aya Tamm"),
    "outlet-staff": Head(above("Desert Courier staff"), "Desert Courier"),
    "outlet-correspondent": Head(above("Aya Tamm, Desert Courier correspondent"), "Desert Courier"),
    "by-outlet-staff-place": Head(
        above("By Desert Courier staff, MARADI/NIAMEY\n3 May 2021 9:14 PM"), "Desert Courier", published=MAY_3
    ),
    "by-outlet-staff-day": Head(
        above("By Green River Monitor staff, 3 May 2021"), "Green River Monitor", published=MAY_3
    ),
    "by-our-reporter": Head(above("By Our Reporter, Maradi\nPublished: May 3, 2021"), "", published=MAY_3, author=""),
    "name-below-title": Head(
        above("Green River Report\n3 May 2021"), "Green River Report", published=MAY_3, title=TITLE
    ),
    "by-outlet-staff": Head(above("By Desert Courier Staff"), "Desert Courier"),
    "our-correspondent": Head(above("From our correspondent in Maradi"), ""),
    "published-by": Head(above("Published by Desert Courier on 3 May 2021"), "Desert Courier", published=MAY_3),
    "posted-by": Head(above("Posted by Desert Courier on May 3, 2021 at 10:15"), "Desert Courier", published=MAY_3),
    "posted-by-person": Head(above("Posted by Aya on May 3, 2021"), "", published=MAY_3),
    # Titles with the outlet behind them.
    "title-suffix": Head(f"{TITLE} - Desert Courier\n\n{BODY}", "Desert Courier", title=TITLE),
    "title-bar": Head(f"{TITLE} | Kestrel\n\n3 May 2021\n\n{BODY}", "Kestrel", published=MAY_3, title=TITLE),
    "title-prefix": Head(f"Desert Courier: {TITLE}\n\n{BODY}", "Desert Courier"),
    # Institutions.
    "ministry": Head(
        f"MINISTRY OF DEFENCE OF RURITANIA\n\n3 May 2021\n\n{BODY}", "MINISTRY OF DEFENCE OF RURITANIA", published=MAY_3
    ),
    "statement-by": Head(
        f"Statement by the General Staff of the Ruritanian Armed Forces\n\n3 May 2021\n\n{BODY}",
        "General Staff of the Ruritanian Armed Forces",
        published=MAY_3,
    ),
    "press-release": Head(f"Press release of the Valley Human Rights Network\n\n{BODY}", "Valley Human Rights Network"),
    "state-over-staff": Head(
        f"REPUBLIC OF RURITANIA\nGeneral Staff of the Armed Forces\nCOMMUNIQUÉ No. 58\n\nWadi, 3 May 2021\n\n{BODY}",
        "General Staff of the Armed Forces",
        published=MAY_3,
    ),
    "movement-release": Head(
        f"RURITANIAN PEOPLE'S ARMY - PRESS RELEASE\nIssued by the spokesperson, 3 May 2021\n\n{BODY}",
        "RURITANIAN PEOPLE'S ARMY",
        published=MAY_3,
    ),
    "produced-by": Head(
        below("This report is produced by OCHA together with its partners. The next one follows on Friday."), "OCHA"
    ),
    "flash-update": Head(f"OCHA Flash Update No. 3\n3 May 2021\n\n{BODY}", "OCHA", published=MAY_3),
    "situation-report": Head(
        f"Valley Relief Network: Situation report #12\n3 May 2021\n\n{BODY}", "Valley Relief Network", published=MAY_3
    ),
    "immediate-release": Head(
        f"FOR IMMEDIATE RELEASE\n3 May 2021\nValley Human Rights Network\n\n{TITLE}\n\n{BODY}",
        "Valley Human Rights Network",
        published=MAY_3,
    ),
    "communique": Head(f"Communiqué no. 7 of the Northern Command\n\n{BODY}", "Northern Command"),
    "briefing": Head(f"Morning briefing of the General Staff, 3 May 2021\n\n{BODY}", "General Staff", published=MAY_3),
    "ngo-title": Head(f"MSF statement on the shelling of the market\n\n{BODY}", "MSF"),
    "ngo-title-long": Head(
        f"Statement from the Valley Doctors' Committee on the shelling\n\n{BODY}", "Valley Doctors' Committee"
    ),
    "press-service": Head(below("Press service of the Northern Command"), "Northern Command"),
    # Radio, messages, mail, headers.
    "radio": Head(f"Radio Wadi, evening news, 3 May 2021\n\n{BODY}", "Radio Wadi", published=MAY_3),
    "handle": Head(f"@valleywatch\n3 May 2021\n\n{BODY}", "@valleywatch", published=MAY_3),
    "name-and-handle": Head(f"Valley Watch (@valleywatch) · 3 May 2021\n\n{BODY}", "Valley Watch", published=MAY_3),
    "telegram": Head(f"Telegram channel Valley Watch\n\n{BODY}", "Valley Watch"),
    "mail": Head(
        f"From: Valley Watch <news@valley.example>\nDate: Mon, 3 May 2021 10:15:00 +0200\nSubject: {TITLE}\n\n{BODY}",
        "Valley Watch",
        published=MAY_3,
        title=TITLE,
    ),
    "headers": Head(
        f"Title: {TITLE}\nOutlet: Desert Courier\nDate: 2021-05-03\n\n{BODY}",
        "Desert Courier",
        published=MAY_3,
        title=TITLE,
    ),
    "headers-author": Head(
        f"Author: Aya Tamm\nPublication: Desert Courier\nPublished: 3 May 2021\n\n{TITLE}\n\n{BODY}",
        "Desert Courier",
        published=MAY_3,
        author="Aya Tamm",
    ),
    "newsletter": Head(
        f"The Valley Brief, issue 41\n3 May 2021\n\n{TITLE}\n\n{BODY}", "The Valley Brief", published=MAY_3
    ),
    # Tails.
    "tail-source": Head(below("Source: Desert Courier"), "Desert Courier"),
    "tail-text": Head(below("Text: Desert Courier"), "Desert Courier"),
    "tail-copyright": Head(below("© Desert Courier 2024"), "Desert Courier"),
    "tail-copyright-year-first": Head(below("Copyright 2024 Desert Courier. All rights reserved."), "Desert Courier"),
    "tail-parentheses": Head(below("(Desert Courier)"), "Desert Courier"),
    "tail-dash": Head(below("— Desert Courier"), "Desert Courier"),
    "tail-two": Head(below("Desert Courier/AFP"), "Desert Courier", "AFP"),
    "tail-in-line": Head(f"{TITLE}\n\n{BODY} (Kestrel Wire)", "Kestrel Wire"),
    "tail-appeared": Head(below("This story first appeared in Desert Courier."), "Desert Courier"),
    "tail-translated": Head(below("Translated from Desert Courier"), "Desert Courier"),
    "tail-reported": Head(below("As reported by Desert Courier"), "Desert Courier"),
    "tail-agencies": Head(below("Desert Courier with agencies"), "Desert Courier"),
    "tail-origin": Head(
        f"{TITLE}\n\nDesert Courier, 3 May 2021\n\n{BODY}\n\n(Kestrel Wire Agency)",
        "Desert Courier",
        "Kestrel Wire Agency",
        MAY_3,
    ),
    "tail-origin-source": Head(
        f"{TITLE}\n\nDesert Courier, 3 May 2021\n\n{BODY}\n\nSource: Kestrel Press",
        "Desert Courier",
        "Kestrel Press",
        MAY_3,
    ),
    "tail-origin-in-line": Head(
        f"{TITLE}\n\nDesert Courier, 3 May 2021\n\n{BODY} (Kestrel Wire Service)",
        "Desert Courier",
        "Kestrel Wire Service",
        MAY_3,
    ),
    "tail-itself": Head(
        f"{TITLE}\n\nThe Desert Courier, 3 May 2021\n\n{BODY}\n\n(Desert Courier)", "The Desert Courier", "", MAY_3
    ),
    "tail-owner": Head(
        f"{TITLE}\n\nDesert Courier, 3 May 2021\n\n{BODY}\n\n© Kestrel Media 2021", "Desert Courier", "", MAY_3
    ),
    "tail-ministry": Head(
        f"{TITLE}\n\nDesert Courier, 3 May 2021\n\n{BODY}\n\nSource: Ministry of Defence", "Desert Courier", "", MAY_3
    ),
    "tail-aside": Head(f"{TITLE}\n\nDesert Courier, 3 May 2021\n\n{BODY}\n\n(Updated)", "Desert Courier", "", MAY_3),
    "tail-published": Head(below("First published by Desert Courier on 3 May 2021."), "Desert Courier"),
}

NOT_NAMED = {
    "country": before("Maradi (Niger) —"),
    "province": before("MARADI, Niger —"),
    "acronym": f"{TITLE}\n\nThe Rapid Support Forces (RSF) shelled the market. {BODY}",
    "person-in-parentheses": below("(Aya Tamm)"),
    "place-line": above("Maradi, 3 May 2021"),
    "two-word-place": above("Port Sudan, 3 May 2021"),
    "language": below("Translated from Arabic"),
    "aside-at-the-end": f"{TITLE}\n\n{BODY} (He later left.)",
    "question-title": f"What we know - and what we do not\n\n{BODY}",
    "source-in-title": f"{TITLE} - police\n\n{BODY}",
    "place-in-title": f"{TITLE} - Maradi\n\n{BODY}",
    "country-sitrep": f"SUDAN: Situation Report No. 7\n3 May 2021\n\n{BODY}",
    "army-acts": f"Northern Command opens new base\n\n{BODY}",
    "statement-of-fact": f"Statement on the shelling condemned by doctors\n\n{BODY}",
    "quoted-in-story": f"{TITLE}\n\nThe paper (Desert Courier) was banned. {BODY}",
    "brief": f"RURITANIA IN BRIEF\n3 May 2021\n\n{TITLE}\n\n{BODY}",
    "section": above("World | 3 May 2021"),
}


@pytest.mark.parametrize("wanted", HEADS.values(), ids=HEADS)
def test_heads_and_tails(wanted: Head) -> None:
    found = masthead(wanted.text)
    assert (found.outlet, found.agency, found.published) == (wanted.outlet, wanted.agency, wanted.published)
    if wanted.title is not None:
        assert found.title == wanted.title
    if wanted.author is not None:
        assert found.author == wanted.author
    if wanted.dated:
        assert found.dateline_day is not None
        assert "3" in found.dateline_day.of(wanted.text)


@pytest.mark.parametrize("text", NOT_NAMED.values(), ids=NOT_NAMED)
def test_what_names_no_outlet(text: str) -> None:
    assert (masthead(text).outlet, masthead(text).agency) == ("", "")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"Tue 04 May 2021 22 die as shells hit Ruritania. {BODY}", ""),
        (f"04-05-2021 Shells hit Ruritania. {BODY}", ""),
        (f"Last updated at May 042021 {BODY}", ""),
        (f"04.05.2021Get short URL 0 13 {BODY}", ""),
        (f"Shells hit Ruritania AFP Tuesday 4 May 2021 {BODY}", "AFP"),
        (f"Shells hit Ruritania World 04-05-2021 0147 PM {BODY}", ""),
    ],
)
def test_a_day_in_a_text_whose_lines_were_joined(text: str, agency: str) -> None:
    found = masthead(text)
    assert found.published == dt.date(2021, 5, 4)
    assert found.agency == agency


@pytest.mark.parametrize(
    ("top", "outlet", "day"),
    [
        ("Radio Karst, 101.2 FM. The news at noon. Monday 4 March 2024, twelve o'clock.", "Radio Karst", "2024-03-04"),
        (
            "Coast truce: third day as it happened\nDelta Live, Sunday 3 March 2024. Times are local.",
            "Delta Live",
            "2024-03-03",
        ),
        ("Envoys leave\n\nGedaref, 3 March 2024 - Upper River Gazette", "Upper River Gazette", "2024-03-03"),
        ("An-Nahr Al-Yawm (machine translation of this page)\nSunday 3 March 2024", "An-Nahr Al-Yawm", "2024-03-03"),
        ("Port Sudan, Sunday 3 March 2024", "", "2024-03-03"),
    ],
)
def test_a_sender_beside_the_day_of_the_page(top: str, outlet: str, day: str) -> None:
    found = masthead(f"{top}\n\nThe army took the bridge on Friday, residents of the town said by telephone.\n")
    assert (found.outlet, found.published) == (outlet, dt.date.fromisoformat(day))
