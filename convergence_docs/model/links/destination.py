"""What can be told of a link's destination from its characters alone."""

from __future__ import annotations

import posixpath
import re
from enum import StrEnum
from typing import NamedTuple

from convergence_docs.escapes import unquote
from convergence_docs.regex import regex

_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.-]*):(.?)")
_KNOWN_SCHEMES = frozenset(
    {"http", "https", "mailto", "tel", "sms", "ftp", "ftps", "data", "javascript", "blob", "file"}
)
_PLACEHOLDER = regex(r"[{}<>]|\$\(|%\(|\.\.\.|…")
_EXTENSION = regex(r"[^/]\.[A-Za-z][A-Za-z0-9]{1,9}\Z|[^/]{2}\.[A-Za-z]\Z")
_WORDS = regex(r"[\w.%@~-]{2,}\Z")
_ESCAPE = regex(r"%(?![0-9A-Fa-f]{2})")
_MAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")
_HOST = regex(
    r"(?:www\.[\w-]+|[A-Za-z0-9-]+)(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|io|cn|dev|edu|gov|ai|app)(?=[/?#]|\Z)"
)
_DEVICE = regex(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)
_FORBIDDEN = regex(r'[<>:"|?*\\\x00-\x1f]')

_SURE = regex(
    r"(?:https?://\S+|\.{1,2}/\S+|[^\s，。；、]+\.(?:md|markdown|html?|pdf|png|jpe?g|gif|svg|webp)(?:#\S*)?)\Z",
    re.IGNORECASE,
)

_STRUCTURE = str.maketrans("．／＃％？＆～＿－", "./#%?&~_-")
_FULL_WIDTH = str.maketrans({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x3002: "."})
_HAS_FULL_WIDTH = regex(r"[\uff01-\uff5e\u3000\u3002]")
_QUOTED_TITLE = regex(r"(\S+)[ \t\u3000]+[“”‘’＂]([^“”‘’＂\"]*)[“”‘’＂]\Z")
_ADDRESS = regex(r"\A(https?)：//", re.IGNORECASE)
_STRUCTURAL = regex(
    r"\A＃|[．。](?:md|html?|pdf|png|jpe?g|svg)(?:[#＃?？]|\Z)|／|\.md＃|\Ahttps?(?:：|:／／)", re.IGNORECASE
)


class Scheme(StrEnum):
    """What stands before the colon."""

    NONE = ""
    MAIL = "mail"
    LOCAL = "local"
    """``file:`` or a drive letter: a place on the author's own machine."""
    OTHER = "other"


def scheme_of(destination: str) -> Scheme:
    """Whether the destination leaves for somewhere that has a scheme, and of which sort.

    An unknown scheme followed by white space or by a character that no URL may hold is no scheme but the beginning
    of a file name: ``L4: 完全收敛.md``.
    """
    found = _SCHEME.match(destination)
    if found is None:
        return Scheme.NONE
    name = found[1].lower()
    if name == "mailto":
        return Scheme.MAIL
    if name == "file" or (len(name) == 1 and found[2] in ("\\", "/")):
        return Scheme.LOCAL
    if name not in _KNOWN_SCHEMES and (not found[2] or found[2].isspace() or found[2] > "~" or found[2] == "%"):
        return Scheme.NONE
    return Scheme.OTHER


def split(destination: str) -> tuple[str, str]:
    """Path and fragment as written; the query is dropped, as every server of files does."""
    head, _, fragment = destination.partition("#")
    return head.partition("?")[0], fragment


def is_placeholder(destination: str) -> bool:
    """Whether it holds what a template, or the reader, is to fill in: ``{{ url }}``, ``${x}``, ``<path>``, ``...``."""
    return _PLACEHOLDER.search(destination) is not None


def is_path_like(path: str) -> bool:
    """Whether a path (decoded, without fragment) was very probably meant as one, though nothing stands there.

    It must have an extension, a leading or trailing ``./``, ``../`` or ``/``, or slashes between words. ``i,j``,
    ``x`` and ``n/2`` are mathematics, not paths.
    """
    if path.startswith(("./", "../", "/", ".\\", "..\\")):
        return True
    if _EXTENSION.search(path):
        return True
    segments = path.rstrip("/").split("/")
    return (len(segments) > 1 or path.endswith("/")) and all(map(_WORDS.match, segments))


def has_malformed_escape(text: str) -> bool:
    """Whether a ``%`` is not followed by two hexadecimal digits, or what is escaped is not UTF-8."""
    if "%" not in text:
        return False
    return _ESCAPE.search(text) is not None or "\ufffd" in unquote(text)


