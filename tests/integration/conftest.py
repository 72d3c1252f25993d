"""What tests over whole stores share: stores that letters are read into once, and an assistant over each."""

import pytest

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import Settings, load_settings
from tests.corpora import ROOT

OTHERS = ROOT / "tests" / "letters"


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


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over letters of other kinds: a hospital's, a water company's, a council's and more."""
    settings = load_settings(
        store=tmp_path_factory.mktemp("others") / "store", folder=OTHERS, engine="quoting"
    )
    assembly.ingest(settings, [OTHERS])
    return assembly.open_assistant(settings)
