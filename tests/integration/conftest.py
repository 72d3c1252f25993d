"""What tests over the five letters share: a store that they are read into once, and an assistant over it."""

import pytest

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import Settings, load_settings
from tests.corpora import ROOT


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a store that holds the five letters; nothing may write to it."""
    settings = load_settings(store=tmp_path_factory.mktemp("five") / "store", engine="quoting")
    report = assembly.ingest(settings, [ROOT / "letters"])
    assert (report.letters, report.failed) == (5, ())
    return settings


@pytest.fixture(scope="session")
def assistant(five: Settings) -> Assistant:
    """The assistant over that store; the quoting engine answers."""
    return assembly.open_assistant(five)
