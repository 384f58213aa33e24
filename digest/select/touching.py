"""What only looks like a death, a court case or a minor, and how ages are told, by language."""

import re
from dataclasses import dataclass

from digest.text.languages.language import listed

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touching:
    """One language's rules beside its word lists; an empty one only costs precision."""

    figurative: re.Pattern[str] = _NEVER
    """Passages whose words mean something else; they are passed over."""
    weak: frozenset[str] = frozenset()
    """Words of the list of courts that betray a case only together with another word."""
    case: re.Pattern[str] = _NEVER
    """Passages that betray a case, though none of their words does."""
    harm: frozenset[str] = frozenset()
    """Words beside the themes that show that something befell somebody."""
    ages: tuple[re.Pattern[str], ...] = ()
    """How the age of somebody is told; the group `age` is the figure."""
    several: re.Pattern[str] = _NEVER
    """The age of a group, which may be all of that age; the same."""
    young: re.Pattern[str] = _NEVER
    """Somebody not of age, told without a figure."""


def of(code: str) -> Touching:
    """The rules of the language with that code."""
    return _OF.get(code, _NONE)


def _whole(*alternatives: str) -> re.Pattern[str]:
    """One of the alternatives (a line each) as whole words, in small or capital letters."""
    lines = [line.strip() for text in alternatives for line in text.splitlines() if line.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)


