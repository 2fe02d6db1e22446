"""``check --verify``: hold the parser against independent implementations, file by file."""

from __future__ import annotations

from collections.abc import Iterable

from convergence_docs.config import Config
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault


def verify(configs: Iterable[Config], language: Language) -> bool:
    """Whether every file agrees; each difference is printed."""
    del configs, language
    raise Fault(en="--verify is not available yet.", zh="--verify 尚不可用。")
