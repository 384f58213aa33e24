"""Irish, whose sentences begin with the verb: who did it comes second, and so does "he"."""

import re

from digest.summarise.wording.wording import NEVER, Wording
from digest.text import languages
from digest.text.languages.language import listed

_PERIODS = (
    "seachtain|tseachtain|deireadh seachtaine|mhí|mí|bhliain|bliain|samhradh|geimhreadh|fómhar"
    "|earrach"
    "|séasúr|lá|oíche|maidin|mhaidin|tráthnóna|uair|Luan|Mháirt|Chéadaoin|Déardaoin|Aoine|Satharn"
    "|Domhnach|laethanta|seachtainí|míonna|blianta|am|t-am"
)
_NOUN = (
    "comhlacht|chomhlacht|chuideachta|gcomhlacht|fear|bhean|mbean|mná|fir|buachaill|cailín|lánúin"
    "|bheirt"
    "|triúr|tuarascáil|dtuarascáil|staidéar|suirbhé|taighde|taighdeoirí|grúpa|ngrúpa|fhoireann"
    "|eagraíocht"
    "|eagras|teachtaireacht|cinneadh|gcinneadh|fógra|ócáid|cás|gcás|t-amhrasach|íospartach|ráiteas"
    "|comhaontú|torthaí|clár|togra|scéim|tionscadal|t-alt|cháipéis|litir|físeán|plean|bplean|moladh"
    "|timpiste|smaoineamh|fhadhb|sprioc|t-údar|agallamh|scoil|suíomh|cluiche|scannán|tsraith"
    "|leabhar"
    "|áisíneacht|nuachtán|líonra|tseirbhís|dlí|reacht|bille|daltaí|mic léinn|déagóir|imreoirí"
    "|comórtas"
    "|togha|ceoltóir|aisteoir|iarrthóir|coiste|chumann|cumann|club|foirgneamh|tiománaí|méid"
)
_PRONOUN = r"(?:sé|sí|siad|seisean|sise|siadsan)"
_KINDS = {
    "alleged": (
        r"líomh\w+|líomhnaí\w+|deirtear|dúradh|cúisíodh|cúisithe|amhras\w*|creidtear|is cosúil"
        r"|de réir|tuairiscítear|i leith|maítear|dealraíonn"
    ),
    "possible": (
        r"d[’']fhéadfadh|b[’']fhéidir|is féidir|féadfa\w+|seans|dócha|is dócha|meastar"
        r"|táthar ag súil|bheadh|mbeadh|dealraí\w+|ceaptar|baol|i mbaol|gurbh fhéidir|bhféadfadh"
    ),
    "planned": (
        r"beartai\w+|beartú|pleanáil\w*|tá sé i gceist|i gceist|molta|mol\w+|iarr\w+|ag súil"
        r"|ag iarraidh|geall\w+|bagair\w*|bagrai\w+|barántas|iarracht|tá sé beartaithe|togra"
    ),
}

