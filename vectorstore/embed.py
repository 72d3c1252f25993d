"""Texts to vectors: a local ONNX sentence model behind LangChain's `Embeddings`. Never fetches anything.

The model comes in the wheel named in requirements-model.lock, whose code is never imported: only its folder is
looked up. Both files are checked against their SHA-256 before they are used.
"""

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.errors import EmbeddingError

PACKAGE = "compartment"
FOLDER = "models/bge-small-en-v1.5-int8"
NAME = "bge-small-en-v1.5-int8"
SHA256 = {
    "model_quantized.onnx": "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
    "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
}
MAX_TOKENS = 512
BATCH = 32
HOW_TO_GET = "Run `make install` to get it; until then search goes by words alone."


class ModelFiles(NamedTuple):
    """A sentence model on disk and the id that its vectors are stored under."""

    id: str
    model: Path
    tokenizer: Path


def packaged_model() -> ModelFiles:
    """Find the model that ships in a package.

    Raises:
        EmbeddingError: the package is not installed, or a file is missing or not the one we know.
    """
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places:
        raise EmbeddingError(f"The embedding model {NAME!r} is not installed. {HOW_TO_GET}")
    folder = Path(places[0]) / FOLDER
    for name, expected in SHA256.items():
        path = folder / name
        if not path.is_file():
            raise EmbeddingError(f"The embedding model {NAME!r} lacks its file {name!r}. {HOW_TO_GET}")
        if _sha256(path) != expected:
            raise EmbeddingError(
                f"The embedding model's file {name!r} is not the one this program was checked with. "
                "Remove .venv and run `make install`; until then search goes by words alone."
            )
    return ModelFiles(
        f"{NAME}:{SHA256['model_quantized.onnx'][:12]}",
        folder / "model_quantized.onnx",
        folder / "tokenizer.json",
    )


def model_in(folder: Path) -> ModelFiles:
    """Find any ONNX sentence model in a folder of the user's.

    Raises:
        EmbeddingError: the folder lacks a model or a tokenizer.
    """
    models = [folder / name for name in ("model.onnx", "model_quantized.onnx", "onnx/model.onnx")]
    model = next((path for path in models if path.is_file()), None)
    tokenizer = folder / "tokenizer.json"
    if model is None or not tokenizer.is_file():
        raise EmbeddingError(
            f"The folder {str(folder)!r} holds no sentence model: it needs model.onnx (or model_quantized.onnx) and "
            "tokenizer.json. Mend LETTERS_EMBEDDING_FOLDER, or unset it to use the model that is installed."
        )
    return ModelFiles(f"{folder.resolve().name}:{_sha256(model)[:12]}", model, tokenizer)


class TokenStates(NamedTuple):
    """A text's tokens: unit states of shape (tokens, dimension), their spans in the text, and the text's vector."""

    states: "np.ndarray[Any, np.dtype[np.float32]]"
    spans: tuple[tuple[int, int], ...]
    vector: "np.ndarray[Any, np.dtype[np.float32]]"


def _unit(vectors: Any) -> "np.ndarray[Any, np.dtype[np.float32]]":
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: np.ndarray[Any, np.dtype[np.float32]] = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class OnnxEmbeddings(Embeddings):
    """A BERT-like sentence model; vectors have length 1, so that their dot product is the cosine.

    Args:
        pooling: "cls" takes the first token's state (bge), "mean" the mean over all tokens.
    """

    def __init__(
        self, files: ModelFiles, *, pooling: Literal["cls", "mean"] = "cls", threads: int = 2
    ) -> None:
        """Load model and tokenizer.

        Raises:
            EmbeddingError: the files are not a model that this runtime can run.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self.model_id = files.id
        self._pooling = pooling
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(files.tokenizer))
            self._tokenizer.enable_truncation(MAX_TOKENS)
            self._tokenizer.enable_padding()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.log_severity_level = 3
            # Threads that wait in a loop take the processor from all else on a machine that is busy.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session: Any = onnxruntime.InferenceSession(
                str(files.model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions of their own
            raise EmbeddingError(
                f"The embedding model {files.id!r} cannot be loaded: {error}. {HOW_TO_GET}"
            ) from error
        self._inputs = {part.name for part in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """Return vectors as float32 of shape (len(texts), dimension), in the order given.

        Texts of like length share a batch, since a batch costs what its longest text costs.
        """
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Any] = [None] * len(texts)
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            for row, vector in zip(rows, self._batch([texts[i] for i in rows]), strict=True):
                found[row] = vector
        return np.stack(found)

    def _batch(self, texts: list[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
        states, mask, _ = self._run(texts)
        if self._pooling == "cls":
            return _unit(states[:, 0])
        weights = mask[:, :, None]
        return _unit((states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1))

    def _run(self, texts: list[str]) -> tuple[Any, Any, Any]:
        # A lone surrogate, as in an argument that was no UTF-8, is no text to the tokenizer; "?" is as long.
        encoded = self._tokenizer.encode_batch([text.encode("utf-8", "replace").decode() for text in texts])
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(
            None, {name: value for name, value in given.items() if name in self._inputs}
        )[0]
        return states, mask, encoded

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        """Return each text's tokens with their states, for comparing texts word by word."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Any] = [None] * len(texts)
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            states, _, encoded = self._run([texts[i] for i in rows])
            for row, state, one in zip(rows, states, encoded, strict=True):
                kept = [
                    i for i, (start, end) in enumerate(one.offsets) if end > start and one.attention_mask[i]
                ]
                found[row] = TokenStates(
                    _unit(state[kept]), tuple(one.offsets[i] for i in kept), _unit(state[:1])[0]
                )
        return found

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        vectors: list[list[float]] = self.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a query; bge's query prefix made no difference on letters and is left out."""
        return self.embed_documents([text])[0]
