"""``fix --interactive``: show every finding that can be mended, and ask."""

from __future__ import annotations

import sys
from collections.abc import Callable

from convergence_docs.cli.output import emit
from convergence_docs.diagnostic import Finding, Language, Wording
from convergence_docs.errors import Fault
from convergence_docs.reports.terminal import render_finding

_QUESTION = Wording(
    "Mend this? [y]es, [n]o, yes to [a]ll that follow, [q]uit asking: ",
    "改正此处？ y 是，n 否，a 其余全部改正，q 不再询问：",
)
_UNKNOWN = Wording("Answer y, n, a or q.\n", "请回答 y、n、a 或 q。\n")
_YES, _NO = frozenset({"y", "yes", "是"}), frozenset({"n", "no", "否", ""})


class Asker:
    """Asks once about each finding that a fix is offered for, and keeps the answers.

    Attributes:
        declined: the findings that stay because somebody said so.
    """

    def __init__(
        self,
        is_wanted: Callable[[Finding], bool],
        place: Callable[[Finding], Finding],
        language: Language,
        *,
        unsafe: bool,
    ) -> None:
        if not sys.stdin.isatty():
            raise Fault(
                en="--interactive asks questions, and nobody is there to answer: this is no terminal.",
                zh="--interactive 需要有人回答，而这里不是终端。",
                hint_en="Leave it out, or select rules with --select.",
                hint_zh="请去掉该选项，或用 --select 选择规则。",
            )
        self.declined: list[Finding] = []
        self._is_wanted, self._place, self._language, self._unsafe = is_wanted, place, language, unsafe
        self._answers: dict[tuple[str, str, str, str], bool] = {}
        self._rest: bool | None = None

    def is_wanted(self, finding: Finding) -> bool:
        """Whether to mend a finding; one that nothing is offered for is not asked about."""
        if not self._is_wanted(finding):
            return False
        if finding.fix is None or not finding.fix.edits or not (finding.fix.safe or self._unsafe):
            return True
        key = (finding.code, finding.path, finding.excerpt, finding.message.en)
        if key not in self._answers:
            self._answers[key] = self._ask(finding)
            if not self._answers[key]:
                self.declined.append(finding)
        return self._answers[key]

    def _ask(self, finding: Finding) -> bool:
        if self._rest is not None:
            return self._rest
        emit("".join(f"{line}\n" for line in render_finding(self._place(finding), self._language)))
        while True:
            emit(_QUESTION.to(self._language))
            said = sys.stdin.readline()
            answer = said.strip().lower()
            if answer in ("a", "q") or not said:
                self._rest = answer == "a"
                return self._rest
            if answer in _YES or answer in _NO:
                return answer in _YES
            emit(_UNKNOWN.to(self._language))
