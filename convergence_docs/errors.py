"""Faults of use: what went wrong before or beside the checking itself.

A fault is never a finding. A finding speaks of a chapter and ends in exit code 1; a fault speaks of the call,
the configuration or the machine and ends in exit code 2.
"""


class Fault(Exception):
    """A call that cannot be served, said to the person who made it.

    Attributes:
        title: what happened, in one sentence, in English and in Chinese.
        hint: what to do about it, in the same two languages; may be empty.
        where: the file, or file:line:column, that the fault is about; may be empty.
    """

    def __init__(self, *, en: str, zh: str, hint_en: str = "", hint_zh: str = "", where: str = "") -> None:
        super().__init__(f"{where}: {en}" if where else en)
        self.title = {"en": en, "zh": zh}
        self.hint = {"en": hint_en, "zh": hint_zh}
        self.where = where


class ConfigFault(Fault):
    """A configuration that cannot be read or does not mean anything."""
