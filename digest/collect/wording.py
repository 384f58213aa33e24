"""The words papers print around their articles, in the languages we read."""

import re

ADVERTISING = "an advertising label"
CHANGED = "the time of the last change"
COUNT = "a count of readers or comments"
SHARE = "a share or follow button"
OTHER_STORY = "a link to another story"
CALL = "a call to subscribe, join or sign in"
BUTTON = "a button of the page"
LEGAL = "a copyright or licence line"
CORRECTED = "a note on what was corrected or changed in the article"
CREDITS = "a credit to those who worked on the article"
ABOUT = "a note to readers about the page or the paper"
CONSENT = "a request for consent to show something"


def _any(patterns: str) -> str:
    """One group of all the lines of the text, each an alternative."""
    return "(?:" + "|".join(line.strip() for line in patterns.strip().splitlines()) + ")"


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("^(?:" + "|".join(patterns) + ")$", re.I)


def _words(*patterns: str) -> str:
    return rf"\b(?:{'|'.join(patterns)})\b"


_NUMBER = r"\d[\d.,]*\s?[km]?"
_NETWORK = _any(
    """twitter|x|facebook|instagram|bluesky
    threads|mastodon|whatsapp|linkedin|reddit"""
)
_ADVERT = _any(
    r"""advertise?ments?|adverts?|ads?|advertising|publicity
    anzeige|werbung|publicité|publicidad|pubblicità|advertentie
    fógra(?:íocht)?|annons|reklame?|mainos"""
)
_PAID = r"(?:sponsored|promoted|paid|partner|branded)"
_WHAT_CONTINUES = r"(?:(?:the|this|our) )?(?:story|article|report|text|news)?"
_WHERE = r"(?: (?:below|after|under)(?: (?:the|this|our) [a-z]+)?)?"
_MOMENT = _any(
    r"""secs?|mins?|hrs?|seconds?|minutes?
    hours?|days?|weeks?"""
)
_COUNTED = _any(
    r"""views?|reads?|comments?|shares?|likes?|replies
    kommentare?|commentaires?|t[hr]?rácht\w*"""
)
_SHARING = rf"(?:share|tweet|e-?mail|print|save|bookmark|copy|pin|{_NETWORK})"
_SHARED = rf"(?:this|it|now|article|story|post|page|update|link|url|on|via|to|by|with|a|{_SHARING})"
_LEAD_IN = _any(
    r"""read(?: more| also| next| on| the full (?:story|report))?
    related(?: stories| articles| news)?|see (?:also|more)|also read|further reading
    more(?: on this(?: story)?| from| in| stories| news)?
    most (?:read|popular|viewed)|trending(?: now)?|don['’]t miss
    you (?:may|might) (?:also )?like|recommended(?: for you| reading)?
    editor['’]s picks?|watch|listen|explore
    (?:lesen sie|lies) (?:auch|dazu|hier|mehr)(?: .{1,20})?|(?:auch|das könnte)[ \w]* interess\w+
    mehr (?:zum thema|dazu|lesen)|(?:à )?lire aussi|à lire|voir aussi|sur le même sujet
    lee? (?:también|aquí|más)|lea (?:también|aquí|más|además)|(?:le|te|les) puede interesar
    (?:vea|mira|mire) (?:también|además)|leia (?:mais|também)|veja (?:mais|também)|saiba mais
    léigh freisin|tuilleadh|lees ook|lees meer|leggi anche|les (?:også|mer)|læs (?:også|mere)
    läs (?:också|mer|även)|lue myös|czytaj (?:także|też|również|więcej)|zobacz (?:także|też)
    přečtěte si|čtěte také|olvasd el|читайте (?:также|також)|читай(?:те)? также"""
)
_RAIL = _any(
    r"""read (?:more|next|also|on)|see also|also (?:read|on|in|from) .{1,80}
    related(?: (?:stories|articles|news|topics|content|links))?
    more (?:stories|news|on this(?: story)?|from .{1,40}|in .{1,30})
    most (?:read|popular|viewed|shared)(?: .{1,20})?|trending(?: now)?
    don['’]t miss(?: (?:out|this|it))?|top stories|latest (?:news|stories)|editor['’]s picks?
    you (?:may|might) (?:also )?(?:like|be interested in).{0,20}
    recommended(?: for you| reading| stories)?|what to read next|up next
    (?:next|previous) article|(?:keep|continue) reading"""
)
_CALLING = _any(
    r"""subscribe|sign ?up|sign ?in|log ?in|register|join(?: us)?|donate
    contribute|become a (?:member|subscriber|supporter|friend)
    start (?:your )?free trial
    (?:jetzt |hier )?(?:anmelden|abonnieren|registrieren|einloggen|unterstützen|spenden|bestellen)
    (?:s['’]abonner|je m['’]abonne|abonnez-vous|s['’]inscrire|inscrivez-vous|se connecter)
    (?:suscr[ií]b(?:ete|irse|ase)|reg[ií]strate|iniciar sesión|assine|cadastre-se|entrar)
    (?:abbonati|iscriviti|registrati|accedi|abonneer|aanmelden|inloggen|word (?:lid|abonnee))
    (?:prenumerera|logga in|abonner|logg inn|log ind|bliv medlem|bli medlem|tilaa|kirjaudu)
    (?:zaloguj się|zarejestruj się|subskrybuj|síniú isteach|logáil isteach|liostáil|cláraigh)"""
)
_CALLED = r"(?: (?:now|here|today|free|for free|(?:to|for|from|and) .{1,60}))*!?"
_PRESSED = _any(
    r"""close|open|cancel|accept(?: all| and .{1,20})?|reject(?: all)?
    agree|ok(?:ay)?|no thanks|dismiss|menu|search|home|loading
    play(?: video)?|pause|mute|unmute|replay|skip|next|previous
    back(?: to top)?|(?:load|show) more|view (?:all|more|(?:in )?gallery)
    video|photos?|gallery|audio|(?:click|tap) here .{0,40}
    dún|schließen|fermer|cerrar|chiudi|sluiten|lukk|stäng
    (?:cookie|privacy) (?:policy|settings|preferences)
    terms (?:of use|and conditions)"""
)

