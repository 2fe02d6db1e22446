"""Full-width characters as half-width ones, one for one."""

from __future__ import annotations

_TO_HALF = {**{0xFF01 + i: 0x21 + i for i in range(94)}, 0x3000: 0x20, 0xA0: 0x20}


def half_width(text: str) -> str:
    """``text`` with full-width ASCII forms made half-width, one character for one, so that offsets hold."""
    return text if text.isascii() else text.translate(_TO_HALF)
