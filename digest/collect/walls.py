"""Pages that stand where an article should be: consent and bot walls, a bare video, "not found"."""

import re
from collections.abc import Sequence

from lxml import html

from digest.collect import labels, lines
from digest.collect.blocks import Block
from digest.collect.metadata import Metadata
from digest.text import quotes

EMPTY = "The page is empty: its address answers with no text at all."
NO_ARTICLE = (
    "No article was found on the page: it has no paragraph of whole sentences outside its menus"
    " and boxes."
)
CONSENT = (
    "The page shows a consent wall instead of the article, so we have none of its text; open it in"
    " a browser, agree there and paste the text."
)
ROBOTS = (
    "The page shows a check against robots instead of the article, so we have none of its text;"
    " open it in a browser and paste the text, or ask the site to let us in."
)
VIDEO = (
    "The page holds a video and its caption and no article, so there is nothing to take from it;"
    " write the text yourself if the story matters."
)
NEEDS_SCRIPTS = (
    "The page shows its text only to browsers that run scripts, so we have none of it; open it in"
    " a browser and paste the text."
)
_LONGEST_WALL = 450
"""Words: no wall says more."""
_MOSTLY = 0.5
_ROBOT_WORDS = re.compile(
    r"\b(?:verify(?:ing)? (?:that )?you(?: are|['’]re)? (?:a |not a )?(?:human|robot|bot)"
    r"|are you (?:a )?(?:human|robot)|you are (?:not )?a (?:human|robot)|not a (?:ro)?bot"
    r"|checking (?:your browser|if the site connection is secure)|unusual (?:traffic|activity)"
    r"|just a moment|attention required|access (?:to this page )?(?:has been )?denied"
    r"|pardon our interruption|request (?:was )?(?:blocked|unsuccessful)|security check|captcha"
    r"|you have been blocked|automated (?:access|requests|queries)|bot (?:detection|protection)"
    r"|ray id|reference #[\d.a-f]{6,}|enable (?:javascript and )?cookies to continue"
    r"|kein roboter|ungewöhnlichen? (?:datenverkehr|aktivität)|pas un robot|no soy un robot)\b",
    re.I,
)
_ROBOT_MARKS = re.compile(
    r"cf-challenge|_cf_chl_opt|challenge-platform|captcha-delivery\.com|px-captcha|_Incapsula_"
    r"|distil_r_captcha|geo\.captcha|aws-waf-token|awswaf|ak_bmsc|perimeterx",
    re.I,
)
_CONSENT_WORDS = re.compile(
    r"\b(?:cookies?|consent(?:e[zr])?|privacy|personal(?:i[sz]ed)? (?:data|ads|content)|gdpr"
    r"|(?:our|\d+) partners|store (?:and/or access )?information on (?:a|your) device|opt[ -]out"
    r"|legitimate interests?|tracking|datenschutz\w*|einwilligung\w*|zustimm\w+"
    r"|personenbezogen\w*|données personnelles|partenaires|consentement|privacidad"
    r"|consentimiento|datos personales|toestemming|privacy\w*|dati personali|consenso"
    r"|fianáin|príobháideachas|samtykke|informasjonskapsler|evästeet)\b",
    re.I,
)
_SCRIPT_WORDS = re.compile(
    r"\b(?:(?:enable|turn on|requires?|without|activate) javascript|javascript (?:is|to be|must be)"
    r"|javascript (?:aktivieren|einschalten)|activer javascript|habilit\w+ javascript)\b",
    re.I,
)
_PLAYER = re.compile(
    r"youtube(?:-nocookie)?\.com/embed|player\.vimeo|dailymotion\.com/embed|jwplayer|brightcove"
    r"|kaltura|jwplatform|streamable|ooyala",
    re.I,
)
_CAPTION_WORDS = 40
_VIDEO_TEXT = 100


def problem(
    root: html.HtmlElement,
    known: Metadata,
    found: Sequence[Block],
    paragraphs: Sequence[str],
) -> str:
    """One sentence when what was found is no article, "" when it is one."""
    words = sum(map(labels.words, paragraphs))
    if words < _LONGEST_WALL:
        shown = paragraphs or [block.text for block in found]
        if _is_consent(shown):
            return CONSENT
        if _is_robot_check(root, known, found, paragraphs):
            return ROBOTS
        if _is_video(root, known, words, len(paragraphs)):
            return VIDEO
    if paragraphs:
        return ""
    return NEEDS_SCRIPTS if _needs_scripts(root, found) else NO_ARTICLE


def _is_consent(shown: Sequence[str]) -> bool:
    """Whether most of the text asks the reader, in the page's own voice, about data."""
    total = sum(map(labels.words, shown))
    asking = sum(
        labels.words(text)
        for text in shown
        if _CONSENT_WORDS.search(quotes.without(text)) and lines.speaks_to_readers(text)
    )
    return total > 0 and total < _LONGEST_WALL and asking >= _MOSTLY * total


def _is_robot_check(
    root: html.HtmlElement,
    known: Metadata,
    found: Sequence[Block],
    paragraphs: Sequence[str],
) -> bool:
    """Whether the few words are about robots, or what defends against them stands in the page."""
    words = sum(labels.words(block.text) for block in found)
    if known.types or words > _LONGEST_WALL:
        return False
    told = " ".join((known.headline, *(block.text for block in found)))
    says_so = len(_ROBOT_WORDS.findall(quotes.without(told)))
    own = [text for text in paragraphs if lines.speaks_to_readers(text)]
    if says_so >= 2 and len(own) * 2 >= len(paragraphs):
        return True
    is_marked = any(
        _ROBOT_MARKS.search((each.text or "")[:5_000] + (each.get("src") or ""))
        for each in root.iter("script", "iframe")
    )
    return is_marked and (says_so > 0 or words <= _CAPTION_WORDS)


def _is_video(root: html.HtmlElement, known: Metadata, words: int, paragraphs: int) -> bool:
    if known.video and words < _VIDEO_TEXT:
        return True
    return (
        not known.types
        and paragraphs <= 1
        and words <= _CAPTION_WORDS
        and any(_PLAYER.search(each.get("src") or "") for each in root.iter("iframe", "script"))
    ) or (words <= _CAPTION_WORDS and paragraphs <= 1 and _has_video(root, known))


def _has_video(root: html.HtmlElement, known: Metadata) -> bool:
    return not known.types and next(root.iter("video"), None) is not None


def _needs_scripts(root: html.HtmlElement, found: Sequence[Block]) -> bool:
    hidden = " ".join(each.text_content() for each in root.iter("noscript"))
    shown = " ".join(block.text for block in found)
    return len(found) < 10 and _SCRIPT_WORDS.search(f"{hidden} {shown}") is not None
