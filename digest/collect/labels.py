"""What a single line is by its own wording and shape: label, caption, byline, or prose.

The words cover what papers print on every page, in the languages we read; lines in other words
are told by their shape and their neighbours (see lines.py).
"""

import re

from digest.collect import names
from digest.text import quotes

CALL = "a call to subscribe, join or sign in"
_END = re.compile(r"[.!?…。！？．؟۔।][\"'”’»)\]」』）]*\d{0,2}$")
_OPEN_END = re.compile(r"[:;,–—-][\"'”’»)\]]*$")
_CAPITALS = re.compile(r"^\W*(?:[^\Wa-zß-ÿ]{2,}[\s,]+){2,}")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Letters of scripts that are written without blanks; two make about a word."""
_NUMBER = r"\d[\d.,]*\s?[km]?"

_AGENCIES = (
    r"(?:Alamy(?: Stock Photo| Live News)?|Getty(?: Images)?|AFP|Reuters|Shutterstock|iStock(?:photo)?"
    r"|EPA(?:-EFE)?|Rex Features|Associated Press|Press Association|PA(?: Wire| Images| Media)?|AP(?: Photo)?"
    r"|Sportsfile|INPHO|Inpho|RollingNews(?:\.ie)?|Rolling News|Unsplash|Pixabay|Pexels|dpa|ANP|TT|NTB|Ritzau"
    r"|Xinhua|Bloomberg|NurPhoto|Zuma(?: Press)?|SIPA|Depositphotos|Wikimedia Commons|Flickr|File photo)"
)
_CREDITED = re.compile(rf"(?:^|[.,:;)/|(–—-]\s*|\s{{2,}}|\s/\s|\bvia\s|\S\s){_AGENCIES}[)\]]?\.?$")
_CREDIT_WORD = re.compile(
    r"(?:^|[.(|–—/]\s*|\s)(?:photo(?:graph|s)?|picture|pic|image|illustration|graphic|credit|source"
    r"|foto|bild|quelle|pictiúr|grianghraf|crédit|fotografía|imagen)s?"
    r"(?:\s(?:by|credit|courtesy of?|von|le|de))?\s?[:/©]\s*\S[^.!?]{0,60}$"
    r"|^(?:photo(?:graph)?|picture|image|illustration)s?\s(?:by|courtesy of)\s[^.!?]{2,60}$"
    r"|©\s?\S[^.!?]{0,60}$",
    re.I,
)
_LEAD_CREDIT = re.compile(r"^(?:file|stock|library) (?:photo|picture|image)s?\b", re.I)

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (because, re.compile(rf"^(?:{words})$", re.I))
    for because, words in (
        (
            "an advertising label",
            r"(?:- ?)?(?:advertisements?|adverts?|ads?|advertising|anzeige|werbung|publicité|publicidad|pubblicità"
            r"|advertentie|fógra(?:íocht)?|annons|reklame?|mainos)(?: ?-)?(?: by .{1,40}| – .{1,60}| - .{1,60})?"
            r"|ads by .{1,40}|(?:the |this )?(?:story|article|report|text)?\s?continues?(?: reading)?(?: below| after)?"
            r"(?: (?:the |this )?(?:advertisement|ad|advert|message|break|notice))?|scroll (?:down )?to continue.{0,30}"
            r"|(?:sponsored|promoted|paid|partner)(?: (?:content|message|post|by .{1,40}|for by .{1,40}))"
            r"|remove ads?|why am i seeing (?:this|ads?)\??|skip (?:ad|advert|advertisement)s?",
        ),
        (
            "the time of the last change",
            r"(?:last |first )?(?:updated?|published|posted|modified|aktualisiert|veröffentlicht|mis à jour)\b"
            r"\s?(?:on|at|am|le|[|:•·-])?\s?.{0,40}(?:\d|ago|yesterday|today|just now).{0,40}"
            rf"|{_NUMBER}\s?(?:secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?) (?:ago|read)",
        ),
        (
            "a count of readers or comments",
            rf"{_NUMBER}\s?(?:views?|reads?|comments?|shares?|likes?|replies|kommentare?|commentaires?|t[hr]?rácht\w*)"
            r"|(?:no|leave a|add a|post a|join the|view|see|show|read|be the first to) (?:comments?|conversation|discussion)\b.{0,20}"
            r"|comments?(?: (?:section|are closed|policy|\(\d+\)))?",
        ),
        (
            "a share or follow button",
            r"(?:share|tweet|email|e-mail|whatsapp|facebook|twitter|x|linkedin|reddit|print|save|bookmark|copy|pin)"
            r"(?:[ ,/|&]+(?:this|it|now|article|story|post|page|update|link|url|on|via|to|by|with|a|friends?|"
            r"facebook|twitter|x|whatsapp|linkedin|reddit|email|print|save|copy|share|tweet))*"
            r"|(?:tell|send (?:this )?to) a friend|(?:link|url) copied.{0,20}"
            r"|(?:follow|like|find|join) us (?:on|at)\b.{0,60}|follow .{1,40} on (?:twitter|x|facebook|instagram|bluesky|threads)\b.{0,40}",
        ),
        (
            "a link to another story",
            r"(?:(?:\[|\()?(?:read(?: more| also| next| on| the full (?:story|report))?|related(?: stories| articles| news)?|see also|also read"
            r"|more(?: on this(?: story)?| from| in| stories| news)?|most (?:read|popular|viewed)|trending(?: now)?|don['’]t miss"
            r"|you (?:may|might) (?:also )?like|recommended(?: for you| reading)?|editor['’]s picks?|watch|listen|explore|further reading"
            r"|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lee también|léigh freisin|lees ook|leggi anche)\b\s?[:|>»–-]+.*)"
            r"|(?:read (?:more|next|also|on)|related(?: (?:stories|articles|news|topics|content|links))?|see also|also (?:read|on|in) .{1,60}|more (?:stories|news|on this(?: story)?|from .{1,40}|in .{1,30})"
            r"|most (?:read|popular|viewed|shared)(?: .{1,20})?|trending(?: now)?|top stories|latest (?:news|stories)|you (?:may|might) (?:also )?(?:like|be interested in).{0,20}"
            r"|recommended(?: for you| reading| stories)?|editor['’]s picks?|what to read next|up next|next article|previous article|keep reading|continue reading)",
        ),
        (
            CALL,
            r"(?:subscribe|sign ?up|sign ?in|log ?in|register|join(?: us)?|donate|contribute|become a (?:member|subscriber|supporter|friend)|start (?:your )?free trial)"
            r"(?: (?:now|here|today|free|for free|to .{1,60}|for .{1,60}|from .{1,30}|and .{1,40}))*!?|already (?:a|have) .{1,40}\?.{0,20}"
            r"|(?:support|help) (?:us|our|the|your|independent|quality)\b.{0,40}|enter (?:your )?e-?mail.{0,30}|your e-?mail(?: address)?",
        ),
        (
            "a button of the page",
            r"(?:close|open|cancel|accept(?: all| and .{1,20})?|reject(?: all)?|agree|ok(?:ay)?|no thanks|dismiss|menu|search|play(?: video)?|pause|mute|unmute"
            r"|replay|skip|next|previous|back(?: to top)?|load more|show more|view (?:all|gallery|more)|home|loading|dún|schließen|fermer|cerrar|chiudi|sluiten"
            r"|(?:cookie|privacy) (?:policy|settings|preferences)|terms (?:of use|and conditions)|view in gallery|click here .{0,40}|tap here .{0,40}|video|photos?|gallery|audio)",
        ),
        (
            "a copyright or licence line",
            r"(?:©|\(c\)|copyright\b|all rights reserved|alle rechte vorbehalten).*|.{0,60}\ball rights reserved\b.{0,80}"
            r"|text: .{1,60}\bCC BY\b.{0,60}|.{0,60}\blicen[cs]ed under\b.{0,80}",
        ),
    )
)
_EVEN_SENTENCES = frozenset({"a link to another story", "a copyright or licence line"})
_LONGEST = 160
_SHORT = 5
_DATE = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?[ ./-](?:[^\W\d_]{3,9}|\d{1,2})[ ./,-]+\d{2,4}|[^\W\d_]{3,9} \d{1,2},? \d{4}"
    r"|\d{4}-\d\d-\d\d)(?:[ ,|–-]+(?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?$"
    r"|^\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?:(?: on)? \d{1,2} [^\W\d_]{3,9} \d{4})?$",
    re.I,
)


def reason(line: str) -> str:
    """What the line is instead of prose ("an advertising label"), "" if its words do not tell."""
    if is_quotation(line):
        return ""
    bare = line.strip(" \t•·|>»«*[](){}–—-")
    if len(bare) <= _LONGEST:
        told = _EVEN_SENTENCES if _END.search(bare) and words(bare) > _SHORT else None
        for because, pattern in _KINDS:
            if (told is None or because in told) and pattern.match(bare):
                return because
    if _DATE.match(bare):
        return "a date line"
    if names.is_byline(bare):
        return "a byline"
    return "a caption or photo credit" if is_caption(line) else ""


def is_caption(line: str) -> bool:
    """Whether the line ends in a photo credit, often printed twice, and in no full stop."""
    if len(line) > 600 or is_quotation(line):
        return False
    if _doubled_tail(line) or _LEAD_CREDIT.match(line):
        return True
    if is_sentence(line):
        return False
    if _CREDITED.search(line) or _CREDIT_WORD.search(line):
        return True
    return _ends_in_name(line)


def is_sentence(line: str) -> bool:
    """Whether the line ends as sentences do, or runs on into what follows it."""
    return bool(_END.search(line) or _OPEN_END.search(line))


def is_quotation(line: str) -> bool:
    """Whether the line as a whole is somebody's words: nothing in it is the page's own voice."""
    return line[:1] in '“"„«‘' and not quotes.without(line).strip(" .,;:!?–—-")


def opens_in_capitals(line: str) -> bool:
    """Whether the first words are set in capitals, as some papers open their articles."""
    return _CAPITALS.match(line) is not None


def words(line: str) -> int:
    """How many words the line has."""
    wide = len(_WIDE.findall(line))
    return len(_WORD.findall(line)) + wide // 2


def _doubled_tail(line: str) -> bool:
    """Whether the last one to five words stand twice, as agencies' credits do: "PA PA"."""
    found = line.split()
    for size in range(1, min(5, len(found) // 2) + 1):
        tail = found[-size:]
        if tail == found[-2 * size : -size] and tail[0][:1].isupper() and len(found) > 2 * size:
            return True
    return len(found) >= 2 and len(found) % 2 == 0 and found[: len(found) // 2] * 2 == found


def _ends_in_name(line: str) -> bool:
    """Whether a full sentence is followed by a bare name: "The crew in May. Anna Example"."""
    head, _, tail = line.rpartition(". ")
    found = tail.split()
    return (
        words(head) >= 3
        and 1 <= len(found) <= 5
        and not is_sentence(tail)
        and all(
            word[:1].isupper() or word in {"of", "de", "the", "/", "&", "via"} for word in found
        )
    )
