"""The app over a stand-in for the assistant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import assembly
from tests.unit.ui.stand_in import APP, FakeAssistant


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeAssistant]:
    """The assistant that the app opens."""
    stand_in = FakeAssistant()
    st.cache_resource.clear()
    monkeypatch.setenv("LETTERS_STORE", str(tmp_path))
    monkeypatch.setattr(assembly, "open_assistant", lambda _settings: stand_in)
    yield stand_in
    st.cache_resource.clear()


@pytest.fixture
def app(fake: FakeAssistant) -> AppTest:
    """The app with that assistant, not run yet."""
    return AppTest.from_file(str(APP), default_timeout=30)
