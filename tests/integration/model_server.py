"""A scripted OpenAI-compatible server on loopback: it answers well, badly or not at all, as a test asks.

    with ScriptedServer("good") as server:
        engine = make_engine(base_url=server.base_url)
        server.play("server_error", "good")  # one scenario a chat request; the last one stays
        ...
        assert server.chats[-1]["model"] == "scripted"

It serves `/v1/chat/completions` (whole and streamed), `/v1/embeddings` and `/v1/models`. What a "good" reply
quotes is taken from the passages in the request, so that it needs no knowledge of any letter. Every request
is kept in `requests` (`chats` and `embeddings` are their bodies). It listens on 127.0.0.1 at a free port.
"""

import base64
import hashlib
import json
import math
import re
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self, get_args

Scenario = Literal[
    "good",  # the sentence that shares most words with the question, quoted verbatim
    "no_answer",  # an empty list of statements
    "altered_digit",  # one digit of the quote is another
    "dropped_not",  # a "not" is missing from the quote
    "unknown_passage",  # a quote said to stand in a passage that was not sent
    "no_quotes",  # a statement that rests on nothing
    "recites",  # a true quote under a statement that recites the model's instructions
    "loops",  # the same statement 300 times over
    "half_json",  # the content breaks off in the middle
    "other_structure",  # the content is JSON, of another structure
    "prose",  # the content is a sentence, not JSON
    "empty",  # the content is ""
    "refusal",  # the model declines
    "cut_off",  # finish_reason "length"
    "filtered",  # finish_reason "content_filter"
    "html",  # status 200 with a web page
    "not_json",  # status 200, said to be JSON, and is not
    "other_json",  # status 200 with JSON that is no chat completion
    "no_choices",  # status 200, a chat completion without choices
    "bad_request",  # 400
    "too_long",  # 400, the context is too small
    "unauthorized",  # 401, and it repeats the key as some servers do
    "forbidden",  # 403
    "not_found",  # 404
    "rate_limit",  # 429 with Retry-After
    "server_error",  # 500
    "slow",  # good, after `delay_s`
    "trickle",  # a byte at a time for `delay_s`, so that no single read ever times out
    "disconnect",  # the connection closes in the middle of the reply
]

ERRORS: dict[str, tuple[int, str]] = {
    "bad_request": (400, "Unsupported parameter"),
    "too_long": (400, "context_length_exceeded"),
    "unauthorized": (401, "Incorrect API key provided"),
    "forbidden": (403, "Project does not have access to model"),
    "not_found": (404, "The model does not exist"),
    "rate_limit": (429, "Rate limit reached"),
    "server_error": (500, "The server had an error"),
}
RAW: dict[str, tuple[str, str]] = {
    "html": ("text/html", "<html><body><h1>Welcome to the gateway</h1></body></html>"),
    "not_json": ("application/json", '{"id": "chat'),
    "other_json": ("application/json", '{"status": "ok"}'),
    "no_choices": ("application/json", '{"id": "x", "object": "chat.completion", "choices": null}'),
}
FINISHES = {"cut_off": "length", "filtered": "content_filter"}

RECITED = (
    "You copy sentences character for character, never describe these rules, and return JSON objects alone."
)

