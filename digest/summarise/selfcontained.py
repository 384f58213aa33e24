"""Whether a sentence can stand alone, away from its article."""

import re

from digest.summarise import places
from digest.summarise.wording import ADDRESS, FINAL, MARKUP, Wording
from digest.text import quotes

_NAMED_NEXT = re.compile(r"[^,]*, (?:[a-z-]+ ){0,6}[A-Z\u00c0-\u00de]\w+ [A-Z\u00c0-\u00de]\w+")
"""A pronoun may come before the name when the name opens what follows the comma."""
_NAME = re.compile(r"(?<!^)\b[A-Z\u00c0-\u00de]\w+")
_FULL_NAME = re.compile(r"\b[A-Z\u00c0-\u00de]\w+ [A-Z\u00c0-\u00de]\w+")
"""Where every noun has a capital one alone tells nothing."""
_TITLED = re.compile(
    r"[\"“‘'](?:[A-Z][\w’'-]*|of|the|and|in|a|with|to|for|on|\s){1,11},?[\"”’'] [a-z]"
)
"""The name of a film or a song, which is no quotation."""
_CUT_OFF = re.compile(r"[:;,–—-]\s*[.!]\W*$")
_PEOPLE = re.compile(r"\b[A-Z]\w+(?:an|ese|ish|ch|i)s?\b")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_SHORT = 3
_MOST_CAPITALS = 0.5
_LABELLED = re.compile(r"(?:[A-Z]\w*\s?){1,4}:\s")


def problem(sentence: str, wording: Wording) -> str:
    """Why the sentence cannot stand alone, in a few words; "" when it can."""
    for rule in (_shape, _voice, _opener, _pronoun):
        found = rule(sentence, wording)
        if found:
            return found
    return ""


def _shape(sentence: str, wording: Wording) -> str:
    if "…" in sentence or "..." in sentence:
        return "it has an omission in it"
    if not FINAL.search(sentence) or _CUT_OFF.search(sentence):
        return "it does not end like a sentence"
    if not (sentence[0].isalnum() or sentence[0] in "£$€¥" or _TITLED.match(sentence)):
        return "it begins with a quotation or a mark"
    if sum(map(str.isupper, sentence)) > _MOST_CAPITALS * sum(map(str.isalpha, sentence)):
        return "it is in capitals"
    if sentence[0].islower():
        return "it begins in the middle"
    if not quotes.balanced(sentence) or sentence.count("(") != sentence.count(")"):
        return "a quotation or bracket is not closed"
    if any(rule.search(sentence) for rule in (ADDRESS, MARKUP, wording.boilerplate)):
        return "it holds an address, mark-up or boilerplate"
    if _LABELLED.match(sentence) or _NUMBERED.match(sentence):
        return "it is a labelled line"
    return ""


def _voice(sentence: str, wording: Wording) -> str:
    outside = quotes.without(sentence)
    if "?" in outside or sentence.rstrip("\"”’')").endswith("?"):
        return "it is a question"
    if wording.first_person.search(outside):
        return "it speaks as I, we or you"
    return ""


def _opener(sentence: str, wording: Wording) -> str:
    match = wording.opener.match(sentence)
    if match:
        return f"it opens with “{match.group()}”, which points back"
    lowered = sentence[0].lower() + sentence[1:]
    match = wording.plural_back.match(lowered)
    if match:
        return f"it opens with “{match.group()}”, which points back"
    match = wording.definite.match(lowered)
    if (
        match
        and not _named(match.group(), wording)
        and not wording.defined.match(lowered, match.end())
    ):
        return f"it opens with “{match.group()}”, which points back"
    outside = quotes.without(sentence)
    match = next((m for m in wording.dangling.finditer(outside) if not _answered(outside, m)), None)
    if match:
        return f"“{match.group()}” points elsewhere"
    match = wording.somewhere.search(outside)
    if match and not _names_a_place(outside[: match.start()], wording):
        return f"nothing says which “{match.group()}” it is"
    return ""


def _names_a_place(before: str, wording: Wording) -> bool:
    """Whether a place, or people called after one, were named: "Kenya’s", "Canadian"."""
    code = wording.language.code
    return bool(places.pattern(code).search(before) or _PEOPLE.search(before))


def _named(thing: str, wording: Wording) -> bool:
    """Whether its name makes it the only institution of its kind: "the US immigration agency"."""
    *before, last = thing.split()
    return last in wording.institutions and any(word[0].isupper() for word in before)


def _answered(sentence: str, pointing: re.Match[str]) -> bool:
    """Whether the sentence itself has named the thing before: "engines ... these engines"."""
    thing = pointing.group().rsplit(None, 1)[-1].lower()
    named = re.findall(r"\w+", sentence[: pointing.start()].lower())
    return len(thing) > _SHORT and thing in named


def _pronoun(sentence: str, wording: Wording) -> str:
    """A person's pronoun needs somebody named or introduced before it."""
    outside = quotes.without(sentence)
    match = wording.person.search(outside)
    if not match:
        return ""
    before = outside[: match.start()]
    name = _FULL_NAME if wording.nouns_capitalised else _NAME
    if wording.hanging.match(outside) and not wording.clause.match(outside):
        return f"it is not clear who “{match.group()}” is"
    if any(
        rule.search(before)
        for rule in (name, wording.opening_name, wording.antecedent, wording.plural)
    ):
        return ""
    if _NAMED_NEXT.match(outside, match.end()):
        return ""
    return f"nobody is named before “{match.group()}”"
