"""The command line: its contract key by key, nothing but JSON on standard output, one sentence when it cannot."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from assistant import assembly
from assistant.__main__ import main
from assistant.chat import Assistant
from assistant.settings import Settings
from tests.corpora import ROOT
from tests.integration.stores import copy_store
from vectorstore.embed import OnnxEmbeddings
from vectorstore.letter import CARD_FIELDS

CALLS = "How many 999 calls did West Yorkshire Police receive in 2019/20?"
ANSWER = (
    "id question standalone kind status answer statements citations ledger letters_in_scope letters_read engine"
    " prompt_id seconds"
).split()
CITATION = "n letter_id source page paragraph start end quote label speaker".split()
KINDS = {"fact", "list", "compare", "over_time", "about_letters", "off_topic"}

Captured = pytest.CaptureFixture[str]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a user does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LETTERS_", "OPENAI_"))}
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


def objects(out: str) -> list[dict[str, Any]]:
    """Every line of standard output, each a JSON object."""
    assert out == "" or out.endswith("\n")
    found = [json.loads(line) for line in out.split("\n")[:-1]]
    assert all(isinstance(each, dict) for each in found)
    return found


def sentence(err: str) -> str:
    """The one sentence on standard error."""
    lines = err.strip().split("\n")
    assert len(lines) == 1, err
    assert "Traceback" not in err
    assert lines[0].endswith((".", "…")), err
    return lines[0]


def letter_text(source: str) -> str:
    """A letter as it is decoded; spans count its code points."""
    return (ROOT / "letters" / source).read_bytes().decode("utf-8")


def jsonl(path: Path, *lines: object) -> Path:
    path.write_text(
        "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8"
    )
    return path


def held_to_contract(answer: dict[str, Any]) -> None:
    assert list(answer)[:9] == ANSWER[:9]
    assert set(ANSWER) <= set(answer)
    assert answer["kind"] in KINDS
    assert answer["status"] in {"answered", "not_found"}
    assert isinstance(answer["answer"], str)
    assert answer["answer"]
    numbers = [citation["n"] for citation in answer["citations"]]
    assert len(numbers) == len(set(numbers))
    for citation in answer["citations"]:
        assert list(citation) == CITATION
        assert letter_text(citation["source"])[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["page"] >= 1
        assert citation["paragraph"] >= 0
        assert citation["label"]
    for statement in answer["statements"]:
        assert set(statement) == {"text", "supported", "citations"}
        assert set(statement["citations"]) <= set(numbers)
        assert all(f"[{number}]" in answer["answer"] for number in statement["citations"])
    if answer["ledger"] is not None:
        for row in answer["ledger"]:
            assert set(row) == {"letter_id", "source", "says", "citations"}
            assert row["says"] in {"yes", "no", "unreadable"}
            assert set(row["citations"]) <= set(numbers)
    assert answer["engine"] == "quoting"
    assert answer["prompt_id"] is None
    assert isinstance(answer["seconds"], float)


@pytest.fixture(autouse=True)
def model_loaded_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare every command of this process the half second that loading the embedding model takes."""
    load, loaded = assembly.open_embeddings, assistant.search.embeddings
    assert isinstance(loaded, OnnxEmbeddings)

    def opened(settings: Settings) -> tuple[Embeddings, str]:
        return load(settings) if settings.embedding_folder else (loaded, loaded.model_id)

    monkeypatch.setattr(assembly, "open_embeddings", opened)


@pytest.fixture
def store(five: Settings) -> str:
    """The folder of a store with the five letters, for --store."""
    return str(five.store)


# As a user runs it


