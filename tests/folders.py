"""Folders on disk for tests: a dict of files is written, checked, and looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from convergence_docs import engine
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Report


def write(root: Path, files: Mapping[str, str | bytes], *, is_old: bool = False) -> Path:
    """Write ``files`` below ``root``. ``is_old``: with times long past, so that times alone can be trusted."""
    for path, content in files.items():
        where = root / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        if is_old:
            age(where)
    return root


def age(path: Path, seconds: int = 3600) -> None:
    """Put the times of a file back, as far as the system lets one."""
    about = path.stat()
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns - seconds * 1_000_000_000))


def check(root: Path | str, *, use_cache: bool = False, jobs: int | None = 1) -> Report:
    """The report on the one site at ``root``."""
    (config,) = find_configs([str(root)])
    return engine.check(config, use_cache=use_cache, jobs=jobs)


def codes(report: Report) -> list[tuple[str, str]]:
    """Path and code of every finding."""
    return [(finding.path, finding.code) for finding in report.findings]
