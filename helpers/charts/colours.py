"""The kit's colours, told apart with every kind of colour vision (Okabe & Ito 2008)."""

from __future__ import annotations

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW = "#56B4E9", "#D55E00", "#F0E442"
COLOURS = (BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE)  # yellow does not stand out from white
INK, GREY, PALE, GROUND = "#1a1a1a", "#595959", "#e3e3e3", "#ffffff"
LIGHT = "#fdfdfd"  # letters on deep colours, on light and on dark pages

# what an SVG turns round where the page around it is dark, such as JupyterLab's dark theme
_TURNED = {INK: "#ececec", GREY: "#adadad", PALE: "#3d3d3d", GROUND: "none"}
_RULES = [
    f'[style*="{part}: {light}"] {{{part}: {dark} !important}}'
    for light, dark in _TURNED.items()
    for part in ("fill", "stroke")
]
DARK = f"@media (prefers-color-scheme: dark) {{{''.join(_RULES)}}}"


def on(colour: str) -> str:
    """The colour of letters on a background: black or white, whichever stands out more.

    >>> on("#F0E442"), on("#0072B2")
    ('#000000', '#ffffff')
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "#ffffff"
