"""Serves a language model from a GGUF file on this machine, OpenAI-compatible, with llama.cpp's server.

    python scripts/serve_model.py model.gguf --port 8080

Then, in another terminal: OPENAI_BASE_URL=http://127.0.0.1:8080/v1 LETTERS_MODEL=local make chat

It needs the package xllamacpp (`pip install -r requirements-dev.lock` brings it), listens on 127.0.0.1 alone, and
ends when its input closes or on Ctrl-C. Nothing is fetched: the file is yours. Choose an instruct model with a chat
template; its context must hold the prompt and LETTERS_PASSAGES passages: some 4,500 tokens with the defaults.
"""

import argparse
import sys
from contextlib import suppress
from pathlib import Path


def main() -> int:
    """Serve until the input closes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="MODEL.gguf")
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one (default: 8080)")
    parser.add_argument("--context", type=int, default=8192, help="tokens that it can read and write at once")
    parser.add_argument("--reply", type=int, default=1000, help="tokens after which a reply is cut off")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"There is no file {str(options.file)!r}.", file=sys.stderr)
        return 1
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(options.file)
    settings.hostnames = ["127.0.0.1"]
    settings.port = options.port
    settings.n_ctx = options.context
    settings.n_predict = options.reply
    settings.n_parallel = 1
    settings.cpuparams.n_threads = options.threads
    settings.cpuparams_batch.n_threads = options.threads
    settings.warmup = False
    server = xllamacpp.Server(settings)
    print(f"{server.listening_address}/v1", flush=True)
    with suppress(KeyboardInterrupt):
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
