"""Which language a text is in, by its commonest words or its script; "" when unsure."""

import re

_COMMON = {
    "en": "the of and to in a is that for it was on with as be by at he from his have had but not"
    " are this they said has who were will which their an would been more when",
    "ga": "an na agus is ar ag i sé go le tá bhí do sa leis gur ach níl atá a mar bhfuil ina sin"
    " seo é nach ní chuig faoi ó siad sí dúirt idir den don raibh iad",
    "gd": "an a air agus is e gu aig tha ann na bha le do nach chan air bhith iad gun seo sin aca"
    " anns nan leis mar cha gus ach bho",
    "cy": "y yn a i o ar yr mae ei gan am bod wedi oedd ac nid eu sydd â hyn bydd gyda ond fel"
    " roedd hefyd ym yng",
    "fr": "le la les de des du et à en un une est que qui dans pour pas sur au par ce il ne se plus"
    " avec son sont elle aux été mais cette ou ont",
    "de": "der die das und in zu den ist von mit nicht auf für im sich des ein eine dem es auch als"
    " an werden aus er hat dass sie nach bei wird einer um",
    "es": "el la los las de que y en un una por con no para es se del al su lo como más pero sus"
    " ha este sobre fue entre también cuando ya muy",
    "it": "il lo la i gli le di che e in un una per non con del della è si da al dei sono più nel"
    " alla come ma anche ha delle dal questo",
    "pt": "o a os as de que e em um uma para com não do da no na por mais se dos foi ao das como"
    " são também pela mas ele ser à",
    "nl": "de het een en van in is dat op te zijn voor met niet aan er om ook als maar door bij uit"
    " nog naar heeft hij wordt over deze worden",
    "sv": "och att det i en som på är av för med den till inte har de om ett var men från så vi kan"
    " också efter hon sig eller",
    "da": "og at det i en som på er af for med den til ikke har de om et var men fra så vi kan også"
    " efter hun sig eller blev mere nogle",
    "nb": "og å det i en som på er av for med den til ikke har de om et var men fra så vi kan også"
    " etter hun seg eller ble mer noen",
    "fi": "ja on ei että se oli hän mutta ovat myös kun joka kuin ole sen mukaan tai olisi jo niin"
    " vain nyt sitä ollut hänen",
    "pl": "i w na z do się nie to że jest o jak po od za co ale przez dla ich przy tym był oraz"
    " które już tylko może są",
    "cs": "a v na se je že s z do o to ve i pro za by si jako ale podle po od které jsou při má"
    " byl však také",
    "hu": "a az és hogy nem is egy van volt de ez meg már csak mint azt még el ki szerint pedig"
    " lehet majd után",
    "ro": "și de în la a cu pe din că nu o mai un care pentru este au fi ca se prin după sau dar"
    " sunt fost lui",
    "hr": "i u je se na da su za od s a o kako što ne iz će nije ili koji bi to te koje kao",
    "tr": "ve bir bu da de için ile olarak daha çok olan ne kadar sonra gibi en ama var oldu olduğu"
    " her değil",
    "id": "yang dan di dengan untuk dari pada itu ini tidak akan dalam juga oleh karena ada saat"
    " telah sudah bisa",
    "vi": "và của là có không cho được trong với các một người những đã khi này để về từ",
}
_WORDS = {name: frozenset(words.split()) for name, words in _COMMON.items()}
_KANA = re.compile(r"[\u3041-\u30ff]")
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_PERSIAN = re.compile(r"[پچژگ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґ]", re.I)
_BULGARIAN = re.compile(r"\b(?:от|се|че|са|по|ще|който|това)\b", re.I)
_RUSSIAN = re.compile(r"[ыэё]", re.I)
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-\w+)*")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_READ = 4_000
"""Letters that are looked at."""
_FEWEST = 20
_SHARE = 0.18
"""Of an ordinary text more words than that are common ones."""
_LEAD = 1.15
_OTHER_SCRIPT = 0.3
_SOME = 0.05
_MANY = 60
"""Words after which a text is believed against its markup."""
_ALIKE = ({"da", "nb", "nn", "no", "sv"}, {"ga", "gd"}, {"hr", "sr", "bs", "sl"}, {"id", "ms"})
"""Languages too near each other to contradict a page over."""


def of(text: str) -> str:
    """The language's two letters, "" when the text is too short or in none we know."""
    text = text[:_READ]
    return _by_script(text) or _by_words(_WORD.findall(text.casefold()))


def settle(declared: str, text: str) -> str:
    """What the page declares, unless it says nothing or its text is plainly in another language."""
    declared = declared if _CODE.fullmatch(declared) else ""
    base = declared.partition("-")[0].lower()
    if base and (base not in _WORDS or len(_WORD.findall(text[:_READ])) < _MANY):
        return declared
    found = of(text)
    if not found or found == base or any({found, base} <= alike for alike in _ALIKE):
        return declared or found
    return found


def _by_script(text: str) -> str:
    letters = len(_LETTER.findall(text))
    if letters < _FEWEST:
        return ""
    for name, script in _SCRIPTS:
        if len(script.findall(text)) >= _OTHER_SCRIPT * letters:
            return "ja" if name == "zh" and len(_KANA.findall(text)) > _SOME * letters else name
    if len(_ARABIC.findall(text)) >= _OTHER_SCRIPT * letters:
        return "fa" if len(_PERSIAN.findall(text)) > 0.01 * letters else "ar"
    if len(_CYRILLIC.findall(text)) >= _OTHER_SCRIPT * letters:
        return _cyrillic(text, letters)
    return ""


def _cyrillic(text: str, letters: int) -> str:
    if len(_UKRAINIAN.findall(text)) > 0.02 * letters:
        return "uk"
    if len(_RUSSIAN.findall(text)) > 0.005 * letters:
        return "ru"
    return "bg" if len(_BULGARIAN.findall(text)) >= 3 else ""


def _by_words(words: list[str]) -> str:
    if len(words) < _FEWEST:
        return ""
    counts = {
        name: sum(word in common for word in words) / len(words) for name, common in _WORDS.items()
    }
    # A list of more words finds more by itself.
    scores = {name: share / len(_WORDS[name]) ** 0.5 for name, share in counts.items()}
    best, second = sorted(scores, key=lambda name: scores[name], reverse=True)[:2]
    sure = counts[best] >= _SHARE and scores[best] >= _LEAD * scores[second]
    return best if sure else ""