def test_from_ingest_to_answer_in_processes_of_their_own(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    done = run("ingest", "--store", store, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    (report,) = objects(done.stdout.decode())
    assert list(report) == "added unchanged replaced removed failed notes letters passages seconds".split()
    assert (report["added"], report["letters"], report["failed"]) == (5, 5, [])
    done = run("ask", CALLS, "--json", LETTERS_STORE=store)
    assert (done.returncode, done.stderr) == (0, b"")
    (answer,) = objects(done.stdout.decode())
    held_to_contract(answer)
    assert "478,000" in answer["answer"]


def test_a_terminal_that_is_not_utf_8_gets_its_answer_too(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (["ask", CALLS], ["search", "a “positive” contribution", "--json"]):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
        assert main([*arguments, "--store", store]) == 0
        sys.stdout.flush()
        out = raw.getvalue().decode("ascii")
        if "--json" in arguments:
            assert objects(out)[0]["query"] == "a “positive” contribution"
        else:
            assert "478,000" in out


def test_wrong_usage_ends_with_2_in_a_process_of_its_own() -> None:
    done = run("sing")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"usage: python -m assistant" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["ask", "a", "--from", "b"],
        ["search"],
        ["search", "a", "--limit", "0"],
        ["ask", "a", "b"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_so(arguments: list[str], capsys: Captured) -> None:
    try:
        code: object = main(arguments)
    except SystemExit as left:
        code = left.code
    assert code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_a_reader_that_stops_reading_ends_it_quietly(store: str) -> None:
    command = f"{sys.executable} -m assistant letters --store {store} --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr


# ingest


def test_ingest_counts_what_it_did(tmp_path: Path, capsys: Captured) -> None:
    folder, store = tmp_path / "letters", str(tmp_path / "store")
    folder.mkdir()
    for number in range(3):
        text = f"Dear Minister,\n\nThe keeper of lighthouse {number} retired in May.\n\nYours sincerely\n\nAnn Ash\n"
        (folder / f"{number}.txt").write_text(text, "utf-8")
    (folder / "README.md").write_text("no letter", "utf-8")

    def ingest() -> dict[str, Any]:
        assert main(["ingest", str(folder), "--store", store, "--json"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        (report,) = objects(out)
        return {name: report[name] for name in ("added", "unchanged", "replaced", "removed", "letters")}

    assert ingest() == {"added": 3, "unchanged": 0, "replaced": 0, "removed": 0, "letters": 3}
    assert ingest() == {"added": 0, "unchanged": 3, "replaced": 0, "removed": 0, "letters": 3}
    (folder / "0.txt").unlink()
    (folder / "1.txt").write_text(
        "Dear Minister,\n\nNo keeper retired at all this year.\n\nYours sincerely\n\nAnn Example\n"
    )
    assert ingest() == {"added": 0, "unchanged": 1, "replaced": 1, "removed": 1, "letters": 2}


def test_a_bad_file_among_good_ones_is_reported_and_the_rest_is_read(
    tmp_path: Path, capsys: Captured
) -> None:
    shutil.copy(next((ROOT / "letters").glob("000*.txt")), tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    assert main(["ingest", str(tmp_path), "--store", str(tmp_path / "store"), "--json"]) == 1
    out, err = capsys.readouterr()
    (report,) = objects(out)
    assert (report["added"], report["letters"]) == (1, 1)
    assert {failure["source"] for failure in report["failed"]} == {"empty.txt", "binary.txt"}
    assert all(set(failure) == {"source", "reason"} for failure in report["failed"])
    assert len(err.strip().split("\n")) == 2
    assert "Traceback" not in err


def test_a_path_that_is_not_there_changes_nothing(tmp_path: Path, capsys: Captured) -> None:
    assert main(["ingest", str(tmp_path / "nowhere"), "--store", str(tmp_path / "store"), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "nowhere" in sentence(err)
    assert not (tmp_path / "store").exists()


def test_a_store_that_cannot_be_made_is_said_so(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["ingest", "--store", str(tmp_path / "file"), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot be made" in sentence(err)


# ask


@pytest.mark.parametrize(
    ("question", "kind", "status"),
    [
        (CALLS, "fact", "answered"),
        ("How many 999 calls did Dorset Police receive in 2019/20?", "fact", "not_found"),
        ("Which letters mention THRIVE?", "list", "answered"),
        ("Which letters mention drones?", "list", "not_found"),
        ("Compare West Yorkshire and Dorset on welfare.", "compare", "answered"),
        ("How has call handling in West Mercia changed between 2018 and 2020?", "over_time", "answered"),
        ("Who wrote to Amber Rudd?", "about_letters", "answered"),
        ("Write me a poem about the police.", "off_topic", "not_found"),
    ],
)
def test_an_answer_keeps_the_contract(
    question: str, kind: str, status: str, store: str, capsys: Captured
) -> None:
    assert main(["ask", question, "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    (answer,) = objects(out)
    held_to_contract(answer)
    assert (answer["id"], answer["question"]) == (None, question)
    assert (answer["kind"], answer["status"]) == (kind, status)
    assert (answer["ledger"] is not None) == (kind == "list")
    if kind == "list":
        assert len(answer["ledger"]) == answer["letters_read"] == answer["letters_in_scope"] == 5
    if status == "not_found":
        assert answer["statements"] == []


def test_without_json_an_answer_is_read_by_people(store: str, capsys: Captured) -> None:
    assert main(["ask", CALLS, "--store", store]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "[1] “West Yorkshire Police received 478,000" in out
    assert "Mark Burns-Williamson" in out
    assert not out.startswith("{")


def test_many_questions_are_answered_in_their_order(store: str, tmp_path: Path, capsys: Captured) -> None:
    asked = jsonl(
        tmp_path / "asked.jsonl",
        {"id": "a", "question": CALLS},
        "",
        {"id": 7, "question": "And Dorset?", "history": [CALLS]},
        {"question": "Which letters mention THRIVE?", "history": None, "more": {"is": "ignored"}},
        {"id": ["any", "value"], "question": "What happens\u2028 by\u0085 2021?"},
    )
    raw = asked.read_text("utf-8") + json.dumps(
        {"id": "raw", "question": "One\u2028line\u0085only?"}, ensure_ascii=False
    )
    asked.write_text(raw, "utf-8")
    assert main(["ask", "--from", str(asked), "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    answers = objects(out)
    for answer in answers:
        held_to_contract(answer)
    assert [answer["id"] for answer in answers] == ["a", 7, 4, ["any", "value"], "raw"]
    assert answers[1]["question"] == "And Dorset?"
    assert "999 calls" in answers[1]["standalone"]
    assert "Dorset" in answers[1]["standalone"]


def test_many_questions_in_words_stand_above_their_answers_with_the_quotes_they_name(
    store: str, tmp_path: Path, capsys: Captured
) -> None:
    negated = "Which letters do not mention THRIVE?"
    asked = jsonl(tmp_path / "asked.jsonl", {"question": CALLS}, {"question": negated})
    assert main(["ask", "--from", str(asked), "--store", store]) == 0
    out, _ = capsys.readouterr()
    first, second = out.split(f"\nQuestion: {negated}\n")
    assert first.startswith(f"Question: {CALLS}\n")
    assert "[1] “" in first
    assert "do not speak of “THRIVE”" in second
    assert second.count("\nno          ") == 3
    assert second.count("\nyes         ") == 2
    assert second.index("\nno ") < second.index("\nyes ") < second.index("[1] “")
    assert second.count("[1] ") == 1


def test_a_scope_of_no_letter_is_told(store: str, capsys: Captured) -> None:
    assert main(["ask", "What is said of training?", "--scope", "area=Narnia", "--store", store]) == 0
    assert "no letter is of that scope (area Narnia)" in capsys.readouterr().out


def test_a_bad_question_among_many_is_reported_in_its_place(
    store: str, tmp_path: Path, capsys: Captured
) -> None:
    asked = jsonl(
        tmp_path / "asked.jsonl",
        {"id": "empty", "question": " "},
        {"id": "long", "question": "why " * 25_000},
        {"id": "surrogate \ud800", "question": "\ud800"},
        {"id": "bad history", "question": CALLS, "history": [""]},
        {"id": "good", "question": CALLS},
    )
    assert main(["ask", "--from", str(asked), "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    *bad, good = objects(out)
    assert [each["id"] for each in bad] == ["empty", "long", "surrogate ?", "bad history"]
    assert all(each["error"] for each in bad)
    held_to_contract(good)
    assert "Traceback" not in err
    assert len(err.strip().split("\n")) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"question": "a"\n', "Line 1"),
        ('{"question": "a"}\nnot json\n', "Line 2"),
        ("[1, 2]\n", "Line 1"),
        ('{"id": 1}\n', "Line 1"),
        ('{"question": 5}\n', "Line 1"),
        ('{"question": "a", "history": "b"}\n', "Line 1"),
        ("[" * 100_000 + "\n", "Line 1"),
        ('{"question": "a", "id": ' + "1" * 5000 + "}\n", "Line 1"),
    ],
    ids=["cut off", "no JSON", "a list", "no question", "a number", "history no list", "deep", "huge"],
)
def test_a_bad_line_is_named_before_anything_is_answered(
    text: str, said: str, store: str, tmp_path: Path, capsys: Captured
) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(text, "utf-8")
    assert main(["ask", "--from", str(asked), "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert said in sentence(err)
    assert "asked.jsonl" in err


def test_a_file_with_a_byte_order_mark_is_read(store: str, tmp_path: Path, capsys: Captured) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_bytes(b"\xef\xbb\xbf" + json.dumps({"id": 1, "question": CALLS}).encode() + b"\r\n")
    assert main(["ask", "--from", str(asked), "--store", store, "--json"]) == 0
    assert len(objects(capsys.readouterr().out)) == 1


def test_an_empty_file_has_no_answers(store: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["ask", "--from", str(jsonl(tmp_path / "asked.jsonl")), "--store", store, "--json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("option", ["--from", "--history"])
@pytest.mark.parametrize("kind", ["missing", "folder", "not utf-8"])
def test_a_file_that_cannot_be_read_is_said_so(
    option: str, kind: str, store: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "file"
    if kind == "folder":
        path.mkdir()
    if kind == "not utf-8":
        path.write_bytes(b"\xff\xfe\x00")
    question = [CALLS] if option == "--history" else []
    assert main(["ask", *question, option, str(path), "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert str(path) in sentence(err)


@pytest.mark.parametrize("text", [f"{CALLS}\n", json.dumps([CALLS]), f"\ufeff{CALLS}\r\n\r\n"])
def test_a_history_gives_a_follow_up_its_meaning(
    text: str, store: str, tmp_path: Path, capsys: Captured
) -> None:
    history = tmp_path / "history"
    history.write_text(text, "utf-8")
    assert main(["ask", "And Dorset?", "--history", str(history), "--store", store, "--json"]) == 0
    (answer,) = objects(capsys.readouterr().out)
    assert "999 calls did Dorset" in answer["standalone"]
    held_to_contract(answer)


@pytest.mark.parametrize("text", ['{"question": "a"}', "[1]", '[["a"]]'])
def test_a_history_of_something_else_is_refused(
    text: str, store: str, tmp_path: Path, capsys: Captured
) -> None:
    history = tmp_path / "history"
    history.write_text(text, "utf-8")
    assert main(["ask", "And Dorset?", "--history", str(history), "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "JSON list" in sentence(err)


def test_history_and_many_questions_exclude_each_other(store: str, tmp_path: Path, capsys: Captured) -> None:
    asked = str(jsonl(tmp_path / "asked.jsonl", {"question": CALLS}))
    assert main(["ask", "--from", asked, "--history", asked, "--store", store]) == 2
    sentence(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("scope", "in_scope"),
    [
        ("area=Dorset", 1),
        ("area=West Mercia", 2),
        ("area=Dorset,area=West Mercia", 3),
        ("author=Campion,from=2020", 1),
        ("from=2020-09,to=2020-09-30", 2),
        ("to=2018", 1),
        (" area = Dorset ", 1),
        ("area=Atlantis", 0),
        ("", 5),
    ],
)
def test_a_scope_narrows_the_letters(scope: str, in_scope: int, store: str, capsys: Captured) -> None:
    assert main(["ask", "What is said about training?", "--scope", scope, "--store", store, "--json"]) == 0
    (answer,) = objects(capsys.readouterr().out)
    assert answer["letters_in_scope"] == in_scope
    held_to_contract(answer)


@pytest.mark.parametrize(
    "scope", ["colour=red", "Dorset", "area=", "=Dorset", "from=yesterday", "to=2020-13", "from=2020-9", ","]
)
def test_a_scope_that_is_not_understood_is_wrong_usage(scope: str, store: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["ask", CALLS, "--scope", scope, "--store", store, "--json"])
    assert left.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--scope" in err


@pytest.mark.parametrize("question", ["", "   ", "?!", "why " * 25_000, "\x00\x1b"])
def test_a_question_that_cannot_be_asked_is_one_sentence(question: str, store: str, capsys: Captured) -> None:
    assert main(["ask", question, "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "question" in sentence(err)


# search


def test_search_gives_passages_best_first(store: str, capsys: Captured) -> None:
    assert main(["search", "domestic abuse", "--limit", "3", "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    (found,) = objects(out)
    assert list(found) == ["id", "query", "passages", "seconds"]
    assert (found["id"], found["query"]) == (None, "domestic abuse")
    assert len(found["passages"]) == 3
    for passage in found["passages"]:
        assert list(passage) == ["letter_id", "source", "start", "end", "page", "score", "text"]
        assert letter_text(passage["source"])[passage["start"] : passage["end"]] == passage["text"]
    scores = [passage["score"] for passage in found["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert "domestic abuse" in found["passages"][0]["text"]


def test_a_thorough_search_ranks_the_same_passages_by_another_measure(store: str, capsys: Captured) -> None:
    found = []
    for more in ([], ["--thorough"]):
        query = ["search", "callers who cannot speak", "--limit", "20", "--store", store, "--json"]
        assert main([*query, *more]) == 0
        found += objects(capsys.readouterr().out)
    fast, thorough = ([(p["letter_id"], p["start"]) for p in one["passages"]] for one in found)
    assert fast != thorough
    assert set(fast) == set(thorough)


def test_many_queries_are_searched_in_their_order(store: str, tmp_path: Path, capsys: Captured) -> None:
    asked = jsonl(
        tmp_path / "q.jsonl", {"id": "x", "query": "THRIVE"}, {"id": "e", "query": ""}, {"query": "training"}
    )
    assert main(["search", "--from", str(asked), "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    first, second, third = objects(out)
    assert (first["id"], third["id"]) == ("x", 3)
    assert first["passages"]
    assert third["passages"]
    assert second["error"]
    assert "Traceback" not in err


@pytest.mark.parametrize("query", ['" NEAR( * AND ) NOT', "' OR 1=1 --", "🙂 x", "a" * 2000, "\ud800 police"])
def test_hostile_queries_are_searched(query: str, store: str, capsys: Captured) -> None:
    assert main(["search", query, "--store", store, "--json"]) == 0
    assert len(objects(capsys.readouterr().out)) == 1


@pytest.mark.parametrize("query", ["", "  ", "police " * 20_000])
def test_a_query_that_cannot_be_searched_is_one_sentence(query: str, store: str, capsys: Captured) -> None:
    assert main(["search", query, "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    sentence(err)


# letters, doctor


def test_letters_gives_a_card_a_line(store: str, capsys: Captured) -> None:
    assert main(["letters", "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    letters = objects(out)
    assert [letter["source"] for letter in letters] == [
        "004_bc824b032331d631.txt", "002_b510eea012092751.txt", "001_53d81d204264e00c.txt", "003_0cc2341efb1bec43.txt",
        "000_15912e7bdaf58eb6.txt",
    ]  # fmt: skip
    for letter in letters:
        assert list(letter) == ["letter_id", "source", *CARD_FIELDS, "pages", "passages"]
        assert letter["pages"] >= 1
        assert letter["passages"] > 5
        for name in CARD_FIELDS:
            field = letter[name]
            if field is None:
                continue
            assert list(field) == ["value", "start", "end", "how"]
            assert field["how"] in {"stated", "inferred"}
            shown = letter_text(letter["source"])[field["start"] : field["end"]]
            assert name == "date" or " ".join(shown.split()) == field["value"]
    assert {letter["area"]["value"] for letter in letters} == {
        "West Mercia",
        "West Yorkshire",
        "Dorset",
        "Greater Manchester",
    }


def test_doctor_finds_a_good_store_in_order(store: str, capsys: Captured) -> None:
    assert main(["doctor", "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = objects(out)
    assert [finding["part"] for finding in found] == ["settings", "embedding model", "store", "index"]
    assert all(list(finding) == ["part", "ok", "says"] and finding["ok"] for finding in found)


@pytest.mark.parametrize("command", [["ask", CALLS], ["search", "x"], ["letters"], ["doctor"]])
def test_a_missing_store_says_which_command_makes_it(
    command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    assert main([*command, "--store", str(tmp_path / "none"), "--json"]) == 1
    out, err = capsys.readouterr()
    said = objects(out)[-1]["says"] if command == ["doctor"] else sentence(err)
    assert "python -m assistant ingest" in said
    assert command == ["doctor"] or out == ""


def broken(kind: str, five: Settings, folder: Path) -> Path:
    """A copy of the store, broken."""
    copy_store(five.store, folder)
    file = folder / "letters.sqlite"
    connection = sqlite3.connect(file)
    if kind == "other version":
        connection.execute("PRAGMA user_version=99")
    if kind == "another model":
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'embedding_model'")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if kind == "half-written":
        file.write_bytes(file.read_bytes()[:20_000])
    if kind == "not a database":
        file.write_text("Dear Minister")
    return folder


@pytest.mark.parametrize("kind", ["other version", "half-written", "not a database", "another model"])
@pytest.mark.parametrize("command", [["ask", CALLS], ["doctor"]])
def test_a_broken_store_is_one_sentence_with_what_to_do(
    kind: str, command: list[str], five: Settings, tmp_path: Path, capsys: Captured
) -> None:
    store = broken(kind, five, tmp_path / "broken")
    assert main([*command, "--store", str(store), "--json"]) == 1
    out, err = capsys.readouterr()
    if command == ["doctor"]:
        said = next(finding["says"] for finding in objects(out) if not finding["ok"])
    else:
        assert out == ""
        said = sentence(err)
    assert "ingest" in said


# Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LETTERS_ENGINE", "magic"),
        ("LETTERS_PASSAGES", "many"),
        ("LETTERS_MODEL_TIMEOUT_S", "-1"),
        ("LETTERS_THREADS", "0"),
        ("LETTERS_MAX_QUESTION_CHARS", "5"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(
    name: str, value: str, store: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["letters", "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert name in sentence(err)
    assert value in err
    assert ".env" in err


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LETTERS_OPENAI_BASE_URL": "not an address"}, "LETTERS_OPENAI_BASE_URL"),
        ({"LETTERS_OPENAI_API_KEY": "sk secret"}, "LETTERS_OPENAI_API_KEY"),
        ({"OPENAI_API_KEY": "sk\nsecret"}, "LETTERS_OPENAI_API_KEY"),
    ],
)
def test_an_address_or_key_that_cannot_be_one_is_said_without_the_key(
    environment: dict[str, str], said: str, store: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["ask", CALLS, "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert said in sentence(err)
    assert "secret" not in err
    assert main(["doctor", "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert said in objects(out)[0]["says"]
    assert "secret" not in out + err


def test_doctor_misses_the_key_of_a_model_that_is_to_answer(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("LETTERS_ENGINE", "model")
    assert main(["doctor", "--store", store]) == 1
    out, _ = capsys.readouterr()
    assert out.startswith("BAD settings: ")
    assert "LETTERS_OPENAI_API_KEY" in out.split("\n")[0]


def test_doctor_shows_an_address_without_its_password(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("LETTERS_OPENAI_BASE_URL", "http://user:secret@127.0.0.1:9/v1")
    assert main(["doctor", "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    assert "http://127.0.0.1:9/v1" in out
    assert "secret" not in out + err


def test_when_the_model_cannot_be_reached_standard_output_stays_json_and_the_key_unseen(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("LETTERS_OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LETTERS_OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("LETTERS_MODEL_RETRIES", "0")
    assert main(["ask", CALLS, "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    (answer,) = objects(out)
    held_to_contract(answer)
    assert "cannot be reached" in answer["notice"]
    assert "The quoting engine answered instead." in answer["notice"]
    assert "secret" not in out + err


def test_without_the_embedding_model_search_goes_by_words_and_says_so(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("LETTERS_EMBEDDING_FOLDER", str(tmp_path / "none"))
    assert main(["ask", CALLS, "--store", store, "--json"]) == 0
    out, err = capsys.readouterr()
    (answer,) = objects(out)
    held_to_contract(answer)
    assert "478,000" in answer["answer"]
    assert "words alone" in answer["notice"]
    assert "words alone" in sentence(err)
    assert main(["doctor", "--store", store, "--json"]) == 1
    assert [f["part"] for f in objects(capsys.readouterr().out) if not f["ok"]] == ["embedding model"]


def test_an_env_file_that_is_not_text_is_one_sentence(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / ".env").write_bytes(b"LETTERS_MODEL=\xff\xfe\n")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    assert main(["letters", "--store", store, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert ".env" in sentence(err)


def test_standard_output_that_is_no_terminal_at_all_is_written_to(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["ask", CALLS, "--store", store, "--json"]) == 0
    held_to_contract(objects(out.getvalue())[0])
