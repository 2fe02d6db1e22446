"""Which other forms of characters a site's search knows."""

from __future__ import annotations

import pytest

from convergence_docs.site.search.words import make_words


def forms(*texts: str) -> dict[str, str]:
    pairs = make_words(texts, None)["variants"]
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        (("优化器",), {"優": "优"}),
        (("優化器",), {"优": "優"}),
        (("优化器", "优化", "引文：優化器"), {"優": "优"}),
        (("优化器", "優化器"), {}),
        (("weight decay",), {}),
    ],
    ids=["simplified", "traditional", "a quotation", "no more of one", "neither"],
)
def test_a_character_stands_for_the_form_that_more_texts_have(texts: tuple[str, ...], pairs: dict[str, str]) -> None:
    known = forms(*texts)
    assert {one: other for one, other in known.items() if one in "優优"} == pairs
    assert all(other in "".join(texts) for other in known.values())
