"""German.

Nouns have capitals here, so rules that know names by them see more names than there are.
"""

import re

from digest.summarise.wording.wording import NEVER, Wording
from digest.text import languages
from digest.text.languages.language import listed

_PERIODS = (
    "Woche|Wochen|Wochenende|Monat|Monats|Monate|Monaten|Jahr|Jahres|Jahre|Jahren|Sommer|Sommers"
    "|Herbst|Winter|Frühjahr|Frühling|Saison|Morgen|Vormittag|Mittag|Nachmittag|Abend|Nacht"
    "|Tag|Tage|Tagen|Mal|Zeit|Jahrzehnt|Jahrhundert|Montag|Dienstag|Mittwoch|Donnerstag|Freitag"
    "|Samstag|Sonntag"
)
_FINITE = (
    "ist|sind|war|waren|sei|seien|wäre|wären|hat|habe|haben|hatte|hatten|hätte|hätten|wird|wurde"
    "|würde|werde|werden|wurden|würden|kann|könne|konnte|könnte|können|könnten|muss|müsse|musste"
    "|müsste|müssen|müssten|soll|solle|sollte|sollen|sollten|will|wolle|wollte|wollen|wollten|darf"
    "|dürfe|durfte|dürfte|dürfen|dürften|sagte|sagt|teilte|teilt|berichtete|berichtet|betonte"
    "|betont|erklärte|erklärt|ergab|ergibt|geht|ging|gilt|galt|gab|gibt|zeigt|zeigte|heißt|hieß"
    "|bedeutet|bedeutete|macht|machte|liegt|lag|kommt|kam|führt|führte|schreibt|schrieb|meldet"
    "|meldete|bestätigte|bestätigt|steht|stand|bleibt|blieb|geschieht|geschah|reicht|fordert"
    "|forderte|hält|hielt|sieht|sah|begann|beginnt|folgt|folgte|gehört|gehörte|sorgt|sorgte"
)
_PREPOSITIONS = (
    "nach|vor|bei|beim|mit|seit|trotz|wegen|in|im|am|an|ans|auf|aus|für|von|vom|zu|zum|zur|durch"
    "|unter|über|um|ohne|gegen|laut|während|bis|gestern|heute|damals|bisher|zuletzt|zunächst"
    "|ursprünglich|künftig|jetzt|nun|gemeinsam"
)
_REPORTED = (
    r"^(?!.*(?:sag|erklär|teil|laut|zufolge|beton|hieß|heißt|mein|nach (?:angaben|ansicht|meinung"
    r"|einschätzung|worten|überzeugung|auffassung|darstellung)|bericht|schr[ei]|dass|\bob\b|, als"
    r"|kritisier|kündig|warn|forder|behaupt|fürcht|hoff|glaub|denk|find|fand|s[ai]h|sieht|verlang"
    r"|bestätig|versicher|beteuer|klag|räum|gab|gibt|ergab|ergib|zeig|urteil|entschied|erfuhr"
    r"|w[ai]rf"
    r"|vorwurf|vorwürf|stell|begründ|argument|verwies|verweis|bezeichn|kommentier|frag|rief|antwort"
    r"|erzähl|spr[aie]|wies|mitteil|meld|wunsch|wünsch|erwart|rechn|verteidig|bekräftig))"
    r".*\b(?:sei|seien|habe|könne|müsse|solle|wolle|dürfe|werde|gebe|komme|gehe|stehe|bleibe"
    r"|lasse)\b"
)
"""What somebody said, in a mood that says so, without a word who: that stands a sentence before."""
_LINKED = (
    r"[^,;:]{2,60}?\s(?:aber|jedoch|allerdings|hingegen|zudem|außerdem|daher|deshalb|deswegen"
    r"|demnach"
    r"|dennoch|trotzdem|darüber hinaus|ebenfalls|ferner|vielmehr|hierfür|hierzu)"
    r"|(?:\w+ ){1,3}(?:dafür|davon|daran|darüber|daraus|dahinter|dagegen|darunter)(?![^.]*,)"
)
"""What ties a sentence to the one before it, behind its first words."""
_KINDS = {
    "alleged": (
        r"mutmaßlich\w*|angeblich\w*|vermeintlich\w*|soll(?:en)?|sollte[nt]?|verdächtig\w*"
        r"|verdacht\w*"
        r"|vorwurf|vorwürfe[n]?|vorgeworfen|beschuldig\w*|offenbar|offensichtlich|anscheinend"
        r"|berichten zufolge|behaupte[nt]?|behauptete[n]?|unbestätigt\w*|vermute[nt]?|vermutlich"
    ),
    "possible": (
        r"könnte[n]?|dürfte[n]?|möglich\w*|möglicherweise|vielleicht|wahrscheinlich\w*|womöglich"
        r"|wohl|schein(?:t|en)|erwarte(?:t|n)|voraussichtlich|potenziell\w*|unklar|eventuell"
        r"|geschätzt|schätzungsweise|würde[n]?|droh(?:t|en|te|ten)"
    ),
    "planned": (
        r"plan(?:t|en|te|ten)|geplant\w*|pläne|will|wollen|wollte[n]?|beabsichtig\w*|vorschlag\w*"
        r"|schl(?:ägt|ug)|erwäg(?:t|en)|prüf(?:t|en)|hoff(?:t|en|te|ten)|versuch(?:t|en|te|ten)"
        r"|forder(?:t|n|te|ten)|streb(?:t|en)|haftbefehl"
    ),
}

