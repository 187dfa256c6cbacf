"""Sentences, words, names and what refers to what in a report."""

from dateline.language.model import LanguageModel, load_model
from dateline.language.parsing import Parsing

__all__ = ["LanguageModel", "Parsing", "load_model"]
