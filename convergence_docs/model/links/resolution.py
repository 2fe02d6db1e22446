"""How a destination is resolved: the way of `convergence_docs.model.links.target.resolve`, one chapter at a time."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from convergence_docs.escapes import unquote
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.generator import Generators
from convergence_docs.model.layout import INDEX_NAMES, LIKE_EXTENSIONS, are_alike, join, layout
from convergence_docs.model.links.destination import (
    Scheme,
    as_address,
    half_width,
    has_malformed_escape,
    is_path_like,
    is_placeholder,
    scheme_of,
    split,
    with_joints,
    with_title,
)
from convergence_docs.model.links.target import LinkFault, Target, TargetKind
from convergence_docs.model.nodes import Link, LinkKind
from convergence_docs.regex import regex

_HTML = (LinkKind.HTML_LINK, LinkKind.HTML_IMAGE)
_UNVERIFIABLE = regex(r"top\Z|__|user-content-|[!/]|L\d+(?:-L\d+)?\Z|fnref|fn[:-]")
"""Fragments that scripts, generated code lines, tabs and footnotes answer to, or that name lines."""
_GITHUB_PAGES = regex(
    r"(?:actions|archive|blame|blob|branches|commits?|compare|contributors|discussions|edit|fork|graphs|issues|"
    r"labels|milestones|network|new|packages|projects|pulls?|pulse|raw|releases|security|settings|stargazers|tags|tree|"
    r"watchers|wiki|workflows)(?:/|\Z)"
)
"""What GitHub serves beside a repository's files, so that a README reaches it by ``../../``."""
_MADE_BY_BUILDS = regex(r"(?:\A|/)(?:feed_(?:rss|json)_\w+\.(?:xml|json)|sitemap\.xml(?:\.gz)?|404\.html)\Z")
"""What MkDocs and its feed plugin add to every site."""
_PLAIN = regex(r"[\w.-]+(?:/[\w.-]+)*+(?:#[\w-]*)?")
"""A path and a fragment in which no character means anything else."""
_DEEPEST = 40
"""So many folders up a path is tried; no real book nests deeper."""
_GENERIC = frozenset({"readme.md", "index.md", "license", "license.md", "changelog.md"})


class Outcome(NamedTuple):
    """A `Target` without its link."""

    kind: TargetKind
    path: str
    fragment: str
    fault: LinkFault | None = None
    meant: tuple[str, ...] = ()


