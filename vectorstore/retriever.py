"""Search as a LangChain retriever, so that it drops into anyone's chain."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore.letter import Scope
from vectorstore.search import Search


class LetterRetriever(BaseRetriever):
    """Returns passages as LangChain documents: the letter's words as content, where they stand as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    scope: Scope | None = None
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        ranked = self.search.search(query, scope=self.scope, limit=self.limit)
        sources = self.search.store.sources({found.passage.letter_id for found in ranked})
        return [
            Document(
                id=found.passage.id,
                page_content=found.passage.text,
                metadata={
                    "letter_id": found.passage.letter_id,
                    "source": sources[found.passage.letter_id],
                    "start": found.passage.start,
                    "end": found.passage.end,
                    "page": found.passage.page,
                    "paragraph": found.passage.paragraph,
                    "header": found.passage.header,
                    "score": found.score,
                },
            )
            for found in ranked
            # A letter removed between the two looks is gone.
            if found.passage.letter_id in sources
        ]
