"""Regular expressions that are compiled when they are first used: a run uses few of them, and compiling costs."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Later(Generic[AnyStr]):
    """Stands for a compiled expression; holds its methods from the first use on."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What this does not hold yet: it is compiled, and from then on its methods are found without coming here."""
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled at the first use. For the expressions of a module, which loading it makes."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))
