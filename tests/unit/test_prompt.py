"""A prompt's file is read strictly, and its id follows its wording."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.prompt import PROMPTS, PromptError, load_prompt

Write = Callable[[str], Path]  # puts the content into hello.toml, returns its folder

GOOD = """
version = 3
purpose = "Say hello."
inputs = ["name", "letter"]
system = '''Greet {politely}, and never for less than $$5. \\d stays.'''
user = '''
Greet $name: $letter
'''
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(content: str) -> Path:
        (tmp_path / "hello.toml").write_text(content, encoding="utf-8")
        return tmp_path

    return to_file


def test_sections_are_filled_and_values_full_of_braces_and_dollars_pass_through(write: Write) -> None:
    prompt = load_prompt("hello", folder=write(GOOD))
    nasty = "${name} $name $$ {0} {name} %s \\1 £78,000"
    assert prompt.fill("user", name="Ann", letter=nasty) == f"Greet Ann: {nasty}"
    assert prompt.fill("system") == "Greet {politely}, and never for less than $5. \\d stays."


def test_the_id_is_name_version_and_the_start_of_the_contents_hash(write: Write) -> None:
    prompt = load_prompt("hello", folder=write(GOOD))
    name, _, rest = prompt.id.partition("@")
    version, _, digest = rest.partition("-")
    assert (name, version, len(digest)) == ("hello", "3", 8)
    assert set(digest) <= set("0123456789abcdef")


def test_one_changed_word_changes_the_id(write: Write) -> None:
    before = load_prompt("hello", folder=write(GOOD)).id
    assert load_prompt("hello", folder=write(GOOD.replace("Greet $name", "Hail $name"))).id != before


def test_line_ends_turned_round_by_a_checkout_leave_the_id_alone(tmp_path: Path, write: Write) -> None:
    before = load_prompt("hello", folder=write(GOOD)).id
    (tmp_path / "hello.toml").write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert load_prompt("hello", folder=tmp_path).id == before


def test_a_slot_without_a_value_is_an_error(write: Write) -> None:
    prompt = load_prompt("hello", folder=write(GOOD))
    with pytest.raises(KeyError, match="letter"):
        prompt.fill("user", name="Ann")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('purpose = "Say hello."', "", "'purpose': Field required"),
        ("version = 3", 'version = "3"', "'version'"),
        ("version = 3", "version = 0", "'version'"),
        ("version = 3", "version = 3\nauthor = 'me'", "'author'"),
        ('purpose = "Say hello."', 'purpose = "  "', "'purpose'"),
        ('["name", "letter"]', '["name"]', "'letter' is used but not declared"),
        ('["name", "letter"]', '["name", "letter", "date"]', "'date' is declared but not used"),
        ('["name", "letter"]', '["name", 7]', "'inputs.1'"),
        ("$$5", "$5", "'system' holds a '$'"),
        ("version = 3", "version 3", "line 2"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_refused_by_name(
    write: Write, old: str, new: str, said: str
) -> None:
    with pytest.raises(PromptError) as caught:
        load_prompt("hello", folder=write(GOOD.replace(old, new)))
    assert "'hello.toml'" in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"'absent\.toml'"):
        load_prompt("absent", folder=tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "hello.toml").write_bytes(b"version = 1\xff")
    with pytest.raises(PromptError, match=r"'hello\.toml'"):
        load_prompt("hello", folder=tmp_path)


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_prompt_that_ships_loads(path: Path) -> None:
    assert load_prompt(path.stem).id.startswith(f"{path.stem}@")