_PIECE = r"(?:article|story|piece|post|column|headline)"
_PIECE_DE = r"(?:artikel|text|beitrag|bericht|interview|kommentar)"
_ALTERED = r"(?:amended|corrected|clarified|updated|changed|edited|revised|republished)"
_WORKED = r"(?:reporting|writing|editing|additional reporting|translation|research|graphics?)"
_NAME = r"(?-i:[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|van|von|der|al|bin|Ní|Ó)){0,4})"
_NAMES = rf"{_NAME}(?:(?:,| and|, and| &) {_NAME})*"

WHOLE_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        ADVERTISING,
        _whole(
            rf"-? ?{_ADVERT}(?: ?[-–] ?.{{1,60}}| by .{{1,40}})? ?-?",
            rf"{_WHAT_CONTINUES}\s?continues?(?: reading)?{_WHERE}",
            r"scroll (?:down )?to continue.{0,30}",
            rf"{_PAID} (?:content|message|post|(?:for )?by .{{1,40}})",
            r"remove ads?|why am i seeing (?:this|ads?)\??|skip (?:ad|advert)s?",
        ),
    ),
    (
        CHANGED,
        _whole(
            r"(?:last |first )?(?:updated?|published|posted|modified|aktualisiert|veröffentlicht"
            r"|mis à jour)\b.{0,44}(?:\d|ago|yesterday|today|just now).{0,40}",
            rf"{_NUMBER}\s?{_MOMENT} (?:ago|read)",
        ),
    ),
    (
        COUNT,
        _whole(
            rf"{_NUMBER}\s?{_COUNTED}",
            r"(?:no|leave a|add a|post a|join the|view|see|show|read|be the first to"
            r"|have your say in) (?:comments?|conversation|discussion)\b.{0,20}",
            r"comments?(?: (?:section|are closed|policy|\(\d+\)))?",
        ),
    ),
    (
        SHARE,
        _whole(
            rf"{_SHARING}(?:[ ,/|&]+{_SHARED})*",
            r"(?:tell|send (?:this )?to) a friend|(?:link|url) copied.{0,20}",
            r"(?:follow|like|find|join) us (?:on|at)\b.{0,60}",
            rf"follow .{{1,40}} on {_NETWORK}\b.{{0,40}}",
        ),
    ),
    (
        OTHER_STORY,
        _whole(
            rf"[\[(]?{_LEAD_IN}\s?[:|>»–-]+.*",
            _RAIL,
            r".{10,120}\[(?:video|insight|analysis|pictures|photos|comment|opinion|latest|report"
            r"|listen|watch|revealed|read|gallery|podcast)\]?",
        ),
    ),
    (
        CALL,
        _whole(
            rf"{_CALLING}{_CALLED}",
            r"already (?:a|have) .{1,40}\?.{0,20}",
            r"(?:support|help) (?:us|our|the|your|independent|quality)\b.{0,40}",
            r"enter (?:your )?e-?mail.{0,30}|your e-?mail(?: address)?",
        ),
    ),
    (BUTTON, _whole(_PRESSED)),
    (
        CORRECTED,
        _whole(
            rf"[^\w]*(?:this|our) (?:{_PIECE}|report) (?:was|has been|is being) (?:also )?"
            rf"(?:(?:further|since|later) )?{_ALTERED}\b.*",
            r"(?:an? )?(?:earlier|previous|original|first) versions? of this"
            rf" (?:{_PIECE}|report)\b.*",
            r"(?:corrections?|clarifications?|editor['’]?s[’']? note|note to readers|errat(?:a|um)"
            r"|berichtigung|korrektur|richtigstellung|anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)"
            r"|rectificatif|rectificación|fe de errat\w+|rettelse|rättelse|ceartúchán|soiléiriú)"
            r"\b[^:.]{0,40}:.*",
            rf"(?:in einer früheren (?:version|fassung)|eine frühere (?:version|fassung)) dieses .*"
            rf"|dieser {_PIECE_DE} wurde .{{0,40}}(?:aktualisiert|korrigiert|ergänzt|geändert).*"
            r"|cet article a été (?:modifié|corrigé|mis à jour).*",
        ),
    ),
    (
        CREDITS,
        _whole(
            rf"\(?{_WORKED} (?:for .{{1,30}} )?by {_NAMES}(?: (?:in|from|for) {_NAMES})?"
            r"(?:[.;)].{0,160})?",
            rf"{_NAMES}[^.!?]{{0,60}} contributed (?:to this (?:{_PIECE}|report)|reporting)\b"
            r".{0,80}",
            rf"{_NAMES} reported from {_NAMES}(?: and {_NAMES} from {_NAMES})*\.(?: .{{0,160}})?",
            r"with (?:reporting|files|additional reporting) (?:by|from) .{2,120}",
            rf"this {_PIECE} (?:(?:first|originally) (?:appeared|ran|was published)"
            rf"|was (?:first|originally) published|is republished from)\b.*",
            rf"dieser {_PIECE_DE} (?:ist|erschien|wurde) (?:zuerst|zunächst|erstmals)\b.*",
            r"\(?(?:(?:quellen?|sources?|fuente|bron):|mit (?:agentur)?material) [^.!?]{0,60}"
            r"\b(?:dpa|afp|reuters|apa|sda|efe|ap|pa|ansa)\b[^.!?]{0,40}[.)]?",
        ),
    ),
    (
        ABOUT,
        _whole(
            r"get in touch\b.{0,160}",
            r"(?:do you have|have you got|got|know) (?:a|any|more|something)\b.{0,80}\b(?:story|tip"
            r"|news|photos?|information|views?)\b.{0,200}\b(?:e-?mail|contact|write to|call|send"
            r"|get in touch|let us know|share)\b.{0,200}",
            r"(?:have|got) (?:a|any) (?:news )?tips?\?.{0,200}",
            rf"{_NAME} (?:may|can) be (?:reached|contacted)\b.{{0,160}}",
            r"get (?:the |all the |our )?(?:latest|breaking|daily|weekly|more|top)\b.{0,80}"
            r"\b(?:inbox|e-?mail|newsletters?|app)\b.{0,120}",
            r"(?:e-?mail|contact|write to|message) (?:us|our|the (?:author|reporter|writer|editor))"
            r"\b.{0,160}",
            r"(?:for|find|read) more (?:stories|news|articles|updates|features|content)"
            r" (?:like this|from|about|on (?:this|our|the))\b.{0,120}",
            r"(?:click|tap|press) (?:here|on the link|the link) (?:to|for)\b.{0,160}",
            r"(?:follow|join) (?:along|our|the) .{0,60}\b(?:live|updates|coverage|below|channel)\b"
            r".{0,80}",
            r"(?:[\w ’'&.]{2,30}: )?sign up (?:for|to|here)\b.{0,80}\b(?:newsletters?|alerts?"
            r"|updates?|inbox|e-?mails?|briefings?)\b.{0,120}",
            r"(?:[\w ’'&.]{2,30}: )?we(?: want| would love|['’]d love) to hear (?:from|what) you"
            r"\b.*",
            r"our standards: .{0,120}|about the (?:author|writer)s?",
            r"(?:download|get) our .{0,40}\bapp\b.{0,120}",
            r"listen to (?:our|this) .{0,60}\b(?:podcast|episode|article)\b.{0,120}",
        ),
    ),
    (
        LEGAL,
        _whole(
            r"(?:©|\(c\)|copyright\b|all rights reserved|alle rechte vorbehalten).*",
            r".{0,60}\ball rights reserved\b.{0,80}",
            r"text: .{1,60}\bCC BY\b.{0,60}|.{0,60}\blicen[cs]ed under\b.{0,80}",
        ),
    ),
)
"""What a line is when all of it reads so."""
NOTE = re.compile(
    r"[^\w]*(?:this|our|an?|earlier|previous|corrections?|clarifications?|editor|note to"
    r"|errat|bericht|korrektur|richtig|anm|rectific|fe de|rettelse|rättelse|in einer früh|eine früh"
    r"|dieser?|cet article|\(?(?:additional |report|writ|edit|with )|ceart|soil)",
    re.I,
)
"""How notes begin that may be longer than labels."""
EVEN_SENTENCES = frozenset({OTHER_STORY, LEGAL, CORRECTED, CREDITS, ABOUT})
"""Those that may end in a full stop or question mark and be long."""

