"""Runs cases through the assistant, as a user would ask them, over a store that is thrown away.

What comes back is one result a case, also where the question ended in an error. Nothing is judged here but
whether quotes stand in their letters: by the store, and by the files' own bytes, read without the readers.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from assistant.answer import Answer, Citation, Turn
from assistant.settings import load_settings
from evals.case import Case
from evals.score import Score, score_case
from vectorstore.errors import LetterAssistantError, StoreError

if TYPE_CHECKING:
    from assistant.chat import Assistant  # loads LangChain

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})


@dataclass(frozen=True, slots=True)
class Result:
    """A case with what came back and how it went; `answer` is None where there was an error."""

    case: Case
    answer: Answer | None
    score: Score


@contextmanager
def throwaway_assistant(
    folder: Path, engine: Literal["quoting", "model"], on_warning: Callable[[str], None]
) -> Iterator["Assistant"]:
    """Bring the letters in `folder` into a temporary store and open the assistant over it.

    Args:
        folder: the letters.
        engine: who drafts, whatever the settings say.
        on_warning: told which files could not be read, and where search goes by words alone; the cases run still.

    Raises:
        LetterAssistantError: whatever ingesting or opening ran into.
    """
    if not folder.is_dir():
        raise StoreError(f"There is no folder of letters at {str(folder)!r}. Name one with --letters.")
    from assistant.assembly import ingest, open_assistant  # loads Chroma

    with TemporaryDirectory(prefix="letters-evals-", ignore_cleanup_errors=True) as place:
        settings = load_settings(store=Path(place) / "store", folder=folder, engine=engine)
        for failure in ingest(settings, [folder], on_notice=on_warning).failed:
            on_warning(f"Not among the letters: {failure.source}: {failure.reason}")
        yield open_assistant(settings)


def read_files(folder: Path) -> dict[str, str | None]:
    """Return the text of each file in `folder` by letter id; None where it is no plain text in UTF-8.

    Independent of the readers on purpose: line ends are folded to one newline and nothing else is touched.
    """
    return dict(_read_file(path) for path in sorted(folder.rglob("*")) if path.is_file())


def run_cases(
    assistant: "Assistant",
    cases: Sequence[Case],
    files: Mapping[str, str | None],
    on_progress: Callable[[int, int, str], None] | None = None,
) -> list[Result]:
    """Ask every case its question, after its earlier questions, and score what comes back.

    Args:
        assistant: who is asked.
        cases: what is asked, in this order.
        files: texts of the letters' files by letter id, as from `read_files`.
        on_progress: told how many are done, of how many, and the id of the case that starts.
    """
    results = []
    for done, case in enumerate(cases):
        if on_progress:
            on_progress(done, len(cases), case.id)
        results.append(_run_case(assistant, case, files))
    return results


def is_verbatim(citation: Citation, assistant: "Assistant", files: Mapping[str, str | None]) -> bool:
    """Tell whether the words stand where the citation says: in the store, and in the file if it is text."""
    if citation.letter_id not in files or not citation.exact or not assistant.still_there(citation):
        return False
    text = files[citation.letter_id]
    return text is None or text[citation.start : citation.end] == citation.exact


def _run_case(assistant: "Assistant", case: Case, files: Mapping[str, str | None]) -> Result:
    turns: list[Turn] = []
    started = time.perf_counter()
    try:
        for earlier in case.history:
            turns.append(Turn(earlier, assistant.ask(earlier, history=tuple(turns))))
        started = time.perf_counter()
        answer = assistant.ask(case.question, history=tuple(turns))
        seconds = time.perf_counter() - started
        wrong = [shown.number for shown in answer.citations if not is_verbatim(shown, assistant, files)]
    except LetterAssistantError as error:
        return _failed(case, str(error), time.perf_counter() - started)
    except Exception as error:  # noqa: BLE001  # a bug in one case must not hide how the others went
        return _failed(case, f"{type(error).__name__}: {error}", time.perf_counter() - started)
    return Result(case, answer, score_case(case, answer, wrong_quotes=wrong, seconds=seconds))


def _failed(case: Case, error: str, seconds: float) -> Result:
    return Result(case, None, score_case(case, None, seconds=seconds, error=error))


def _read_file(path: Path) -> tuple[str, str | None]:
    content = path.read_bytes()
    letter_id = hashlib.sha256(content).hexdigest()[:16]
    if path.suffix.lower() not in TEXT_SUFFIXES:
        return letter_id, None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return letter_id, None
    return letter_id, text.replace("\r\n", "\n").replace("\r", "\n")
