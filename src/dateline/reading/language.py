"""Which language a report is in: English by its small words, any other by a classifier loaded when needed."""

from __future__ import annotations

import re

from dateline.knowledge.cleaning import english_words

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6000
_ENOUGH = 0.1
# Names alone ("Fano militia captures Lalibela") reach 19 in favour of Latin; short Spanish has 35.
_SURE = 25.0


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that most of `text` is in.

    A text in plain letters counts as English unless the classifier puts another language far ahead (a
    log-likelihood of 25), for headlines and names alone say too little. "und" where there are no letters.
    """
    sample = text if len(text) <= _SAMPLE else f"{text[: _SAMPLE // 2]} {text[len(text) // 2 :][: _SAMPLE // 2]}"
    words = [word.lower() for word in _WORDS.findall(sample)]
    if not words:
        return "und"
    # "the" besides: Dutch shares "in", "is", "of", "was" and "over" with English.
    if "the" in words and sum(word in english_words() for word in words) >= _ENOUGH * len(words):
        return "en"
    # Loaded only for a text that is not plainly English: it takes a tenth of a second.
    import py3langid

    ranked = py3langid.rank(" ".join(words))
    language, score = ranked[0]
    english = next(other for code, other in ranked if code == "en")
    return "en" if sample.isascii() and score - english < _SURE else str(language)
