"""Find the sites that paths on a command line belong to."""

from __future__ import annotations

import os
from collections.abc import Sequence

from convergence_docs.config.record import Config
from convergence_docs.errors import Fault


def find_configs(paths: Sequence[str], config_file: str | None = None) -> tuple[Config, ...]:
    """The sites that ``paths`` belong to, one `Config` each, in the order of the paths.

    Args:
        paths: files and folders as given; none means the current folder.
        config_file: a settings file or ``mkdocs.yml`` to use instead of the one found.

    Raises:
        Fault: a path does not exist, or a configuration cannot be read.
    """
    found: list[Config] = []
    for path in paths or (".",):
        where = os.path.abspath(path)
        if not os.path.exists(where):
            raise Fault(en="There is no such file or folder.", zh="没有这个文件或文件夹。", where=path)
        root = where if os.path.isdir(where) else os.path.dirname(where)
        found.append(Config(docs_root=root, boundary=root))
    return tuple(found)