def as_address(destination: str) -> str:
    """The address that a path surely is, its scheme added or quotation marks taken away; empty where it is none."""
    unquoted = destination.strip("\"'“”‘’")
    if unquoted != destination and unquoted.startswith(("https://", "http://")):
        return unquoted
    if _MAIL.match(destination):
        return f"mailto:{destination}"
    return f"https://{destination}" if _HOST.match(destination) else ""


def half_width(destination: str) -> tuple[str, ...]:
    """What the destination may be with half-width punctuation, the least changed first; empty where it has no other."""
    if not _HAS_FULL_WIDTH.search(destination):
        return ()
    forms = dict.fromkeys((destination.translate(_STRUCTURE), destination.translate(_FULL_WIDTH)))
    return tuple(form for form in forms if form != destination)


def with_joints(destination: str) -> str:
    """The destination with half-width joints, where full-width ones surely stand in their place; else empty.

    ``＃x``, ``a．md``, ``a／b`` and ``https：//x`` are such; in ``完全收敛（工业标准）.md`` no joint is full-width.
    """
    if not _STRUCTURAL.search(destination):
        return ""
    return _ADDRESS.sub(r"\1://", destination.translate(_STRUCTURE))


def with_title(destination: str) -> str:
    """Path and title, where full-width quotation marks made the title part of the path; else empty."""
    found = _QUOTED_TITLE.match(destination)
    return f'{found[1]} "{found[2]}"' if found else ""


class Unportable(NamedTuple):
    """Why Windows cannot hold a name: the part of the path, and what of it.

    ``case`` is ``character``, ``device`` or ``ending``; or ``twin``, where ``detail`` is a path that differs in letter
    case alone.
    """

    case: str
    part: str
    detail: str


def find_unportable(path: str) -> Unportable | None:
    """The first part of a path (decoded) that Windows cannot hold, or ``None``.

    Windows reserves ``<>:"|?*`` and backslash, control characters, its device names with any extension, and drops
    a final full stop or blank. (Microsoft Learn, "Naming Files, Paths, and Namespaces".)
    """
    for part in path.split("/"):
        if part in ("", ".", ".."):
            continue
        if forbidden := _FORBIDDEN.search(part):
            return Unportable("character", part, forbidden[0] if forbidden[0] >= " " else f"U+{ord(forbidden[0]):04X}")
        if _DEVICE.match(part):
            return Unportable("device", part, part.partition(".")[0].rstrip())
        if part[-1] in ". ":
            return Unportable("ending", part, part[-1])
    return None


def escaped(path: str) -> str:
    """A path spelled so that Python-Markdown, CommonMark and a URL parser all read it as that path."""
    for character in '% #?<>"\\`|':
        if character in path:
            path = path.replace(character, f"%{ord(character):02X}")
    if "(" in path or ")" in path:
        path = path.replace("(", "%28").replace(")", "%29")
    return path


def ascent(path: str, folder: str) -> str:
    """``path`` as seen from ``folder``, both relative to the same root: ``../`` as often as needed, then down."""
    ours, theirs = folder.split("/") if folder else [], path.split("/")
    shared = 0
    while shared < len(ours) and shared < len(theirs) - 1 and ours[shared] == theirs[shared]:
        shared += 1
    return "../" * (len(ours) - shared) + "/".join(theirs[shared:])


def spell(path: str, page: str) -> str:
    """The destination that leads from ``page`` to ``path`` (both relative to the docs root)."""
    relative = ascent(path, posixpath.dirname(page)) or "./"
    return escaped(f"./{relative}" if ":" in relative.partition("/")[0] else relative)


def respell(destination: str, path: str, page: str) -> str:
    """``destination`` led to ``path`` instead, its query and fragment kept."""
    for index, character in enumerate(destination):
        if character in "?#":
            return spell(path, page) + destination[index:]
    return spell(path, page)


def with_fragment(destination: str, fragment: str) -> str:
    """``destination`` led to ``fragment`` instead, its path and query kept."""
    return f"{destination.partition('#')[0]}#{fragment.replace(' ', '%20')}"


def is_surely_a_destination(text: str) -> bool:
    """Whether nobody would write ``text`` in parentheses unless as a destination.

    It is an address, a path that begins with ``./`` or ``../``, or the name of a Markdown file, a page or an image.
    """
    # Without white space every alternative is settled by its first try, however long the text.
    return not any(map(str.isspace, text)) and _SURE.match(text) is not None
