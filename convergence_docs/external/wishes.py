"""How other sites are asked: the settings below ``extra.convergence.external``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from convergence_docs.config import Config
from convergence_docs.errors import ConfigFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Settings of the check of external links.

    Attributes:
        allow: globs over addresses; where there are any, only these are asked for.
        deny: globs over addresses that are never asked for.
        private: whether addresses of private networks and of this machine are asked for.
        cache_days: for how many days an answer that was good is believed; 0 for never.
        timeout: seconds for one request.
        retries: further attempts after a time-out, a fault of the server or of the network.
        per_host: requests to one host at a time.
        interval: milliseconds between two requests to one host.
        seconds: for everything; what is left then is told as not verified.
    """

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    private: bool = False
    cache_days: float = 1.0
    timeout: int = 20
    retries: int = 2
    per_host: int = 2
    interval: int = 200
    seconds: int = 900


_LEAST: Final = {"cache_days": 0, "timeout": 1, "retries": 0, "per_host": 1, "interval": 0, "seconds": 1}
_MOST: Final = {"cache_days": 365, "timeout": 600, "retries": 10, "per_host": 50, "interval": 60_000, "seconds": 86_400}


def read_wishes(config: Config) -> Wishes:
    """The settings of a site.

    Raises:
        ConfigFault: a key is unknown, or a value is of the wrong kind or out of range.
    """
    values = config.settings.external
    known = {field.name for field in fields(Wishes)}
    for key, value in values.items():
        if key not in known:
            raise _fault(config, key, f"is unknown; known are {', '.join(sorted(known))}", "无法识别")
        if key in ("allow", "deny"):
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise _fault(config, key, "must be a list of texts", "必须是文本列表")
        elif key == "private":
            if not isinstance(value, bool):
                raise _fault(config, key, "must be true or false", "必须是 true 或 false")
        elif not _is_within(key, value):
            said = f"{_LEAST[key]} … {_MOST[key]}"
            raise _fault(config, key, f"must be a number within {said}", f"必须是 {said} 之间的数字")
    return Wishes(**{key: _frozen(value) for key, value in values.items()})


def _is_within(key: str, value: Any) -> bool:
    kinds = int | float if key == "cache_days" else int
    return isinstance(value, kinds) and not isinstance(value, bool) and _LEAST[key] <= value <= _MOST[key]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _fault(config: Config, key: str, en: str, zh: str) -> ConfigFault:
    return ConfigFault(
        en=f"'extra.convergence.external.{key}' {en}.",
        zh=f"“extra.convergence.external.{key}”{zh}。",
        where=config.settings_file or config.config_file or "",
    )
