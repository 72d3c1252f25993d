"""What a run was made with, so that a baseline of other cases is never mistaken for a regression."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer
from vectorstore.letter import Letter

if TYPE_CHECKING:
    from assistant.chat import Assistant  # loads LangChain


class Origin(BaseModel):
    """What decides a run's outcome, apart from the code.

    Attributes:
        cases: SHA-256 of the file of cases, its line ends folded to one newline.
        letters: SHA-256 over the letters' names and texts.
        prompts: ids of the prompts that drafted, in order; () where none did.
        embedding: id of the embedding model; "none" where search went by words alone.
        splitter: version of the splitter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cases: str
    letters: str
    engine: str
    prompts: tuple[str, ...]
    embedding: str
    splitter: str

    def differences(self, other: "Origin") -> list[str]:
        """Say in words what `other` was made with that this was not."""
        words = {
            "cases": "other cases",
            "letters": "other letters",
            "engine": "another engine",
            "prompts": "other prompts",
            "embedding": "another embedding model",
            "splitter": "another version of the splitter",
        }
        return [
            f"{said} ({_short(getattr(other, name))}, now {_short(getattr(self, name))})"
            for name, said in words.items()
            if getattr(self, name) != getattr(other, name)
        ]


def origin_of(
    cases: Path, letters: Iterable[Letter], assistant: "Assistant", answers: Sequence[Answer | None]
) -> Origin:
    """Say what a run over these cases and letters was made with."""
    store = assistant.search.store
    return Origin(
        cases=hash_cases(cases),
        letters=hash_letters(letters),
        engine=assistant.engine,
        prompts=tuple(sorted({answer.prompt_id for answer in answers if answer and answer.prompt_id})),
        embedding=store.meta("embedding_model") or "none",
        splitter=store.meta("splitter_version") or "none",
    )


def hash_cases(path: Path) -> str:
    """Return the SHA-256 of a file of cases, the same on every operating system."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def hash_letters(letters: Iterable[Letter]) -> str:
    """Return one SHA-256 over the letters' names and texts, in any order."""
    rows = sorted(f"{letter.source}\0{letter.text_sha256}" for letter in letters)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _short(value: str | tuple[str, ...]) -> str:
    shown = ", ".join(value) or "none" if isinstance(value, tuple) else value
    is_hash = len(shown) == hashlib.sha256().digest_size * 2
    return shown[:8] if is_hash else shown
