"""The read path, top to bottom: understand, gather, draft, verify. A LangChain chain of those four steps."""

import datetime
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from assistant.answer import (
    Answer,
    Citation,
    Draft,
    DraftStatement,
    Evidence,
    Issue,
    Ledger,
    Question,
    Turn,
)  # fmt: skip
from assistant.asked_of_all import names_setting_scope
from assistant.by_date import led_by_dates, letter_by_letter, unblended, without_strays
from assistant.cards import CardLine, answer_from_cards
from assistant.cite import Numbering, make_citation, verify, who
from assistant.comparison import empty_cell, lines_of, near_cell
from assistant.coverage import Finding, Reading, alternatives, comes_near, other_words, read_all
from assistant.floor import set_on
from assistant.judge import LIKENESS, SPEAKS_OF_IT, Verdict, judge, one_of_two
from assistant.ledger import (
    among,
    by_writer,
    fits,
    make_ledger,
    meaning_of,
    one_of_each,
    opening_of,
    opening_of_matters,
    says,
    statements_of_cards,
    unread,
)
from assistant.letterhead import is_of_writer
from assistant.lexicon import Mention, Name, find_mentions, find_names
from assistant.meter import Meter
from assistant.notes import notes_on, twice
from assistant.numbered import count_numbered
from assistant.offers import AS_NEAR, ASK_AGAIN, SAY_YES
from assistant.question import clean, understand
from assistant.quoting import NAME, choose, claim
from assistant.rank import Candidate, Ranker, covered
from assistant.read_on import Reader
from assistant.refusal import REFUSAL, refusal_of
from assistant.scope_words import in_words
from assistant.sides import Sides
from assistant.terms import Terms, leaving_out
from assistant.usage import Prices, Usage
from vectorstore.errors import ModelError
from vectorstore.letter import Letter, Scope, ScoredPassage
from vectorstore.scope import letters_in
from vectorstore.search import Search

NEAREST = 3
TOLD = 6  # other words that are named as tried; of more the number is told
NO_MATTER = f"The question has no word to look for in the letters, so none was read for it.{ASK_AGAIN}"
NONE_ABOUT = (
    "No letter has it in its subject line, headings or opening: these are the letters that speak of it."
)
OUTSIDE = f" Outside that scope something near it is said by {{}}{SAY_YES}"
OUTDOING = "Only figures for the same thing can tell which comes first; what each letter has on it:"
COMPARED = (
    "The words themselves were looked for in every letter, others near in meaning in the {} passages nearest to the"
    " question."
)
# What where somebody stands on a report is looked for by, beside the question.
STANCE_QUERY = "I welcome, support, accept, dispute or reject the report, its findings and recommendations."
MOST_SIDES = 12  # rows of a comparison
MOST_NEAR = 200  # passages in which a complete pass looks for what a model may judge
MOST_READ = 20  # letters that are read whole where no search can choose


@dataclass(frozen=True, slots=True)
class Ask:
    """What the chain is invoked with."""

    question: str
    history: tuple[Turn, ...] = ()
    scope: Scope | None = None
    only: bool = False
    on_stage: Callable[[str], None] | None = None
    read_on: bool = False


