"""French."""

import re

from digest.summarise.wording.wording import NEVER, Wording
from digest.text import languages
from digest.text.languages.language import listed

_PERIODS = (
    "semaine|semaines|week-end|mois|année|années|été|automne|hiver|printemps|saison|matin|soir"
    "|nuit|jour|jours|journée|midi|après-midi|fois|siècle|décennie|lundi|mardi|mercredi|jeudi"
    "|vendredi|samedi|dimanche|temps|jour-là"
)
_VERB = (
    "a|ont|est|sont|était|étaient|avait|avaient|sera|seront|fut|furent|va|vont|doit|doivent|peut"
    "|peuvent|pourrait|pourraient|devrait|devraient|aura|auront"
)
_IMPERSONAL = (
    r"(?! (?:y (?:a|avait|aura|aurait)|n[’']y (?:a|avait)|faut|faudra|faudrait|fallait|s[’']agit"
    r"|s[’']agissait|est (?:possible|probable|prévu|question|temps|vrai|nécessaire|interdit"
    r"|difficile)"
    r"|reste|existe|existait|suffit|convient|semble que|pleut|n[’']est pas (?:question|possible)))"
)
_LINKED = (
    r"[^,;:]{2,60}, (?:par exemple|cependant|toutefois|en revanche|par ailleurs|de son côté"
    r"|quant à \w+"
    r"|en outre|de plus|pour sa part|néanmoins|pourtant|ainsi|donc|aussi|également)(?=,)"
    r"|[^,;:]{2,40}? (?:a|ont|est|sont) (?:également|aussi|par ailleurs|ainsi|cependant|toutefois"
    r"|néanmoins|donc|en outre)"
)
"""What ties a sentence to the one before it, behind its first words."""
_KINDS = {
    "alleged": (
        r"présumée?s?|soupçon\w*|accus\w*|prétend\w*|suspect\w*|serai(?:t|ent)|aurai(?:t|ent)|selon"
        r"|d[’']après|mise?s? en cause|alléga\w*|reproch\w*|apparemment|supposée?s?"
        r"|mise?s? en examen"
    ),
    "possible": (
        r"pourrai(?:t|ent)|peut-être|possible(?:s|ment)?|probable(?:s|ment)?|risque(?:nt|r)?"
        r"|semblent?"
        r"|sembl(?:ait|aient)|devrai(?:t|ent)|éventuel\w*|potentiel\w*|susceptibles?|attendue?s?"
        r"|estim\w*|envisag\w*|incertaine?s?"
    ),
    "planned": (
        r"pr(?:évoit|évoient|évue?s?|évoyait)|projet(?:te|tent|s)?|propos\w*|souhait\w*|veu(?:t"
        r"|lent)|voulait|compte(?:nt)?|menac\w*|tent(?:e|ent|é|ait|ative)s?|appel(?:le|lent)"
        r"|promet(?:tent)?|espèr(?:e|ent)|cherch(?:e|ent)|mandat"
    ),
}

