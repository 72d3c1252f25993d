"""A run as JSON, for whoever wants to look closer or compare two runs; pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields

from evals.metrics import displayed
from evals.origin import Origin
from evals.run import Result
from evals.summary import Share, Summary, summarise_kinds


def record(results: Sequence[Result], origin: Origin) -> str:
    """Return one JSON document: origin, a summary per kind, and each case with what came back."""
    summaries = [_summary(row) for row in summarise_kinds([result.score for result in results])]
    content = {
        "origin": origin.model_dump(mode="json"),
        "summary": summaries,
        "cases": [_case(result) for result in results],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _summary(row: Summary) -> dict[str, object]:
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return {name: _share(value) if isinstance(value, Share) else value for name, value in values.items()}


def _share(value: Share) -> dict[str, object]:
    return {"hits": value.hits, "n": value.n, "value": value.value, "interval_95": value.interval}


def _case(result: Result) -> dict[str, object]:
    answer = result.answer
    came_back: dict[str, object] | None = None
    if answer:
        rows = answer.ledger.rows if answer.ledger else None
        came_back = {
            "standalone": answer.standalone,
            "kind": answer.kind,
            "status": answer.status,
            "answer": answer.text,
            "engine": answer.engine,
            "prompt_id": answer.prompt_id,
            "notice": answer.notice,
            "displayed": [shown.number for shown in displayed(answer)],
            "citations": [
                {
                    "n": shown.number,
                    "source": shown.source,
                    "start": shown.start,
                    "end": shown.end,
                    "quote": shown.exact,
                }
                for shown in answer.citations
            ],
            "ledger": [{"source": row.source, "says": row.says} for row in rows]
            if rows is not None
            else None,
        }
    return {"question": result.case.question, "score": asdict(result.score), "came_back": came_back}
