"""What pages, agencies and translators put around a story: phrases, names and dates of mastheads."""

from dateline.knowledge.cleaning.phrases import Hit, Names, Phrases, Rule, english_words, phrases
from dateline.knowledge.cleaning.shapes import (
    DAY,
    MONTH_DAY,
    NAME,
    is_name_below,
    looks_like_title,
    parse_day,
)

__all__ = [
    "DAY",
    "MONTH_DAY",
    "NAME",
    "Hit",
    "Names",
    "Phrases",
    "Rule",
    "english_words",
    "is_name_below",
    "looks_like_title",
    "parse_day",
    "phrases",
]
