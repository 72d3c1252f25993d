"""Brings the newest question and the cited words into view: the only scripts on the page, all constants."""

import streamlit as st

# A script runs once, when it is mounted; the number filled in tells one occasion from the next and finds
# its element. Scrolling is repeated for a second because Streamlit's chat page follows its own end for a
# moment after it has grown.
_TO_QUESTION = """<script>(() => {
  const seek = () => document.querySelectorAll('.question')[%d]?.scrollIntoView({block: 'start'});
  for (const wait of [0, 150, 400, 800]) setTimeout(seek, wait);
})();</script>"""

_TO_MARK = """<script>(() => {
  const active = document.activeElement, stepping = active.closest('.st-key-reader-steps');
  const pressed = active.closest('[class*="st-key-open-"]')?.className.match(/st-key-open-\\S+/);
  const back = () => pressed && document.querySelector('.' + pressed[0])?.scrollIntoView({block: 'nearest'});
  const seek = (tries) => {
    const paper = document.querySelector('.paper[data-opening="%d"]');
    if (!paper) { if (tries) setTimeout(seek, 50, tries - 1); return; }
    const mark = paper.querySelector('mark');
    const below = mark ? mark.getBoundingClientRect().top - paper.getBoundingClientRect().top : 0;
    paper.scrollTop += below - (mark ? paper.clientHeight / 4 : 0);
    if (!stepping) paper.focus({preventScroll: true});
    for (const wait of [0, 150, 400, 800]) setTimeout(back, wait);
  };
  seek(60);
})();</script>"""


_TO_MARK_OF_PAGE = """<script>(() => {
  const seek = (tries) => {
    const paper = document.querySelector('.paper[data-page="%d"]'), mark = paper?.querySelector('mark');
    if (!paper) { if (tries) setTimeout(seek, 50, tries - 1); return; }
    if (mark) paper.scrollTop += mark.getBoundingClientRect().top - paper.getBoundingClientRect().top - 40;
  };
  seek(60);
})();</script>"""


def to_question(position: int) -> None:
    """Scroll the page to a question of the conversation, counted from 0."""
    st.html(_TO_QUESTION % position, unsafe_allow_javascript=True)


def to_mark(opening: int) -> None:
    """Scroll the reader to the cited words, once for each opening, and put the keyboard's focus there.

    The button that was pressed stays in view; one that steps from citation to citation keeps the focus.
    """
    st.html(_TO_MARK % opening, unsafe_allow_javascript=True)


def to_mark_of_page(page: int) -> None:
    """Scroll the text beside a page's picture to the cited words."""
    st.html(_TO_MARK_OF_PAGE % page, unsafe_allow_javascript=True)
