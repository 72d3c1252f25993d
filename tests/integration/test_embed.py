"""What the packaged model computes."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.integration.stores import packaged
from vectorstore.embed import SHA256, ModelFiles, OnnxEmbeddings, model_in, packaged_model
from vectorstore.errors import EmbeddingError

SENTENCES = [
    "Callers wait five seconds for an answer.",
    "The phone is picked up quickly.",
    "The school has a new roof.",
]


@pytest.fixture
def model() -> OnnxEmbeddings:
    return packaged().model


def test_the_packaged_files_are_the_ones_that_were_checked() -> None:
    files = packaged_model()
    for path in (files.model, files.tokenizer):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA256[path.name]


def test_vectors_are_of_length_one_and_alike_where_sentences_are(model: OnnxEmbeddings) -> None:
    vectors = model.embed(SENTENCES)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    alike = vectors @ vectors.T
    assert alike[0, 1] > alike[0, 2] + 0.05


def test_vectors_come_in_the_order_of_their_texts_whatever_their_length(model: OnnxEmbeddings) -> None:
    texts = [f"{'long ' * (n % 7 * 9)}sentence number {n}" for n in range(40)]
    together = model.embed(texts)
    # Batches are padded to their longest text, which an int8 model notices a little.
    for n in (0, 13, 39):
        assert float(together[n] @ model.embed([texts[n]])[0]) > 0.98
    assert np.argmax(together @ np.asarray(model.embed_query(texts[13]), np.float32)) == 13


def test_nothing_to_embed_is_no_vectors(model: OnnxEmbeddings) -> None:
    assert model.embed([]).shape[0] == 0
    assert model.embed_documents([]) == []


@pytest.mark.parametrize("text", ["", " ", "word " * 5_000, "\x00", "\ud800", "警察"])
def test_any_text_has_a_vector(model: OnnxEmbeddings, text: str) -> None:
    assert np.linalg.norm(model.embed_query(text)) == pytest.approx(1.0, abs=1e-5)


def test_tokens_have_a_state_each_and_stand_where_their_words_stand(model: OnnxEmbeddings) -> None:
    texts = ["Callers wait \ud800 seconds.", ""]
    found, empty = model.token_states(texts)
    assert "".join(texts[0][start:end] for start, end in found.spans) == texts[0].replace(" ", "")
    assert found.states.shape == (len(found.spans), 384)
    assert np.linalg.norm(found.states, axis=1) == pytest.approx(np.ones(len(found.spans)), abs=1e-5)
    assert (empty.states.shape, empty.spans) == ((0, 384), ())


def test_a_folder_with_the_same_files_gives_the_same_vectors_under_its_own_id(
    tmp_path: Path, model: OnnxEmbeddings
) -> None:
    packaged_files = packaged_model()
    shutil.copy(packaged_files.model, tmp_path / "model.onnx")
    shutil.copy(packaged_files.tokenizer, tmp_path / "tokenizer.json")
    files = model_in(tmp_path)
    assert files.id == f"{tmp_path.name}:{SHA256['model_quantized.onnx'][:12]}"
    mine = OnnxEmbeddings(files)
    assert mine.embed(SENTENCES) == pytest.approx(model.embed(SENTENCES), abs=1e-5)
    mean = OnnxEmbeddings(files, pooling="mean").embed(SENTENCES)
    assert np.linalg.norm(mean, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert not np.allclose(mean, mine.embed(SENTENCES), atol=0.01)


def test_a_model_cut_short_is_refused(tmp_path: Path) -> None:
    files = packaged_model()
    (tmp_path / "model.onnx").write_bytes(files.model.read_bytes()[:100_000])
    with pytest.raises(EmbeddingError, match="'cut' cannot be loaded"):
        OnnxEmbeddings(ModelFiles("cut", tmp_path / "model.onnx", files.tokenizer))
