"""What "the capital" means: that of a unit, of the paragraph's heading, of the place in focus, or the country's."""

from __future__ import annotations

from dateline.placing.focus import within
from dateline.placing.theatre import Located, Theatre
from dateline.placing.toponyms import Found, of_entry
from dateline.records import Span

UNITS = frozenset("state provincial regional district county departmental governorate prefectural".split())


class Capitals:
    """Finds the capitals that the nouns of one report mean."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.gazetteer = theatre.gazetteer
        self.parse = theatre.parse
        self.text = theatre.text
        self.found = theatre.found
        self.at = theatre.at
        self.opening = theatre.opening
        self.home = theatre.home
        self.focus = theatre.focus

    def capital(self, token: int, span: Span, step: str) -> Located | None:
        """Return what "capital" means: that of what stands beside it, of the paragraph's heading, or the country's."""
        beside = self.theatre.named_beside(token)
        if beside and not self._compared(token, beside):
            return self._seat(beside, span, step)
        if self.parse.deps[token] == "appos" and (named := self._apposed(token)):
            return Located(named, named.toponym.span, step, "named as the capital")
        heading = self.opening.get(self.theatre.block(token))
        demonyms = self.gazetteer.demonyms
        if heading and not any(self.parse.texts[child].lower() in demonyms for child in self.parse.children[token]):
            return self._seat(heading, span, step)
        return self._seat_in_focus(token, span, step) or self._national_capital(token, span, step)

    def _seat_in_focus(self, token: int, span: Span, step: str) -> Located | None:
        """Return the seat of the unit that a report is about, where it names both: "Badakhshan: ... Faizabad".

        "The provincial capital" is that of the unit in focus, named or not.
        """
        focus = self.focus.place if self.focus else None
        if self.focus is None or focus is None or focus.capital == "country":
            return None
        units = [one for one in self.found if one.place and one.place.feature == "admin1"]
        unit = next((one for one in units if one == self.focus or within(self.focus, one)), None)
        seat = self._seat(unit, span, step) if unit else None
        key = seat.found.place.key if seat and seat.found.place else None
        if self.focus == unit and {self.parse.texts[child].lower() for child in self.parse.children[token]} & UNITS:
            return seat
        return seat if any(one.place and one.place.key == key for one in self.found) else None

    def _compared(self, token: int, beside: Found) -> bool:
        """Whether a name only says what a capital is seen from: "the closest provincial capital to Kabul"."""
        parse, head = self.parse, beside.head
        if head < 0 or parse.deps[head] != "pobj":
            return False
        preposition = parse.heads[head]
        return parse.heads[preposition] == token and parse.lemmas[preposition].lower() not in ("of", "in", "at")

    def _apposed(self, token: int) -> Found | None:
        """Return the name that a noun stands beside as an apposition, over "the city of"."""
        parse, above = self.parse, self.parse.heads[token]
        inner = [c for p in parse.of_dep(above, "prep") if parse.lemmas[p] == "of" for c in parse.of_dep(p, "pobj")]
        return next((one for node in (above, *inner) if (one := self.at.get(node))), None)

    def _seat(self, unit: Found, span: Span, step: str) -> Located | None:
        """Return the capital of a unit: "the capital of Badghis province", "the Afghan capital"."""
        if unit.place and unit.place.feature in ("admin1", "country"):
            place = self.gazetteer.seat(unit.place.country, unit.place.admin1)
            if place:
                found = of_entry(place, span, f"the seat of {unit.toponym.name}")
                return Located(found, span, step, f"the capital of {unit.toponym.name}")
            return None
        return Located(unit, unit.toponym.span, step, "named as the capital")

    def _national_capital(self, token: int, span: Span, step: str) -> Located | None:
        """Return the capital of the country: "the Libyan capital"; "the capital", if it is not that of a province."""
        beside = {self.parse.texts[child].lower() for child in self.parse.children[token] if child < token}
        if beside & UNITS or any(self.parse.lemmas[child] == "of" for child in self.parse.of_dep(token, "prep")):
            return None
        demonyms = self.gazetteer.demonyms
        code = next((demonyms[word] for word in sorted(beside) if word in demonyms), self.home)
        place = self.gazetteer.seat(code, "") if code else None
        if place is None or any(one.place == place for one in self.found):
            return None  # it is named: the reference finds it
        found = of_entry(place, span, "the capital of the country")
        return Located(found, span, step, f"“{span.of(self.text)}” is taken for the country's")
