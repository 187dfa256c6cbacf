"""The dictionary that comes with the language model: which forms are words of English."""

from __future__ import annotations

import functools
from collections.abc import Callable

from dateline.language.model import LanguageModel

ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
           ("er", ""), ("er", "e"), ("est", ""), ("ly", ""))  # fmt: skip


def dictionary(model: LanguageModel) -> Callable[[str], bool]:
    """Return whether a word in lower case is a form of an English word, by the model's tables of lemmas.

    A model without tables (the blank one) knows its stop words only.
    """
    words = set(model.nlp.Defaults.stop_words)
    if "lemmatizer" in model.nlp.pipe_names:
        tables = model.nlp.get_pipe("lemmatizer").lookups
        for part in ("noun", "verb", "adj", "adv"):
            words |= set(tables.get_table("lemma_index", {}).get(part, ()))
            words |= set(tables.get_table("lemma_exc", {}).get(part, ()))

    @functools.lru_cache(maxsize=50_000)
    def is_known(word: str) -> bool:
        if word in words:
            return True
        word = word.removesuffix("'s").removesuffix("’s").removesuffix("'")
        if word in words:
            return True
        for ending, instead in ENDINGS:
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)]
                if stem + instead in words or (stem[-2:-1] == stem[-1:] and stem[:-1] in words):
                    return True
        return False

    return is_known
