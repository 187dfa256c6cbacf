"""Words that tell whether a report is one of armed conflict or of civil life."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class SettingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas of armed conflict and of civil life; the weapons of daily life, and ranks that others have as well."""

    armed: frozenset[str]
    civil: frozenset[str]
    everyday: frozenset[str]
    ranks: frozenset[str]


class SettingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of words."""

    about: Header
    settings: SettingWords


@functools.cache
def setting_words() -> SettingWords:
    """Load `settings.toml`."""
    file: SettingFile = load_toml("settings.toml", SettingFile)
    return file.settings
