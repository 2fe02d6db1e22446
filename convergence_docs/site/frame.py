"""Where a fragment of a generated page stands: its language, and how it links to chapters and terms."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.generated import PAGE_KINDS, term_page

if TYPE_CHECKING:
    from convergence_docs.model.claims.ledger import Statement
    from convergence_docs.model.vocabulary import Term


class Frame(NamedTuple):
    """What the fragments of one page share.

    Attributes:
        language: of the words around the data.
        address_of: the address of a file of the site, relative to this page; empty where the site has no such file.
        titles: the titles of chapters by path.
        terms: the folder of the terms' pages; empty where there are none.
    """

    language: Language
    address_of: Callable[[str], str]
    titles: Mapping[str, str]
    terms: str = ""

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.language == "zh" else " "

    def say(self, wording: Wording) -> str:
        """A wording in this page's language, as HTML."""
        return escape(wording.to(self.language))

    def link(self, path: str, anchor: str, inner: str, attributes: str = "") -> str:
        """A link to an anchor of a file, around HTML; ``inner`` alone where the site has no such file."""
        address = self.address_of(path)
        if not address:
            return inner
        fragment = f"#{quote(anchor, safe='')}" if anchor else ""
        return f'<a href="{html.escape(address + fragment)}"{attributes}>{inner}</a>'

    def place(self, statement: Statement) -> str:
        """A link to where a statement is made, named by chapter and section."""
        return self.link(statement.path, statement.claim.anchor, escape(self.place_name(statement)))

    def place_name(self, statement: Statement) -> str:
        """Chapter and section of a statement, as text."""
        title, heading = self.titles.get(statement.path, statement.path), statement.claim.heading
        return title if not heading or heading == title else f"{title} › {heading}"

    def term(self, term: Term) -> str:
        """A term's name, a link where it has a page."""
        name = escape(title_of(term))
        if not self.terms or term.kind not in PAGE_KINDS:
            return name
        return self.link(f"{self.terms}/{term_page(term)}", "", name)


def title_of(term: Term) -> str:
    """A term's name as its page is titled; a level's number stands before its name."""
    return f"{term.id} {term.name}" if term.kind == "level" and term.id != term.name else term.name


def escape(text: str) -> str:
    """Text as HTML shows it."""
    return html.escape(text, quote=False)
