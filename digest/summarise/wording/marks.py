"""What is no prose in any language."""

import re

ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w|\b\w+\.(?:com|org|net|ie|co\.uk)\b", re.IGNORECASE)
MARKUP = re.compile(r"\*\*|__|^#+ |`|\[[^\]]*\]\(|<[a-z/][^>]*>|\||^[-*•] ")

FINAL = re.compile(r"[.!][\"”’')“»«‘›\s]*$")
"""The end of a statement, behind it only what closes quotations and brackets in any language."""