_ENGLISH_DEATH = r"""
    dead[ -](?:heat|end|ends|ringer|ball|balls|rubber|wood|weight|zones?|air|set|cert|eye|keen)
    dead (?:on time|in the water|last|serious|sea)
    (?:walking|grateful|red|evil) dead
    death (?:tax|taxes|knell|spiral|metal|star|valley|stare|trap|wish)
    (?:sudden[ -]|black )death
    death of (?:the (?:high street|office|novel|author)|democracy|tv|print|cinema)
    (?:bored|scared|frightened|starved|work\w*|love\w*|tickled|sick|done) to death
    life[ -](?:and|or)[ -]death
    dying (?:to|for|breed|art|trade|language|days of|seconds|minutes|embers)
    (?:to|would|I'd) die for
    die[ -]?hards?
    dies? (?:down|out|away|hard)
    kill(?:s|ed|ing)? (?:off|time|two birds|bill|bugs)
    kill(?:s|ed|ing)? (?:the|a|its|his|her|this) (?:bill|deal|plans?|project|proposal|mood|merger)
    kill(?:s|ed|ing)? (?:the|a|its|his|her|this) (?:idea|program(?:me)?|filibuster|amendment|app)
    kill(?:s|ed|ing)? (?:the|a|its|his|her|this) (?:legislation|vibe|switch|story|competition|pain)
    kill(?:s|ed|ing)? (?:the|a|its|his|her|this) (?:buzz|tax|policy|pipeline|measure|product)
    kill(?:s|ed|ing)? (?:bugs|germs|bacteria|weeds|pests|viruses|cells|trees|insects|mosquitoes)
    mak\w+ a killing
    killing (?:machine|moon|eve)
    kill switch
    get\w* away with murder
    murder (?:mystery|mysteries|ballad|on the)
    murder, she wrote
    only murders
    fatal (?:flaw|flaws|attraction|error|blow|mistake)
    drown(?:ed|ing|s)? (?:out|in (?:debt|paperwork|work|data))
    suicide squad
    political (?:suicide|death)
    (?:who|that) (?:had )?(?:died|fell|were killed) (?:in|for|during|at) (?:the )?(?:first|second)
    (?:who|that) (?:had )?(?:died|fell|were killed) (?:in|for|during|at) (?:the )?(?:great|world)
    (?:risk|chance|rate|odds|likelihood|cause)s? of (?:\w+ ){0,2}(?:dying|death)
"""
_ENGLISH_BODY = (
    r"bod(?:y|ies)(?! of (?:\w+ ){0,3}(?:(?:wo)?m[ae]n|boy|girl|child|baby|teenager|people|person"
    r"|victims?|soldiers?)(?!\w)"
    r"| (?:(?:was|were|is|are|ha(?:s|ve) been) )?(?:found|recovered|discovered|pulled|identified)"
    r"| parts| bags?)"
)
_ENGLISH_COURT = r"""
    (?:tennis|food|basketball|squash|badminton|netball|handball|pickleball|royal) ?courts?
    (?:centre|center|clay|grass|hard|home|full|half|indoor|outdoor|forecourt|margaret) ?courts?
    (?:on|off)[ -](?:the )?court
    in (?:his|her|their|your|its|\w+'s) court
    court(?:side|yards?)
    court (?:no\.?|number) \w+
    (?:hampton|earl's) court
    (?:clinical|drug|vaccine|free|time|pilot|medical|human|scientific|research|field) trials?
    (?:randomi[sz]ed|controlled|phase \w+|early|late[- ]stage|safety|first|horse|sheepdog) trials?
    (?:olympic|world cup|(?:week|month|year)(?:[- ]long)?) trials?
    trials? (?:and error|balloons?|runs?|period|basis|participants?|results)
    trials? of (?:the|a|an) (?:new|drug|vaccine|treatment|four-day)
    (?:supreme|super|heavily|highly|emotionally|fully|turbo)[- ]?charged
    charged? (?:up|[£$€]|for |extra|more|customers|batter\w+|\w+ (?:per|a|an) )
    charges? (?:of|from|at|for) [£$€]
    (?:delivery|service|bank|water|parking|congestion|depth|usb|extra|bag) charges?
    (?:impairment|restructuring|one-off) charges?
    charges? (?:ahead|into|forward)
    guilty pleasures?
    jury is (?:still )?out
    damning indictment
    indictment of (?:the|our|a)
    bail(?:s|ed|ing)? out
    cardiac arrest
    arrested development
    arrest(?:s|ed)? (?:the|a|its|his|their) (?:decline|slide|fall|slump|rot|spread)
    hearing (?:aids?|loss|impaired|from|about|the|that|it|tests?|problems|of)
    tried (?:to|and|out|on|for|it|hard|everything)
    sentence (?:structure|length)
    (?:i|we|you|they|many|some|scientists|experts|researchers|officials|doctors|police) suspects?
    suspects? (?:that|it|he|she|they|the)
    (?:fashion|talent|dance) judges?
    judges?' scores?
    judge (?:by|on|for|whether|how|a book)
"""
_ENGLISH_MINOR = r"""
    (?:proud|beastie|backstreet|beach|pet shop|jersey|oak ridge|fall out|bad|golden) boys?
    boys? (?:band|bands|wonder|george)
    (?:spice|gilmore|derry|mean|golden) girls?
    girls? (?:band|bands|group|groups|power|boss|scouts?|aloud)
    baby (?:boom\w*|steps|grand|reindeer|blue|names?|bumps?|showers?|driver)
    child'?s play
    kid gloves
    karate kid
    teen (?:drama|comedy|pop|wolf|titans)
    minor (?!(?:was|is|has|who|from|in|at|after|and)(?!\w))\w+
    (?:asia|ursa) minor
    youth (?:team|club|academy|vote|hostels?|movement|wing)
    fountain of youth
"""
_PERSON = (
    r"activist|actor|actress|apprentice|athlete|boxer|brother|carer|chorister|cousin|cyclist"
    r"|daughter|defendant|defender|dancer|driver|female|footballer|fugitive|goalkeeper|golfer"
    r"|grandchild|granddaughter|grandson|gunman|gymnast|jockey|labou?rer|male|man|mother|midfielder"
    r"|migrant|musician|nephew|niece|orphan|passenger|patient|pedestrian|performer|person|player"
    r"|prince|princess|prodigy|recruit|refugee|relative|rider|scout|sensation|shooter|siblings?"
    r"|singer|sister|skater|skier|soldier|son|star|stowaway|striker|student|suspect|survivor"
    r"|swimmer|trainee|twins?|victim|winger|woman|worker|boys?|girls?|child|children|baby|babies"
    r"|infants?|toddlers?|teens?|teenagers?|teenaged?|schoolboys?|schoolgirls?|pupils?|juveniles?"
    r"|minors?|youngsters?|youths?|kids?"
)
_AFTER_PERSON = (
    r"was|is|has|had|who|whose|from|in|at|after|and|told|said|says|died|dies|to|with|on|by|found"
)
_AGE = (
    r"(?P<age>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen)"
)
_NAME = r"[A-Z][\w'-]+"

