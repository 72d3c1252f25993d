"""A stand-in for the assistant: two invented letters, one of them hostile, and answers that a test scripts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from assistant.answer import Answer, Citation, Statement, Turn
from tests.evidence import letter
from vectorstore.letter import Block, Letter, Scope

APP = Path(__file__).parents[3] / "app.py"
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror="alert(1)"> ![x](http://192.0.2.1/x.png) $x$ :red[a] '
    "10~20~30 ~~gone~~ &amp; &lt;b&gt; :smile: :material/home: [y](http://192.0.2.1/y) **bold** `code` </mark>"
)
PLAIN = (
    "Dear Minister,\n\nThe force did not spend the grant. It set aside 78,000 pounds for 2020.\n\nYours, Ann"
)


def blocks(text: str) -> tuple[Block, ...]:
    """Return a block a paragraph, numbered from 1."""
    found, at = [], 0
    for number, paragraph in enumerate(text.split("\n\n"), start=1):
        found.append(Block(at, at + len(paragraph), "body", number, 1))
        at += len(paragraph) + 2
    return tuple(found)


def plain_letter() -> Letter:
    """Return a letter of three paragraphs."""
    card = {
        "author": "Ann Example",
        "office": "Commissioner",
        "area": "Northshire",
        "addressee": "The Minister",
    }
    made = letter(PLAIN, date="2020-09-02", **card)
    return replace(made, blocks=blocks(PLAIN))


def hostile_letter() -> Letter:
    """Return a letter whose text and card try to be HTML and Markdown."""
    made = letter(HOSTILE, author=HOSTILE, area="<b>Southtown</b>", subject="![x](http://192.0.2.1/s.png)")
    return replace(made, blocks=blocks(HOSTILE))


def cite(cited: Letter, words: str, number: int = 1, *, speaker: str | None = None) -> Citation:
    """Return a citation of words that the letter has."""
    start = cited.text.index(words)
    author = cited.card.value("author") or ""
    return Citation(
        number, cited.id, cited.source, cited.text_sha256, start, start + len(words), words, "", "", 1, 2,
        f"{author}, page 1, paragraph 2", speaker,
    )  # fmt: skip


def answer_of(question: str = "Was the grant spent?", *citations: Citation, **changes: object) -> Answer:
    """Return an answer that states each citation's words; `changes` replace fields."""
    plain = Answer(
        question=question,
        standalone=question,
        kind="fact",
        status="answered",
        text="",
        statements=tuple(Statement(c.exact, True, (c.number,)) for c in citations),
        citations=citations,
        ledger=None,
        nearest=(),
        scope=Scope(),
        letters_in_scope=2,
        letters_read=2,
        engine="quoting",
        prompt_id=None,
        notice="",
        seconds=0.1,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names the fields


@dataclass
class FakeAssistant:
    """Answers the questions that a test scripted; any other is an error of the test."""

    script: dict[str, Answer | Exception] = field(default_factory=dict)
    kept: list[Letter] = field(default_factory=lambda: [plain_letter(), hostile_letter()])
    histories: list[list[str]] = field(default_factory=list)
    read_on: list[bool] = field(default_factory=list)
    scopes: list[tuple[Scope | None, bool]] = field(default_factory=list)
    engine: str = "quoting"
    originals: Path = Path("no-such-folder")

    @property
    def search(self) -> SimpleNamespace:
        return SimpleNamespace(store=SimpleNamespace(originals=self.originals))

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        only: bool = False,
        on_stage: Callable[[str], None] | None = None,
        read_on: bool = False,
    ) -> Answer:
        self.read_on.append(read_on)
        self.scopes.append((scope, only))
        self.histories.append([turn.question for turn in history])
        if on_stage:
            on_stage("reading")
        outcome = self.script[question]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def letters(self) -> list[Letter]:
        return self.kept

    def letter(self, letter_id: str) -> Letter | None:
        return next((kept for kept in self.kept if kept.id == letter_id), None)

    def still_there(self, citation: Citation) -> bool:
        found = self.letter(citation.letter_id)
        return found is not None and found.text[citation.start : citation.end] == citation.exact


def html_of(app: AppTest) -> str:
    """Return all HTML on the page but the style and the scripts."""
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))
