"""A complete pass read on by a model: letters that come near without saying it outright are judged, one call each.

The pass without a model is the floor: what it found stays. Of a letter that it leaves open the model is sent the
passages that come near, and its yes counts only with a quote that stands in the letter and is one of the sentences
that our own check finds near: the model chooses among them, and never alone. Each finding is kept by question, letter,
model and prompt, so that a pass which is stopped, fails or runs out of money goes on where it was, and is paid once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import merge_configs

from assistant.answer import Draft, Evidence, Question
from assistant.cite import locate
from assistant.coverage import Finding
from assistant.draft import ModelEngine
from assistant.kept import Kept
from assistant.meter import Meter
from assistant.rank import Candidate
from assistant.usage import Prices, Usage, money
from vectorstore.errors import KeptError, ModelError

WRITTEN_TOKENS = 150  # for one letter, in an estimate; measured replies are one sentence in a frame of JSON
FAILURES = 3  # one after the other, after which the server is left alone

STILL_OPEN = "Some letters are left open: ask again to go on where it ended."


@dataclass(frozen=True, slots=True)
class Pass:
    """What came of a complete pass.

    Args:
        left: what judging the letters that are still open would use, an estimate; None where none is.
        notice: why it ended before its end, or "".
    """

    findings: list[Finding]
    left: Usage | None
    notice: str = ""


class Reader:
    """Judges the letters that a complete pass leaves open.

    Args:
        engine: drafts with the prompt for one letter.
        kept: where findings are kept.
    """

    def __init__(self, engine: ModelEngine, *, kept: Kept, prices: Prices | None) -> None:
        self._engine = engine
        self._kept = kept
        self._prices = prices

    def look(self, question: Question, findings: Sequence[Finding]) -> Pass:
        """Take in what was found on earlier occasions, and say what the rest would cost; nothing is sent."""
        return self._pass(question, findings, self._known(question, findings))

    def read(
        self,
        question: Question,
        findings: Sequence[Finding],
        *,
        tell: Callable[[str], None],
        config: RunnableConfig,
    ) -> Pass:
        """Judge every letter that is open still.

        Args:
            tell: called with how far it is before each letter; what it raises ends the pass, and what was read is kept.
        """
        known = self._known(question, findings)
        waiting = [f for f in findings if f.is_open and f.letter.id not in known]
        meter = Meter(self._prices)
        failed, trouble = 0, ""
        for position, finding in enumerate(waiting, start=1):
            tell(f"{self._engine.name} reads letter {position:,} of {len(waiting):,}{_spent(meter.usage)}")
            try:
                draft = self._engine.runnable.invoke(
                    _evidence(question, finding), merge_configs(config, {"callbacks": [meter]})
                )
                failed, known[finding.letter.id] = 0, _quotes(draft, finding)
                self._keep(question, finding, known[finding.letter.id])
            except KeptError as error:
                trouble = str(error)
                break  # going on would be paid for twice
            except ModelError as error:
                failed, trouble = failed + 1, str(error)
                if failed == FAILURES:
                    break
        done = self._pass(question, findings, known)
        return replace(done, notice=f"{trouble} {STILL_OPEN}" if trouble and done.left else trouble)

    def _pass(
        self, question: Question, findings: Sequence[Finding], known: Mapping[str, Sequence[str]]
    ) -> Pass:
        taken = [
            _judged(f, known[f.letter.id], self._engine.name) if f.letter.id in known else f for f in findings
        ]
        left = [f for f in taken if f.is_open and f.letter.id not in known]
        return Pass(taken, self._estimate(question, left))

    def _estimate(self, question: Question, waiting: Sequence[Finding]) -> Usage | None:
        if not waiting:
            return None
        sent = sum(self._engine.tokens(_evidence(question, finding)) for finding in waiting)
        written = WRITTEN_TOKENS * len(waiting)
        cost = self._prices.cost(sent, written) if self._prices else None
        currency = self._prices.currency if self._prices else ""
        return Usage(len(waiting), sent, written, estimated=True, cost=cost, currency=currency)

    def _known(self, question: Question, findings: Sequence[Finding]) -> dict[str, list[str]]:
        """Return the quotes kept of each open letter that was judged, by letter id; none said no."""
        keys = {self._key(question, f): f.letter.id for f in findings if f.is_open}
        try:
            with self._kept.reading() as connection:
                rows = [
                    connection.execute("SELECT key, quotes FROM finding WHERE key = ?", (key,)).fetchone()
                    for key in keys
                ]
        except KeptError:
            return {}  # the sidebar says what is wrong with the file; what cannot be looked up is read again
        return {keys[row[0]]: json.loads(row[1]) for row in rows if row}

    def _keep(self, question: Question, finding: Finding, quotes: list[str]) -> None:
        with self._kept.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO finding VALUES (?, ?)",
                (self._key(question, finding), json.dumps(quotes)),
            )

    def _key(self, question: Question, finding: Finding) -> str:
        asked = " ".join(question.standalone.split())
        parts = (asked, finding.letter.text_sha256, self._engine.name, self._engine.prompt_id)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _evidence(question: Question, finding: Finding) -> Evidence:
    """Give the passages of one letter that come near, each once, the nearest first."""
    passages = {candidate.found.passage.id: candidate.found for candidate in finding.near}
    return Evidence(question, tuple(passages.values()), {finding.letter.id: finding.letter})


def _quotes(draft: Draft, finding: Finding) -> list[str]:
    """Return what a draft quotes from the letter, the quotes that stand in it."""
    return [
        quote
        for statement in draft.statements
        for letter_id, quote in statement.quotes
        if letter_id == finding.letter.id and _near(quote, finding)
    ]


def _near(quote: str, finding: Finding) -> list[Candidate]:
    """Return the near sentences of a letter that a quote has a part in; none where it does not stand there."""
    span = locate(quote, finding.letter)
    return [c for c in finding.near if span and c.start < span[1] and span[0] < c.end]


def _judged(finding: Finding, quotes: Sequence[str], by: str) -> Finding:
    """Return a finding with what the model quoted; checked against the letter as it is now."""
    chosen = {(c.start, c.end): c for quote in quotes for c in _near(quote, finding)}
    return replace(finding, sentences=tuple(chosen.values()), by=by if chosen else "")


def _spent(usage: Usage | None) -> str:
    if usage is None:
        return ""
    if usage.cost is None:
        return f"; {usage.input_tokens + usage.output_tokens:,} tokens so far"
    return f"; {money(usage.cost, usage.currency)} so far"