_ENGLISH = Touching(
    figurative=_whole(_ENGLISH_DEATH, _ENGLISH_BODY, _ENGLISH_COURT, _ENGLISH_MINOR),
    weak=listed(
        """
        courts judge judges charges charged hearing tried accused alleged allegedly suspect
        suspects conviction convictions testify testified testimony verdict appealed pleaded
        pleads prosecution barrister solicitor custody trials tribunal
        """
    ),
    case=_whole(
        r"""
        charged (?:with|over)(?! (?:misconduct|bringing|energy|ensuring|leading|running)(?!\w))
        charges? (?:against|filed|dropped)
        (?:criminal|fraud|murder|rape|libel) (?:case|charges?)
        plea deal
        on trial
        in the dock
        (?:goes?|went) to jail
        """
    ),
    harm=listed(
        """
        missing abducted abduction rescued injured injuries hurt hospital victim victims bullied
        bullying exploitation exploited trafficked trafficking neglect starved burned burnt
        drowning crash police
        """
    ),
    ages=(
        re.compile(
            rf"(?<!\w)(?i:{_AGE}(?:-|\s)(?:year|month|week|day)s?(?:-|\s)old)(?=\s+(?:[A-Z]"
            rf"|(?:\w+\s+){{0,3}}(?:{_PERSON}|{_AFTER_PERSON})(?!\w))|[,.;:?!)]|\s*$)",
            re.MULTILINE,
        ),
        re.compile(
            rf"(?<!\w)(?:dead|died|dies|killed) at {_AGE}(?![\w:.]|\s*[ap]\.?m)", re.IGNORECASE
        ),
        re.compile(
            rf"(?<!\w)aged? (?:just |only )?{_AGE}(?![\w%-])"
            r"(?!\s*(?:to|and|or|–|months?|weeks?|days?|years? (?:in|and|or))(?!\w))",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<!\w)(?:boy|girl|son|daughter|child|baby|toddler|infant|teen|teenager|schoolboy"
            r"|schoolgirl|pupil|student|brother|sister|twins?|nephew|niece|victim)"
            r",? \(?(?P<age>\d{1,2})\)?(?=[\s,.;:)]|$)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![\w.]){_NAME} {_NAME}, (?P<age>\d{{1,2}}),(?! (?:19|20)\d\d)"),
    ),
    several=re.compile(rf"(?<!\w){_AGE}(?:-|\s)year(?:-|\s)olds(?![\w-])", re.IGNORECASE),
    young=_whole("in (?:his|her|their) (?:early |mid-?|late )?teens", "under-?age"),
)
_GERMAN = Touching(
    figurative=_whole(
        r"""
        tote[rmns]? (?:hosen?|meer|winkel|punkt|briefkasten|rennen)
        zum sterben
        (?:haupt)?gerichte? (?:mit|aus|vom|von)
        jüngste[sn] gericht
        junge[nrs]? (?:leute|menschen|frau(?:en)?|m[aä]nn(?:er)?|union|welt|erwachsene\w*)
        junge[nrs]? (?:talente?|spieler\w*|mütter|väter|eltern|familien|firmen|unternehmen)
        """
    ),
    weak=listed(
        """
        verteidiger verteidigerin prozess prozesse prozesses verfahren revision zeuge zeugen zeugin
        klage urteil urteile berufung mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher verdächtige
        verdächtigen verdächtiger anwalt anwältin richter gerichte
        """
    ),
    harm=listed("vermisst vermisste vermisster verletzt verletzte verletzter polizei opfer unfall"),
    ages=(
        re.compile(
            r"(?<!\w)(?P<age>\d{1,2})(?:-|\s)?[Jj]ährige[rnsm]?(?!\w)"
            r"(?! (?:Haft|Freiheitsstrafe|Vertrag|Laufzeit|Krieg|Pause|Bestehen|Jubiläum))"
        ),
        re.compile(r"(?<!\w)(?:im Alter von|Alter:) (?P<age>\d{1,2})(?!\w)"),
        re.compile(r"(?<!\w)(?:Junge|Mädchen|Sohn|Tochter|Kind|Baby) \((?P<age>\d{1,2})\)"),
    ),
    young=_whole(r"minderjährig\w*"),
)
_FRENCH = Touching(
    ages=(
        re.compile(r"(?<!\w)âgée?s? de (?P<age>\d{1,2}) ans", re.IGNORECASE),
        re.compile(
            r"(?<!\w)(?:garçon|filles?|fillette|adolescente?|enfant|lycéen(?:ne)?|collégien(?:ne)?"
            r"|mineure?|bébé|fils|élève),? (?:de |\()(?P<age>\d{1,2}) ans",
            re.IGNORECASE,
        ),
    ),
)
_SPANISH = Touching(
    ages=(
        re.compile(r"(?<!\w)de (?P<age>\d{1,2}) años de edad", re.IGNORECASE),
        re.compile(
            r"(?<!\w)(?:niñ[oa]s?|menor(?:es)?|adolescentes?|hij[oa]|bebé|chic[oa]|joven|alumn[oa])"
            r",? (?:de |\()(?P<age>\d{1,2}) años",
            re.IGNORECASE,
        ),
    ),
)
_IRISH = Touching(
    ages=(
        re.compile(
            r"(?<!\w)(?P<age>\d{1,2}) (?:m?bh?liana|bliain)(?: déag)? d['’]aois", re.IGNORECASE
        ),
    ),
)
_NONE = Touching()
_OF = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "ga": _IRISH}
