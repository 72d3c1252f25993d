"""Findings and cards to statements: the ledger of a complete pass, and what the cards say, with citations (pure)."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest

from assistant.answer import Citation, Ledger, LedgerRow, Question, Says, Statement
from assistant.cards import CardLine
from assistant.cite import Numbering, make_citation, who
from assistant.coverage import Finding
from assistant.cut import whole
from vectorstore.letter import Letter

BY = "by subject line, headings or opening"
MOST_SENTENCES = 3  # of a letter that says several things, where one of each makes no more


def says(finding: Finding) -> Says:
    """Return what a letter says by the rules; of one with a page that could not be read, "no" cannot be said.

    A model's reading does not decide it: it is shown beside it.
    """
    return "yes" if finding.sentences and not finding.by else without(finding.letter)


def without(letter: Letter) -> Says:
    """Return what can be said of a letter in which nothing was found."""
    return "unreadable" if any(page.how == "unreadable" for page in letter.reads) else "no"


def unread(letters: Sequence[Letter]) -> str:
    """Return a sentence, after a space, about letters that could not be read whole; "" where all were."""
    names = [who(letter) for letter in letters if without(letter) == "unreadable"]
    if not names:
        return ""
    shown = "; ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f" Pages that could not be read are in {len(names)} of them ({shown})."


def among(question: Question, letters: Sequence[Letter]) -> str:
    """Say of how many bodies or people the letters are, where a complete pass asks for these; else ""."""
    if not question.asked_for:
        return ""
    count = len({_writer(letter, question.by) for letter in letters})
    return f", from {count} {question.asked_for if count != 1 else question.asked_for.removesuffix('s')}"


def _writer(letter: Letter, by: str) -> str:
    return letter.card.value(by) or letter.card.value("author") or letter.source


def by_writer(question: Question, ledger: Ledger, letters: Sequence[Letter]) -> list[Statement]:
    """Return a statement for each body or person that is asked for.

    Those say it of whom a letter does; those do not of whom every letter was read whole and none does.

    Args:
        letters: those of the ledger, in its order.
    """
    rows: dict[str, list[LedgerRow]] = defaultdict(list)
    for letter, row in zip(letters, ledger.rows, strict=True):
        rows[_writer(letter, question.by)].append(row)
    found: dict[str, Statement] = {}
    for writer, own in rows.items():
        kept = [row for row in own if row.says == ("no" if question.negated else "yes")]
        if kept and (kept == own or not question.negated):
            labels = "; ".join(row.label for row in kept)
            text = f"{writer}: {labels}" if question.by == "area" else labels
            numbers = [number for row in kept for number in row.citations]
            found[kept[0].letter_id] = Statement(text, True, tuple(dict.fromkeys(numbers)))
    return [found[row.letter_id] for row in ledger.rows if row.letter_id in found]


def opening_of(question: Question, ledger: Ledger, found: int, *, among: str = "", besides: int = 0) -> str:
    """Return the sentence that a complete pass opens with: letters read, what those found say, letters not whole.

    Args:
        among: of how many bodies or people they are, where it asks for these.
        besides: letters that speak of it without being about it, where it asks what they are about.
    """
    opening = f"Of {len(ledger.rows)} letters read{among}, {found} {_say(question, found)}"
    if question.about and besides:
        of_these = f"though {besides} of these" if question.negated else f"and {besides} more"
        opening += f", {of_these} {'speaks' if besides == 1 else 'speak'} of it"
    contrary = sum(row.says == "no" and bool(row.citations) and not row.by for row in ledger.rows)
    if contrary and not question.terms.lacked:
        of_these = "of these" if question.negated else "more"
        opening += f", and {contrary} {of_these} {'denies' if contrary == 1 else 'deny'} it outright"
    read = [row.by for row in ledger.rows if row.by]
    if read:
        opening += f"; in {len(read)} that do not say it outright {read[0]} finds it in other words"
    doubtful = sum(row.says == "unreadable" for row in ledger.rows)
    return f"{opening}; {doubtful} could not be read whole:" if doubtful else f"{opening}:"


def _say(question: Question, found: int) -> str:
    """Return what the letters found do, and no more than the words that were looked for can tell."""
    what, terms = _name(question) or "it", question.terms
    if question.about:
        negated = " not" if question.negated else ""
        return f"{'is' if found == 1 else 'are'}{negated} about {what} {BY}"
    if terms.demanded:
        has = "has" if found == 1 else "have"
        return f"{has} {'no' if question.negated else 'a'} sentence with {what} or words like it"
    if question.negated:
        return f"{'does' if found == 1 else 'do'} not speak of {what}"
    if terms.lacked:
        return f"{'says' if found == 1 else 'say'} that there is or was no {what}"
    other = " other than to deny it" if terms.had else ""
    return f"{'speaks' if found == 1 else 'speak'} of {what}{other}"


def fits(question: Question, findings: Sequence[Finding]) -> bool:
    """Whether a letter says each matter that it is to say, and is known to say none that it is not to say.

    Args:
        findings: the letter's, one a matter of the question.
    """
    return all(
        bool(finding.sentences) != matter.negated and (not matter.negated or without(finding.letter) == "no")
        for matter, finding in zip(question.matters, findings, strict=True)
    )


def one_of_each(findings: Sequence[Finding]) -> Finding:
    """Return what a letter says of several matters, its best sentence on each before a second on any."""
    ranks = zip_longest(*(finding.sentences for finding in findings))
    sentences = {(c.start, c.end): c for rank in ranks for c in rank if c}
    most = max(MOST_SENTENCES, sum(bool(finding.sentences) for finding in findings))
    return Finding(findings[0].letter, tuple(sentences.values())[:most])


def opening_of_matters(question: Question, readings: Sequence[Sequence[Finding]], fitting: int) -> str:
    """Return the sentence that opens a complete pass for several matters: what is asked, and what was found of each.

    Args:
        readings: what each letter has of each matter, a sequence a matter.
        fitting: letters that fit.
    """
    count = len(readings[0])
    said = [sum(bool(finding.sentences) for finding in reading) for reading in readings]
    of_each = [f"{number} of {_name(matter)}" for number, matter in zip(said, question.matters, strict=True)]
    speak = "speaks" if said[0] == 1 else "speak"
    if not fitting:
        found = ", ".join([f"{said[0]} {speak} of {_name(question.matters[0])}", *of_each[1:]])
        return f"No letter is known to {_asked(question, 'speak')}: of {count} read, {found}."
    if any(matter.negated for matter in question.matters) and not question.negated:
        also = "this one" if said[0] == 1 else "all of these" if said[0] == fitting else f"{fitting} of these"
        one, other = map(_name, question.matters)
        return f"Of {count} letters read, {said[0]} {speak} of {one}, and {also} not of {other}:"
    fit = _asked(question, "speaks" if fitting == 1 else "speak")
    return f"Of {count} letters read, {fitting} {fit} ({', '.join(of_each)}):"


def meaning_of(question: Question) -> str:
    """Return what a ledger's "yes" says of a letter, where it is more than that it says what was asked; or ""."""
    if question.about:
        return f"is about {_name(question)} {BY}"
    if question.negated:
        return f"speaks of {' or of '.join(map(_name, question.matters))}" if question.matters else ""
    return _asked(question, "speaks") if question.matters else ""


