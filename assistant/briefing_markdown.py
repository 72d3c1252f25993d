"""A briefing as Markdown with footnotes; letters' and users' words are escaped, so that none is mark-up. Pure."""

import re
from collections.abc import Iterator, Sequence

from assistant.briefing import NOT_HERE, Briefing, Entry, SourceRow

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$^&@#{}=]")
# Addresses would become links, and words between colons pictures.
_COLON = re.compile(r":(?=//|[\w+-]+:)")
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"^(\d+)([.)])")
_LIST_MARK = re.compile(r"^([-+:%])")


def write_markdown(briefing: Briefing) -> str:
    """Write a briefing as Markdown; its footnotes are of the form `[^1]`."""
    marking = [f"**{escape(briefing.marking)}**"] if briefing.marking else []
    blocks = [*marking, f"# {escape(briefing.title)}"]
    if briefing.author:
        blocks.append(escape(briefing.author))
    for section in briefing.sections:
        blocks.append(f"## {escape(section.question)}")
        heading = ""
        for entry in section.before_table:
            if entry.heading and entry.heading != heading:
                blocks.append(f"### {escape(entry.heading)}")
            heading = entry.heading
            blocks.append(_entry(entry))
        if section.table:
            rows = ((escape(heading), *map(_cell, cells)) for heading, cells in section.table.rows)
            blocks.append(_lines([tuple(map(escape, section.column_heads)), *rows]))
    blocks += [*_annex(briefing), *marking]
    blocks += [f"[^{note.number}]: {escape(note.text)}" for note in briefing.footnotes]
    return "\n\n".join(blocks) + "\n"


def escape(line: str) -> str:
    """Escape one line, so that Markdown shows it as it is; white space at its ends goes."""
    line = _MARKUP.sub(r"\\\g<0>", line.strip())
    line = _WWW.sub(r"\1\\.", _COLON.sub(r"\\:", line))
    return _LIST_MARK.sub(r"\\\1", _LIST_NUMBER.sub(r"\1\\\2", line))


def _entry(entry: Entry) -> str:
    basis = f" ({escape(entry.basis)})" if entry.basis else ""
    return f"{'> ' if entry.quoted else ''}{_words(entry)}{basis}"


def _words(entry: Entry) -> str:
    words = escape(entry.text)
    notes = "".join(f"[^{note.number}]" for note in entry.footnotes)
    if entry.quoted:
        return f"“{words}”{notes}" + (f" (words of {escape(entry.speaker)})" if entry.speaker else "")
    if entry.doubt:
        return f"**Not verified:** {words}{notes} ({escape(entry.doubt)})"
    return f"{words}{notes}"


def _cell(entries: Sequence[Entry]) -> str:
    return "<br>".join(map(_words, entries)) or escape(NOT_HERE)


def _annex(briefing: Briefing) -> Iterator[str]:
    yield "## Annex: what this rests on"
    yield "\n".join(f"- {escape(name)}: {escape(value)}" for name, value in briefing.facts)
    yield "### Letters consulted and cited"
    yield _table("Footnotes", briefing.cited)
    yield "### Letters in scope, not cited"
    yield _table("Looked at", briefing.uncited)
    if briefing.left_out:
        yield "### Left out"
        yield "\n".join(f"- {escape(line)}" for line in briefing.left_out)


def _table(column: str, rows: Sequence[SourceRow]) -> str:
    if not rows:
        return "None."
    cells = [(escape(row.letter), escape(row.file), escape(row.use)) for row in rows]
    return _lines([("Letter", "File", column), *cells])


def _lines(rows: Sequence[tuple[str, ...]]) -> str:
    """Write a table, its first row the head."""
    head, *others = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *others))