GERMAN = Wording(
    language=languages.GERMAN,
    nouns_capitalised=True,
    weekdays=tuple("montag dienstag mittwoch donnerstag freitag samstag sonntag".split()),
    weekday=re.compile(
        r"\b(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)"
        r"(?=\b|abend|morgen|mittag|nachmittag|vormittag|nacht|früh)"
    ),
    first_person=re.compile(
        r"(?<![\w.-])(?:[Ii]ch|[Mm]ich|[Mm]ir|[Mm]eine?[nmrs]?|[Ww]ir|[Uu]ns|[Uu]nser\w{0,2}"
        r"|[Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[nmrs]?|[Ee]uch|[Ee]ure?[nmrs]?|Ihnen)(?![\w-])"
        r"|(?<!^)(?<![.!?:–—-]\s)\b(?:Sie|Ihr|Ihre[nmrs]?)\b"
    ),
    negation=re.compile(
        r"\b(?:nicht|kein\w{0,2}|nie|niemals|niemand\w{0,2}|nichts|nirgends|weder|ohne|nein)\b",
        re.IGNORECASE,
    ),
    implied_negation=re.compile(
        r"\b(?:scheiter\w*|gescheitert|verweiger\w*|bestr(?:eitet|itt|itten)|dementier\w*"
        r"|ablehn\w*|abgelehnt|lehn(?:t|te|en|ten)|verhinder\w*|verbiet\w*|verboten|verbot"
        r"|unmöglich)\b",
        re.IGNORECASE,
    ),
    spoke=re.compile(
        r"\b(?:sagt(?:en?)?|sagen|erklärt(?:en?)?|teilt(?:en?)? .{0,40}mit|mitgeteilt|laut|zufolge"
        r"|nach (?:\w+ )?angaben|betont(?:en?)?|schr(?:eibt|ieb|ieben)|hieß es|meint(?:en?)?)\b",
        re.IGNORECASE,
    ),
    hedge=re.compile(rf"\b(?:{'|'.join(_KINDS.values())})\b", re.IGNORECASE),
    hedge_kinds={k: re.compile(rf"\b(?:{v})\b", re.IGNORECASE) for k, v in _KINDS.items()},
    attribution=re.compile(
        r"\b(?:sagte[n]?|sagt|sagen|erklär\w*|teilte[n]?|mitgeteilt|laut|zufolge|nach angaben"
        r"|nach eigenen angaben|berichte\w*|melde\w*|bestätig\w*|behaupte\w*|beton\w*|kündigte[n]?"
        r"|warn(?:t|te|ten|en)|kritisier\w*|schr(?:eibt|ieb|ieben)|hieß es|so|mein(?:t|te|en))\b",
        re.IGNORECASE,
    ),
    boilerplate=re.compile(
        r"\b(?:lesen sie (?:auch|hier|mehr|dazu|weiter)|lies auch|mehr (?:dazu|zum thema|lesen)"
        r"|hier (?:geht|klicken|lesen|finden|abonnieren|anmelden)|weiterlesen|zum thema:"
        r"|newsletter|jetzt (?:abonnieren|anmelden|registrieren|testen|kaufen|lesen|bestellen)"
        r"|abonnieren sie|melden sie sich|registrieren sie|folgen sie|klicken sie|cookies?"
        r"|datenschutz(?:erklärung|einstellungen|hinweise?)|alle rechte vorbehalten"
        r"|(?:foto|bild|grafik|quelle|video|symbolbild|archivbild|archivfoto|text|autor|anzeige):"
        r"|symbol(?:bild|foto)|archiv(?:bild|foto)|externe[nr]? inhalte?|affiliate|werbung|anzeige"
        r"|© |copyright|aktualisiert am|zuletzt aktualisiert|whatsapp-kanal|nachrichten-app"
        r"|im video|in der bildergalerie|bildergalerie|zur startseite|kommentare? (?:schreiben"
        r"|lesen)"
        r"|impressum|leserbriefe?|mit material (?:von|der)|unterstützen sie|mit agenturmaterial)\b",
        re.IGNORECASE,
    ),
    number_words={
        word: value
        for value, word in enumerate(
            "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn"
            " fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig".split()
        )
    }
    | {"dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
       "neunzig": 90, "hundert": 100, "dutzend": 12},
    scales={
        "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6,
        "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "billion": 1e12, "billionen": 1e12,
    },
    ordinals={
        word: value
        for value, word in enumerate(
            "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte".split(), 1
        )
    },
    many={"dutzende": 12, "hunderte": 100, "tausende": 1000, "millionen": 10**6},
    percent=re.compile(r" ?(?:prozent(?:punkte\w?)?|v\.\s?h\.)\b", re.IGNORECASE),
    currencies={
        "euro": "€", "dollar": "$", "us-dollar": "$", "pfund": "£", "yen": "¥", "yuan": "¥",
    },
    roughly=re.compile(
        r"\b(?:rund|etwa|ungefähr|circa|ca\.|knapp|fast|über|mehr als|weniger als|gut|bis zu"
        r"|mindestens|höchstens|annähernd|gegen)$",
        re.IGNORECASE,
    ),
    decimal_mark=",",
    months=(
        ("januar", "jänner", "jan"), ("februar", "feber", "feb"), ("märz",), ("april", "apr"),
        ("mai",), ("juni", "jun"), ("juli", "jul"), ("august", "aug"), ("september", "sept"),
        ("oktober", "okt"), ("november", "nov"), ("dezember", "dez"),
    ),
    relative_days={"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2},
    period_steps={
        step: value
        for value, steps in (
            (-1, "letzte letzten letztes letzter vergangene vergangenen vergangenes vergangener"
                 " vorige vorigen voriger voriges"),
            (0, "diese dieser diesem diesen dieses laufende laufenden heuer"),
            (1, "nächste nächsten nächster nächstes kommende kommenden kommender kommendes"),
        )
        for step in steps.split()
    },
    same_day=re.compile(
        r"\b(?:heut(?:e|ig\w{2})|gestern|gestrig\w{2}|vorgestern|übermorgen|(?<!Guten )morgen"
        r"|Sonnabend\w*|soeben|zur Stunde|[Aa]m (?:frühen |späten )?(?:Morgen|Vormittag|Mittag"
        r"|Nachmittag|Abend)(?! (?:des|vom|zuvor|danach))"
        r"|[Ii]n der (?:vergangenen |letzten )?Nacht(?! (?:zu|zum|auf|vom|von))"
        r"|[Vv]or (?:\w+ )?(?:Minuten|Stunden?|Tagen))\b|^(?:Heute|Gestern|Morgen|Soeben)\b"
    ),
    period=re.compile(
        r"\b(?:(?:diese|vergangene|letzte|vorige|nächste|kommende|laufende)[nmrs]? "
        r"(?:(?P<week>Woche(?:nende)?)|(?P<month>Monats?)|(?P<year>Jahr(?:es)?))\b)",
        re.IGNORECASE,
    ),
    opener=re.compile(
        rf"(?:{_LINKED}|er|sie|es|ihm|ihn|ihnen|ihre?[nmrs]?|seine?[nmrs]?|deren|dessen"
        rf"|derjenige\w*"
        r"|letztere\w?"
        rf"|erstere\w?|dies|diese[nmrs]?(?! (?:{_PERIODS})\b)|jene[nmrs]?|solche?[nmrs]?"
        rf"|(?:das|der|die|den|dem|denen) (?:{_FINITE})|beide[nrs]?(?! [A-Z])|die beiden|beides"
        r"|(?:ein|eine|einer|eines) (?:andere\w?|weitere\w?|davon|von ihnen|der beiden)"
        r"|(?:der|die|das) (?:andere\w?|weitere\w?|übrige\w?|eine|einen)"
        r"|andere\w?|weitere\w?|einige (?:davon|von ihnen)|keine\w? (?:davon|von ihnen)|manche\w?"
        r"|und|oder|aber|doch|denn|sondern|sowie|also|auch|so|da|dann|dort|hier|dorthin|dabei"
        r"|dadurch"
        r"|dafür|dagegen|daher|dahinter|damit|danach|daneben|daran|darauf|daraufhin|daraus|darin"
        r"|darüber|darum|darunter|davon|davor|dazu|dazwischen|demnach|demzufolge|deshalb|deswegen"
        r"|dementsprechend|entsprechend|folglich|somit|allerdings|jedoch|dennoch|trotzdem|hingegen"
        r"|zudem|außerdem|ferner|überdies|stattdessen|vielmehr|anschließend|schließlich|später"
        r"|zuvor"
        r"|vorher|nachher|inzwischen|mittlerweile|unterdessen|währenddessen|gleichzeitig|zugleich"
        r"|seitdem|seither|bislang|ebenso|ebenfalls|genauso|andernfalls|sonst|immerhin|tatsächlich"
        r"|zum beispiel|in der tat|geboren|beispielsweise|etwa|unter anderem|vor allem"
        r"|im gegenteil|im gegensatz dazu"
        r"|hinzu kommt|grund (?:dafür|ist|war)|hintergrund (?:ist|war|sind)|gemeint ist|ähnlich"
        r"|nicht nur|noch|nun|selbst|sogar|gerade|erst|ja|nein|na|trotz allem|infolgedessen|indes"
        r"|demgegenüber|wiederum|zusätzlich|darauf|danach|im anschluss|in der folge|kurz darauf"
        rf"|(?:{_PREPOSITIONS}) (?:diese[nmrs]?|jene[nmrs]?|solche[nmrs]?)(?! (?:{_PERIODS})\b))\b",
        re.IGNORECASE,
    ),
    definite=re.compile(
        r"(?:der|die|das|den|dem) (?:[a-zäöüß]\w+ )?(?:Unternehmen|Konzern|Firma|Mann|Männer|Frau"
        r"|Frauen"
        r"|Junge|Mädchen|Kind|Kinder|Paar|Duo|Trio|Bericht|Studie|Umfrage|Untersuchung|Forscher\w*"
        r"|Wissenschaftler\w*|Gruppe|Team|Mannschaft|Beamten|Behörden?|Polizisten|Einsatzkräfte"
        r"|Vorfall|Schritt|Entscheidung|Ankündigung|Ereignis|Fall|Verdächtigen?|Tatverdächtigen?"
        r"|Täter"
        r"|Opfer|Aussage|Mitteilung|Einigung|Vereinbarung|Abkommen|Ergebnis(?:se)?|Programm|Projekt"
        r"|Artikel|Dokument|Brief|Video|Plan|Pläne|Maßnahmen?|Vorschlag|Urteil|Unfall|Idee|Problem"
        r"|Ziel|Autor(?:en|in)?|Interview|Gespräch|Schule|System|Seite|Website|Webseite|App|Spiel"
        r"|Partie|Film|Serie|Buch|Werk|Gerät|Modell|Organisation|Agentur|Zeitschrift|Zeitung|Verein"
        r"|Verband|Klage|Beschwerde|Gesetz|Gesetzentwurf|Entwurf|Schüler\w*|Studenten|Studierenden"
        r"|Jugendlichen?|Spieler|Fahrer(?:in)?|Politiker(?:in)?|Künstler(?:in)?|Sänger(?:in)?"
        r"|Schauspieler(?:in)?|Trainer(?:in)?|Wettbewerb|Test|Tests|Prozess|Verfahren|Technik"
        r"|Methode|Gebäude|Haus|Anlage|Veranstaltung|Partei|Kläger(?:in)?|Angeklagten?|Zahl|Betrag"
        r"|Summe|Grund|\d{1,2}-Jährigen?|\d{1,2}-jährigen?(?: [A-Z]\w+)?)(?![\w-])"
    ),
    defined=re.compile(
        r"\s+(?:des|der|von|vom|aus|zwischen|hinter|gegen|zu|zum|zur|über|für|in|im|bei|beim|mit|um"
        r"|am|an|auf|durch|namens|dass|ob)\b|,\s+(?:der|die|das|deren|dessen|den|dem|dass|wonach)\b"
        r"|,?\s+[„»\"“‚']?[A-ZÄÖÜ]"
    ),
    plural_back=NEVER,
    # The verb comes second, so "he" right behind it was named by an earlier sentence.
    hanging=re.compile(
        rf"[^,]*?\b(?:{_FINITE}|[a-zäöüß]+(?:te|ten|iert)) (?:sich )?(?:er|sie)\b"
    ),
    clause=NEVER,
    person=re.compile(r"\b(?:er|ihm|ihn|sie)\b", re.IGNORECASE),
    dangling=re.compile(
        rf"{_REPORTED}|\b(?:diese[nmrs]?(?! (?:{_PERIODS}|beiden|\d)\b)|jene[nmrs]? (?!die\b|der\b"
        rf"|, die)"
        r"|solche[nmrs]?|siehe (?:oben|unten|auch|hier)|wie (?:oben )?erwähnt|oben genannte\w?"
        r"|(?:links|rechts|oben|unten)\)|\((?:links|rechts|l\.|r\.|m\.)|ersteres?r?|letztere[nmrs]?"
        r"|im (?:interview|gespräch|beitrag|artikel|video|bild|film|text)"
        r"|in (?:der studie|dem (?:video|bericht|schreiben|brief|film|buch|interview|artikel))"
        r"|das (?:auch|nicht|nur|schon|noch|eigentlich|so|ja|aber|allerdings|jedoch|alles|hier"
        r"|dort)"
        r"|genannte[nmrs]?|besagte[nmrs]?|wie folgt|die folgenden?|das folgende)\b",
        re.IGNORECASE,
    ),
    antecedent=re.compile(
        r"\b(?:eine?[mrns]?|jede[mrns]?|keine?[mrns]?|viele|manche|zwei|drei|mehrere|wer)\b", re.I
    ),
    plural=NEVER,
    opening_name=re.compile(
        rf"^[A-ZÄÖÜ]\w+(?=\s+(?:[A-ZÄÖÜ]|(?:{_FINITE}|[a-zäöüß]+te)\b))"
    ),
    discourse=NEVER,
    aside=NEVER,
    ranks=frozenset(),
    acronyms=listed(
        """
        usa us eu un uno nato cdu csu spd fdp afd bsw ard zdf dfb fc dgb ihk bka bnd bgh bvb hsv
        vw bmw dax kfz pkw lkw tüv adac ddr brd uefa fifa ceo ki it tv pc uk who eu-kommission orf
        srf ndr wdr mdr rtl övp spö fpö kpö ögb svp
        """
    ),
    common=listed(
        """
        am an auf aus bei bis das dem den der des die ein eine einem einen einer für gegen hat haben
        im in ist mit nach nicht neue neuen neuer neues sind soll sollen um und unter vom von vor
        war waren wegen weil wenn wer wie wird wurde wurden zu zum zur über jetzt gibt geht kommt
        macht mehr
        """
    ),
    wordish=re.compile(r"\w+(?:lich|isch|iert|ierte|bar|los|sam)(?:e[nmrs]?)?"),
    interview=re.compile(r"\b(?:interview(?:t|s)?|im gespräch|nachgefragt"
        r"|fragen an)\b", re.IGNORECASE),
    verb=re.compile(
        rf"\b(?:{_FINITE}|[a-zäöüß]{{2,}}(?:te|ten)|(?!(?:nicht|mit|seit|jetzt|selbst|erst|fast|oft"
        r"|statt|laut|samt|rechtzeitig|zuletzt|sonst|längst|meist|weit|dort|statt|bereit)\b)"
        r"[a-zäöüß]{3,}t)\b"
    ),
    portrait=re.compile(r" (?:ist|war|gilt als) (?:eine?[rsmn]?|der|die|das|seit|selbst|Chef"
        r"|Präsident)\b"),
)  # fmt: skip
