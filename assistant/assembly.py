"""Builds store, index and engine from settings: the only place that names providers. (interface sketch)"""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.chat import Assistant
from assistant.settings import Settings
from vectorstore.ingest import IngestReport  # dataclass: added, unchanged, replaced, removed: int; failed: tuple[Failure(source, reason)], letters, passages, seconds


def open_assistant(settings: Settings) -> Assistant:
    """Open the store for reading and build the chain. Raises StoreError where there is no store or it is unusable."""
    raise NotImplementedError


def ingest(settings: Settings, paths: Sequence[Path] = (), on_progress: Callable[[int, int, str], None] | None = None) -> IngestReport:
    """Bring the store in line with the files; default the settings' folder."""
    raise NotImplementedError
