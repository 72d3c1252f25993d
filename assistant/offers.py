"""What an answer offers that only a conversation can give, and an answer's words without it (pure)."""

SAY_YES = ": say “yes” to be shown it."
AS_NEAR = "; they are shown as near, no more."
ASK_AGAIN = " Say what they should speak of, as in “Which letters mention training?”"


def without_offers(text: str) -> str:
    """Return an answer's words as they stand on paper, where nobody can say yes and nothing more is shown."""
    return text.replace(SAY_YES, ".").replace(AS_NEAR, ".").replace(ASK_AGAIN, "")
