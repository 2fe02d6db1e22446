"""Which renderer makes which format, and where its text goes. Each is loaded only when it is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.cli.output import emit, emit_utf8, line_width, wants_colour
from convergence_docs.diagnostic import Language, Report

if TYPE_CHECKING:
    from convergence_docs.changed import Touch
    from convergence_docs.reports.change_wording import Review
    from convergence_docs.reports.review import Suggestion

    Besides = Callable[[Report, Touch], Report]

FORMATS = ("terminal", "json", "sarif", "github", "gitlab", "junit", "markdown", "suggestions")


class Held(NamedTuple):
    """A report on one site; where it was asked for, what changed in meaning, and which safe fixes to suggest."""

    report: Report
    review: Review | None = None
    suggestions: tuple[Suggestion, ...] = ()


def show(report: Report, held: Sequence[Held], arguments: Namespace, language: Language) -> None:
    """Write the report as the arguments ask: in one format, and in others beside it.

    Args:
        report: on all sites.
        held: what more is known of each.
        arguments: of ``check``.
        language: of the text.
    """
    for name, file in (*arguments.also, (arguments.format, arguments.output)):
        if name == "terminal":
            colour = wants_colour(arguments.color) and (file is None or arguments.color == "always")
            emit(_terminal(report, language, colour=colour), file)
        else:
            emit_utf8(_RENDERERS[name](report, held, language), file)


def _terminal(report: Report, language: Language, *, colour: bool) -> str:
    from convergence_docs.reports.terminal import render_terminal

    return render_terminal(report, language, colour=colour, width=line_width())


def _json(report: Report, _: Sequence[Held], language: Language) -> str:
    from convergence_docs.reports.json import render_json

    return render_json(report, language)


def _sarif(report: Report, _: Sequence[Held], language: Language) -> str:
    from convergence_docs import __version__
    from convergence_docs.cli.selection import infos_in
    from convergence_docs.reports.sarif import render_sarif

    return render_sarif(report, language, infos_in(language), __version__)


def _github(report: Report, _: Sequence[Held], language: Language) -> str:
    from convergence_docs.reports.github import render_github

    return render_github(report, language)


def _gitlab(report: Report, _: Sequence[Held], language: Language) -> str:
    from convergence_docs.reports.gitlab import render_gitlab

    return render_gitlab(report, language)


def _junit(report: Report, _: Sequence[Held], language: Language) -> str:
    from convergence_docs.reports.junit import render_junit

    return render_junit(report, language)


def _markdown(report: Report, held: Sequence[Held], language: Language) -> str:
    from convergence_docs.reports.change_markdown import render_changes_markdown
    from convergence_docs.reports.summary import render_summary

    reviews = [one.review for one in held if one.review is not None and one.review.comparison.changes]

    def changes(limit: int) -> str:
        share = limit // len(reviews) - 1
        return "\n".join(render_changes_markdown(review, language, limit=share) for review in reviews)

    return render_summary(report, language, changes if reviews else None)


def _suggestions(report: Report, held: Sequence[Held], language: Language) -> str:
    from convergence_docs.reports.review import render_review

    return render_review([suggestion for one in held for suggestion in one.suggestions], language)


_RENDERERS: dict[str, Callable[[Report, Sequence[Held], Language], str]] = {
    "json": _json,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "markdown": _markdown,
    "suggestions": _suggestions,
}
