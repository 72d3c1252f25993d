"""The report and the tables: what they claim is what was counted."""

import json
from typing import TYPE_CHECKING

from assistant.answer import Answer
from evals.case import Case
from evals.origin import Origin
from evals.record import record
from evals.report import thresholds, write_report
from evals.run import Result, run_cases
from evals.summary import Share
from evals.table import aligned, failures

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")
ORIGIN = Origin(
    cases="c1", letters="l1", engine="quoting", prompts=("draft@1",), embedding="small", splitter="1"
)


def results(make: "Make") -> list[Result]:
    """Nine facts found and one not, a list right, four of five unanswerable questions refused, one off topic."""
    cases: list[Case] = []
    answers: dict[str, Answer | Exception] = {}
    for place in range(10):
        cases.append(make.case("fact", [NORTH], id=f"fact-{place}", question=f"f{place}?"))
        answers[f"f{place}?"] = make.answer(SOUTH) if place == 9 else make.answer(NORTH)
    cases.append(make.case("list", [NORTH], letters=["north.txt"], id="list-0", question="l?"))
    answers["l?"] = make.answer(ledger={"north.txt": "yes", "west.txt": "no"})
    for place in range(5):
        cases.append(make.case("unanswerable", id=f"un-{place}", question=f"u{place}?"))
        answers[f"u{place}?"] = make.answer(SOUTH) if place == 4 else make.answer(status="not_found")
    cases.append(make.case("off_topic", id="off-0", question="o?"))
    answers["o?"] = RuntimeError("it broke")
    return run_cases(make.assistant(answers), cases, make.files())


def test_thresholds_are_held_against_the_kinds_that_they_name(make: "Make") -> None:
    measured = [(line.measured, line.wanted, line.verdict) for line in thresholds(results(make))]
    assert measured == [
        (Share(9, 10), 0.9, "met"),
        (Share(9, 10), 0.95, "missed"),
        (Share(1, 1), 0.95, "met"),
        (Share(4, 5), 0.95, "missed"),
        (Share(11, 11), 0.95, "met"),
        (Share(0, 0), 0.9, "not measured"),
        (Share(11, 11), 1.0, "met"),
    ]


def test_one_hit_fewer_misses_and_nothing_counted_is_neither(make: "Make") -> None:
    verdicts = [line.verdict for line in thresholds(results(make)[1:10])]
    assert verdicts == ["missed", "missed", "not measured", "not measured", "met", "not measured", "met"]


def test_the_report_names_machine_versions_thresholds_and_the_cases_that_fail(make: "Make") -> None:
    report = write_report(results(make), ORIGIN)
    assert "| Unanswerable: abstains | 95 % | 4/5 80 % | 38 to 96 | missed |" in report
    assert "- `fact-9` (fact): f9? Expected `answered`, came back: answered." in report
    assert "- `off-0` (off_topic): o? Expected `not_found`, came back: RuntimeError: it broke." in report
    assert "`fact-0`" not in report
    assert "cores" in report
    assert "pydantic 2" in report
    assert "`draft@1`" in report


def test_the_report_says_when_no_case_fails(make: "Make") -> None:
    assert "## Cases that fail\n\nNone." in write_report(results(make)[:9], ORIGIN)


def test_columns_are_aligned_the_first_to_the_left_and_the_others_to_the_right() -> None:
    assert aligned([("kind", "n"), ("a", "10"), ("longest", "3")]) == "kind      n\na        10\nlongest   3"


def test_failures_show_what_was_asked_for_and_what_came_back(make: "Make") -> None:
    listed = failures(results(make))
    assert listed.count("expected:") == 3
    assert "fact-9 (fact): f9?" in listed
    assert "north.txt: Calls rose to 478,000 last year." in listed
    assert "[1] south.txt: We answer calls in 5 seconds." in listed
    assert "came back: error: RuntimeError: it broke" in listed


def test_a_list_that_fails_shows_its_letters_and_the_ledger(make: "Make") -> None:
    case = make.case("list", letters=["north.txt", "west.txt"])
    answer = make.answer(ledger={"north.txt": "yes", "west.txt": "no"})
    listed = failures(run_cases(make.assistant({"Q?": answer}), [case], make.files()))
    assert "letter west.txt" in listed
    assert "ledger says yes: north.txt" in listed


def test_the_record_holds_every_case_also_the_one_that_broke(make: "Make") -> None:
    content = json.loads(record(results(make), ORIGIN))
    assert len(content["cases"]) == 17
    assert content["origin"]["prompts"] == ["draft@1"]
    assert content["summary"][-1]["passed"]["hits"] == 14
    first, last = content["cases"][0], content["cases"][-1]
    assert first["came_back"]["citations"][0]["quote"] == NORTH[1]
    assert (last["came_back"], last["score"]["error"]) == (None, "RuntimeError: it broke")
