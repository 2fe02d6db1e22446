"""What an answer means for whoever follows the link."""

from __future__ import annotations

from typing import Final, NamedTuple

from convergence_docs.diagnostic import RuleInfo, Wording
from convergence_docs.external.lychee import Answer
from convergence_docs.incident import DEAD_LINK, MOVED_LINK, UNANSWERED_LINK, UNTRUSTED_LINK

_GONE: Final = {404, 410}
_PERMANENT: Final = {301, 308}


class Verdict(NamedTuple):
    """A finding on an address: its kind, what is wrong, what to do; ``moved_to`` is where it is now, or empty."""

    info: RuleInfo
    message: Wording
    hint: Wording
    moved_to: str = ""


def is_good(answer: Answer) -> bool:
    """Whether the page is there, under whatever address."""
    return 200 <= answer.status < 300


def is_answered(answer: Answer) -> bool:
    """Whether some server said something, so that there is a network."""
    return answer.status > 0 or _is_untrusted(answer)


def judge(answer: Answer) -> Verdict | None:
    """What there is to tell; ``None`` where the link is in order."""
    status = answer.status
    if is_good(answer):
        return _moved(answer)
    if status in _GONE:
        return Verdict(
            DEAD_LINK,
            Wording(f"The site answers {status}: there is no such page.", f"网站返回 {status}：没有这个页面。"),
            Wording(
                "Find where it is now, link to an archived copy, or take the link out.",
                "请查找它现在的地址、改为存档的链接，或删去链接。",
            ),
        )
    if 300 <= status < 400:
        return Verdict(
            DEAD_LINK,
            Wording("The site sends one round in circles, or never stops.", "网站不停地重定向，到不了任何页面。"),
            Wording("Find an address that leads to the page.", "请查找能到达该页面的地址。"),
        )
    if _is_untrusted(answer):
        return Verdict(
            UNTRUSTED_LINK,
            Wording("The site's certificate is not trusted.", "网站的证书不受信任。"),
            Wording(
                "Readers are warned away: find another source, or tell the site.",
                "读者会看到警告：请另找来源，或告知该网站。",
            ),
        )
    if "Cannot parse" in answer.detail:
        return Verdict(
            DEAD_LINK,
            Wording("This is no address that a browser could open.", "这不是浏览器能打开的地址。"),
            Wording("Mend its spelling.", "请改正写法。"),
        )
    return _unanswered(answer)


def _moved(answer: Answer) -> Verdict | None:
    """Only moves for good are worth an edit, and only up to the first that is not."""
    target = ""
    for status, address in answer.moves:
        if status not in _PERMANENT:
            break
        target = address
    if not target or target == answer.address:
        return None
    return Verdict(
        MOVED_LINK,
        Wording(f"The page has moved for good to {target}", f"页面已永久移至 {target}"),
        Wording("Link to where it is now.", "请改为现在的地址。"),
        target,
    )


def _unanswered(answer: Answer) -> Verdict:
    if answer.detail == "timeout":
        what = Wording("no answer in time", "没有及时回应")
    elif answer.status == 429:
        what = Wording("the site asks for fewer requests (429)", "网站要求减少请求（429）")
    elif answer.status in (401, 403, 407, 451):
        what = Wording(f"the site refuses programs or strangers ({answer.status})", f"网站拒绝访问（{answer.status}）")
    elif answer.status:
        what = Wording(f"the site answers {answer.status}", f"网站返回 {answer.status}")
    else:
        said = answer.detail.rstrip(".") or "?"
        what = Wording(f"no connection ({said})", f"无法连接（{said}）")
    return Verdict(
        UNANSWERED_LINK,
        Wording(f"It cannot be told whether this page is there: {what.en}.", f"无法判断此页面是否存在：{what.zh}。"),
        Wording(
            "Open it in a browser; where it stays so, see it as dead or put it under external.deny.",
            "请用浏览器打开看看；若一直如此，可视为死链接，或写入 external.deny。",
        ),
    )


def _is_untrusted(answer: Answer) -> bool:
    return not answer.status and "certificate" in answer.detail.lower()
