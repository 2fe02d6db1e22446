"""Formulas as MathML."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from convergence_docs.site.formulas import memory as formula_memory
from convergence_docs.site.formulas.memory import FormulaMemory
from convergence_docs.site.formulas.typesetting import to_mathml, typeset

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"

SOUND = [
    r"\mathrm{softmax}\left(\frac{QK^{\top}}{\sqrt{d_k}}\right)V",
    r"\theta_{t+1} = \theta_t - \alpha\left(\frac{\hat m_t}{\sqrt{\hat v_t}+\varepsilon} + \lambda\theta_t\right)",
    r"\begin{aligned} m_t &= \beta_1 m_{t-1} \\ v_t &= \beta_2 v_{t-1} \end{aligned}",
    r"L(N) = \left(\frac{N_c}{N}\right)^{\alpha_N}",
    r"\text{收敛度} \in [0, 1]",
    r"\text{内存压力 < 阈值}",
    r"\text{a <b> c & d}",
    r"\{a\}",
    r"a < b \le c",
    r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
]
BROKEN = {
    r"\frac{a}{": "unbalanced braces",
    "}": "unbalanced braces",
    r"\frac{1}": "mfrac lacks a part",
    r"\nosuchcommand{x}": r"unknown command \nosuchcommand",
    r"\begin{nosuch}a\end{nosuch}": "unknown environment nosuch",
    "x^a^b": "double superscripts",
    r"\left( x": "extra left or missing right",
    "": "no available tokens",
    r"\text{<math>}": "the typesetter made no XML of it",
}


@pytest.mark.parametrize("tex", SOUND)
@pytest.mark.parametrize("is_display", [False, True])
def test_sound_formulas_become_well_formed_mathml(tex: str, is_display: bool) -> None:
    math = fromstring(to_mathml(tex, is_display))
    assert math.tag == f"{NAMESPACE}math"
    assert math.get("alttext") == tex
    assert math.get("display") == ("block" if is_display else "inline")
    assert "\\" not in "".join(math.itertext())


@pytest.mark.parametrize(("tex", "reason"), BROKEN.items())
def test_broken_formulas_say_why(tex: str, reason: str) -> None:
    with pytest.raises(ValueError, match="^" + reason.replace("\\", "\\\\") + "$"):
        to_mathml(tex, False)


def test_letters_of_a_name_stay_together() -> None:
    assert "<mi>softmax</mi>" in to_mathml(r"\mathrm{softmax}", False)


def test_a_page_is_typeset_in_place() -> None:
    page = r'<p>a <span class="arithmatex">\(x &lt; y\)</span></p><div class="arithmatex">\[\frac{1}\]</div>'
    result = typeset(page, to_mathml)
    assert '<span class="cd-math"><math alttext="x &lt; y"' in result.html
    assert r'<div class="cd-math cd-math--broken"><code>\frac{1}</code></div>' in result.html
    assert [(formula.tex, formula.reason) for formula in result.broken] == [(r"\frac{1}", "mfrac lacks a part")]


def test_a_page_without_formulas_is_the_same_object() -> None:
    page = "<p>no formula</p>"
    assert typeset(page, to_mathml).html is page


def test_a_later_build_sets_only_new_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    first = FormulaMemory("/site/mkdocs.yml")
    set_now = {tex: first.mathml(tex, is_display=False) for tex in ("x^2", "y_1")}
    first.save()
    asked = []

    def recorded(tex: str, is_display: bool) -> str:
        asked.append(tex)
        return to_mathml(tex, is_display)

    monkeypatch.setattr(formula_memory, "to_mathml", recorded)
    later = FormulaMemory("/site/mkdocs.yml")
    assert {tex: later.mathml(tex, is_display=False) for tex in set_now} == set_now
    assert asked == []
    later.mathml("x^2", is_display=True)
    later.mathml("z", is_display=False)
    assert asked == ["x^2", "z"]
    with pytest.raises(ValueError, match="unbalanced"):
        later.mathml("{", is_display=False)
    assert FormulaMemory("/other/mkdocs.yml").mathml("x^2", is_display=False) == set_now["x^2"]
    assert asked == ["x^2", "z", "{", "x^2"]


def test_a_damaged_memory_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVERGENCE_DOCS_CACHE", str(tmp_path))
    memory = FormulaMemory("/site/mkdocs.yml")
    memory.mathml("x", is_display=False)
    memory.save()
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole.replace(b"math", b"meth"), b"{}\n[]"):
        file.write_bytes(damaged)
        assert FormulaMemory("/site/mkdocs.yml").mathml("x", is_display=False) == to_mathml("x", False)
