"""What can go wrong, named for what the user can do about it. Bad single files are not errors but outcomes."""


class LetterAssistantError(Exception):
    """Root of every error that is shown to a user; its message says what, which value, and what next."""


class SettingsError(LetterAssistantError):
    """A setting is wrong; the user mends `.env` or the environment."""


class StoreError(LetterAssistantError):
    """The store cannot be used as it is; the user rebuilds it or waits for whoever holds it."""


class StoreBusyError(StoreError):
    """Another program is writing to the store; the user waits until it is done."""


class IndexDownError(StoreError):
    """The server that holds the vector index does not answer; the user starts it, or searches by words alone."""


class EmbeddingError(LetterAssistantError):
    """The embedding model is missing or broken; the user installs it, or searches by words alone."""


class ModelError(LetterAssistantError):
    """The language model did not answer; the user mends the key or address, or uses the quoting engine."""


class QuestionError(LetterAssistantError):
    """The question cannot be asked as it is; the user rewrites it."""


class CorrectionError(LetterAssistantError):
    """A card cannot be corrected so; the user writes it another way."""


class UnreadableError(LetterAssistantError):
    """One file cannot be read; the user looks at the reason, and the rest of the batch goes on."""


class KeptError(LetterAssistantError):
    """What is kept of conversations and spending cannot be used; the user moves that file away or frees the disk."""
