"""The house rules that no linter checks: settings, locks, and what importing the data costs."""

import re
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import AliasChoices

from assistant.settings import ROOT, Settings

LOCKS = sorted(ROOT.glob("*.lock"))
MODEL_LOCKS = sorted(ROOT.glob("*-model.lock"))
REQUIREMENT = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?P<version>[=<>!~][^\s#;]*)?\s*(#\s*(?P<reason>\S.*))?$"
)


def variable(name: str) -> str:
    """The environment variable that is documented for a field."""
    alias = Settings.model_fields[name].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"LETTERS_{name.upper()}"


def requirements(file: str) -> list[re.Match[str]]:
    """The requirements of a file, one match a line."""
    lines = [
        line
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    ]
    matches = [REQUIREMENT.match(line) for line in lines]
    assert all(matches), [line for line, match in zip(lines, matches, strict=True) if not match]
    return [match for match in matches if match]


def pins(file: str) -> set[tuple[str, str]]:
    """The packages that a lock pins, each with its version; a marker may choose between two of one package."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / file).read_text("utf-8"), re.MULTILINE))


def spelled(name: str) -> str:
    """A package name as a lock spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture
def everything_uncommented(tmp_path: Path) -> Path:
    """`.env.example` with each setting taken out of its comment."""
    file = tmp_path / "all.env"
    text = (ROOT / ".env.example").read_text("utf-8")
    file.write_text(re.sub(r"^# ([A-Z_]+=)", r"\1", text, flags=re.MULTILINE), "utf-8")
    return file


def test_env_example_names_each_setting_once_and_nothing_else() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    named = re.findall(r"^# ([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(named) == sorted(variable(name) for name in Settings.model_fields)


def test_env_example_says_of_each_setting_what_it_is() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    unexplained = [
        line
        for before, line in pairwise(lines)
        if re.match(r"# [A-Z_]+=", line) and not re.match(r"# [A-Z`].*\.$", before)
    ]
    assert not unexplained


def test_env_example_gives_the_defaults(
    everything_uncommented: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    given = Settings(_env_file=everything_uncommented)
    default = Settings()
    for name in Settings.model_fields:
        value, expected = getattr(given, name), getattr(default, name)
        value, expected = (item.resolve() if isinstance(item, Path) else item for item in (value, expected))
        assert value == expected, variable(name)
    assert dotenv_values(everything_uncommented).keys() == {variable(name) for name in Settings.model_fields}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_holds_an_address_or_an_option(lock: Path) -> None:
    kept = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert not [line for line in kept if "://" in line or line.startswith("-")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_in_a_lock_has_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + lock.read_text("utf-8"))[1:]
    assert len(entries) == len(pins(lock.name)) > 0
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("lock", MODEL_LOCKS, ids=lambda path: path.name)
def test_a_model_lock_pins_one_file(lock: Path) -> None:
    assert len(re.findall("--hash=sha256:[0-9a-f]{64}", lock.read_text("utf-8"))) == 1


def test_every_requirement_has_a_reason() -> None:
    assert not [match[0] for match in requirements("requirements.txt") if not match["reason"]]


@pytest.mark.parametrize(
    ("file", "lock"),
    [("requirements.txt", "requirements.lock"), ("requirements-dev.txt", "requirements-dev.lock")],
)
def test_every_requirement_is_in_its_lock(file: str, lock: str) -> None:
    locked = pins(lock)
    for match in requirements(file):
        versions = {version for name, version in locked if name == spelled(match["name"])}
        assert versions, match[0]
        if (match["version"] or "").startswith("=="):
            assert versions == {match["version"].removeprefix("==")}


def test_tests_run_on_what_the_product_is_installed_with() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


@pytest.mark.parametrize("module", ["vectorstore.letter", "assistant.answer"])
def test_importing_the_data_loads_no_heavy_library(module: str) -> None:
    heavy = "chromadb", "langchain", "langchain_core", "onnxruntime", "openai", "streamlit"
    code = f"import sys, {module}; print(*(name for name in {heavy} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_test_reaches_this_machine_alone(reached: list[str]) -> None:
    with pytest.raises(OSError, match="this machine alone"):
        socket.getaddrinfo("letters.invalid", 443)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        pytest.raises(OSError, match="this machine alone"),
    ):
        udp.connect(("192.0.2.1", 9))  # a datagram socket's connect sends nothing
    assert len(reached) == 2
    reached.clear()


def test_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
