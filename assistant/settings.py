"""The only reader of the environment: one frozen class, every field named in `.env.example`."""

from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.house_style import DEFAULT, parse_style
from vectorstore.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What can be set, by environment variable or in `.env` at the top of the checkout."""

    model_config = SettingsConfigDict(
        env_prefix="LETTERS_",
        env_file=ROOT / ".env",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        populate_by_name=True,
    )

    store: Path = Field(default=ROOT / ".store", description="Folder of the store.")
    folder: Path = Field(
        default=ROOT / "letters", description="Letters that `ingest` reads when no path is named."
    )

    chroma_url: str | None = Field(
        default=None, description="Address of a Chroma server that holds the vector index."
    )
    chroma_token: SecretStr | None = Field(default=None, description="Token that the server asks for.")
    chroma_tenant: str = Field(default="default_tenant", description="Tenant on that server.")
    chroma_database: str = Field(default="default_database", description="Database of that tenant.")

    engine: Literal["auto", "quoting", "model"] = Field(
        default="auto", description="Who drafts; auto takes the model when a key or base URL is set."
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("LETTERS_OPENAI_API_KEY", "OPENAI_API_KEY"),
        description="Key for OpenAI or a compatible server.",
    )
    openai_base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("LETTERS_OPENAI_BASE_URL", "OPENAI_BASE_URL"),
        description="Address of a compatible server, up to and with /v1.",
    )
    model: str = Field(default="gpt-5-mini", description="Name of the chat model.")
    model_timeout_s: float = Field(
        default=60.0, gt=0, le=600, description="Seconds for one call to the model."
    )
    model_retries: int = Field(
        default=2, ge=0, le=10, description="Calls repeated after a refusal that may pass."
    )

    price_in: float | None = Field(
        default=None, ge=0, description="What a million tokens cost that the model reads."
    )
    price_out: float | None = Field(
        default=None, ge=0, description="What a million tokens cost that the model writes."
    )
    currency: str = Field(default="USD", min_length=1, description="What the prices are in.")
    budget_a_day: float | None = Field(
        default=None,
        gt=0,
        description="What the model may cost in a day, of all users of the store together.",
    )

    embedding: Literal["local", "openai"] = Field(default="local", description="Who embeds.")
    embedding_folder: Path | None = Field(
        default=None,
        description="Folder with model.onnx (or model_quantized.onnx) and tokenizer.json, instead of ours.",
    )
    embedding_pooling: Literal["cls", "mean"] = Field(
        default="cls", description="How that model pools its tokens."
    )
    embedding_model: str = Field(default="text-embedding-3-small", description="OpenAI's embedding model.")
    threads: int = Field(default=2, ge=1, le=64, description="Threads of the embedding model.")

    max_question_chars: int = Field(default=2000, ge=100, description="Longer questions are sent back.")
    passages: int = Field(
        default=12, ge=1, le=100, description="Passages that an engine reads for one question."
    )

    keep_conversations: int = Field(
        default=200, ge=0, description="Conversations kept for each user; 0 keeps none."
    )
    user: str = Field(
        default="local", min_length=1, description="Whose conversations are kept where nobody logs in."
    )

    propose_cards: bool = Field(
        default=False,
        description="Whether the model is asked for what the rules do not find on a letter's card.",
    )
    citation_style: str = Field(default=DEFAULT, description="How a briefing writes a citation.")

    @field_validator("citation_style")
    @classmethod
    def _readable(cls, line: str) -> str:
        parse_style(line)
        return line

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if (self.price_in is None) != (self.price_out is None):
            raise PydanticCustomError(
                "prices", "LETTERS_PRICE_IN and LETTERS_PRICE_OUT belong together: set both"
            )
        if self.budget_a_day is not None and self.price_in is None:
            raise PydanticCustomError(
                "budget", "a budget needs LETTERS_PRICE_IN and LETTERS_PRICE_OUT to count by"
            )
        return self

    @property
    def uses_model(self) -> bool:
        """Whether a language model drafts."""
        if self.engine == "auto":
            return self.openai_api_key is not None or self.openai_base_url is not None
        return self.engine == "model"


def load_settings(**overrides: object) -> Settings:
    """Read the environment and `.env`, with `overrides` (those that are not None) in front.

    Raises:
        SettingsError: a value cannot be used; names the variable.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks the types
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The file {str(Settings.model_config.get('env_file'))!r} cannot be read as UTF-8 text: mend it or move"
            " it away; `.env.example` shows every setting."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:
            raise SettingsError(
                f"The settings do not fit together: {first['msg']}. Mend .env or the environment; "
                "`.env.example` shows every setting."
            ) from error
        name = "_".join(str(part) for part in first["loc"]).upper()
        name = name if name.startswith(("LETTERS_", "OPENAI_")) else f"LETTERS_{name}"
        raise SettingsError(
            f"The setting {name} is {first.get('input')!r}: {first['msg']}. Mend it in .env or the environment; "
            "`.env.example` shows every setting."
        ) from error
