"""Day words of a line set right for the day on which it is read.

"Yesterday" becomes "on Wednesday" or "on 18 November", never inside a quotation, and only where the
sentence leaves no doubt which day is meant. What cannot be set right stays, with the reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from digest.summarise import days
from digest.summarise.wording import Wording
from digest.text import quotes
from digest.text.languages.language import listed

_RECENT = 6
"""So many days back a weekday names one day only."""
_CLEAR_MONTHS = 10
_CLEAR_MONTH = 300
"""So many months, and days, back a month without its year is the last of that name."""
_FAR = 200
_NEAR = 12
"""Characters, and words, before a day word among which its verb is looked for."""
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = re.compile(
    r"(?P<before>\b(?:since|until|till|by|from|of|for|than|after|before)\s+)?"
    rf"(?:(?P<on>\b[Oo]n\s+)?\b(?P<weekday>{_WEEKDAY})|\b(?P<word>yesterday|today|tomorrow|tonight"
    r"|last night|this (?:morning|afternoon|evening)))\b"
    r"(?:\s+(?P<part>morning|afternoon|evening|night)\b)?(?P<own>[’']s\b)?"
)
_PERIOD = re.compile(
    r"(?<!the )(?<!time )(?P<before>\b(?:of|since|from|in|during|by|before|after|until|than)\s+)?"
    r"\b(?P<which>this|last|next) (?P<unit>month|year)\b(?P<own>[’']s\b)?"
)
_DATED = re.compile(
    rf",?\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{'|'.join(_MONTHS)})"
    rf"|(?:{'|'.join(_MONTHS)})\s+\d)"
)
_CAPITAL_BEFORE = re.compile(r"[A-Z\u00c0-\u00de][\w’'.-]*\s+$")
_CAPITAL_AFTER = re.compile(r"\s+[A-Z\u00c0-\u00de]")
_INFINITIVE = re.compile(r"\bto (?!(?:the|an?|his|her|their|its)\b)[a-z]+")
_OPENS_A_CLAUSE = re.compile(
    r"(?:^|[,;:–—]|\b(?:and|but|as|while|when|that|because|after|before))\s*$"
)
_PARTICULAR = re.compile(r"\b(?:just|only|even|the|of)\s+$")
"""Before "yesterday" as a thing, or as very near."""
_CLOSED_OFF = re.compile(r"\s*(?:[.;:!?)]|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'](?:ll|s))?")
_TO_COME = listed("will shall 'll ’ll")
_PRESENT = listed(
    """
    is are am isn't aren't has have hasn't haven't may might can could would should must do does
    remains says arrives begins starts opens goes meets appears takes gets comes returns faces
    continues marks plays ends closes hosts holds travels visits launches publishes becomes makes
    """
)
_PAST = listed(
    """
    was were had did said told took made won lost went came became began left died met found held
    gave got saw sent spoke struck broke brought built bought caught chose drew drove fell felt
    fought flew fled heard hit kept knew laid led let paid put ran rose sank sat sold shot shut
    spent stood stole stuck swept taught thought threw wore wrote
    """
)
_LINKS = listed("be been being not also now already still since just only both")
"""What may stand between an auxiliary and its verb."""
_SUBORDINATE = listed(
    "after although as because before since that though when where which while who"
)
_AHEAD = listed("expected scheduled planned due postponed delayed adjourned deferred set booked")
"""In the past themselves, they speak of what lay ahead."""
_NO_VERB = listed("hundred red need indeed united bed seed speed shed feed breed hatred sacred")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """A line as it may be read on the day, or what is wrong with its days."""

    text: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    written: date
    on: date


def retell(line: str, wording: Wording, *, written: date | None, on: date | None) -> Retold:
    """The line with its day words as of `on`, each naming the day that was meant when written."""
    if written is None or on is None or written >= on or wording.language.code != "en":
        return Retold(text=line, problem=days.problem(line, wording, written=written, on=on))
    dates = _Dates(written=written, on=on)
    text = masked = line
    for match, said in reversed(list(_changes(line, wording, dates))):
        text = text[: match.start()] + said + text[match.end() :]
        masked = masked[: match.start()] + "-" + masked[match.end() :]
    return Retold(text=text, problem=days.problem(masked, wording, written=written, on=on))


def _changes(line: str, wording: Wording, dates: _Dates) -> Iterator[tuple[re.Match[str], str]]:
    """The expressions that are clear, in order, with the words that say the same on the day."""
    spoken = [(q.start, q.end) for q in quotes.find(line)]
    low = line[:1].lower() + line[1:]
    found = [(m, _day(low, m, wording, dates)) for m in _DAY.finditer(low)]
    found += [(m, _period(low, m, wording, dates)) for m in _PERIOD.finditer(low)]
    for match, said in sorted(found, key=lambda pair: pair[0].start()):
        if said and not any(start < match.start() < end for start, end in spoken):
            yield match, said[0].upper() + said[1:] if match.start() == 0 else said


def _day(line: str, match: re.Match[str], wording: Wording, dates: _Dates) -> str:
    """How the day is named on the day of reading; "" when that is not certain."""
    if match["weekday"]:
        if not days.weekday_misleads(_WEEKDAYS.index(match["weekday"]), dates.written, dates.on):
            return ""
        if _DATED.match(line, match.end()):
            return match.group()
        if _is_part_of_a_name(line, match):
            return ""
        return _written_out(_of_weekday(line, match, wording, dates), match, dates)
    if _PARTICULAR.search(line[: match.start()]):
        return ""
    return _written_out(_of_word(line, match, dates), match, dates)


def _is_part_of_a_name(line: str, match: re.Match[str]) -> bool:
    """ "Good Friday" and "the Sunday Times"; "said on Monday" is none, nor "last Thursday"."""
    before = line[: match.start()]
    named = _CAPITAL_BEFORE.search(before) and not match["on"] and not match["before"]
    relative = re.search(
        r"(?:\b(?:last|next|this|that|every|each|an?|the|his|her|their|its)|[’']s)\s+$", before
    )
    named = named or (relative and not match["on"])
    return bool(named or _CAPITAL_AFTER.match(line, match.end()))


def _of_word(line: str, match: re.Match[str], dates: _Dates) -> date | None:
    """The day of "yesterday" and its like; none where it lies ahead and is over when read."""
    word, verb = match["word"], _verb(line, match)
    if word == "tomorrow":
        day = dates.written + timedelta(days=1)
        return day if day == dates.on and (verb != "past" or match["own"]) else None
    if word in ("yesterday", "last night"):
        perfect = verb == "present" and (match["before"] or "").strip() != "since"
        return None if perfect or verb == "to come" else dates.written - timedelta(days=1)
    nowadays = match["own"] or (match["before"] or "").strip() in ("of", "than")
    return dates.written if verb == "past" and not nowadays else None


def _of_weekday(line: str, match: re.Match[str], wording: Wording, dates: _Dates) -> date | None:
    number = wording.weekdays.index(match["weekday"].lower())
    past = days.latest(number, dates.written)
    if match["own"] or (match["before"] or "since").strip() not in ("since", "after"):
        return None
    verb = _verb(line, match)
    if verb == "past":
        return past
    if verb == "to come" and past != dates.written:
        day = past + timedelta(days=7)
        return day if day >= dates.on else None
    return None


def _verb(line: str, match: re.Match[str]) -> str:
    """Whether the verb that a day word belongs to lies in the past; "" when there is none to see.

    It is the last finite verb before it, or, where the day word opens a clause, the first after.
    """
    before = line[max(0, match.start() - _FAR) : match.start()]
    if _OPENS_A_CLAUSE.search(before) and not _CLOSED_OFF.match(line, match.end()):
        return _first(_WORD.findall(line[match.end() : match.end() + _FAR]))
    found = list(_WORD.finditer(before))[-_NEAR:]
    words = [word.group() for word in found]
    for number in range(len(words) - 1, -1, -1):
        tense = _tense(words, number)
        if tense:
            leads_on = _INFINITIVE.search(before, found[number].end())
            return "purpose" if tense == "past" and leads_on else tense
    return ""


def _first(words: Sequence[str]) -> str:
    """Of the first finite verb; "" when it stands in a clause of its own."""
    for number, word in enumerate(words):
        tense = _tense(words, number)
        if tense or word.lower() in _SUBORDINATE:
            return tense
    return ""


def _tense(words: Sequence[str], number: int) -> str:
    """Of one word with the auxiliary before it; "" when it is no finite verb."""
    tense = _alone(words[number])
    if tense != "past":
        return tense
    if words[number].lower() in _AHEAD:
        return "purpose"
    for word in reversed(words[:number]):
        if word.lower() in _LINKS or word.endswith("ly"):
            continue
        return tense if word.lower() not in _PRESENT | _TO_COME else _alone(word)
    return tense


def _alone(word: str) -> str:
    lower = word.lower()
    if lower in _TO_COME or lower.endswith(("'ll", "’ll")):
        return "to come"
    if lower in _PRESENT:
        return "present"
    regular = lower.endswith("ed") and len(lower) > 3 and lower not in _NO_VERB
    return "past" if lower in _PAST or (regular and word[0].islower()) else ""


def _written_out(day: date | None, match: re.Match[str], dates: _Dates) -> str:
    """The day in the newsroom's style: "today", "on Wednesday", "on 18 November"."""
    if day is None:
        return ""
    before, own = match["before"] or "", match["own"] or ""
    part = match["part"] or (match["word"] or "").partition(" ")[2]
    part = "night" if match["word"] == "tonight" else part
    back = (dates.on - day).days
    if back == 0:
        return before + _same_day(part) + own
    lead = before or ("" if own else "on ")
    if abs(back) <= _RECENT:
        return f"{lead}{_WEEKDAYS[day.weekday()]}{f' {part}' if part else ''}{own}"
    if own:
        return ""
    year = f" {day.year}" if back > _CLEAR_MONTH else ""
    named = f"{day.day} {_MONTHS[day.month - 1]}{year}"
    return f"{lead}the {part} of {named}" if part else f"{lead}{named}"


def _same_day(part: str) -> str:
    if part == "night":
        return "tonight"
    return f"this {part}" if part else "today"


def _period(line: str, match: re.Match[str], wording: Wording, dates: _Dates) -> str:
    """The month or year by name, once it is another than when written."""
    step = {"last": -1, "this": 0, "next": 1}[match["which"]]
    if not days.problem(match.group(), wording, written=dates.written, on=dates.on):
        return ""
    tense = _verb(line, match)
    by_month = match["unit"] == "month"
    there = dates.written.year * 12 + dates.written.month - 1 + step * (1 if by_month else 12)
    here = dates.on.year * 12 + dates.on.month - 1
    year, month = divmod(there, 12)
    over = there < here if by_month else year < dates.on.year
    clear = tense == "past" if over and step >= 0 else tense != "to come" or step > 0
    if not clear or (over and step > 0) or (match["own"] and not by_month):
        return ""
    lead = match["before"] or ("" if match["own"] else "in ")
    if not by_month:
        return f"{lead}{year}"
    return f"{lead}{_MONTHS[month]}{match['own'] or ''}" if here - there < _CLEAR_MONTHS else ""
