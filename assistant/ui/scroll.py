"""Brings the newest question and the cited words into view: the only scripts on the page, both constants."""

import streamlit as st

# Each runs once, when it is mounted; the number tells one occasion from the next and finds its element.
_TO_QUESTION = """<script>(() => {
  const questions = document.querySelectorAll('.question');
  if (questions[%d]) questions[%d].scrollIntoView({block: 'start'});
})();</script>"""

_TO_MARK = """<script>(function seek(tries) {
  const paper = document.querySelector('.paper[data-opening="%d"]');
  if (!paper) { if (tries) setTimeout(seek, 50, tries - 1); return; }
  const mark = paper.querySelector('mark');
  const below = mark ? mark.getBoundingClientRect().top - paper.getBoundingClientRect().top : 0;
  paper.scrollTop += below - (mark ? paper.clientHeight / 4 : 0);
  paper.focus({preventScroll: true});
})(60);</script>"""


def to_question(position: int) -> None:
    """Scroll the page to a question of the conversation, counted from 0."""
    st.html(_TO_QUESTION % (position, position), unsafe_allow_javascript=True)


def to_mark(opening: int) -> None:
    """Scroll the reader to the cited words, once for each opening, and put the keyboard's focus there."""
    st.html(_TO_MARK % opening, unsafe_allow_javascript=True)
