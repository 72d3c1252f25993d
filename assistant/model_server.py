"""A model server as an engine knows it, and one sentence for each way in which it fails to answer.

The sentences name the address, the model and the setting to mend, never the key and never what the server
wrote: servers repeat keys and letters' text in their error messages.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

# What langchain-openai 1.7 and openai 3.52 let through when a reply with status 200 is not what it should be:
# a web page (AttributeError), broken JSON (JSONDecodeError), JSON without choices (TypeError), an error in
# place of a reply (ValueError), a missing part (KeyError, IndexError), JSON nested without end
# (RecursionError).
NONSENSE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)

ADDRESS_ADVICE = "check that LETTERS_OPENAI_BASE_URL is its address, up to and with /v1"


def may_be_charged(error: BaseException) -> bool:
    """Whether a call that ended so may have been worked on, and paid for, all the same."""
    import openai  # there already wherever one of its errors comes from

    return isinstance(error, (openai.APITimeoutError, TimeoutError))


@dataclass(frozen=True, slots=True)
class ModelServer:
    """Where a model is asked.

    Args:
        model: its name there.
        timeout_s: for one call.
        retries: calls repeated after a failure that may pass.
        setting: the setting that names the model.
    """

    model: str
    base_url: str
    timeout_s: float
    retries: int
    setting: str = "LETTERS_MODEL"

    @property
    def total_s(self) -> float:
        """The longest that one question may take, every repeated call and wait included."""
        return self.timeout_s * (self.retries + 1)

    @property
    def address(self) -> str:
        """The base URL as it may be shown: without the user name, password and query that some put there."""
        try:
            parts = urlsplit(self.base_url)
        except ValueError:
            return "(not an address)"
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def explain(self, error: Exception) -> str | None:
        """Say what went wrong and what to do; None for an error that is not the server's doing."""
        import openai  # takes a second, and is there already wherever one of its errors comes from

        match error:
            case openai.APITimeoutError() | TimeoutError():
                problem = (
                    f"did not answer in time (LETTERS_MODEL_TIMEOUT_S is {self.timeout_s:g}): "
                    "try again, or allow it more"
                )
            case openai.APIConnectionError():
                problem = f"cannot be reached or hung up: see that it runs, and {ADDRESS_ADVICE}"
            case openai.APIStatusError():
                problem = self._explain_status(error.status_code, error.message)
            case openai.LengthFinishReasonError():
                problem = (
                    f"cut the reply of {self.model!r} off at its length limit: ask a narrower question, or "
                    f"choose another model with {self.setting}"
                )
            case openai.ContentFilterFinishReasonError():
                problem = f"held the reply of {self.model!r} back by its content filter: ask in other words"
            case _ if isinstance(error, (openai.OpenAIError, *NONSENSE)):
                problem = f"sent something that is not a model's reply: {ADDRESS_ADVICE}"
            case _:
                return None
        return f"The model server at {self.address!r} {problem}."

    def _explain_status(self, status: int, message: str) -> str:
        """Say what a status other than 200 means."""
        match status:
            case 401 | 403:
                problem = f"refused the key: check LETTERS_OPENAI_API_KEY, and that it may use {self.model!r}"
            case 404:
                problem = f"knows no model {self.model!r}: check {self.setting}, and {ADDRESS_ADVICE}"
            case 429:
                problem = "turns requests away: wait a little, or check the account's limits and credit"
            case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                problem = "failed: try again later"
            case _ if re.search("context|too long|token", message, re.IGNORECASE):
                problem = (
                    f"was sent more than {self.model!r} can read: lower LETTERS_PASSAGES, or choose another "
                    f"model with {self.setting}"
                )
            case _:
                problem = (
                    f"did not accept the request: {self.model!r} may not do what was asked of it, such as "
                    f"replies by JSON schema; choose another model with {self.setting}"
                )
        return f"(status {status}) {problem}"