FRENCH = Wording(
    language=languages.FRENCH,
    weekdays=tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
    weekday=re.compile(
        r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
        r"|^(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche)\b"
    ),
    first_person=re.compile(
        r"(?<![\w’'-])(?:[Jj]e|[Jj][’'](?=\w)|[Mm]oi|[Mm]on|ma|mes|me|m[’'](?=\w)|[Nn]ous|[Nn]otre"
        r"|[Nn]os"
        r"|[Vv]ous|[Vv]otre|[Vv]os|[Tt]u|[Tt]oi|t[’'](?=\w)|[Oo]n|l[’']on|[Qq]u[’']on)(?![\w’'-])"
        r"|^\w{2,}ons\b(?=,? (?:que|tout|d[’']|à|les?|la|ici|enfin|aussi|également|qu[’']))"
        r"|(?<=\w)-(?:moi|nous|vous|je)\b(?<!rendez-vous)"
        r"|\b(?:d|s|l|qu|lorsqu|puisqu)[’'](?:on|nous|vous)\b"
    ),
    negation=re.compile(
        r"\b(?:ne|pas|plus (?:de|aucun)|jamais|aucune?|rien|personne ne|ni|sans|nul(?:le)?|non)\b"
        r"|\bn[’']",
        re.IGNORECASE,
    ),
    implied_negation=re.compile(
        r"\b(?:refus\w*|rejet\w*|échou\w*|dément\w*|ni(?:e|ent|é)|interdi\w*|empêch\w*|renonc\w*"
        r"|impossible|incapables?|faute de)\b",
        re.IGNORECASE,
    ),
    spoke=re.compile(
        r"\b(?:selon|d[’']après|dit|disent|a (?:dit|déclaré|affirmé|expliqué|indiqué|précisé|ajouté"
        r"|assuré|estimé|annoncé)|ont (?:dit|déclaré|affirmé|indiqué|annoncé)|déclare|affirme"
        r"|explique"
        r"|indique|précise|assure|estime|souligne)\b",
        re.IGNORECASE,
    ),
    hedge=re.compile(rf"\b(?:{'|'.join(_KINDS.values())})\b", re.IGNORECASE),
    hedge_kinds={k: re.compile(rf"\b(?:{v})\b", re.IGNORECASE) for k, v in _KINDS.items()},
    attribution=re.compile(
        r"\b(?:selon|d[’']après|dit|disent|déclar\w*|affirm\w*|expliqu\w*|indiqu\w*|précis\w*"
        r"|annonc\w*"
        r"|assur\w*|ajout\w*|estim\w*|confirm\w*|soulign\w*|rapport\w*|révèl\w*|révél\w*|accus\w*"
        r"|dénonc\w*|averti\w*|écri(?:t|vent)|jug(?:e|ent)|rappel\w*)\b",
        re.IGNORECASE,
    ),
    boilerplate=re.compile(
        r"(?:\b(?:lire (?:aussi|également|la suite|plus|notre)|à lire|à voir|voir aussi"
        r"|en savoir plus"
        r"|abonnez-vous|s[’']abonner|article réservé|réservé aux abonnés|inscrivez-vous|newsletter"
        r"|cliquez (?:ici|sur)|suivez-nous|suivre sur|partager (?:sur|cet)|cookies?|publicité"
        r"|tous droits réservés|crédits? photo|photo d[’']illustration|photo :|image :|vidéo :"
        r"|source :"
        r"|propos recueillis|mis à jour le|publié le|pour aller plus loin|retrouvez (?:ici|nos"
        r"|toute)"
        r"|découvrez (?:ici|notre|nos)|téléchargez|à ne pas manquer|sur le même sujet|commentaires?"
        r"|mentions légales|politique de confidentialité|soutenez|donnez|partagez|investissez"
        r"|faites un don|avec (?:afp"
        r"|reuters))\b"
        r"|©)",
        re.IGNORECASE,
    ),
    number_words={
        word: value
        for value, word in enumerate(
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"
            " quinze"
            " seize dix-sept dix-huit dix-neuf vingt".split()
        )
    }
    | {"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70,
       "septante": 70, "quatre-vingts": 80, "quatre-vingt": 80, "huitante": 80,
       "quatre-vingt-dix": 90, "nonante": 90, "cent": 100, "douzaine": 12},
    scales={
        "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
        "md": 1e9, "mds": 1e9, "m": 1e6,
    },
    ordinals={
        word: value
        for value, word in enumerate(
            "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième"
            " dixième".split(),
            1,
        )
    } | {"première": 1, "second": 2, "seconde": 2},
    many={"dizaines": 10, "centaines": 100, "milliers": 1000, "millions": 10**6},
    ordinal_ending=re.compile(r"(?:er|re|e|ème|nd|nde)\b"),
    percent=re.compile(r"[ \u00a0\u202f]?pour ?cent\b|[ \u00a0\u202f]%", re.IGNORECASE),
    currencies={
        "euro": "€", "euros": "€", "dollar": "$", "dollars": "$", "livres": "£", "yens": "¥",
    },
    roughly=re.compile(
        r"\b(?:environ|près de|quelque|presque|plus de|moins de|au moins|jusqu[’']à|autour de)$",
        re.IGNORECASE,
    ),
    decimal_mark=",",
    months_capitalised=False,
    months=(
        ("janvier", "janv"), ("février", "févr"), ("mars",), ("avril", "avr"), ("mai",), ("juin",),
        ("juillet", "juil"), ("août",), ("septembre", "sept"), ("octobre", "oct"),
        ("novembre", "nov"), ("décembre", "déc"),
    ),
    relative_days={
        "avant-hier": -2, "hier": -1, "aujourd'hui": 0, "aujourd’hui": 0, "demain": 1,
        "après-demain": 2, "ce matin": 0, "ce soir": 0, "cet après-midi": 0,
    },
    period_steps={
        "cette": 0, "ce": 0, "dernière": -1, "dernier": -1, "passée": -1, "passé": -1,
        "prochaine": 1, "prochain": 1,
    },  # fmt: skip
    same_day=re.compile(
        r"\b(?:aujourd[’']hui|hier|avant-hier|(?<!de )demain|après-demain|ce (?:matin|midi|soir)"
        r"|cet après-midi|cette nuit|dans la (?:nuit|matinée|soirée|journée)(?! d[eu]\b)"
        r"|il y a (?:\w+ )?(?:minutes|heures?|jours?))\b"
        r"|^(?:Aujourd[’']hui|Hier|Demain|Ce (?:matin|soir)|Cette nuit)\b"
    ),
    period=re.compile(
        r"\b(?:cette|ce|la|le|l[’'])\s?(?:"
        r"(?P<week>(?<=cette )semaine|semaine (?:dernière|prochaine|passée)|(?<=ce )week-end"
        r"|week-end (?:dernier|prochain))"
        r"|(?P<month>(?<=ce )mois(?:-ci)?|mois (?:dernier|prochain|passé))"
        r"|(?P<year>(?<=cette )année|an(?:née)? (?:dernier|dernière|prochain|prochaine"
        r"|passée?)))\b",
        re.IGNORECASE,
    ),
    opener=re.compile(
        rf"(?:{_LINKED}|(?-i:\d+[A-ZÀ-Þ][a-zà-ÿ]+)|qu[’']importe|peu importe|(?:les?"
        rf"|la) (?:[mts]ien(?:ne)?|[nv]ôtre|leur)s?\b"
        r"|(?:bon )?à savoir"
        r"|ils?\b|elles?|lui|eux|y|ce(?! (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
        rf"|week-end|mois|matin|soir|printemps)\b)|cela|ceci|ça|cette(?! (?:{_PERIODS})\b)"
        rf"|cet(?! (?:{_PERIODS})\b)|ces|celui|celle|celles|ceux|son|sa|ses|leurs?|tel(?:le)?s?"
        r"|ainsi|aussi|alors|après (?:cela|ça|quoi)|et|mais|ou|or|car|donc|puis|ensuite|enfin"
        r"|pourtant"
        r"|cependant|toutefois|néanmoins|en effet|en revanche|en outre|en conséquence|en fait"
        r"|en attendant|en réponse|en retour|en tout|par ailleurs|par exemple|par conséquent"
        r"|par la suite"
        r"|de plus|de même|de fait|de là|de quoi|de leur côté|de son côté|du coup|dès lors"
        r"|depuis lors"
        r"|d[’']ailleurs|d[’']autres|d[’']où|d[’']autre part|dans le même temps|dans ce|dans cette"
        r"|là|là-bas|ici|à l[’']inverse|à noter|à ce|à cette|à cela|à son tour|à leur tour"
        r"|au contraire"
        r"|autrement dit|un(?:e)? autre|l[’']un(?:e)? (?:des?|d[’'])\s?(?:eux|elles|ces)|l[’']autre"
        r"|les autres|les deux(?! \w+ (?:de|du|des)\b)|les premiers|les seconds|tous deux"
        r"|tous(?=,)|certains|certaines|plusieurs d[’']entre|aucun d[’']|même|non|oui|si bien"
        r"|surtout|notamment|parmi (?:eux|elles|ces|lesquels)|pour (?:cela|ça|autant|sa part)"
        r"|pour (?:ce|cet|cette|ces) |malgré (?:cela|ce|cette|ces)|quant à (?:lui|elle|eux)"
        r"|résultat"
        r"|selon (?:lui|elle|eux|elles)|avec (?:ce|cet|cette|ces)|c[’'](?=\w)|n[’'](?=\w)|s[’']il)"
        r"(?:\b|(?<=’)|(?<='))",
        re.IGNORECASE,
    ),
    definite=re.compile(
        r"(?:l[’']|le |la |les )(?:jeune |petite? |même |deux |trois )?(?:entreprise|société|groupe"
        r"|homme|femme|hommes|femmes|garçon|fille|couple|duo|trio|rapport|étude|enquête|sondage"
        r"|recherche|chercheurs|scientifiques|équipe|autorités|responsables|policiers|incident"
        r"|décision|annonce|initiative|événement|évènement|affaire|suspects?|victimes?|déclaration"
        r"|accord|mesures?"
        r"|résultats?|programme|projet|article|document|lettre|vidéo|plan|proposition|jugement"
        r"|accident|idée|problème|objectif|auteure?s?|entretien|école|système|site|application|jeu"
        r"|film|série|livre|ouvrage|album|appareil|modèle|organisation|agence|magazine|journal"
        r"|réseau"
        r"|service|plainte|loi|texte|élèves|étudiants|adolescente?|joueurs?|joueuse|compétition"
        r"|tests?|processus|technologie|méthode|association|fondation|syndicat|parti|club"
        r"|candidate?"
        r"|élue?|chanteur|chanteuse|acteur|actrice|artiste|réalisateur|réalisatrice|quinquagénaire"
        r"|trentenaire|quadragénaire|sexagénaire|septuagénaire|intéressée?s?|premier|première"
        r"|second|seconde|dernier|dernière|autre)(?![\w-])"
    ),
    defined=re.compile(
        r"\s+(?:de|du|des|d[’']|que|qu[’']|qui|dont|où|entre|contre|menée?s?|publiée?s?|signée?s?"
        r"|baptisée?s?|intitulée?s?)(?=\b|\w)|,\s+(?:qui|dont)\b|,?\s+[«\"“]?\s?[A-ZÀ-Þ]"
    ),
    plural_back=re.compile(
        r"les [a-zà-ÿ]+s (?:sont|étaient|ont|avaient|seront|auront|peuvent|doivent|pourront)\b"
    ),
    hanging=re.compile(r"[^,]+, (?:il|elle)\b" + _IMPERSONAL),
    clause=re.compile(
        r"(?i:après|alors|parce|avant|si|depuis|lorsqu[e’']|quand|tandis|bien) [^,]*?"
        r"\b(?:une?|les|[A-ZÀ-Þ]\w*)\b"
    ),
    person=re.compile(r"\b(?:(?:il|elle)\b" + _IMPERSONAL + r"|lui|sa|ses)\b", re.IGNORECASE),
    dangling=re.compile(
        rf"\b(?:cette (?!(?:{_PERIODS})\b)\w+|cet (?!(?:{_PERIODS})\b)\w+"
        rf"|ces (?!(?:{_PERIODS})\b)\w+"
        rf"|ce (?!(?:{_PERIODS}|qui|que|dont|à|sont|n[’']|fut|sera|serait)\b)\w+(?<!ce qu)"
        r"|(?:y (?:sont|est|ont|a été|sera|seront|figure\w*|participe\w*|était|étaient))"
        r"|celui-ci|celle-ci|ceux-ci|celles-ci|celui-là|celle-là|comme indiqué|ci-dessus|ci-dessous"
        r"|ce dernier|ces derniers|cette dernière|le premier nommé|\((?:à )?(?:gauche|droite)\)"
        r"|dans (?:la vidéo|l[’']interview|l[’']entretien|le rapport|l[’']étude|l[’']article"
        r"|le document"
        r"|le film|le livre)|tels? que décrite?s?|susnommée?s?)\b",
        re.IGNORECASE,
    ),
    antecedent=re.compile(r"\b(?:une?|chaque|tout|aucune?|plusieurs|deux|trois|quiconque)\b", re.I),
    plural=NEVER,
    opening_name=re.compile(rf"^[A-ZÀ-Þ]\w+(?=\s+(?:[A-ZÀ-Þ]|(?:{_VERB})\b))"),
    discourse=re.compile(
        r"(?:Par ailleurs|En outre|De plus|Cependant|Toutefois|Néanmoins|Pendant ce temps"
        r"|En parallèle|Parallèlement|De fait|En effet|Bien sûr|Enfin),\s+(?=\S)"
    ),
    aside=re.compile(
        rf",\s+(?:qui|lequel|laquelle)\s+([^,;:()\"“”«»\d]+),\s+(?=(?:{_VERB})\b)"
    ),
    ranks=listed(
        """
        président présidente premier première ministre roi reine pape prince princesse sénateur
        sénatrice juge chancelier secrétaire gouverneur maire général colonel capitaine évêque
        archevêque cardinal professeur docteur député députée préfet préfète
        """
    ),
    acronyms=listed(
        """
        usa ue onu otan ps lr rn lfi ump sncf ratp edf cgt cfdt afp tf1 tv psg om ol rer tgv smic
        pib pdg dgse gign crs insee cnrs inserm oms fmi bce hlm ehpad covid rtbf rts mr udc plr
        """
    ),
    common=listed(
        """
        à au aux avec contre dans de des du elle en est et il la le les mort morts ne nouveau
        nouvelle nouvelles pas plus pour qui sans se selon ses son sont sur un une vers homme femme
        enfants enfant ans police justice procès gouvernement grève météo prix euros hausse baisse
        """
    ),
    wordish=re.compile(r"\w+(?:tion|tions|ment|ments|eux|euse|euses|aire|aires|able|ables|ité"
        r"|ités)"),
    interview=re.compile(r"\b(?:interview|entretien|propos recueillis"
        r"|questions à)\b", re.IGNORECASE),
    verb=re.compile(
        rf"\b(?:{_VERB}|[cns][’']\w+|se \w+|[a-zà-ÿ]{{2,}}(?:era|eront|ait|aient|èrent)"
        r"|(?:accus|adopt|affirm|annonc|appell|arriv|augment|baiss|bloqu|célèbr|chang|cherch"
        r"|condamn"
        r"|confirm|demand|dénonc|donn|entr|estim|exig|expliqu|ferm|fêt|gagn|jug|lanc|menac|montr"
        r"|nomm"
        r"|ouvr|pass|port|progress|propos|publi|quitt|réclam|recul|refus|rejett|remport|renonc|rest"
        r"|retrouv|révèl|risqu|touch|tu|vis|vot|mèn)e(?:nt)?|devien(?:t|nent)|di(?:t|sent)|fait"
        r"|font"
        r"|interdi(?:t|sent)|met(?:tent)?|meur(?:t|ent)|per(?:d|dent)|pren(?:d|nent)|prévoi(?:t"
        r"|ent)"
        r"|revien(?:t|nent)|soutien(?:t|nent)|tien(?:t|nent)|veu(?:t|lent)|vien(?:t|nent)|voi(?:t"
        r"|ent))\b",
    ),
    portrait=re.compile(
        r" (?:est|était) (?:une?|le|la|l[’']|aussi|président|présidente|directeur|directrice)(?:\b"
        r"|(?<=[’']))"
    ),
)  # fmt: skip
