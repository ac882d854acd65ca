"""Charts that come as a specification and are drawn by a script in the reader's browser: Altair, Plotly, Bokeh and others.

A report holds no scripts. A picture is made of a specification where the user's environment has the library for it:
vl-convert-python for Altair, kaleido for Plotly. Neither is needed to use milaid.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from milaid.parsing import parse_json

_VEGA = re.compile(r"application/vnd\.(vegalite|vega)\.v\d+(?:\.\d+)*\+json")
_PLOTLY = "application/vnd.plotly.v1+json"
_BY_SCRIPT = {
    "bokeh": "Bokeh", "holoviews": "HoloViews", "echarts": "ECharts", "leaflet": "folium", "highcharts": "Highcharts",
    "plotly": "Plotly", "d3.": "D3",
}  # fmt: skip
_PICTURE_INSTEAD = "Save it as PNG or SVG and show that with IPython.display.Image or SVG."


@dataclass(frozen=True)
class Chart:
    """A chart: by which library, its specification if there is one, its title, and what a user can do to see it."""

    library: str
    to_do: str
    specification: dict[str, Any] | None = None
    title: str = ""

    def draw(self) -> bytes | None:
        """Return a picture of it, or None where there is nothing to make one with."""
        if self.specification is None:
            return None
        return _of_plotly(self.specification) if self.library == "Plotly" else _of_vega(self.specification)


def read(data: dict[str, str]) -> Chart | None:
    """Return the chart of an output by its forms; None for what is no such chart."""
    for mime, text in data.items():
        if _VEGA.fullmatch(mime):
            return _vega(_json(text))
    if _PLOTLY in data:
        return _plotly(_json(data[_PLOTLY]))
    html = data.get("text/html", "")
    if "vega-embed" in html or "vegaEmbed" in html:
        return _vega(_embedded(html))
    if "<script" not in html.lower():
        return None
    name = next((name for word, name in _BY_SCRIPT.items() if word in html.lower()), "")
    return Chart(name, _PICTURE_INSTEAD) if name else None


def _vega(specification: dict[str, Any] | None) -> Chart:
    to_do = "Install vl-convert-python and export again, or put alt.renderers.enable('png') above the chart and run it."
    return Chart("Altair", to_do, specification, _title((specification or {}).get("title")))


def _plotly(specification: dict[str, Any] | None) -> Chart:
    to_do = "Install kaleido and Chrome or Chromium and export again, or put plotly.io.renderers.default = 'png' above the chart and run it."
    layout = (specification or {}).get("layout", {})
    return Chart(
        "Plotly", to_do, specification, _title(layout.get("title") if isinstance(layout, dict) else None)
    )


def _title(value: object) -> str:
    text = value.get("text") if isinstance(value, dict) else value
    return re.sub(r"<[^>]*>", "", text).strip() if isinstance(text, str) else ""


def _json(text: str) -> dict[str, Any] | None:
    try:
        value = parse_json(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _embedded(html: str) -> dict[str, Any] | None:
    """Return the specification that the script of Altair is called with."""
    decoder = json.JSONDecoder()
    for match in re.finditer(r"\}\)\(\s*(?=\{)", html):
        try:
            value, _ = decoder.raw_decode(html, match.end())
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return None


def _of_vega(specification: dict[str, Any]) -> bytes | None:
    try:
        import vl_convert
    except ImportError:
        return None
    is_lite = "vega-lite" in str(specification.get("$schema", "vega-lite"))
    convert = vl_convert.vegalite_to_svg if is_lite else vl_convert.vega_to_svg
    try:
        # Data that lie elsewhere are not fetched.
        return convert(specification, allowed_base_urls=[]).encode("utf-8")
    except (ValueError, RuntimeError, TypeError):
        return None


_ALONE = {"mathjax": False, "proxy_server": "http://127.0.0.1:9"}
"""kaleido's browser would fetch a script, pictures and maps from elsewhere: it gets a proxy at a port where nothing answers."""


def _of_plotly(specification: dict[str, Any]) -> bytes | None:
    try:
        import kaleido
    except ImportError:
        return None
    drawn = {name: specification[name] for name in ("data", "layout") if name in specification}
    try:
        return bytes(kaleido.calc_fig_sync(drawn, opts={"format": "svg"}, kopts=_ALONE))
    # kaleido runs a browser of its own, which fails in ways of its own; the chart is then told of, not shown.
    except Exception:
        return None
