"""Where sentences begin and end within one block of a letter."""

from nupunkt import sent_spans

Span = tuple[int, int]


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`, white space at their ends left out.

    What follows without a capital, or without a letter at all, belongs to the sentence before it: an
    abbreviation ended there, not a sentence.
    """
    spans: list[Span] = []
    for first_at, last_at in sent_spans(text):
        sentence = text[first_at:last_at]
        words = sentence.strip()
        if not words:
            continue
        start = first_at + len(sentence) - len(sentence.lstrip())
        end = start + len(words)
        first = next((c for c in words if c.isalnum()), "")
        if spans and (not first or first.islower()):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