IRISH = Wording(
    language=languages.IRISH,
    weekdays=(
        "dé luain", "dé máirt", "dé céadaoin", "déardaoin", "dé haoine", "dé sathairn", "dé"
        " domhnaigh",
    ),
    weekday=re.compile(
        r"\b(?:Dé (?:Luain|Máirt|Céadaoin|hAoine|Sathairn|Domhnaigh)|Déardaoin)\b"
    ),
    first_person=re.compile(
        r"(?<![\w’'-])(?:[Mm]é|[Mm]ise|mo|m[’'](?=\w)|[Ss]inn(?! Féin)|[Ss]inne|[Mm]uid|[Mm]uidne"
        r"|[Mm]uidinne"
        r"|ár|lenár|inár|dár n|[Tt]ú|[Tt]usa|thú|thusa|[Ss]ibh|[Ss]ibhse|bhur|agam(?:sa)?"
        r"|agat(?:sa)?"
        r"|againn(?:e)?|agaibh(?:se)?|orm(?:sa)?|ort(?:sa)?|orainn(?:e)?|oraibh(?:se)?|dom(?:sa)?"
        r"|duit(?:se)?|dúinn(?:e)?|daoibh(?:se)?|liom(?:sa)?|leat(?:sa)?|linn(?:e)?|libh(?:se)?"
        r"|fúm|fúinn|romham|romhainn|uaim|uainn|asam|asainn|díom|dínn|ionam|ionainn|chugam"
        r"|chugainn(?<!seo chugainn)"
        r"|[Tt]á(?:im|imid)|[Nn]ílim(?:id)?|[Bb]hí(?:omar|os)|\w{2,}(?:aimid|imid|aimíd|eamar"
        r"|íomar|óimid|eoimid))(?![\w’'-])"
    ),
    negation=re.compile(
        r"\b(?:ní|níl|níor|nach|nár|nára|cha|chan|gan|níorbh|nárbh|neamh\w*|riamh"
        r"|ná)\b", re.IGNORECASE
    ),
    implied_negation=re.compile(
        r"\b(?:dhiúltai\w+|diúltai\w+|diúltú|shéan|séan\w*|theip|teip\w*|chosc|cosc\w*"
        r"|toirmeasc\w*)\b",
        re.IGNORECASE,
    ),
    spoke=re.compile(
        r"\b(?:dúirt|ndúirt|deir|deirtear|dúradh|arsa|dar le|de réir|mhaígh|d[’']fhógair"
        r"|mhínigh)\b",
        re.IGNORECASE,
    ),
    hedge=re.compile(rf"\b(?:{'|'.join(_KINDS.values())})\b", re.IGNORECASE),
    hedge_kinds={k: re.compile(rf"\b(?:{v})\b", re.IGNORECASE) for k, v in _KINDS.items()},
    attribution=re.compile(
        r"\b(?:dúirt|ndúirt|deir|dúradh|deirtear|de réir|dar le|arsa|mhaígh|d[’']fhógair|fógraí\w+"
        r"|mhínigh|dhearbhaigh|luaigh|d[’']admhaigh|cháin|thug le fios|chuir in iúl|léiri\w+"
        r"|léirigh"
        r"|scríobh|mheas|measann|creideann|thuairiscigh)\b",
        re.IGNORECASE,
    ),
    boilerplate=re.compile(
        r"(?:\b(?:léigh (?:níos mó|tuilleadh|freisin|an scéal)|tuilleadh (?:eolais|scéalta)"
        r"|liostáil"
        r"|cláraigh|síntiús|nuachtlitir|cliceáil anseo|lean (?:muid|sinn)|roinn (?:é|an scéal|ar)"
        r"|fianáin?|fógraíocht|fógra:|gach ceart ar cosnamh|ceadúnas|grianghraf:?|pictiúr:|íomhá:"
        r"|físeán:"
        r"|scéalta eile|tabhair (?:lámh chúnta|tacaíocht)|seas linn|fág trácht|scríobh trácht"
        r"|beartas príobháideachta|téigh i dteagmháil|níos mó ar an scéal)\b|©|read more"
        r"|subscribe)",
        re.IGNORECASE,
    ),
    number_words={
        word: value
        for value, word in enumerate(
            "náid aon dó trí ceathair cúig sé seacht ocht naoi deich".split()
        )
        if word not in ("sé", "trí", "aon")
    }
    | {"ceithre": 4, "gceithre": 4, "seachtar": 7, "ochtar": 8, "naonúr": 9,
       "deichniúr": 10, "triúr": 3,
       "ceathrar": 4, "cúigear": 5, "seisear": 6, "fiche": 20, "tríocha": 30, "daichead": 40,
       "caoga": 50, "seasca": 60, "seachtó": 70, "ochtó": 80, "nócha": 90, "céad": 100},
    scales={"míle": 1e3, "mhíle": 1e3, "milliún": 1e6, "mhilliún": 1e6, "billiún": 1e9,
            "bhilliún": 1e9},
    many={"céadta": 100, "mílte": 1000, "milliúin": 10**6},
    ordinal_ending=re.compile(r"ú\b"),
    percent=re.compile(r" ?(?:faoin gcéad|sa chéad)\b", re.IGNORECASE),
    currencies={"euro": "€", "dollar": "$", "dollair": "$", "punt": "£"},
    roughly=re.compile(
        r"\b(?:thart ar|timpeall|tuairim is|beagnach|breis agus|níos mó ná|níos lú ná|ar a laghad"
        r"|suas le|os cionn|breis is)$",
        re.IGNORECASE,
    ),
    months=(
        ("eanáir", "ean"), ("feabhra", "feabh"), ("márta",), ("aibreán", "aib"), ("bealtaine",),
        ("meitheamh", "meith"), ("iúil",), ("lúnasa",), ("meán fómhair",), ("deireadh fómhair",),
        ("samhain",), ("nollaig",),
    ),
    relative_days={
        "arú inné": -2, "inné": -1, "aréir": -1, "inniu": 0, "anocht": 0, "amárach": 1,
        "arú amárach": 2, "ar maidin": 0,
    },
    period_steps={"anuraidh": -1},
    same_day=re.compile(
        r"\b(?:inniu|inné|amárach|anocht|aréir|arú (?:inné|amárach)|athrú (?:inné|amárach)"
        r"|ar maidin|ó chianaibh|ar ball beag|(?:nóiméad|uair|uaireanta|cúpla lá|lá) ó shin"
        r"|(?:ar an|ón|go dtí an) (?:Luan|Máirt|Mháirt|gCéadaoin|Chéadaoin|Déardaoin|Aoine|Satharn"
        r"|Domhnach))\b|^(?:Inniu|Inné|Amárach|Anocht|Aréir|Ar maidin)\b"
    ),
    period=re.compile(
        r"\b(?:(?:an|na|i rith na|ón|sa) (?:(?P<week>t?seachtaine? (?:seo(?: caite| chugainn)?"
        r"|caite)|deireadh seachtaine(?: seo)?(?: caite| chugainn)?)"
        r"|(?P<month>mh?í (?:seo(?: caite| chugainn)?|caite)))"
        r"|(?P<year>(?:an|ón|sa) bh?liain (?:seo(?: caite| chugainn)?|caite)|anuraidh"
        r"|i mbliana))\b",
        re.IGNORECASE,
    ),
    opener=re.compile(
        rf"(?:[^\W\d_]+(?:[’'][^\W\d_]+)? (?:{_PRONOUN}|iad(?! \w+ a\b)|féin)|{_PRONOUN}"
        r"|(?:is|ba|níorbh|ní|nach) (?:é|í|iad|ea|eisean|ise) (?:sin|seo|féin|a)\b|seo|sin|siúd"
        r"|iad|é|í|is (?:sin|seo)|ba (?:sin|seo)|ach|agus|nó|mar sin|dá bhrí sin|dá bharr"
        r"|mar gheall air sin"
        r"|ar an ábhar sin|ina dhiaidh sin|tar éis sin|roimhe sin|go dtí sin|idir an dá linn"
        r"|ag an am (?:sin|céanna)|san am (?:sin|céanna)|chomh maith leis sin|ina theannta sin"
        r"|fairis sin"
        r"|lena chois sin|ar an láimh eile|ar an taobh eile|os a choinne sin|ina choinne sin"
        r"|mar shampla"
        r"|mar an gcéanna|leis sin|ar nós|ansin|ansan|ansiúd|anseo|annsin|freisin|fós|arís|áfach"
        r"|mar fhocal"
        r"|dar (?:leis|léi|leo)|de réir (?:sin|seo)|a (?:mháthair|athair|mhac|iníon|bhean chéile"
        r"|fhear céile)"
        r"|beirt acu|ceann acu|cuid acu|duine acu|gach duine acu|ceachtar|an dá cheann|an bheirt"
        r"|ceann eile"
        r"|duine eile|cuid eile|daoine eile|go deimhin|i ndáiríre|sea|ní hea|is fíor|thairis sin"
        r"|ina ainneoin sin|d[’']ainneoin sin|in ainneoin (?:sin|seo)|dá ainneoin sin|san áit sin"
        r"|sa (?:chás|chomhthéacs) (?:sin|seo))\b",
        re.IGNORECASE,
    ),
    definite=re.compile(
        rf"(?:(?:[^\W\d_]+(?:[’'][^\W\d_]+)? ){{1,2}})?(?:an"
        rf"|na) (?:{_NOUN})(?![\w-])", re.IGNORECASE
    ),
    defined=re.compile(
        r"\s+(?:a|atá|ar|idir|den|de|do|don|faoi|faoin|maidir|is|ina|le|leis an|i|in|sa|san|ó|ón"
        r"|um)\b|,?\s+(?:na |an |t|h|n-)?[A-ZÁÉÍÓÚ]"
    ),
    plural_back=NEVER,
    hanging=NEVER,
    clause=NEVER,
    person=re.compile(
        r"\b(?:sé(?! (?:is|seachtain|mhí|bliana|lá|uair|\w+ déag|chéad|mhíle|mhilliún)\b)|sí"
        r"|seisean|sise"
        r"|aige(?!an)|aici|uirthi|léi|uaidh|uaithi|dósan|disean|inti|iontu"
        r"|(?<!is )(?<!ní )(?<!ba )(?<!nach )(?<!gurb )iad(?! (?:na|siúd)\b))\b",
        re.IGNORECASE,
    ),
    dangling=re.compile(
        rf"\b(?:(?:an|na|sa|san|den|don|ón|leis an|ar an|ag an|faoin) (?!(?:{_PERIODS})\b)"
        r"[^\W\d_]+(?:-[^\W\d_]+)?(?: (?!seo|sin)[^\W\d_]+)? (?:seo|sin|úd)|thuasluaite|thíosluaite"
        r"|réamhráite"
        r"|thuas|thíos|mar a luadh|(?:ar chlé|ar dheis)\)|san (?:agallamh|alt)|sa (?:tuarascáil"
        r"|litir"
        r"|leabhar|scannán)|mar atá luaite|roimhe sin|dá bharr sin)\b",
        re.IGNORECASE,
    ),
    antecedent=re.compile(
        r"\b(?:duine|fear|bean|gach|beirt|triúr|daoine|gasúr|cailín|buachaill|tuismitheoir"
        r"|iascaire)\b",
        re.I,
    ),
    plural=NEVER,
    opening_name=re.compile(r"^[A-ZÁÉÍÓÚ]\w+(?=\s+(?:Ó|Ní|Mac|Nic|Uí|Mhic|de|[A-ZÁÉÍÓÚ]))"),
    discourse=re.compile(
        r"(?:Idir an dá linn|Mar sin féin|Ina theannta sin|Chomh maith leis sin|Ar an láimh eile"
        r"|Dar ndóigh|Go deimhin|Fairis sin),\s+(?=\S)"
    ),
    aside=NEVER,
    ranks=listed(
        """
        taoiseach tánaiste uachtarán aire airí rí banríon pápa seanadóir breitheamh méara ginearál
        captaen easpag ardeaspag cairdinéal ollamh dochtúir comhairleoir teachta
        """
    ),
    acronyms=listed(
        """
        rté tg4 clg fss ae na sam ra ria psni bbc fáilte tv ccál coe cogg ite htp ucd tcd tud dcu
        ceo
        """
    ),
    common=listed(
        """
        an na ag ar as le i in do de go gan ó faoi tar éis bás bliain bliana mhí seachtain airgead
        scoil scoile gaeilge rialtas fear bean daoine páistí timpiste cúirt garda gardaí nua mór
        """
    ),
    wordish=re.compile(r"\w+(?:acht|achta|eacht|eachta|adh|eadh|úil|iúil|ithe|aithe)"),
    interview=re.compile(r"\b(?:agallamh|agallaimh|ag caint le|comhrá le)\b", re.IGNORECASE),
    verb=re.compile(
        r"\b(?:tá|bhí|beidh|bíonn|níl|ní|níor|is|ba|go bhfuil|nach bhfuil|le [^\W\d_]+ú"
        r"|le [^\W\d_]+áil"
        r"|dúirt|deir|rinne|fuair|tháinig|chuaigh|thug|chuir|bhuaigh|ghabh|thit|thosaigh|mharaigh"
        r"|[^\W\d_]{3,}(?:fidh|faidh|eoidh|óidh|tear|far|fear|íodh|aíodh|ófar|aigh|igh))\b",
        re.IGNORECASE,
    ),
    portrait=NEVER,
)  # fmt: skip
