"""The data of a check: what came of one quotation or figure of a draft."""

from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Citation

Kind = Literal["quote", "figure"]
Verdict = Literal["verified", "altered", "misattributed", "not_found", "cannot_check"]
TROUBLE_FIRST: tuple[Verdict, ...] = ("altered", "misattributed", "cannot_check", "not_found", "verified")


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one quotation or figure.

    Args:
        quote: as the draft has it, in one line; of a figure, with its unit.
        citation: the words in the letter that it was held against; of a letter that cannot be read no words; None
            where there is no letter.
        difference: the letter's words in `[-…-]`, the draft's in `{+…+}`; "" unless altered.
        note: sentences on what else a reader should know, or "".
        loud: False for what needs no attention: words in scare quotes, figures that no letter is named for.
        start: where it stands in the draft, in code points; `end` likewise, exclusive.
        context: the draft's sentence around a figure; "" for a quotation.
    """

    kind: Kind
    quote: str
    verdict: Verdict
    citation: Citation | None
    difference: str
    note: str
    loud: bool
    start: int
    end: int
    context: str = ""

    @property
    def is_unchecked(self) -> bool:
        """Whether it is a figure for which neither a letter is named nor found: nothing was held against it."""
        return self.kind == "figure" and self.verdict == "not_found" and not self.loud and not self.note

    def as_json(self) -> dict[str, Any]:
        """Return it as the command line prints it: the stable keys first."""
        cited = self.citation
        return {
            "quote": self.quote,
            "verdict": self.verdict,
            "letter_id": cited.letter_id if cited else None,
            "source": cited.source if cited else None,
            "start": cited.start if cited and cited.exact else None,
            "end": cited.end if cited and cited.exact else None,
            "difference": self.difference or None,
            "kind": self.kind,
            "label": cited.label if cited else None,
            "note": self.note,
            "emphasis": "high" if self.loud else "low",
            "draft_start": self.start,
            "draft_end": self.end,
        }


def by_trouble(findings: list[Finding]) -> list[Finding]:
    """Return findings with what needs attention first and what is verified last, else in the order of the draft."""
    return sorted(findings, key=_trouble)


def _trouble(finding: Finding) -> tuple[int, int]:
    if finding.verdict != "verified":
        rank = (
            TROUBLE_FIRST.index(finding.verdict)
            if finding.loud
            else len(TROUBLE_FIRST) + finding.is_unchecked
        )
    else:
        rank = TROUBLE_FIRST.index("verified") if finding.loud else len(TROUBLE_FIRST) + 2
    return rank, finding.start