_AGENCY = _any(
    r"""Alamy(?: Stock Photo| Live News)?|Getty(?: Images)?|AFP|Reuters|Shutterstock
    iStock(?:photo)?|EPA(?:-EFE)?|Rex Features|Associated Press|AP(?: Photo)?
    Press Association|PA(?: Wire| Images| Media)?|Sportsfile|INPHO|Inpho
    RollingNews(?:\.ie)?|Rolling News|Unsplash|Pixabay|Pexels|dpa|ANP|TT|NTB|Ritzau
    Xinhua|Bloomberg|NurPhoto|Zuma(?: Press)?|SIPA|Depositphotos
    Wikimedia Commons|Flickr|File photo"""
)
_CREDIT_NOUN = _any(
    r"""photo(?:graph)?|picture|pic|image|illustration|graphic|credit|source
    foto|bild|quelle|pictiúr|grianghraf|crédit|fotografía|imagen"""
)
CREDITED = re.compile(rf"(?:^|[.,:;)/|(–—-]\s*|\S\s){_AGENCY}[)\]]?\.?$")
CREDIT = re.compile(
    rf"(?:^|[.(|–—/]\s*|\s){_CREDIT_NOUN}s?(?:\s(?:by|credit|courtesy of?|von|le|de))?"
    rf"\s?[:/©]\s*\S[^.!?]{{0,60}}$"
    rf"|^{_CREDIT_NOUN}s?\s(?:by|courtesy of)\s[^.!?]{{2,60}}$"
    rf"|©\s?\S[^.!?]{{0,60}}$",
    re.I,
)
FILE_PICTURE = re.compile(r"^(?:file|stock|library) (?:photo|picture|image)s?\b", re.I)
_CLOCK = r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?"
DATE = _whole(
    r"(?:\w{3,9}day,? )?(?:\d{1,2}(?:st|nd|rd|th)?[ ./-](?:[^\W\d_]{3,9}|\d{1,2})[ ./,-]+\d{2,4}"
    r"|[^\W\d_]{3,9} \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
    rf"(?:[ ,|–-]+(?:at )?{_CLOCK}(?: [A-Z]{{2,4}})?)?",
    rf"{_CLOCK}(?:(?: on)? \d{{1,2}} [^\W\d_]{{3,9}} \d{{4}})?",
)

