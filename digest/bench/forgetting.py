"""What is remembered of texts is forgotten, so that a bench reads each as if for the first time."""

from digest.summarise.gate import reading, story
from digest.text import quotes, sentences

REMEMBERED = (quotes.find, sentences.split_block, reading.read, story.counted)
"""What keeps texts that were read, so that one article is not taken apart again and again."""


def forget() -> None:
    """Have every text read anew: in a newsroom each comes once."""
    for remembered in REMEMBERED:
        remembered.cache_clear()
