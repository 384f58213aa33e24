"""What is no prose in any language."""

import re

ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w|\b\w+\.(?:com|org|net|ie|co\.uk)\b", re.IGNORECASE)
MARKUP = re.compile(r"\*\*|__|^#+ |`|\[[^\]]*\]\(|<[a-z/][^>]*>|\||^[-*•] ")