# What a page says in its own voice: as the paper ("we"), to its readers ("you"), about giving.
ADDRESS = re.compile(
    _words(
        "[Ww]e|[Ww]e['’](?:re|ve|d|ll)|[Oo]urs?|us",
        "[Yy]ou|[Yy]ou['’](?:re|ve|d|ll)|[Yy]ours?|[Pp]lease",
        "[Ss]ibh(?:se)?|agaibh|díbh|daoibh|libh|linne?|dúinne?|againne?|orainn|táimid|[Mm]uide?",
        "duit(?:se)?|agat|[Ww]ir|uns(?:ere?[mnrs]?)?|Sie|Ihnen|Ihre?[mnrs]?|euch|euer",
        "[Nn]ous|[Nn]otre|nos|[Vv]ous|[Vv]otre|vos|[Nn]osotros|[Nn]uestr[oa]s?|[Uu]sted(?:es)?",
        "[Nn]oi|[Nn]ostr[oaie]|[Vv]oi|[Vv]ostr[oaie]|[Ww]ij|ons|onze|[Jj]ij|jouw?|jullie",
        "[Vv]i|oss|[Vv]år[at]?|[Vv]ores?|[Dd]u|[Dd]ig|[Dd]in[ae]?",
    )
)
PAPER = re.compile(_words("[Ww]e|us|[Oo]urs?|[Ww]e['’](?:re|ve|ll)", "[Jj]ournalism|newsroom"))
READER = re.compile(_words("[Yy]ou|[Yy]ours?|[Yy]ou['’](?:re|ve|ll)|readers?|[Pp]lease"))
FIRST_PERSON = re.compile(
    _words("[Mm]e|[Mm]y|I|I['’]m|[Uu]s|[Oo]ur", "dúinn|linn|dom|mir|uns|moi|nous")
)
ASKING = re.compile(
    _words(
        r"support(?:s|ed|ing|ers?)?|contribut\w+|donat\w+|subscri\w+|members?(?:hip)?",
        r"fund(?:s|ed|ing)?|give|gift|chip in|help|keep us|crowdfund\w*|patreon|afford",
        r"keeps? .{1,30} (?:free|open|alive|going|afloat)",
        r"pay|pays|paid|paying|(?:a|per) (?:month|week|year)|monthly|free trial|paywall|premium",
        r"newsletters?|e-?mails?|inbox|sign(?:ing)? up|podcast|app|notifications?|account|log ?in",
        r"journalis\w+|reporting|reporters?|newsroom|readers?|independen(?:t|ce)|advertis\w+",
        r"this (?:page|site|paper|story|article|report|work)",
        r"unterstütz\w+|abonn\w+|spende\w*|soutenez|soutenir|apoya\w*|íocann|íoc|tacaíocht",
    )
    + r"|[€£$]\s?\d|\d\s?(?:€|euros?|pounds?|dollars?)\b",
    re.I,
)
PLEA = re.compile(
    r"\b(?:please|support|contribute|donate|subscribe|sign up|chip in|join|help|consider|become)\b"
    r".{0,60}\b(?:us|our|what you can|today|journalis\w+|reporting|newsletter|members?|mission"
    r"|newsroom)\b",
    re.I | re.S,
)
CONSENTING = re.compile(
    r"\b(?:cookies?|consent|privacy|personal data|personenbezogene\w*|datenschutz\w*"
    r"|einwilligung|zustimm\w+|données personnelles|vie privée|datos personales|privacidad"
    r"|toestemming|third[- ]party|drittplattform\w*|drittanbieter\w*)\b",
    re.I,
)
SHOWING_WORDS = tuple("content media element inhalt contenu contenido inhoud einverstanden".split())
"""Without one of these nothing is shown: to look for them costs next to nothing."""
SHOWING = re.compile(
    r"\b(?:(?:external|embedded|recommended|this|the) (?:content|media|element)"
    r"|extern\w* inhalte?\w*|redaktionell\w* inhalt\w*|diese[nrs]? inhalte?\w*"
    r"|contenu (?:externe|intégré)|ce contenu|contenido externo|este contenido"
    r"|externe (?:inhoud|content)|einverstanden)\b",
    re.I,
)
"""What a page says where it holds a foreign video, map or post back."""
SAID_WORDS = (
    *"said says saying told tells added adds asked wrote explained warned argued claimed".split(),
    *"announced insisted recalled replied denied admitted stated deir dúirt sagt sagte".split(),
    *("erklärte", "déclaré", "dijo", "zei", "according to", "ha detto"),
)
SAID = re.compile(_words(*SAID_WORDS), re.I)
