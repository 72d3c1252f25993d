"""The read path. (interface sketch; body follows)"""

from collections.abc import Callable, Sequence

from assistant.answer import Answer, Citation, Turn
from vectorstore.letter import Letter, Scope


class Assistant:
    """Answers questions over the letters of one store."""

    engine: str  # "quoting" or the model's name

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        on_stage: Callable[[str], None] | None = None,
    ) -> Answer:
        """Answer a question. Raises QuestionError (empty, too long), StoreError, ModelError."""
        raise NotImplementedError

    def letters(self) -> list[Letter]:
        """All letters, by date then source."""
        raise NotImplementedError

    def letter(self, letter_id: str) -> Letter | None:
        raise NotImplementedError

    def still_there(self, citation: Citation) -> bool:
        """Whether the citation's words stand where it says, checked against the store now."""
        raise NotImplementedError
