"""What Mermaid is told before it draws: plain, at natural size, in the stand-ins of the palette."""

from __future__ import annotations

from typing import Any

from convergence_docs.drawing.palette import stand_in

_WIDE = {"useMaxWidth": False}
_SMALLEST = 12
"""Pixels: smaller text cannot be read on a phone."""

_SAME: dict[str, str] = {
    "ground": "background sequenceNumberColor altSectionBkgColor compositeBackground edgeLabelBackground"
    " labelBackgroundColor relationLabelBackground commitLabelBackground pieStrokeColor attributeBackgroundColorOdd",
    "text": "noteTextColor primaryTextColor secondaryTextColor tertiaryTextColor textColor titleColor nodeTextColor"
    " actorTextColor signalTextColor labelTextColor loopTextColor taskTextColor taskTextOutsideColor"
    " taskTextLightColor taskTextDarkColor taskTextClickableColor transitionLabelColor stateLabelColor errorTextColor"
    " classText pieTitleTextColor pieLegendTextColor vennTitleTextColor vennSetTextColor quadrant1TextFill"
    " quadrant2TextFill quadrant3TextFill quadrant4TextFill quadrantPointTextFill quadrantXAxisTextFill"
    " quadrantYAxisTextFill quadrantTitleFill requirementTextColor relationLabelColor tagLabelColor commitLabelColor",
    "mark-text": "scaleLabelColor branchLabelColor pieSectionTextColor",
    "line": "lineColor arrowheadColor defaultLinkColor actorLineColor signalColor transitionColor specialStateColor"
    " pieOuterStrokeColor relationColor border2 innerEndBackground activationBorderColor vertLineColor",
    "node": "primaryColor nodeBkg mainBkg actorBkg labelBoxBkgColor stateBkg personBkg compositeTitleBackground"
    " requirementBackground tagLabelBackground taskBkgColor sectionBkgColor2 rowEven",
    "node-line": "primaryBorderColor nodeBorder actorBorder labelBoxBorderColor compositeBorder personBorder"
    " requirementBorderColor tagLabelBorder taskBorderColor",
    "group": "tertiaryColor clusterBkg rectBkgColor sectionBkgColor altBackground errorBkgColor excludeBkgColor"
    " attributeBackgroundColorEven rowOdd quadrant2Fill quadrant4Fill",
    "group-line": "secondaryBorderColor tertiaryBorderColor clusterBorder quadrantInternalBorderStrokeFill"
    " quadrantExternalBorderStrokeFill",
    "note": "noteBkgColor faceColor",
    "note-line": "noteBorderColor",
    "done": "secondaryColor activationBkgColor doneTaskBkgColor",
    "active": "activeTaskBkgColor quadrant1Fill quadrant3Fill",
    "active-line": "activeTaskBorderColor",
    "alarm": "critBkgColor",
    "alarm-line": "critBorderColor todayLineColor",
    "grid": "gridColor",
    "mark-1": "quadrantPointFill gradientStart gradientStop",
}
_DONE_LINE = {"doneTaskBorderColor": "line"}


def theme_variables() -> dict[str, Any]:
    """Mermaid's theme: every colour a stand-in."""
    names = {variable: colour for colour, variables in _SAME.items() for variable in variables.split()} | _DONE_LINE
    for at in range(12):
        mark = f"mark-{at + 1}"
        names |= {f"cScale{at}": mark, f"cScaleInv{at}": mark, f"cScalePeer{at}": mark, f"cScaleLabel{at}": "mark-text"}
        names |= {f"pie{at + 1}": mark}
    for at in range(8):
        names |= {f"git{at}": f"mark-{at + 1}", f"gitInv{at}": "text", f"gitBranchLabel{at}": "mark-text"}
        names |= {f"fillType{at}": f"tint-{at + 1}", f"venn{at + 1}": f"mark-{at + 1}"}
    for at in range(5):
        names |= {f"surface{at}": f"tint-{at + 1}", f"surfacePeer{at}": "group-line"}
    chart = {f"{axis}Axis{part}Color": "text" for axis in "xy" for part in ("Title", "Label", "Tick", "Line")}
    chart |= {"backgroundColor": "ground", "titleColor": "text", "dataLabelColor": "text"}
    marks = ",".join(stand_in(f"mark-{at + 1}") for at in range(10))
    return {
        **{variable: stand_in(colour) for variable, colour in names.items()},
        "xyChart": {**{part: stand_in(colour) for part, colour in chart.items()}, "plotColorPalette": marks},
        "fontFamily": "Arial, sans-serif",
        "fontSize": "16px",
        "pieOpacity": "1",
        "pieStrokeWidth": "1px",
        "pieOuterStrokeWidth": "1px",
        "pieTitleTextSize": "18px",
        "pieSectionTextSize": "14px",
        "pieLegendTextSize": "14px",
        "tagLabelFontSize": f"{_SMALLEST}px",
        "commitLabelFontSize": f"{_SMALLEST}px",
    }


def config(characters: int) -> dict[str, Any]:
    """All of Mermaid's settings, for texts no longer than ``characters``."""
    types = (
        "flowchart sequence class state er pie requirement mindmap gitGraph block timeline quadrantChart xyChart sankey"
    )
    tints = [stand_in(f"tint-{at + 1}") for at in range(12)]
    marks = [stand_in(f"mark-{at + 1}") for at in range(12)]
    journey = {"textPlacement": "fo", "actorColours": marks, "sectionFills": tints, "sectionColours": marks}
    return {
        "startOnLoad": False,
        "securityLevel": "strict",
        "suppressErrorRendering": True,
        "maxTextSize": characters,
        "theme": "base",
        "look": "classic",
        "themeVariables": theme_variables(),
        "fontFamily": "Arial, sans-serif",
        "htmlLabels": True,
        **dict.fromkeys(types.split(), _WIDE),
        "journey": {**_WIDE, **journey, "taskFontSize": 14},
        "gantt": {**_WIDE, "useWidth": 800, "fontSize": 14, "sectionFontSize": 14, "barHeight": 22, "topPadding": 52},
        "quadrantChart": {**_WIDE, "pointLabelFontSize": 13},
        "xyChart": _WIDE,
    }