def _asked(question: Question, speak: str) -> str:
    """Say what several matters ask of a letter: "speaks of both “pay” and “leave”"."""
    names = [_name(matter) for matter in question.matters]
    if question.negated:
        return f"{speak} neither of {' nor of '.join(names)}"
    if any(matter.negated for matter in question.matters):
        return f"{speak} of {' and not of '.join(names)}"
    both = "both " if len(names) == 2 else ""
    return f"{speak} of {both}{', '.join(names[:-1])} and {names[-1]}"


def _name(matter: Question) -> str:
    return ", ".join(f"“{phrase.text}”" for phrase in matter.terms.phrases)


def make_ledger(
    findings: Sequence[Finding], numbering: Numbering, *, negated: bool
) -> tuple[list[Statement], list[Citation], Ledger]:
    """Make the rows of a complete pass, and a statement for each letter that is asked for.

    Args:
        negated: whether the letters that do not say it are asked for.
    """
    statements: list[Statement] = []
    citations: list[Citation] = []
    rows: list[LedgerRow] = []
    for finding in findings:
        letter = finding.letter
        cited = [
            make_citation(letter, *part, numbering)
            for c in finding.sentences or finding.against
            if letter.text[c.start : c.end] == c.text
            for part in whole(letter, c.start, c.end)
        ]
        numbers = tuple(c.number for c in cited)
        said = says(finding) if cited else without(letter)
        rows.append(
            LedgerRow(letter.id, letter.source, who(letter), said, numbers, finding.by if cited else "")
        )
        citations += cited
        if said == ("no" if negated else "yes"):
            statements.append(Statement(who(letter), True, numbers))
        elif finding.by and cited:
            statements.append(Statement(who(letter), True, numbers, f"As {finding.by} reads them"))
    # Of those that do not say it, those that say the contrary lead.
    statements.sort(key=lambda statement: negated and not statement.citations)
    return statements, citations, Ledger(tuple(rows))


def statements_of_cards(
    lines: Sequence[CardLine], numbering: Numbering
) -> tuple[list[Statement], list[Citation]]:
    """Make a statement of each line from the cards, cited where the letter shows the field."""
    statements: list[Statement] = []
    citations: dict[int, Citation] = {}
    for line in lines:
        numbers = []
        for shown in (*(getattr(line.letter.card, name) for name in line.fields), *line.shown):
            # What a converter remarked is no words of the letter.
            remarked = any(
                b.role == "remark" and b.start <= (shown.start or 0) < b.end for b in line.letter.blocks
            )
            if shown.start is not None and not remarked:
                citation = make_citation(line.letter, shown.start, shown.end, numbering)
                citations[citation.number] = citation
                numbers.append(citation.number)
        statements.append(Statement(line.text, True, tuple(dict.fromkeys(numbers))))
    return statements, list(citations.values())