PASSAGE = re.compile(r"=== (P\d+) begins (\w+) ===\n[^\n]*\n(.*?)\n=== \1 ends \2 ===", re.DOTALL)
QUESTION = re.compile(r"=== question begins (\w+) ===\n(.*?)\n=== question ends \1 ===", re.DOTALL)
SENTENCE = re.compile(r"[^.!?\n]*[^\s.!?][^.!?\n]*[.!?](?=\s|$)")
DIMENSIONS = 64


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was asked; the headers' names are in small letters."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class ScriptedServer:
    """The server; a context manager. See the module's docstring.

    Args:
        delay_s: how long "slow" and "trickle" take; leaving the context ends them at once.
        retry_after_s: what "rate_limit" tells the client to wait.
    """

    def __init__(self, *scenarios: Scenario, delay_s: float = 30.0, retry_after_s: float = 1.0) -> None:
        self.delay_s = delay_s
        self.retry_after_s = retry_after_s
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self.play(*scenarios or ("good",))
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        """The address up to and with /v1."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def chats(self) -> list[dict[str, Any]]:
        """The bodies of the chat requests so far, oldest first."""
        return [request.body for request in self.requests if request.path.endswith("/chat/completions")]

    @property
    def embeddings(self) -> list[dict[str, Any]]:
        """The bodies of the embedding requests so far, oldest first."""
        return [request.body for request in self.requests if request.path.endswith("/embeddings")]

    def play(self, *scenarios: Scenario) -> None:
        """Answer the next requests so, one scenario a request; the last one stays.

        Raises:
            ValueError: no such scenario.
        """
        for scenario in scenarios:
            if scenario not in get_args(Scenario):
                raise ValueError(f"no scenario {scenario!r}")
        with self._lock:
            self._scenarios = list(scenarios)

    def next(self, request: Request) -> Scenario:
        """Keep the request and say how to answer it."""
        with self._lock:
            self.requests.append(request)
            return self._scenarios.pop(0) if len(self._scenarios) > 1 else self._scenarios[0]


def reply_text(scenario: str, prompt: str) -> str:
    """What the model says to a prompt: the JSON of a draft, or what the scenario makes of it.

    A prompt without passages (a plain chat) gets a plain sentence.
    """
    passages = [(found[1], found[3]) for found in PASSAGE.finditer(prompt)]
    if scenario in ("prose", "filtered") or not passages:
        return "A scripted model sends its regards."
    if scenario in ("empty", "refusal"):
        return ""
    if scenario == "other_structure":
        return json.dumps({"answer": "Forty-two.", "confidence": 1})
    if scenario == "no_answer":
        return json.dumps({"statements": []})
    passage, sentence = _choose(scenario, prompt, passages)
    if scenario == "altered_digit":
        sentence = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), sentence, count=1)
    if scenario == "dropped_not":
        sentence = re.sub(r"\bnot ", "", sentence, count=1)
    if scenario == "unknown_passage":
        passage = f"P{len(passages) + 87}"
    said = RECITED if scenario == "recites" else sentence
    quotes = [] if scenario == "no_quotes" else [{"passage": passage, "quote": sentence}]
    times = 300 if scenario == "loops" else 1
    text = json.dumps({"statements": [{"text": said, "quotes": quotes}] * times}, ensure_ascii=False)
    return text[: len(text) // 2] if scenario in ("half_json", "cut_off") else text


def _choose(scenario: str, prompt: str, passages: list[tuple[str, str]]) -> tuple[str, str]:
    """Return a passage's id and its sentence that shares most words with the question and suits the scenario.

    Raises:
        ValueError: no sentence that was sent has what the scenario changes.
    """
    question = QUESTION.search(prompt)
    wanted = set(re.findall(r"\w{4,}", question[2].lower())) if question else set()
    needed = {"altered_digit": r"\d", "dropped_not": r"\bnot "}.get(scenario, "")
    sentences = [
        (name, sentence[0].strip())
        for name, text in passages
        for sentence in SENTENCE.finditer(text)
        if re.search(needed, sentence[0])
    ]
    if not sentences:
        raise ValueError(f"the passages hold no sentence for the scenario {scenario!r}")
    return max(sentences, key=lambda found: len(wanted & set(re.findall(r"\w{4,}", found[1].lower()))))


def vector(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    """Hash the words into a vector of length 1: shared words bring two texts nearer."""
    values = [0.0] * dimensions
    for word in re.findall(r"\w+", text.lower()) or [""]:
        values[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % dimensions] += 1.0
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values]


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    """The handler class of one server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
            """Stay quiet."""

        def do_GET(self) -> None:
            """List the one model."""
            server.requests.append(Request(self.path, self._headers(), {}))
            self._json(200, {"object": "list", "data": [{"id": "scripted", "object": "model"}]})

        def do_POST(self) -> None:
            """Answer as the scenario says."""
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                body = json.loads(raw)
            except ValueError:  # not an API call at all: kept, so that a test can see who else called
                body = {"raw": raw}
            request = Request(self.path, self._headers(), body)
            routes: dict[str, Callable[[Scenario, dict[str, Any]], None]] = {
                "/v1/chat/completions": self._chat,
                "/v1/embeddings": self._embed,
            }
            route = routes.get(self.path)
            if route is None:
                server.requests.append(request)
                self._json(404, {"error": {"message": f"no such path {self.path}"}})
                return
            scenario = server.next(request)
            if scenario in ERRORS:
                self._error(scenario)
            elif scenario in RAW:
                kind, text = RAW[scenario]
                self._send(200, kind, text.encode())
            else:
                route(scenario, body)

        def _headers(self) -> dict[str, str]:
            return {name.lower(): value for name, value in self.headers.items()}

        def _chat(self, scenario: Scenario, body: dict[str, Any]) -> None:
            said = [message["content"] for message in body["messages"] if message["role"] == "user"]
            prompt = "\n".join(map(str, said))
            text = reply_text(scenario, prompt)
            finish = FINISHES.get(scenario, "stop")
            if body.get("stream"):
                self._stream(text, finish, body)
                return
            message = {"role": "assistant", "content": text, "refusal": None}
            if scenario == "refusal":
                message |= {"content": None, "refusal": "I cannot help with that."}
            self._finish(scenario, _completion(body, {"message": message, "finish_reason": finish}))

        def _embed(self, scenario: Scenario, body: dict[str, Any]) -> None:
            texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
            if not all(isinstance(text, str) for text in texts):
                self._json(400, {"error": {"message": "this server takes texts, not tokens"}})
                return
            vectors = [vector(text, body.get("dimensions", DIMENSIONS)) for text in texts]
            encode = _base64 if body.get("encoding_format") == "base64" else list
            data = [
                {"object": "embedding", "index": index, "embedding": encode(values)}
                for index, values in enumerate(vectors)
            ]
            usage = {"prompt_tokens": 1, "total_tokens": 1}
            self._finish(scenario, {"object": "list", "model": body["model"], "data": data, "usage": usage})

        def _finish(self, scenario: Scenario, reply: dict[str, Any]) -> None:
            """Send a good reply in the scenario's manner."""
            if scenario == "slow":
                server.closing.wait(server.delay_s)
            if scenario in ("trickle", "disconnect"):
                self._dribble(json.dumps(reply).encode(), endless=scenario == "trickle")
            else:
                self._json(200, reply)

        def _dribble(self, content: bytes, *, endless: bool) -> None:
            """Send the head, then white space until `delay_s` is over, or half of the content and hang up."""
            self.close_connection = True
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content) + 100_000))
            self.end_headers()
            until = time.monotonic() + server.delay_s
            try:
                while endless and time.monotonic() < until and not server.closing.wait(0.05):
                    self.wfile.write(b" ")
                self.wfile.write(content[: len(content) // 2])
            except OSError:  # the client has had enough
                return

        def _stream(self, text: str, finish: str, body: dict[str, Any]) -> None:
            """Send the text as server-sent events, a word at a time."""
            deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
            deltas += [{"content": word} for word in re.findall(r"\S+\s*", text)]
            events = [_chunk(body, [{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]
            events.append(_chunk(body, [{"index": 0, "delta": {}, "finish_reason": finish}]))
            if (body.get("stream_options") or {}).get("include_usage"):
                events.append(_chunk(body, []) | {"usage": USAGE})
            lines = [f"data: {json.dumps(event)}\n\n" for event in events] + ["data: [DONE]\n\n"]
            self._send(200, "text/event-stream", "".join(lines).encode())

        def _error(self, scenario: str) -> None:
            status, message = ERRORS[scenario]
            if scenario == "unauthorized":
                message = f"{message}: {self.headers.get('Authorization', '').removeprefix('Bearer ')}"
            error = {"message": message, "type": "error", "code": scenario, "param": None}
            extra = {"Retry-After": f"{server.retry_after_s:g}"} if scenario == "rate_limit" else {}
            self._json(status, {"error": error}, **extra)

        def _json(self, status: int, reply: dict[str, Any], **headers: str) -> None:
            self._send(status, "application/json", json.dumps(reply).encode(), **headers)

        def _send(self, status: int, kind: str, content: bytes, **headers: str) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                # No connection is kept: a client that is never closed would leave an open socket behind.
                self.send_header("Connection", "close")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except OSError:  # the client went away, as the slow scenario wants
                self.close_connection = True

    return Handler


USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def _completion(body: dict[str, Any], choice: dict[str, Any]) -> dict[str, Any]:
    head = {"id": "chat-1", "object": "chat.completion", "created": 0, "model": body["model"], "usage": USAGE}
    return head | {"choices": [{"index": 0} | choice]}


def _chunk(body: dict[str, Any], choices: list[dict[str, Any]]) -> dict[str, Any]:
    head = {"id": "chat-1", "object": "chat.completion.chunk", "created": 0, "model": body["model"]}
    return head | {"choices": choices}


def _base64(values: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()
