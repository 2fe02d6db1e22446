"""Where a site's baseline lies. Every check asks, so nothing here reads it."""

from __future__ import annotations

import os

from convergence_docs.config.record import Config
from convergence_docs.errors import ConfigFault

NAME = "convergence-baseline.json"
"""The file beside the configuration, or in a folder that has none, unless the setting ``baseline`` names another."""


def baseline_file(config: Config) -> str:
    """Where a site's baseline lies, or would.

    Raises:
        ConfigFault: the setting, or a symbolic link of that name, leads out of the repository.
    """
    beside = config.settings_file or config.config_file
    folder = os.path.dirname(beside) if beside else config.docs_root
    name = config.settings.baseline
    where = os.path.normpath(os.path.join(folder, name or NAME))
    if name is None and not os.path.islink(where):
        return where
    boundary = os.path.realpath(config.boundary)
    if "\0" in where or not os.path.realpath(where).startswith(boundary.rstrip(os.sep) + os.sep):
        raise ConfigFault(
            en=f"The baseline is outside the repository: {name or NAME}",
            zh=f"基线文件在仓库之外：{name or NAME}",
            hint_en="Keep it inside; the setting 'baseline' is relative to the configuration's folder.",
            hint_zh="请把它放在仓库之内；设置项“baseline”相对于配置文件所在的文件夹。",
            where=beside or "",
        )
    return where


def find_baseline(config: Config) -> str | None:
    """The site's baseline; ``None`` where there is none.

    Raises:
        ConfigFault: the settings name a file that is not there, or one outside the repository.
    """
    where = baseline_file(config)
    if os.path.lexists(where):
        return where
    if config.settings.baseline is None:
        return None
    raise ConfigFault(
        en="There is no such baseline, though the settings name it.",
        zh="设置中写了此基线文件，但它不存在。",
        hint_en="Write it: convergence-docs baseline",
        hint_zh="请生成它：convergence-docs baseline",
        where=where,
    )
