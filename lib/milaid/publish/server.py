"""A Jupyter Server extension that makes both exporters work from JupyterLab's File menu.

The menu lists every exporter, but the server's own address for an export allows no hyphen in its name, so
``milaid-html`` and ``milaid-pdf`` would end in "not found". This adds their addresses, with the server's
own handler, and answers with a readable page where a notebook is refused. It is switched on by
``jupyter/milaid.json``, which is installed with the package.
"""

from __future__ import annotations

from html import escape
from typing import Any

EXPORTERS = ("milaid-html", "milaid-pdf")
NOT_EXPORTED = 422
"""The status of an export that is refused: the request is well, what is in the notebook is not."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Return where the server finds the extension."""
    return [{"module": "milaid.publish.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the addresses of the exporters to a running server."""
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.utils import url_path_join

    names = "|".join(EXPORTERS)
    address = url_path_join(
        server.web_app.settings["base_url"], rf"/nbconvert/(?P<format>{names}){path_regex}"
    )
    server.web_app.add_handlers(".*$", [(address, export_handler())])


def export_handler() -> type:
    """Return the server's handler of exports, which tells of a refusal in words instead of as a fault of the server."""
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from tornado.web import HTTPError

    from milaid.errors import MilaidError

    class ExportHandler(NbconvertFileHandler):
        async def get(self, format: str, path: str) -> None:
            try:
                if (done := super().get(format, path)) is not None:
                    await done
            except HTTPError as error:
                if not isinstance(error.__cause__, MilaidError):
                    raise
                self.clear()
                self.set_status(NOT_EXPORTED)
                self.set_header("Content-Type", "text/html; charset=utf-8")
                self.finish(refusal(path.strip("/"), str(error.__cause__)))

    return ExportHandler


def refusal(path: str, message: str) -> str:
    """Return the page that says why a notebook is not exported: its problems as a list, the rest as paragraphs."""
    parts = [f"<h1>{escape(path)} was not exported</h1>"]
    for line in message.splitlines():
        point = line.removeprefix("  - ")
        if point == line:
            parts.append(f"<p>{escape(line)}</p>")
        elif parts[-1].endswith("</ul>"):
            parts[-1] = f"{parts[-1].removesuffix('</ul>')}<li>{escape(point)}</li></ul>"
        else:
            parts.append(f"<ul><li>{escape(point)}</li></ul>")
    style = "body{max-width:44em;margin:3em auto;padding:0 1em;font:17px/1.5 sans-serif;overflow-wrap:anywhere}h1{font-size:1.4em}"
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not exported</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>'
        f"<body>{''.join(parts)}</body></html>"
    )
