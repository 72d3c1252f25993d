"""An assistant over letters that a test writes."""

from collections.abc import Mapping
from pathlib import Path

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import load_settings


def assistant_over(folder: Path, letters: Mapping[str, str]) -> Assistant:
    """Write letters, by file name, into a folder, read them into a store there, and open it; no model answers."""
    for name, text in letters.items():
        (folder / name).write_text(text, "utf-8")
    settings = load_settings(store=folder / "store", folder=folder, engine="quoting")
    assert assembly.ingest(settings, [folder]).letters == len(letters)
    return assembly.open_assistant(settings)
