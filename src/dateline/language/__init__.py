"""Sentences, words, names and what refers to what in a report."""

from dateline.language.model import LanguageModel, load_model
from dateline.language.naming import Naming
from dateline.language.parsing import Parsing
from dateline.language.referring import Referring
from dateline.language.truecasing import Truecaser
from dateline.language.words import dictionary

__all__ = ["LanguageModel", "Naming", "Parsing", "Referring", "Truecaser", "dictionary", "load_model"]
