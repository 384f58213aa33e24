"""Whether a newsroom may show a picture, as far as its words tell."""

import re

from digest.model.picture import Pictures

AGENCIES = (
    "AAP|AFP|Agence France-Presse|Alamy|ANP|ANSA|AP|Associated Press|Barcroft|Belga|Bloomberg|CTK"
    "|Dreamstime|dpa|EFE|EPA(?:-EFE)?|Europa Press|Eyevine|Getty(?: Images)?|Imago|INPHO|iStock"
    "|Keystone|Kyodo|Lusa|Magnum|NTB|Nordphoto|NurPhoto|PA(?: Images| Media| Wire)?|PAP"
    "|Photocall Ireland|picture[- ]alliance|Press Association|Reuters|Rex(?: Features)?|Ritzau"
    "|RollingNews(?:\\.ie)?|Scanpix|Shutterstock|SIPA|SNS|Splash News|Sportsfile|TASS|TT|UPI"
    "|Xinhua|Zuma(?: Press)?"
)
"""Picture agencies and libraries: what they own is licensed for one use, seldom for mail."""

_AGENCY = re.compile(rf"(?<![\w-])(?:{AGENCIES})(?![\w-])")
_LICENSED = re.compile(r"all rights reserved|not for reuse|no reuse|licen[cs]e required", re.I)


def refused(pictures: Pictures, image: str, credit: str) -> str:
    """Why the picture at an address must not be shown, "" when it may; `credit` is its credit and
    caption."""
    if not image:
        return "the article has no picture"
    if pictures is Pictures.NONE:
        return "no picture of its source may be shown (`pictures: none`)"
    if pictures is Pictures.OWN:
        if found := _AGENCY.search(credit):
            return f"the picture is {found[0]}'s, and only our own may be shown"
        if _LICENSED.search(credit):
            return "the picture's owner asks for a licence"
    return ""
