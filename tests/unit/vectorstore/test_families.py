"""Word families and synonyms: what is joined, what is kept apart, and that the file is what the script writes."""

import gzip
import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

from tests.corpora import ROOT
from vectorstore.families import DATA, bases, family, kinds, synonyms
from vectorstore.words import stem

WORDNET = Path(os.environ.get("WNSEARCHDIR", "/usr/share/wordnet"))  # as WordNet's own programs look for it


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("word_families", ROOT / "scripts" / "word_families.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("apology", "apologise"),
        ("apologies", "apologetic"),
        ("decision", "decide"),
        ("closure", "close"),
        ("complaints", "complain"),
        ("bought", "buy"),
        ("buying", "bought"),
        ("analysed", "analyze"),
        ("licence", "license"),
        ("defence", "defend"),
        ("taught", "teacher"),
    ],
)
def test_a_word_brings_its_family_other_spellings_and_irregular_forms(word: str, other: str) -> None:
    assert other in family(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("buying", "purchase"),
        ("doctors", "physician"),
        ("mistake", "fault"),
        ("mistake", "error"),
        ("cars", "automobile"),
    ],
)
def test_a_word_brings_close_synonyms(word: str, other: str) -> None:
    assert other in {text for text, _ in synonyms(word)}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("birds", "falcon"),
        ("doctor", "surgeon"),
        ("disease", "asthma"),
        ("vehicle", "car"),
        ("building", "castle"),
    ],
)
def test_a_word_brings_the_kinds_of_what_it_means(word: str, kind: str) -> None:
    assert kind in kinds(word)
    assert word not in kinds(kind)


def test_words_that_hardly_mean_but_one_thing_are_marked() -> None:
    assert dict(synonyms("doctor"))["physician"]
    assert not dict(synonyms("employ"))["use"]


def test_a_plural_that_is_a_word_of_its_own_stands_for_nothing() -> None:
    """The stem of "costs" finds what things cost, and of "damages" what is damaged."""
    assert {"costs", "damages"}.isdisjoint(kinds("compensation"))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("employer", "employee"),  # both made of one verb, and each other's opposite
        ("trainer", "trainee"),
        ("commit", "committee"),
        ("domestic", "home"),
        ("university", "universe"),
        ("compensation", "salaried"),
        ("flats", "categorically"),
    ],
)
def test_words_that_are_no_family_are_kept_apart(word: str, other: str) -> None:
    assert other not in {*family(word), *(text for text, _ in synonyms(word))}


def test_an_unknown_word_has_neither() -> None:
    assert not family("brackwater")
    assert not synonyms("brackwater")
    assert not kinds("brackwater")


def test_inflected_words_are_led_back() -> None:
    assert {"apology", "stop", "refuse", "travel", "bus", "apply"} <= {
        base
        for word in ("apologies", "stopped", "refused", "travelling", "buses", "applied")
        for base in bases(word)
    }


def test_the_file_is_in_order_and_holds_no_word_that_its_stem_finds() -> None:
    lines = gzip.decompress(DATA.read_bytes()).decode("ascii").splitlines()
    rows = [line.split("\t") for line in lines]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    for word, *columns in rows:
        assert len(columns) == 3
        told = [other.removesuffix("!") for column in columns for other in column.split()]
        assert told
        assert len(set(told)) == len(told)
        assert stem(word) not in {stem(other) for other in told}


def test_its_licence_lies_beside_it() -> None:
    licence = (DATA.parent / "WORDNET_LICENCE.txt").read_text(encoding="utf-8")
    assert "WordNet 3.0 Copyright 2006 by Princeton University" in licence
    assert "Permission to use, copy, modify and distribute" in licence


@pytest.mark.skipif(
    not (WORDNET / "data.noun").is_file(), reason="WordNet's own files are not here (wordnet-base)"
)
def test_the_file_is_what_the_script_writes() -> None:
    writes = script()
    lines = gzip.decompress(DATA.read_bytes()).decode("ascii").splitlines()
    assert lines == writes.lines_of(writes.WordNet(WORDNET))