@dataclass(frozen=True, slots=True)
class _Work:
    """What one question has gathered on its way; each step adds its part."""

    ask: Ask
    question: Question
    everywhere: list[Letter]
    inside: list[Letter]
    evidence: Evidence | None = None
    verdict: Verdict = field(default_factory=lambda: Verdict(True))
    ranked: list[Candidate] = field(default_factory=list)
    sides: list[DraftStatement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    compared: int = 0
    opening: str = ""
    besides: int = 0
    card_lines: list[CardLine] = field(default_factory=list)
    left_open: Usage | None = None
    draft: Draft = field(default_factory=lambda: Draft((), NAME))


class Assistant:
    """Answers questions over the letters of one store.

    Args:
        quoting: the engine that needs no model; it also answers when `model` fails.
        model: the model engine, or None.
        engine: name of the engine that drafts.
        reader: judges what a complete pass leaves open, or None.
        prices: of the model's tokens; None shows tokens alone.
        notice: said with every answer (search goes by words alone), or "".
    """

    def __init__(
        self,
        search: Search,
        ranker: Ranker,
        *,
        quoting: Runnable[Evidence, Draft],
        model: Runnable[Evidence, Draft] | None = None,
        engine: str = NAME,
        reader: Reader | None = None,
        prices: Prices | None = None,
        notice: str = "",
        passages: int = 12,
        max_question_chars: int = 2000,
    ) -> None:
        self.search = search
        self.engine = engine
        self._prices = prices
        self._reader = reader
        self.notice = notice
        self._ranker = ranker
        self._quoting = quoting
        self._model = model
        self._limit = passages
        self._max_chars = max_question_chars
        self._names: tuple[list[Letter], list[Name]] = ([], [])
        self.chain: Runnable[Ask, Answer] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._gather)
            | RunnableLambda(self._draft)
            | RunnableLambda(self._verify)
        ).with_config(run_name="letter_assistant")

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
        """Answer a question.

        Args:
            history: the turns before it, oldest first.
            scope: narrows what the question's own words leave open.
            only: take `scope` in place of what the question's own words set; with None, all letters.
            on_stage: called with a word or two as each stage begins; what it raises ends the question.
            read_on: whether the model judges the letters that a complete pass leaves open.

        Raises:
            QuestionError: the question is empty or too long.
            StoreError: the store cannot be read.
        """
        began = time.monotonic()
        meter = Meter(self._prices)
        ask = Ask(question, tuple(history), scope, only, on_stage, read_on)
        answer = self.chain.invoke(ask, {"callbacks": [meter]})
        return replace(answer, seconds=time.monotonic() - began, usage=meter.usage)

    def letters(self) -> list[Letter]:
        """Return all letters, by date and then source."""
        return self.search.letters()

    def letter(self, letter_id: str) -> Letter | None:
        """Return one letter as it is stored now, or None."""
        return self.search.store.letter(letter_id)

    def still_there(self, citation: Citation) -> bool:
        """Whether a citation's words stand where it says, checked against the store now."""
        letter = self.letter(citation.letter_id)
        return (
            letter is not None
            and letter.text_sha256 == citation.text_sha256
            and letter.text[citation.start : citation.end] == citation.exact
        )

    # -- the four steps -------------------------------------------------------------------------

    def _understand(self, ask: Ask) -> _Work:
        _stage(ask, "Understanding the question")
        letters = self.letters()
        question = understand(
            clean(ask.question, max_chars=self._max_chars),
            names=self._known_names(letters),
            letters=letters,
            history=ask.history,
            given=ask.scope,
            only=ask.only,
            today=datetime.datetime.now().astimezone().date(),
        )
        return _Work(ask, question, letters, letters_in(letters, question.scope))

    def _gather(self, work: _Work, config: RunnableConfig) -> _Work:
        question = work.question
        if question.kind == "off_topic":
            return replace(work, verdict=Verdict(False, refusal_of(question.standalone) or REFUSAL))
        if question.unknown:
            return self._gather_of_another(work)
        if question.unmet:
            return replace(work, verdict=Verdict(False, question.unmet))
        if question.kind == "about_letters":
            opening, lines = answer_from_cards(question, work.inside)
            return replace(work, opening=opening, card_lines=lines, verdict=Verdict(bool(lines), opening))
        if question.kind == "list" and not question.terms.weights:
            return replace(work, verdict=Verdict(False, NO_MATTER))
        if question.kind == "list":
            _stage(work.ask, f"Reading {len(work.inside)} letters")
            if question.matters:
                return self._read_matters(work)
            mentions = self._setting_scope(question, work)
            near = (
                self.search.search(question.query, scope=question.scope or None, limit=MOST_NEAR)
                if self._reader
                else ()
            )
            read = read_all(question, mentions, work.inside, self.search, self._ranker, near=near)
            if question.about:
                return self._also_speaking(work, read, mentions)
            work = self._read_on(replace(work, findings=read.findings, compared=read.nearest), config)
            wanted = [f for f in work.findings if says(f) == ("no" if question.negated else "yes")]
            return replace(work, verdict=Verdict(bool(wanted) or any(f.by for f in work.findings)))
        _stage(work.ask, "Searching the letters")
        if question.sides:
            return self._gather_sides(work)
        terms, aside = one_of_two(
            question.terms,
            work.inside,
            everything=len(work.inside) == len(work.everywhere),
            index=self.search.store,
        )
        question = replace(question, terms=terms)
        evidence, ranked = self._evidence(question, question.scope, work)
        _stage(
            work.ask, f"Reading passages of {len({p.passage.letter_id for p in evidence.passages})} letters"
        )
        verdict = judge(question.terms, ranked, work.inside, work.everywhere, self.search.store)
        if not verdict.answers and (items := count_numbered(question.standalone, work.inside)):
            return replace(work, evidence=evidence, sides=items)
        return replace(
            work, evidence=evidence, ranked=ranked, verdict=verdict, opening=verdict.aside or aside
        )

    def _gather_of_another(self, work: _Work) -> _Work:
        """Look for what letters say of one whom no letter is from: a passage that names them and has the matter."""
        question = work.question
        none_from = f"no letter here is from the {question.unknown}"
        if question.kind == "fact":
            naming = re.compile(r"\s+".join(map(re.escape, question.unknown.split())), re.IGNORECASE)
            evidence, ranked = self._evidence(question, question.scope, work)
            matter = leaving_out(question.terms, question.unknown)
            of_them = [
                p
                for p in evidence.passages
                if naming.search(p.passage.text) and covered(p.passage.text, matter) >= SPEAKS_OF_IT
            ]
            ranked = [c for c in ranked if c.found in of_them]
            if (
                ranked
                and judge(question.terms, ranked, work.inside, work.everywhere, self.search.store).answers
            ):
                evidence = replace(evidence, passages=tuple(of_them))
                opening = f"{none_from[0].upper()}{none_from[1:]}; of it they say:"
                return replace(work, evidence=evidence, ranked=ranked, opening=opening)
        return replace(work, verdict=Verdict(False, none_from))

    def _also_speaking(self, work: _Work, about: Reading, mentions: Sequence[Mention]) -> _Work:
        """Say beside which letters are about a thing how many more speak of it; where none is, which these are."""
        of_it = replace(work.question, about=False)
        read = read_all(of_it, mentions, work.inside, self.search, self._ranker)
        found = [finding for finding in about.findings if finding.sentences]
        if not found and not of_it.negated:
            note = " ".join(filter(None, (of_it.note, NONE_ABOUT)))
            work = replace(work, question=replace(of_it, note=note), findings=read.findings)
        else:
            work = replace(work, findings=about.findings)
        ids = {finding.letter.id for finding in found}
        others = sum(bool(f.sentences) and f.letter.id not in ids for f in read.findings)
        wanted = (
            len(work.inside) - len(found) if of_it.negated else sum(bool(f.sentences) for f in work.findings)
        )
        return replace(work, compared=read.nearest, besides=others, verdict=Verdict(bool(wanted)))

    def _read_matters(self, work: _Work) -> _Work:
        """Read every letter for each thing that it is to say, or not to say."""
        question = work.question
        passes = [
            read_all(part, self._setting_scope(part, work), work.inside, self.search, self._ranker)
            for part in question.matters
        ]
        readings = [one.findings for one in passes]
        of_letters = list(zip(*readings, strict=True))
        fitting = [fits(question, own) for own in of_letters]
        findings = [
            one_of_each(own) if fit != question.negated else Finding(own[0].letter, ())
            for own, fit in zip(of_letters, fitting, strict=True)
        ]
        opening = opening_of_matters(question, readings, sum(fitting)) if of_letters else ""
        compared = max(one.nearest for one in passes)
        verdict = Verdict(any(fitting))
        return replace(work, findings=findings, compared=compared, opening=opening, verdict=verdict)

    def _read_on(self, work: _Work, config: RunnableConfig) -> _Work:
        """Take in what a model found in the letters that the rules leave open, and let it read on where asked to."""
        if self._reader is None:
            return work
        if work.ask.read_on:
            tell = work.ask.on_stage or (lambda _: None)
            done = self._reader.read(work.question, work.findings, tell=tell, config=config)
        else:
            done = self._reader.look(work.question, work.findings)
        judged = any(finding.by for finding in done.findings)
        draft = Draft((), self.engine if judged else NAME, notice=done.notice)
        return replace(work, findings=done.findings, left_open=done.left, draft=draft)

    def _evidence(self, question: Question, scope: Scope, work: _Work) -> tuple[Evidence, list[Candidate]]:
        passages = self._passages(question.query, scope)
        if question.terms.answer == "stance":
            # "Why did she turn it down?" shares no words with "I welcome the report".
            seen = {found.passage.id for found in passages}
            passages += [p for p in self._passages(STANCE_QUERY, scope) if p.passage.id not in seen]
        if question.terms.contact or question.terms.overview:
            # Letterheads share no words with "phone number", nor a letter's paragraphs with "summary": take all.
            inside = letters_in(work.everywhere, scope)
            passages = [
                ScoredPassage(p, 0.0, None, 0.0)
                for p in self.search.store.passages_of([x.id for x in inside[:MOST_READ]])
            ]
        by_id = {letter.id: letter for letter in work.everywhere}
        if question.terms.contact:
            passages = [
                one
                for one in passages
                if is_of_writer(by_id[one.passage.letter_id], one.passage.start) != question.terms.received
            ]
        asked = question.query if question.sides else question.standalone
        ranked = self._ranker.rank(asked, question.terms, passages)
        return Evidence(question, tuple(passages), by_id), ranked

    def _passages(self, query: str, scope: Scope) -> list[ScoredPassage]:
        return self.search.search(query, scope=scope or None, limit=self._limit, thorough=True)

    def _gather_sides(self, work: _Work) -> _Work:
        """Look for each side on its own, so that no side's passages crowd out another's."""
        question = work.question
        statements: list[DraftStatement] = []
        passages: list[ScoredPassage] = []
        found: list[Candidate] = []
        only_near: dict[int, DraftStatement] = {}
        sides = question.sides
        if len(sides) > MOST_SIDES:
            sides = self._nearest_sides(question)
        for heading, scope in sides:
            inside = letters_in(work.everywhere, scope)
            for one in question.issues or (Issue("", question.query, question.terms),):
                issue, terms = one.name, one.terms
                about = replace(question, terms=terms, query=one.query)
                evidence, ranked = self._evidence(about, scope, work)
                passages += evidence.passages[: max(4, self._limit // 2)]
                loose = replace(terms, strict=False, premise=question.named_sides)
                # Of letters that nobody named, only those that speak of the very matter are of interest.
                near = question.named_sides or terms.overview or any(c.around >= SPEAKS_OF_IT for c in ranked)
                if near and judge(loose, ranked, inside, work.everywhere, self.search.store).answers:
                    chosen = choose(ranked, loose)
                    found += chosen
                    claims = [claim(c, evidence.letters[c.found.passage.letter_id], heading) for c in chosen]
                    statements += [replace(claimed, issue=issue) for claimed in claims]
                else:
                    if question.named_sides and (nearest := _like(ranked, terms)):
                        letter = evidence.letters[nearest.found.passage.letter_id]
                        only_near[len(statements)] = near_cell(claim(nearest, letter, heading), issue)
                    statements.append(empty_cell(heading, issue, inside))
        spoken_of = {s.issue for s in statements if s.quotes}
        for at, near_it in only_near.items():
            if near_it.issue in spoken_of:  # beside a side that does speak of it
                statements[at] = near_it
        left = len(question.sides) - len(sides)
        opening = OUTDOING if question.outdoing else ""
        if left:
            opening = f"The {len(sides)} letters nearest to the question; {left} more were not compared:"
        return replace(
            work,
            question=replace(question, sides=sides),
            evidence=Evidence(question, tuple(passages), {letter.id: letter for letter in work.everywhere}),
            ranked=found,
            sides=statements,
            opening=opening,
            verdict=Verdict(bool(found), "none of them speaks of it"),
        )

    def _nearest_sides(self, question: Question) -> Sides:
        """Choose the sides that a search finds first, in their own order."""
        hits = self.search.search(question.query, scope=question.scope or None, limit=10 * MOST_SIDES)
        nearest = list(dict.fromkeys(hit.passage.letter_id for hit in hits))[:MOST_SIDES]
        return tuple(side for side in question.sides if not set(nearest).isdisjoint(side[1].letter_ids))

    def _draft(self, work: _Work, config: RunnableConfig) -> _Work:
        if not work.verdict.answers:
            return work
        if work.card_lines or work.findings or work.evidence is None:
            return work
        quoted = Draft(tuple(work.sides), NAME) if work.sides else self._quoting.invoke(work.evidence, config)
        if work.question.kind == "fact" and not work.sides:
            quoted = without_strays(quoted, work.evidence.letters, work.question.terms)
        if self._model is None:
            return replace(work, draft=quoted)
        _stage(work.ask, "Drafting the answer")
        try:
            drafted = self._model.invoke(work.evidence, config)
        except ModelError as error:
            notice = f"{error} The quoting engine answered instead."
            return replace(work, draft=replace(quoted, notice=notice))
        sides = {
            heading: [letter.id for letter in letters_in(work.everywhere, scope)]
            for heading, scope in work.question.sides
        }
        drafted = unblended(drafted, work.evidence.letters)
        return replace(work, draft=set_on(drafted, quoted, work.evidence.letters, sides))

    def _verify(self, work: _Work) -> Answer:
        _stage(work.ask, "Checking every quote")
        numbering = Numbering(
            {
                (c.letter_id, c.start, c.end): c.number
                for turn in work.ask.history
                for c in turn.answer.citations
            }
        )
        kind = work.question.kind
        ledger: Ledger | None = None
        nearest: tuple[int, ...] = ()
        opening = work.opening if work.verdict.answers else ""
        if work.findings:
            statements, citations, ledger = make_ledger(
                work.findings, numbering, negated=work.question.negated
            )
            ledger = replace(ledger, meaning=meaning_of(work.question))
            if work.question.asked_for:
                by_model = [statement for statement in statements if statement.heading]
                statements = [*by_writer(work.question, ledger, work.inside), *by_model]
            outright = sum(not statement.heading for statement in statements)
            opening = opening or opening_of(
                work.question,
                ledger,
                outright,
                among=among(work.question, work.inside),
                besides=work.besides,
            )
        elif work.card_lines:
            statements, citations = statements_of_cards(work.card_lines, numbering)
        else:
            by_id = {letter.id: letter for letter in work.everywhere}
            draft, scope = work.draft, work.question.scope
            asked_when = bool(scope.date_from or scope.date_to)
            if kind == "fact" and work.question.terms.overview and len(work.inside) > 1:
                draft, summed_up = letter_by_letter(draft, by_id)
                asked_when = asked_when or summed_up > 1
                opening = _summed_up(summed_up, len(work.inside)) or opening
            dated = (
                led_by_dates(draft.statements, by_id, asked_when=asked_when, by_body=work.question.by_body)
                if kind == "fact"
                else None
            )
            if dated:
                kind, draft = "over_time", replace(draft, statements=dated)
            statements, citations = verify(draft, by_id, numbering)
        told = any(s.citations or work.question.negated for s in statements)
        status = "answered" if told and work.verdict.answers else "not_found"
        if status == "not_found":
            statements = []
            offered = list(self._nearest(work, numbering))
            nearest = tuple(c.number for c in offered)
            # A ledger keeps its citations, also where every letter says what some were asked not to say.
            citations = [*(citations if ledger else []), *offered]
            text = self._not_found(work, offered)
        else:
            lines = lines_of(kind, statements)
            text = "\n".join([*([opening] if opening else []), *lines])
        read = (
            {c.letter_id for c in citations}
            if work.evidence is None
            else {p.passage.letter_id for p in work.evidence.passages}
        )
        return Answer(
            question=work.question.asked,
            standalone=work.question.standalone,
            kind=kind,
            status="answered" if status == "answered" else "not_found",
            text=text,
            statements=tuple(statements),
            citations=tuple(sorted(citations, key=lambda c: c.number)),
            ledger=ledger,
            nearest=nearest,
            scope=work.question.scope,
            letters_in_scope=len(work.inside),
            letters_read=len(work.inside) if ledger or work.card_lines else len(read),
            engine=work.draft.engine,
            prompt_id=work.draft.prompt_id,
            notice=" ".join(
                part
                for part in (
                    self.notice,
                    self.search.notice,
                    work.draft.notice,
                    *self._notes(work, citations),
                )
                if part
            ),
            seconds=0.0,
            left_open=work.left_open,
        )

    def _notes(self, work: _Work, citations: Sequence[Citation]) -> Iterator[str]:
        """Yield what is to be known about dates and doubles among the letters of an answer."""
        if work.question.kind == "off_topic":
            return
        yield work.question.note
        if work.compared:
            yield COMPARED.format(work.compared)
        yield from notes_on(work.question.scope, work.inside, work.everywhere)
        cited = {citation.letter_id for citation in citations}
        yield from twice([letter for letter in work.everywhere if letter.id in cited][:MOST_READ])

    # -- what is said when the letters do not say -----------------------------------------------

    def _nearest(self, work: _Work, numbering: Numbering) -> Iterator[Citation]:
        """Yield the sentences nearest to a question that was not answered, also from letters out of scope."""
        narrowed = len(work.inside) < len(work.everywhere)
        if work.question.terms.contact:
            return  # another's address is not near it
        kind = work.question.kind
        if kind in {"about_letters", "off_topic"} or work.question.negated or work.question.matters:
            return
        ranked = work.ranked
        if kind == "list" and work.inside and work.question.terms.weights:
            _, found = self._evidence(work.question, work.question.scope, work)
            ranked = [candidate for candidate in found if comes_near(candidate, work.question.terms)]
        if narrowed:
            _, elsewhere = self._evidence(work.question, Scope(), work)
            if judge(
                work.question.terms, elsewhere, work.everywhere, work.everywhere, self.search.store
            ).answers:
                ranked = elsewhere
        by_id = {letter.id: letter for letter in work.everywhere}
        for candidate in ranked[:NEAREST]:
            if candidate.around > 0:
                yield make_citation(
                    by_id[candidate.found.passage.letter_id], candidate.start, candidate.end, numbering
                )

    def _not_found(self, work: _Work, nearest: Sequence[Citation]) -> str:
        question, reason = work.question, work.verdict.reason
        if question.kind == "off_topic":
            return reason
        if not work.everywhere:
            return "There are no letters yet. Add some: `python -m assistant ingest`."
        if reason == NO_MATTER:
            return reason
        if question.kind == "about_letters" and reason:
            looked = f"Looked at the cards of {len(work.inside)} of {len(work.everywhere)} letters."
            return f"The letters do not say: {reason[0].lower()}{reason[1:].rstrip('.')}. {looked}"
        inside = _described(work.inside, work.everywhere)
        if question.matters and work.opening:
            return f"{work.opening}{unread(work.inside)}"
        if question.kind == "list" and not reason:
            every = self._none_of(work)
            tried = "" if question.negated else self._tried(work)
            count = len(work.inside)
            read = f"all {count} letters in scope were" if count > 1 else "the one letter in scope was"
            text = f"{every}: {read} read{inside}.{unread(work.inside)}{tried}"
            outside = {c.letter_id for c in nearest} - {letter.id for letter in work.inside}
            named = [who(letter) for letter in work.everywhere if letter.id in outside]
            if nearest and not named:
                text += f" The sentences that come nearest do not say it in such words{AS_NEAR}"
            return text + (OUTSIDE.format("; ".join(named)) if named else "")
        if not work.inside:
            reason = f"no letter is of that scope ({in_words(question.scope)})"
        because = f": {reason}" if reason else ""
        looked = f"Looked in {len(work.inside)} of {len(work.everywhere)} letters{inside}."
        text = f"The letters do not say{because}. {looked}"
        others = {c.letter_id for c in nearest} - {letter.id for letter in work.inside}
        if others:
            names = [who(letter) for letter in work.everywhere if letter.id in others]
            text += OUTSIDE.format("; ".join(names))
        elif nearest:
            text += f" The passages that come nearest do not answer it{AS_NEAR}"
        return text

    def _none_of(self, work: _Work) -> str:
        if not work.question.negated:
            return "No sentence that says so was found"
        silent = [finding.letter for finding in work.findings if says(finding) == "no"]
        if not silent or not work.question.asked_for:
            return f"Every letter {'is about' if work.question.about else 'speaks of'} it"
        named = "; ".join(who(letter) for letter in silent[:MOST_SIDES])
        return f"All {work.question.asked_for} speak of it, though not in every letter (not in: {named})"

    def _tried(self, work: _Work) -> str:
        """Say, after a space, which words a complete pass looked for, and what near in meaning the letters do have."""
        terms = work.question.terms
        words = list(dict.fromkeys(phrase.text for phrase in terms.phrases))
        if not words:
            return ""
        told = f" Looked for {_listed(words)}, in any form,{self._other_words(work)} and for words near in meaning"
        found = self.search.search(work.question.query, scope=work.question.scope or None, limit=NEAREST)
        near = self._ranker.near_words(work.question.standalone, terms, found)
        return f"{told}; the nearest that the letters have: {_listed(near)}." if near else f"{told}."

    def _other_words(self, work: _Work) -> str:
        """Say, after a space, which words of the same families, synonyms and kinds a complete pass tried; or ""."""
        matters = alternatives(work.question, self._setting_scope(work.question, work), self.search.store)
        tried = other_words(matters, loose=self._ranker.compares)
        more = f" and {len(tried) - TOLD} more" if len(tried) > TOLD else ""
        return f" for other words where they mean it ({_listed(tried[:TOLD])}{more})" if tried else ""

    def _setting_scope(self, question: Question, work: _Work) -> list[Mention]:
        """Return the names that say whose letters a complete pass reads."""
        asked = question.standalone
        return names_setting_scope(asked, find_mentions(asked, self._known_names(work.everywhere)))

    def _known_names(self, letters: list[Letter]) -> list[Name]:
        if self._names[0] is not letters:
            self._names = (letters, find_names(letters))
        return self._names[1]


def _like(ranked: Sequence[Candidate], terms: Terms) -> Candidate | None:
    """Return the author's sentence that comes near in meaning; None where a name is asked for, or none is near."""
    own = [c for c in ranked[:NEAREST] if c.likeness >= LIKENESS and c.found.passage.speaker is None]
    return own[0] if own and not terms.named else None


def _stage(ask: Ask, words: str) -> None:
    if ask.on_stage:
        ask.on_stage(words)


def _summed_up(shown: int, inside: int) -> str:
    """Say in which order several letters are summed up, and how many are not."""
    if shown < 2:
        return ""
    if shown == inside:
        return f"{'Both' if inside == 2 else f'All {inside}'} letters, oldest first:"
    return f"{shown} of {inside} letters, oldest first:"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _described(inside: Sequence[Letter], everywhere: Sequence[Letter]) -> str:
    if len(inside) == len(everywhere) or not 0 < len(inside) <= 3:
        return ""
    return f" ({'; '.join(who(letter) for letter in inside)})"
