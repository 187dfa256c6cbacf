"""The one tree of exceptions that Dateline raises.

    DatelineError
    ├── UsageError        the call is wrong: an unknown option, a value out of range (exit status 2)
    ├── ReadingError      an input cannot be read: missing, empty, binary, encrypted, cut short (exit status 3)
    ├── KnowledgeError    a knowledge file breaks its schema; names the file and the entry
    ├── ModelError        no language model can be used, or its files are not those that were pinned
    ├── GazetteerError    the gazetteer is absent, of another version, or damaged
    ├── DeskError         a desk cannot be opened, read or written: absent, damaged, of another version, locked, full
    └── ContractError     a stage broke its contract: undeclared input or output, a span outside the report

Each message says what is wrong, where, and what to do about it.
"""


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose."""


class UsageError(DatelineError):
    """The call is wrong; nothing was done."""


class ReadingError(DatelineError):
    """An input cannot be read.

    `path` names it, `problem` says what is wrong with it and `remedy` what the user can do.
    """

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path = path
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{path}: {problem}. {remedy}")


class KnowledgeError(DatelineError):
    """A knowledge file breaks its schema."""


class ModelError(DatelineError):
    """No language model can be used, or its files differ from the pinned ones."""


class GazetteerError(DatelineError):
    """The gazetteer is absent, of another version, or damaged."""


class DeskError(DatelineError):
    """A desk cannot be opened, read or written."""


class ContractError(DatelineError):
    """A stage broke its contract with the runner."""