class Resolver:
    """Resolves the links of one book. Destinations that mean the same from a folder are looked up once."""

    def __init__(self, book: Book) -> None:
        self._entries = book.entries
        self._site = book.site
        self._layout = layout(book)
        self._files = book.site.files
        self._generators = Generators(book.site)
        self._anchors: dict[str, frozenset[str]] = {}
        self._folded_anchors: dict[str, dict[str, str]] = {}

        self._folder = self._base = ""
        self._page = ""
        self._seen: dict[str, Outcome] = {}

    def targets(self, entry: Entry) -> tuple[Target, ...]:
        """Where the links of ``entry`` lead, in their order."""
        folder = posixpath.dirname(entry.path)
        # Under MkDocs the same words lead elsewhere from each page, for browsers resolve them against its URL.
        if folder != self._folder or self._site.is_mkdocs or self._generators:
            self._seen = {}
        self._folder, self._page = folder, entry.path
        self._base = self._layout.base_url(entry.path) if self._site.is_mkdocs else folder
        anchors, seen, page = self._anchors_of(entry.path), self._seen, entry.path
        same_page, new = TargetKind.SAME_PAGE, tuple.__new__
        found: list[Target] = []
        for link in entry.links:
            destination = link.destination
            if destination[:1] == "#":
                fragment = destination[1:]
                if fragment in anchors:
                    # Nine of ten links of a book with tables of contents; the class's own call takes twice the time.
                    found.append(new(Target, (link, same_page, page, fragment, None, ())))
                else:
                    found.append(Target(link, *self._at(same_page, page, fragment)))
                continue
            # Whether nothing suggests a path depends on how the link is written; such outcomes are not kept.
            is_html = link.kind in _HTML
            outcome = None if is_html else seen.get(destination) or self._chapter_at(destination)
            if outcome is None:
                outcome = self._resolve(link)
                if outcome.fault is None and outcome.kind is not TargetKind.TEXT and destination[:1] != "?":
                    seen[destination] = outcome
            found.append(Target(link, *outcome))
        return tuple(found)

    def _chapter_at(self, destination: str) -> Outcome | None:
        """The outcome of a plain path to a chapter and its anchor, as most are; ``None`` leaves it to `_resolve`."""
        if not _PLAIN.fullmatch(destination):
            return None
        path, _, fragment = destination.partition("#")
        chapter = join(self._folder, path)
        if chapter not in self._entries or (fragment and fragment not in self._anchors_of(chapter)):
            return None
        return Outcome(TargetKind.CHAPTER, chapter, fragment)

    def _resolve(self, link: Link) -> Outcome:
        destination = link.destination.strip()
        if not destination:
            return Outcome(TargetKind.SAME_PAGE, self._page, "", self._empty(link, self._page))
        if titled := with_title(destination):
            return Outcome(TargetKind.NOTHING, "", "", LinkFault.FULL_WIDTH, (titled,))
        scheme = scheme_of(destination)
        if scheme is Scheme.LOCAL:
            return Outcome(TargetKind.OUTSIDE, destination, "", LinkFault.OUTSIDE)
        if scheme is Scheme.MAIL:
            return Outcome(TargetKind.MAIL, "", "")
        if scheme is Scheme.OTHER or destination.startswith("//"):
            return self._external(destination)
        path, fragment = split(destination)
        if not path:
            return self._at(TargetKind.SAME_PAGE, self._page, fragment)
        found = self._look_up(path, fragment, link)
        if found is None and self._generators:
            found = self._made_elsewhere(path, fragment)
        return found or self._diagnose(destination, path, fragment, link)

    def _made_elsewhere(self, path: str, fragment: str) -> Outcome | None:
        """The outcome where another generator makes the page, and knows the target or may know it."""
        decoded = unquote(path)
        if meant := self._generators.file_meant(self._page, decoded):
            return self._existing(meant, fragment, meant)
        if is_path_like(decoded) and self._generators.is_its_own(self._page, decoded):
            return Outcome(TargetKind.HOST, "", fragment)
        return None

    @staticmethod
    def _empty(link: Link, page: str) -> LinkFault | None:
        # An HTML element may get its target from a script; without words nobody can click, and `[]()` is C++.
        if link.kind in _HTML or not (link.text or link.is_image):
            return None
        # `sort[List|Set]()` names methods, and mdBook's list of chapters holds drafts.
        if "|" in link.text or page.rpartition("/")[2] == "SUMMARY.md":
            return None
        return LinkFault.EMPTY

    @staticmethod
    def _external(destination: str) -> Outcome:
        # Elsewhere a path may hold any character: only the joints of the scheme are judged.
        if "：／／" in destination[:8].replace(":", "："):
            return Outcome(TargetKind.EXTERNAL, "", "", LinkFault.FULL_WIDTH, (destination.replace("／／", "//", 1),))
        return Outcome(TargetKind.EXTERNAL, "", "")

    # What exists

    def _look_up(self, path: str, fragment: str, link: Link) -> Outcome | None:
        """The outcome where the path leads somewhere, or where nobody can tell; ``None`` where it leads nowhere."""
        decoded = unquote(path) if "%" in path else path
        if decoded[0] == "/":
            return self._from_root(decoded.strip("/"), fragment, link)
        is_raw = self._is_raw(link)
        for spelling in (decoded, path) if decoded != path else (decoded,):
            source = None if is_raw else join(self._folder, spelling)
            found = self._existing(source, fragment, join(self._base, spelling))
            if found:
                return found
        looked_for = join(self._base if is_raw else self._folder, decoded)
        return self._beyond(looked_for, fragment, is_raw=is_raw) if looked_for.startswith("..") else None

    def _from_root(self, path: str, fragment: str, link: Link) -> Outcome | None:
        """The outcome of an absolute link. MkDocs leaves it as it is, unless told to read it from the docs root."""
        path = join("", path)
        if not self._site.is_mkdocs or not path.endswith(".md"):
            return self._existing(path, fragment, path) or Outcome(TargetKind.HOST, "", fragment)
        if self._site.absolute_links_from_docs and not self._is_raw(link):
            return self._existing(path, fragment, path)
        # No server has the sources: what is left as it is leads nowhere.
        meant = (path,) if path in self._files else ()
        return Outcome(TargetKind.NOTHING, path, fragment, LinkFault.MISSING, meant)

    def _is_raw(self, link: Link) -> bool:
        """Whether MkDocs leaves the link as it is, so that only the browser looks for its target."""
        return link.kind in _HTML and self._site.is_mkdocs

    def _beyond(self, looked_for: str, fragment: str, *, is_raw: bool) -> Outcome | None:
        """The outcome above the docs root, where that is known or nobody can tell."""
        if is_raw:
            return Outcome(TargetKind.HOST, "", fragment)
        if looked_for in self._site.outside:
            fault = LinkFault.OUTSIDE if self._site.is_mkdocs else None
            return Outcome(TargetKind.OUTSIDE, looked_for, fragment, fault)
        if not self._site.is_mkdocs and _GITHUB_PAGES.match(looked_for.rpartition("../")[2]):
            return Outcome(TargetKind.HOST, "", fragment)
        return None

    def _existing(self, path: str | None, fragment: str, url: str) -> Outcome | None:
        if path is not None:
            if path in self._entries:
                return self._at(TargetKind.CHAPTER, path, fragment)
            if path in self._files:
                return Outcome(TargetKind.FILE, path, fragment)
        if self._site.is_mkdocs:
            page = self._layout.pages.get(url)
            if page is not None:
                return self._at(TargetKind.CHAPTER, page, fragment)
            if _MADE_BY_BUILDS.search(url):
                return Outcome(TargetKind.HOST, "", fragment)
            is_served = url in self._files and not url.endswith(".md")
            return Outcome(TargetKind.FILE, url, fragment) if is_served else None
        return Outcome(TargetKind.DIRECTORY, path, fragment) if path in self._layout.folders else None

    # What is wrong

    def _diagnose(self, destination: str, path: str, fragment: str, link: Link) -> Outcome:
        decoded = unquote(path)
        folder = "" if decoded[0] == "/" else self._base if self._is_raw(link) else self._folder
        looked_for = join(folder, decoded.lstrip("/"))
        if is_placeholder(destination):
            return Outcome(TargetKind.PLACEHOLDER, "", fragment)
        if meant := self._in_half_width(destination):
            return Outcome(TargetKind.NOTHING, looked_for, fragment, LinkFault.FULL_WIDTH, meant)
        if not (link.is_image or fragment or is_path_like(decoded) or as_address(path)):
            meant = self._with_extension(looked_for)
            if not meant:
                return Outcome(TargetKind.TEXT, "", fragment)
            return Outcome(TargetKind.NOTHING, looked_for, fragment, LinkFault.EXTENSION, meant)
        if self._is_raw(link) and (source := join(self._folder, decoded)) in self._files:
            return Outcome(TargetKind.NOTHING, looked_for, fragment, LinkFault.DEPTH, (source,))
        if self._site.is_untracked(looked_for):
            return Outcome(TargetKind.HOST, "", fragment)
        fault, meant = self._fault(path, decoded, looked_for)
        kind = TargetKind.OUTSIDE if fault is LinkFault.OUTSIDE else TargetKind.NOTHING
        return Outcome(kind, looked_for, fragment, fault, meant)

    def _fault(self, path: str, decoded: str, looked_for: str) -> tuple[LinkFault, tuple[str, ...]]:
        if has_malformed_escape(path):
            return LinkFault.MALFORMED_ESCAPE, ()
        if meant := self._layout.by_folded_path.get(looked_for.casefold(), ()):
            return LinkFault.FILE_CASE, meant
        if meant := self._with_extension(looked_for):
            return LinkFault.EXTENSION, meant
        if meant := self._at_other_depth(decoded, looked_for):
            return LinkFault.DEPTH, meant
        if looked_for.startswith(".."):
            at_root = looked_for.rpartition("../")[2]
            return LinkFault.OUTSIDE, (at_root,) if at_root in self._files and at_root != self._page else ()
        if scheme := as_address(path):
            return LinkFault.MISSING, (scheme,)
        straight = join(self._folder, decoded.replace("\\", "/"))
        return LinkFault.MISSING, (straight,) if straight in self._files else self._index_of(looked_for)

    def _in_half_width(self, destination: str) -> tuple[str, ...]:
        """What the destination surely is with half-width punctuation; empty where that is not what ails it."""
        for form in half_width(destination):
            path, fragment = split(form)
            target = join(self._folder, unquote(path)) if path else self._page
            if target in self._files and (not fragment or not self._wrong_anchor(target, fragment)):
                return (form,)
        joined = with_joints(destination)
        return (joined,) if joined else ()

    def _with_extension(self, path: str) -> tuple[str, ...]:
        """Files of the same name with another extension, or with the one that ``path`` lacks."""
        stem, extension = posixpath.splitext(path)
        by_stem = self._layout.by_stem
        found = by_stem.get(stem, ()) if extension in LIKE_EXTENSIONS else ()
        return tuple(one for one in (*by_stem.get(path, ()), *found) if one != path and are_alike(one, path))

    def _at_other_depth(self, decoded: str, looked_for: str) -> tuple[str, ...]:
        """Files that the path would reach with another number of ``../``, from the nearest folder outwards."""
        tail = re.sub(r"\A(?:\.{1,2}/)+", "", posixpath.normpath(decoded))
        # Every folder may have a README; only a site has none above its root, and nobody keeps an index.md there.
        is_above = looked_for.startswith("..") and (self._site.is_mkdocs or tail.casefold() == "index.md")
        if tail in (".", "..") or (tail.casefold() in _GENERIC and not is_above):
            return ()
        folders = [self._folder]
        while folders[-1] and len(folders) < _DEEPEST:
            folders.append(posixpath.dirname(folders[-1]))
        candidates = (f"{folder}/{tail}" if folder else tail for folder in folders)
        found = tuple(one for one in candidates if one in self._files and one not in (looked_for, self._page))
        return found[-1:] if is_above else found

    def _index_of(self, folder: str) -> tuple[str, ...]:
        return tuple(path for name in INDEX_NAMES if (path := join(folder, name)) in self._files)[:1]

    # Fragments

    def _at(self, kind: TargetKind, path: str, fragment: str) -> Outcome:
        if not fragment or fragment in self._anchors_of(path):
            return Outcome(kind, path, fragment)
        if is_placeholder(fragment):
            return Outcome(TargetKind.PLACEHOLDER, path, fragment)
        wrong = self._wrong_anchor(path, fragment)
        return Outcome(kind, path, fragment, *wrong) if wrong else Outcome(kind, path, fragment)

    def _wrong_anchor(self, path: str, fragment: str) -> tuple[LinkFault, tuple[str, ...]] | None:
        """What is wrong with a fragment of a chapter, or ``None`` where nothing is, or where nobody can tell."""
        anchors = self._anchors_of(path)
        entry = self._entries.get(path)
        fragment = fragment.partition(":~:")[0]
        decoded = unquote(fragment)
        if not fragment or decoded in anchors or _UNVERIFIABLE.match(fragment) or entry is None:
            return None
        if self._site.anchors_unverified or entry.has_generated_anchors:
            return None
        if not self._site.is_mkdocs and decoded in entry.github_anchors:
            return None
        if has_malformed_escape(fragment):
            return LinkFault.MALFORMED_ESCAPE, ()
        folded = self._folded_anchors.get(path)
        if folded is None:
            folded = self._folded_anchors[path] = {anchor.casefold(): anchor for anchor in reversed(entry.anchors)}
        if decoded.casefold() in folded:
            return LinkFault.ANCHOR_CASE, (folded[decoded.casefold()],)
        if self._generators and self._generators.knows_anchor(path, decoded, entry.anchors):
            return None
        return LinkFault.MISSING_ANCHOR, ()

    def _anchors_of(self, path: str) -> frozenset[str]:
        anchors = self._anchors.get(path)
        if anchors is None:
            entry = self._entries.get(path)
            anchors = self._anchors[path] = frozenset(entry.anchors) if entry else frozenset()
        return anchors
