"""The words of generated pages, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from convergence_docs.diagnostic import Wording

KIND_NAMES: Final[Mapping[str, Wording]] = {
    "layer": Wording("Layers", "层"),
    "level": Wording("Levels", "层级"),
    "dimension": Wording("Dimensions", "维度"),
    "driver": Wording("Drivers", "驱动力"),
    "factor": Wording("Factors", "因素"),
    "technology": Wording("Technologies", "技术"),
    "model": Wording("Models", "模型"),
    "other": Wording("Others", "其他"),
}

MATRIX_TITLE: Final = Wording("Matrix", "对照表")
MATRIX_INTRO: Final = Wording(
    "Every figure that the chapters state: subjects down, dimensions across. A value leads to the places that state "
    "it. This page is made anew on every build.",
    "各章写下的全部数值：行是对象，列是维度，点击数值可以到达写着它的地方。本页在每次构建时由章节自动生成。",
)
CHART_TITLE: Final = Wording("At a glance", "一览")
FIGURES_TITLE: Final = Wording("Figures", "数值")
DATA_TITLE: Final = Wording("Data", "下载数据")
TERMS_TITLE: Final = Wording("Subjects", "对象")
TERMS_INTRO: Final = Wording(
    "A page for each layer, level, driver, technology and model: what it is, what the chapters state of it, and where "
    "they mention it. These pages are made anew on every build.",
    "每个层、层级、驱动力、技术与模型各有一页：它是什么，各章怎样说它，哪些地方提到它。这些页面在每次构建时自动生成。",
)

SUBJECT: Final = Wording("Subject", "对象")
DIMENSION: Final = Wording("Dimension", "维度")
VALUE: Final = Wording("Value", "数值")
SHOWN: Final = Wording("Show", "显示")
DISPUTED: Final = Wording("disagree", "不一致")
ONLY_DISPUTED: Final = Wording("Only disagreements", "只看不一致")
NONE_DISPUTED: Final = Wording("No two places contradict each other.", "各处所写没有互相矛盾。")
SCROLLS: Final = Wording("Matrix, scrolls sideways", "对照表，可横向滚动")
NO_CLAIMS: Final = Wording("No figure was found in the chapters.", "各章中没有找到数值。")
SOLID: Final = Wording(
    "A bar is solid as far as the value is certain, and broken over what it leaves open.",
    "横条实线部分是确定的数值，虚线部分是写法留下的余地（如“95%以上”）。",
)
DOWNLOAD: Final = Wording("Download", "下载")
ALL_CLAIMS: Final = Wording("All claims, with their exact places:", "全部论断及其确切位置：")
WHOLE_MODEL: Final = Wording("All that was read from the chapters:", "从各章读出的全部内容：")
SCHEMAS: Final = Wording("What the fields mean:", "字段的含义：")

DEFINITION: Final = Wording("Definition", "定义")
NAMES: Final = Wording("Names", "名称")
CLAIMS_TITLE: Final = Wording("What the chapters state", "各章所写的数值")
MENTIONS_TITLE: Final = Wording("Chapters that mention it", "提到它的章节")
RELATED_TITLE: Final = Wording("Related", "相关")
FACTORS_TITLE: Final = Wording("Factors", "因素")
FACTOR: Final = Wording("Factor", "因素")
MECHANISM: Final = Wording("Mechanism", "作用机制")
EFFECT: Final = Wording("Effect", "收敛效果")
NOTHING_STATED: Final = Wording("No chapter states a figure of it.", "还没有章节写下它的数值。")
NOT_MENTIONED: Final = Wording("No chapter mentions it by name.", "还没有章节提到这个名称。")
HOME: Final = Wording("home chapter", "主要章节")
NUMBER_RANGE: Final = Wording("Range of the degree", "收敛度区间")
AT_THIS_LEVEL: Final = Wording("At this level", "处在这一层级的对象")
ENGLISH: Final = Wording("In English", "英文")
ALIASES: Final = Wording("Also called", "别名")
