"""Prompts are files: this loads one, strictly, and gives it an id that changes whenever its wording does.

A prompt is a TOML file under `prompts/`. Slots are those of `string.Template` (`$name`), so that letters'
text full of braces and dollar signs passes through untouched. Nothing here knows what a prompt is for.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from vectorstore.errors import LetterAssistantError

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"

Section = Literal["system", "user", "repair"]
SECTIONS: tuple[Section, ...] = ("system", "user", "repair")

Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class PromptError(LetterAssistantError):
    """A prompt file cannot be used; whoever edited it mends it, or takes the one that was installed."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt as its file has it.

    Args:
        id: name, version and the first 8 hexadecimal digits of the file's SHA-256, as in "answer@1-0f3c9a52".
        inputs: every slot that the sections use between them.
        repair: what is said when a reply could not be used; "" where the prompt has no such section.
    """

    id: str
    purpose: str
    inputs: tuple[str, ...]
    system: str
    user: str
    repair: str

    def fill(self, section: Section, **values: str) -> str:
        """Return a section with its slots filled; a `$` in a value stays what it is.

        Raises:
            KeyError: a slot of the section has no value.
        """
        wording: str = getattr(self, section)
        return Template(wording).substitute(values)


class _File(BaseModel):
    """A prompt file's fields; anything else in it is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    version: Annotated[int, Field(ge=1)]
    purpose: Wording
    inputs: list[str]
    system: Wording
    user: Wording
    repair: Wording | None = None


def load_prompt(name: str, *, folder: Path = PROMPTS) -> Prompt:
    """Read `name`.toml from `folder`.

    Raises:
        PromptError: the file is missing or not TOML, lacks a field or has one too many, or its slots are not
            exactly the inputs that it declares.
    """
    path = folder / f"{name}.toml"
    try:
        # Universal newlines: a checkout that turns line ends round keeps the prompt's id.
        content = path.read_text(encoding="utf-8")
        fields = _File.model_validate(tomllib.loads(content))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _unusable(path, f"{where!r}: {first['msg']}") from error
    except (OSError, ValueError) as error:
        raise _unusable(path, str(error)) from error
    sections = {"system": fields.system, "user": fields.user, "repair": fields.repair or ""}
    _check_slots(path, fields.inputs, sections)
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    identity = f"{name}@{fields.version}-{digest}"
    return Prompt(id=identity, purpose=fields.purpose, inputs=tuple(fields.inputs), **sections)


def _check_slots(path: Path, inputs: list[str], sections: dict[str, str]) -> None:
    """Raise `PromptError` unless the sections use exactly the declared inputs."""
    used: set[str] = set()
    for section, wording in sections.items():
        template = Template(wording)
        if not template.is_valid():
            raise _unusable(path, f"{section!r} holds a '$' that begins no slot; a dollar sign is '$$'")
        used.update(template.get_identifiers())
    for name in sorted(used ^ set(inputs)):
        problem = "is used but not declared" if name in used else "is declared but not used"
        raise _unusable(path, f"the input {name!r} {problem}")


def _unusable(path: Path, problem: str) -> PromptError:
    return PromptError(
        f"The prompt file {path.name!r} cannot be used: {problem}. "
        f"Mend it, or put back the one that came with the install ({path})."
    )
