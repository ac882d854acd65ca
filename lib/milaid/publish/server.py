"""A Jupyter Server extension that makes both exporters work from JupyterLab's File menu.

The menu lists every exporter, but the server's own address for an export allows no hyphen in its name, so
``milaid-html`` and ``milaid-pdf`` would end in "not found". This adds their addresses, with the server's
own handler. It is switched on by ``jupyter/milaid.json``, which is installed with the package.
"""

from __future__ import annotations

from typing import Any

EXPORTERS = ("milaid-html", "milaid-pdf")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Return where the server finds the extension."""
    return [{"module": "milaid.publish.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the addresses of the exporters to a running server."""
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from jupyter_server.utils import url_path_join

    names = "|".join(EXPORTERS)
    address = url_path_join(
        server.web_app.settings["base_url"], rf"/nbconvert/(?P<format>{names}){path_regex}"
    )
    server.web_app.add_handlers(".*$", [(address, NbconvertFileHandler)])
