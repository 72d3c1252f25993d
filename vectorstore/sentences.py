"""Where sentences begin and end within one block of a letter."""

from nupunkt import sent_spans

Span = tuple[int, int]


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`, white space at their ends left out.

    What follows without a capital, or without a letter at all, belongs to the sentence before it: an
    abbreviation ended there, not a sentence.
    """
    spans: list[Span] = []
    for start, end in sent_spans(text):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        first = next((c for c in text[start:end] if c.isalnum()), "")
        if spans and (not first or first.islower()):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
