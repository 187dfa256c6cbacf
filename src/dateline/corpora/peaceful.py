"""News without armed conflict: PolNeAR (politics in the United States) and LGL (local news of small towns).

A story counts as one without armed conflict where neither its title nor its text holds one of the words of
WORDS: a rule that anybody can repeat and that does not look at how we code. Crime, accidents, sport,
elections and all figures of speech stay in. GeoWebNews (news of the whole world) is read by the same rule.

To look at: 70% of PolNeAR's train, of LGL and of GeoWebNews by a hash of the name; to score: the rest, and
PolNeAR's dev.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from dateline.corpora import Part, scored

WORDS = r"""
war wars wartime warfare troop troops soldier soldiers army armies military militar\w+ militant militants
militia militias militiaman militiamen insurgen\w+ rebel rebels guerill?as? guerrillas? paramilitar\w+ warlords?
gunman gunmen marine marines navy veteran veterans combat\w* peacekeep\w+ warplanes? artillery
air.?strikes? air.?raids? drone.strikes? missiles? bomb\w* shelling shelled mortars? grenades?
terror\w* jihad\w* extremists? radicalised radicalized hostage hostages massacr\w+ mass.shootings?
isis isil daesh islamic.state taliban al.(?:qaeda|qaida|shabab|shabaab|nusra) hezbollah hamas boko.haram benghazi
invad\w+ invasions? occupied.territor\w+ cease.?fires? genocid\w+ ethnic.cleansing coup coups
battlefields? front.?lines? 9/11 september.11 hiroshima holocaust nazis?
afghan\w* iraq\w* syria\w* libya\w* yemen\w* gaza
"""
ARMED_CONFLICT = re.compile(rf"\b(?:{'|'.join(WORDS.split())})\b", re.IGNORECASE)
CORPORA = {"lgl": "LGL", "GWN": "GeoWebNews"}


class Story(msgspec.Struct, frozen=True):
    """A story: the corpus it is from, its name, its title where it stands apart, and its text.

    `look` says whether it is in the part that may be looked at.
    """

    corpus: str
    name: str
    title: str
    text: str
    look: bool

    @property
    def words_of_conflict(self) -> frozenset[str]:
        """The words of armed conflict that stand in it."""
        return frozenset(found.lower() for found in ARMED_CONFLICT.findall(f"{self.title}\n{self.text}"))

    @property
    def peaceful(self) -> bool:
        """Whether no word of armed conflict stands in it."""
        return ARMED_CONFLICT.search(f"{self.title}\n{self.text}") is None


def files(corpora: Path) -> list[Path]:
    """Return PolNeAR's texts and the file of LGL; none where either is absent."""
    texts = sorted((corpora / "polnear").glob("*/text/*.txt"))
    articles = [path for path in [corpora / "geo" / "lgl.xml"] if path.is_file()]
    return [*texts, *articles] if texts and articles else []


def stories(paths: Iterable[Path], part: Part = "all") -> Iterator[Story]:
    """Yield the stories of a part that stand in texts (.txt) and in files of LGL's format (.xml)."""
    for path in paths:
        for story in _read(path):
            if part == "all" or story.look == (part == "look"):
                yield story


def _read(path: Path) -> Iterator[Story]:
    if path.suffix == ".txt":
        look = path.parent.parent.name != "dev" and not scored(path.stem)
        yield Story("PolNeAR", path.stem, "", path.read_text("utf-8"), look)
        return
    for article in ElementTree.parse(path).getroot().iter("article"):
        name = article.get("docid") or article.get("file") or ""
        texts = article.findtext("title") or "", article.findtext("text") or ""
        yield Story(CORPORA.get(path.stem, path.stem), name, *texts, not scored(name))
