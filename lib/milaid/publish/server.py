"""A Jupyter Server extension that makes the exporters work from JupyterLab's File menu.

The menu lists every exporter, but the server's own address for an export allows no hyphen in its name, so
``milaid-html``, ``milaid-pdf`` and ``milaid-brief`` would end in "not found". This adds their addresses, with the server's
own handler, names the file after what the report is about, and answers with a readable page where a notebook is refused.
It is switched on by ``jupyter/milaid.json``, which is installed with the package.

The menu would write "Milaid-html". ``jupyter/overrides.json``, installed as settings of JupyterLab, has the entries as the
texts name them; so the list of exporters that the menu asks for leaves them out.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

EXPORTERS = ("milaid-html", "milaid-pdf", "milaid-brief")
NOT_EXPORTED = 422
"""The status of an export that is refused: the request is well, what is in the notebook is not."""

NOT_RUN_HERE = (
    "This is a notebook of the suite itself. It stays as it is: what you changed or ran in it here is not saved, and "
    "so cannot be exported.\nChoose File, Save Notebook As with a name that begins with work/, run that copy and "
    "export it; or make one with its values: milaid lab country COL --fiscal-year 2018"
)


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
    listed = url_path_join(server.web_app.settings["base_url"], "/api/nbconvert")
    server.web_app.add_handlers(".*$", [(address, export_handler()), (listed, list_handler())])


def list_handler() -> type:
    """Return the server's handler of the list of exporters, without those that the menu has by its settings."""
    from jupyter_server.services.nbconvert.handlers import NbconvertRootHandler

    class ListHandler(NbconvertRootHandler):  # type: ignore[misc]
        def finish(self, chunk: Any = None) -> Any:
            if chunk is not None and self.get_status() == 200:
                found = json.loads(chunk)
                chunk = json.dumps({name: found[name] for name in found if name not in EXPORTERS})
            return super().finish(chunk)

    return ListHandler


def export_handler() -> type:
    """Return the server's handler of exports, which tells of a refusal in words instead of as a fault of the server."""
    from anyio.to_thread import run_sync
    from jupyter_core.utils import ensure_async
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from tornado.web import HTTPError

    from milaid.errors import MilaidError
    from milaid.publish.files.naming import name_of_notebook
    from milaid.publish.registry.places import BRIEF_ENDING

    class ExportHandler(NbconvertFileHandler):
        named = ""

        async def get(self, format: str, path: str) -> None:
            kept = getattr(self.contents_manager, "is_kept", None)
            if kept and kept(path):
                self._refuse(path, NOT_RUN_HERE)
                return
            try:
                self.named = await self._name(path)
                if (done := super().get(format, path)) is not None:
                    await done
            except HTTPError as error:
                if not isinstance(error.__cause__, MilaidError):
                    raise
                self._refuse(path, str(error.__cause__))

        async def _name(self, path: str) -> str:
            model = await ensure_async(self.contents_manager.get(path=path))
            if model["type"] != "notebook":
                return ""
            # The check of the values may read tables.
            return str(await run_sync(name_of_notebook, model["content"]))

        def set_attachment_header(self, filename: str) -> None:
            given = Path(filename)
            ending = BRIEF_ENDING if given.stem.endswith(BRIEF_ENDING) else ""
            super().set_attachment_header(f"{self.named}{ending}{given.suffix}" if self.named else filename)

        def _refuse(self, path: str, message: str) -> None:
            self.clear()
            self.set_status(NOT_EXPORTED)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(refusal(path.strip("/"), message))

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
