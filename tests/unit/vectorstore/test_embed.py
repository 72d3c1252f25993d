"""Finding the embedding model's files; what it computes is tested with the model itself, under integration."""

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from vectorstore import embed
from vectorstore.embed import HOW_TO_GET, ModelFiles, OnnxEmbeddings, model_in, packaged_model
from vectorstore.errors import EmbeddingError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package that the program takes for the model's."""
    spec = ModuleSpec(embed.PACKAGE, None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec if name == embed.PACKAGE else None)
    folder = tmp_path / embed.FOLDER
    folder.mkdir(parents=True)
    return folder


def test_where_the_package_is_missing_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EmbeddingError) as raised:
        packaged_model()
    assert str(raised.value) == f"The embedding model {embed.NAME!r} is not installed. {HOW_TO_GET}"


def test_a_missing_file_is_named(package: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"lacks its file 'model_quantized\.onnx'"):
        packaged_model()


def test_a_file_that_is_another_is_refused(package: Path) -> None:
    for name in embed.SHA256:
        (package / name).write_bytes(b"something else")
    with pytest.raises(EmbeddingError, match=r"'model_quantized.onnx' is not the one .* `make install`"):
        packaged_model()


@pytest.mark.parametrize("name", ["model.onnx", "model_quantized.onnx", "onnx/model.onnx"])
def test_any_folder_with_a_model_and_a_tokenizer_does(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mine"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"model")
    (folder / "tokenizer.json").write_bytes(b"{}")
    files = model_in(folder)
    assert files.model == folder / name
    assert files.id == "mine:9372c470eead"  # the model's SHA-256, so that another file is another model


@pytest.mark.parametrize("name", ["tokenizer.json", "model.onnx"])
def test_a_folder_with_half_a_model_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(EmbeddingError, match="LETTERS_EMBEDDING_FOLDER") as raised:
        model_in(tmp_path)
    assert repr(str(tmp_path)) in str(raised.value)


def test_files_that_are_no_model_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(EmbeddingError, match="'mine:1' cannot be loaded"):
        OnnxEmbeddings(ModelFiles("mine:1", tmp_path / "model.onnx", tmp_path / "tokenizer.json"))
