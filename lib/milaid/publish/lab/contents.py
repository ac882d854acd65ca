"""What JupyterLab may write: anything in the project but the notebooks of the suite, which others are copied from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from milaid import paths

KEPT = (
    "the notebooks of the suite stay as they are. Work in a copy: milaid lab KIND makes one in work/, "
    "or choose File, Save Notebook As and a name that begins with work/. To change the suite itself: milaid lab --edit"
)


class ProjectContents(AsyncLargeFileManager):  # type: ignore[misc]
    """Files of the project, with notebooks/ to be read only."""

    def is_kept(self, path: str) -> bool:
        """Return whether a path of the server lies in notebooks/, or is that folder."""
        place = Path(self._get_os_path(path)).resolve()
        return place.is_relative_to(paths.notebooks_dir().resolve())

    async def get(self, path: str, *args: Any, **options: Any) -> dict[str, Any]:
        """Return a file or folder; JupyterLab shows one that is kept as read-only and does not save it."""
        model: dict[str, Any] = await super().get(path, *args, **options)
        if self.is_kept(path):
            model["writable"] = False
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Write a file; refused in notebooks/."""
        self._require_free(path)
        return await super().save(model, path)

    async def rename_file(self, old_path: str, new_path: str) -> None:
        """Move a file; refused from and to notebooks/."""
        self._require_free(old_path, new_path)
        await super().rename_file(old_path, new_path)

    async def delete_file(self, path: str) -> None:
        """Remove a file; refused in notebooks/."""
        self._require_free(path)
        await super().delete_file(path)

    async def create_checkpoint(self, path: str) -> Any:
        """Keep the state of a file beside it; refused in notebooks/."""
        self._require_free(path)
        return await super().create_checkpoint(path)

    async def list_checkpoints(self, path: str) -> Any:
        """Return the kept states of a file; to look for them the server would make a folder in notebooks/."""
        return [] if self.is_kept(path) else await super().list_checkpoints(path)

    async def restore_checkpoint(self, checkpoint_id: str, path: str) -> Any:
        """Bring back a kept state; refused in notebooks/."""
        self._require_free(path)
        return await super().restore_checkpoint(checkpoint_id, path)

    def _require_free(self, *given: str) -> None:
        for path in given:
            if self.is_kept(path):
                raise HTTPError(403, f"{path.strip('/')} is not written: {KEPT}", reason="Not written")
