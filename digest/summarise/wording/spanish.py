"""Spanish, whose verbs may go without a subject: "Dijo que ..." points back like "He said"."""

import re

from digest.summarise.wording.wording import NEVER, Wording
from digest.text import languages
from digest.text.languages.language import listed

_PERIODS = (
    "semana|semanas|fin|mes|meses|año|años|verano|otoño|invierno|primavera|temporada|mañana|tarde"
    "|noche|madrugada|día|días|vez|siglo|década|lunes|martes|miércoles|jueves|viernes|sábado"
    "|domingo|jornada|mediodía|curso|ejercicio|trimestre|semestre|enero|febrero|marzo|abril|mayo"
    "|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_VERB = (
    "ha|han|es|son|fue|fueron|era|eran|está|están|estaba|había|habían|será|serán|va|van|debe|deben"
    "|puede|pueden|podría|podrían|tiene|tienen|dijo|afirmó|aseguró|anunció"
)
_SUBJECTLESS = (
    "es|son|era|eran|fue|fueron|será|serán|está|están|estaba|estaban|estuvo|estará|ha|han|había"
    "|habían"
    "|tiene|tienen|tenía|tenían|tuvo|tendrá|puede|pueden|podrá|podría|debe|deben|debía|quiere"
    "|quieren"
    "|quería|hizo|hace(?! \\w+ (?:años|meses|semanas|días))|dice|dicen|dijo|dijeron|afirma|asegura"
    "|explica|añade|señala|indica|cuenta|recuerda|insiste|considera|cree|creen|sabe|va|van|iba|vive"
    "|trabaja|sigue|siguen|lleva|llevaba|parece|nació|murió|también|tampoco|podrían|deberá|deberán"
)
_TELLING = (
    "(?:adviert|afirm|asegur|explic|señal|indic|denunci|sostien|consider|recuerd|añad|agreg|apunt"
    "|cuent|reclam|exig|pid|estim|cre|dic|destac|coment|precis|insist|lament)(?:e|en|a|an)"
)
_LINKED = (
    "[^,;:]{2,60}, (?:por ejemplo|sin embargo|además|en cambio|por su parte|no obstante|asimismo"
    "|a su vez|también|por tanto|por lo tanto|entre otros|eso sí)(?=,)"
    "|[^,;:]{2,50}? (?:además|también|asimismo|tampoco)(?! de)"
)
"""What ties a sentence to the one before it, behind its first words."""
_KINDS = {
    "alleged": (
        r"presunt\w+|supuest\w+|acusad\w+|acusa[nr]?|acusó|sospech\w+|imputad\w+|investigad\w+"
        r"|habrían?|estarían?|serían?|según|aparentemente|alegad\w+|denunci\w+|se le atribuye"
    ),
    "possible": (
        r"podrían?|puede[n]? que|posible(?:s|mente)?|probable(?:s|mente)?|quizás?|tal vez"
        r"|potencial\w*"
        r"|eventual\w*|parecen?|estim\w+|prev[eé]n?|espera[n]?|riesgo|debería[n]?|al parecer"
        r"|se cree"
    ),
    "planned": (
        r"plan(?:ea|ean|es)?|propone[n]?|propuso|propuesta|pretende[n]?|quiere[n]?|busca[n]?"
        r"|intent\w+"
        r"|amenaz\w+|prevé[n]?|previst\w+|estudia[n]?|promet\w+|pide[n]?|pidió|orden de (?:arresto"
        r"|detención)"
    ),
}

SPANISH = Wording(
    language=languages.SPANISH,
    weekdays=tuple("lunes martes miércoles jueves viernes sábado domingo".split()),
    weekday=re.compile(r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"),
    first_person=re.compile(
        r"(?<![\w.-])(?:[Yy]o|mí|me|[Mm]is?|conmigo|[Nn]osotr[oa]s|nos|[Nn]uestr[oa]s?|[Tt]ú|te|ti"
        r"|[Tt]us?|[Uu]sted(?:es)?|[Vv]osotr[oa]s|os|[Vv]uestr[oa]s?"
        r"|[Ss]oy|[Ee]stoy|[Tt]engo|[Cc]reo|[Qq]uiero|[Pp]uedo|[Vv]oy|[Hh]ago|[Dd]igo|[Pp]ienso"
        r"|[Hh]emos|[Ss]omos|[Ee]stamos|[Tt]enemos|[Vv]amos|[Pp]odemos|[Qq]ueremos|[Dd]ebemos"
        r"|[Cc]reemos"
        r"|[Ss]abemos|[Hh]acemos|[Vv]emos|[Ss]eguimos|[Vv]ivimos|[Dd]ecimos|[Ff]uimos|[Hh]icimos"
        r"|[Tt]uvimos"
        r"|[Hh]abíamos|[Ee]stábamos|[Tt]eníamos|[Ss]eremos|[Tt]endremos|[Hh]aremos|[Pp]odríamos"
        r"|[Hh]abremos|[Nn]ecesitamos|[Hh]ablamos|[Ll]lamamos|[Ee]speramos|[Vv]eremos)(?![\w-])"
    ),
    negation=re.compile(
        r"\b(?:no|nunca|jamás|nadie|nada|ningún|ningun[oa]s?|ni|tampoco|sin)\b", re.IGNORECASE
    ),
    implied_negation=re.compile(
        r"\b(?:rechaz\w+|neg(?:ó|ado|ada|aron|ar)|nieg(?:a|an)|desmient\w+|desminti\w+|impid\w+"
        r"|impide[n]?"
        r"|fracas\w+|evit\w+|prohib\w+|prohíb\w+|imposible|incapa(?:z|ces)|falta de|carece[n]?"
        r"|descart\w+)\b",
        re.IGNORECASE,
    ),
    spoke=re.compile(
        r"\b(?:según|di(?:jo|ce|cen|jeron)|afirm(?:ó|a|aron)|asegur(?:ó|a|aron)|explic(?:ó|a|aron)"
        r"|señal(?:ó|a|aron)|indic(?:ó|a|aron)|declar(?:ó|a|aron)|añadi(?:ó|eron)|agregó"
        r"|inform(?:ó|a)"
        r"|sostuvo|sostiene|de acuerdo con)\b",
        re.IGNORECASE,
    ),
    hedge=re.compile(rf"\b(?:{'|'.join(_KINDS.values())})\b", re.IGNORECASE),
    hedge_kinds={k: re.compile(rf"\b(?:{v})\b", re.IGNORECASE) for k, v in _KINDS.items()},
    attribution=re.compile(
        r"\b(?:según|di(?:jo|ce|cen|jeron|cho)|afirm\w+|asegur\w+|explic\w+|anunci\w+|señal\w+"
        r"|indic\w+"
        r"|declar\w+|inform\w+|confirm\w+|advirt\w+|advier\w+|denunci\w+|acus\w+|reconoc\w+"
        r"|admit\w+"
        r"|sostien\w+|sostuv\w+|apunt\w+|añad\w+|agreg\w+|revel\w+|recuerd\w+|recordó|destac\w+"
        r"|critic\w+"
        r"|escrib\w+|inst[óa]|consider\w+|estim\w+)\b",
        re.IGNORECASE,
    ),
    boilerplate=re.compile(
        r"(?:\b(?:lea? (?:también|más|aquí)|leer más|te puede interesar|te recomendamos|ver también"
        r"|más información|suscríb(?:ete|ase)|suscripci(?:ón|ones)|regístr(?:ate|ese)|newsletter"
        r"|boletín(?:es)? (?:diario|semanal|de)|haz clic|haga clic|pincha aquí|síguenos"
        r"|sigue (?:toda|con|leyendo)"
        r"|compartir en|comparte|cookies?|publicidad|todos los derechos reservados"
        r"|derechos reservados"
        r"|foto:|fotografía:|imagen:|vídeo:|video:|fuente:|archivado en|política de privacidad"
        r"|aviso legal"
        r"|contenido exclusivo|solo para suscriptores|descarga (?:la|nuestra)|únete|apóyanos"
        r"|comentarios?"
        r"|mira (?:el|este) v[ií]deo|no te pierdas|consulta (?:aquí|nuestra)|en whatsapp"
        r"|contribuye)\b"
        r"|©)",
        re.IGNORECASE,
    ),
    number_words={
        word: value
        for value, word in enumerate(
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce"
            " quince"
            " dieciséis diecisiete dieciocho diecinueve veinte".split()
        )
    }
    | {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
       "noventa": 90, "cien": 100, "ciento": 100, "docena": 12},
    scales={
        "mil": 1e3, "millón": 1e6, "millones": 1e6, "billón": 1e12, "billones": 1e12, "mm": 1e6,
    },
    ordinals={
        word: value
        for value, word in enumerate(
            "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo".split(), 1
        )
    } | {"primera": 1, "primer": 1, "segunda": 2, "tercera": 3, "tercer": 3, "cuarta": 4,
         "quinta": 5},
    many={"decenas": 10, "docenas": 12, "centenares": 100, "cientos": 100, "miles": 1000,
          "millones": 10**6},
    ordinal_ending=re.compile(r"(?:\.?[ºª]|er|ero|era)\b"),
    percent=re.compile(r"[ \u00a0]?(?:por ?ciento|%)", re.IGNORECASE),
    currencies={
        "euro": "€", "euros": "€", "dólar": "$", "dólares": "$", "pesos": "$", "libras": "£",
        "yenes": "¥",
    },
    roughly=re.compile(
        r"\b(?:unos|unas|cerca de|alrededor de|casi|más de|menos de|al menos|hasta|aproximadamente"
        r"|en torno a)$",
        re.IGNORECASE,
    ),
    decimal_mark=",",
    months_capitalised=False,
    months=(
        ("enero", "ene"), ("febrero", "feb"), ("marzo",), ("abril", "abr"), ("mayo",),
        ("junio", "jun"),
        ("julio", "jul"), ("agosto", "ago"), ("septiembre", "setiembre", "sept"),
        ("octubre", "oct"),
        ("noviembre", "nov"), ("diciembre", "dic"),
    ),
    relative_days={
        "anteayer": -2, "antier": -2, "ayer": -1, "anoche": -1, "hoy": 0, "pasado mañana": 2,
        "esta mañana": 0, "esta tarde": 0, "esta noche": 0,
    },
    period_steps={
        "este": 0, "esta": 0, "pasado": -1, "pasada": -1, "próximo": 1, "próxima": 1, "viene": 1,
    },  # fmt: skip
    same_day=re.compile(
        r"\b(?:hoy|ayer|anteayer|antier|anoche|pasado mañana"
        r"|(?<!la )(?<!una )(?<!media )(?<!cada )(?<!por )mañana(?! de)|est[ea] (?:mañana|tarde"
        r"|noche|madrugada|mediodía)|hace (?:\w+ )?(?:minutos|horas?|días?))\b"
        r"|^(?:Hoy|Ayer|Anoche|Mañana|Est[ea] (?:mañana|tarde|noche|madrugada))\b"
    ),
    period=re.compile(
        r"\b(?:(?:est[ea]|la|el|la pasada|el pasado|la próxima|el próximo) (?:"
        r"(?P<week>(?<=esta )semana|(?<=pasada )semana|(?<=próxima )semana"
        r"|semana (?:pasada|próxima|que viene)|(?<=este )fin de semana|fin de semana pasado)"
        r"|(?P<month>(?<=este )mes|(?<=pasado )mes|(?<=próximo )mes|mes (?:pasado|próximo"
        r"|que viene))"
        r"|(?P<year>(?<=este )año|(?<=pasado )año|(?<=próximo )año|año (?:pasado|próximo"
        r"|que viene))))\b",
        re.IGNORECASE,
    ),
    opener=re.compile(
        rf"(?:{_LINKED}|él|ella|ellos|ellas|ello|est[ea]s?(?! (?:{_PERIODS})\b)"
        rf"|estos(?! (?:{_PERIODS})\b)"
        rf"|esto"
        r"|es[ea]s?\b(?<!es)|es[ea]|esos|esas|eso|aquel|aquell[ao]s?|aquello|sus?|dich[oa]s?|tal"
        r"|tales"
        r"|mism[oa]s?|le|les|se|lo|los que|las que|y|e|o|pero|sino|aunque no|ni|pues|así|además"
        r"|también|tampoco|entonces|luego|después(?! de(?:l)?\b(?! (?:eso|esto|ello))| que)|antes,"
        r"|posteriormente"
        r"|finalmente|en consecuencia|por (?:eso|ello|esto|tanto|consiguiente|lo tanto|lo que"
        r"|lo cual"
        r"|ejemplo|último|otr[oa] (?:lado|parte)|su parte|el contrario)|sin embargo|no obstante"
        r"|en cambio"
        r"|mientras tanto|a su vez|asimismo|aun así|de hecho|en efecto|de ahí|de esta|de este"
        r"|de ese|de esa|en es[ea]s?|en ese|en est[ea](?! (?:año|mes|semana))|en estos|en estas"
        r"|en aquel\w*"
        r"|con est[ea]s?|con es[ea]s?|con ello|con eso|tras (?:est[ea]s?|es[ea]s?|ello|esto|eso)"
        r"|ante (?:est[ea]s?|es[ea]s?|esto|ello)|a pesar de (?:est[ea]s?|es[ea]s?|ello|esto|eso)"
        r"|para (?:ello|eso|esto)|a est[ea]s?|a es[ea]s?|a ello|allí|aquí|ahí|allá|ahora bien"
        r"|amb[oa]s|otr[oa]s?|un[oa] de (?:ellos|ellas|estos|estas)|ningun[oa] de (?:ellos|ellas)"
        r"|algun[oa]s de (?:ellos|ellas|estos)|el otro|la otra|los otros|las otras|los dos|las dos"
        r"|los demás|incluso|solo así|sobre todo|no solo|eso sí|sí|no,|bueno|claro|o sea|es decir"
        r"|al respecto|en ese sentido|en este sentido|al mismo tiempo|desde entonces|hasta entonces"
        rf"|a partir de (?:ahí|entonces)|de lo contrario|{_SUBJECTLESS}|{_TELLING}|ahora|ay"
        rf"|cabe (?:destacar|señalar|recordar)"
        rf"|en much[oa]s de (?:los|las|ellos|ellas|estos|estas)"
        r"|(?!(?:según|jamón|león|aragón)\b)\w{2,}(?:aron|ieron|jeron)|\w{3,}(?:ió|eyó)"
        r"|(?:afirm|asegur|añadi|agreg|explic|señal|indic|declar|inform|anunci|confirm|coment"
        r"|precis|record|insisti|apunt|destac|lament|critic|denunci|detall|reiter|subray|manifest"
        r"|concluy)[óo])"
        r"(?!\w)",
        re.IGNORECASE,
    ),
    definite=re.compile(
        r"(?:el|la|los|las) (?:joven |mism[oa] |dos |tres )?(?:empresa|compañía|firma|sociedad"
        r"|hombre"
        r"|mujer|hombres|mujeres|niñ[oa]s?|chic[oa]s?|pareja|dúo|trío|informe|estudio|encuesta"
        r"|investigación"
        r"|investigadores|científicos|grupo|equipo|autoridades|agentes|policías|funcionarios"
        r"|incidente|hecho"
        r"|hechos|decisión|anuncio|evento|acto|caso|sospechos[oa]s?|detenid[oa]s?|acusad[oa]s?"
        r"|víctimas?"
        r"|declaración|comunicado|acuerdo|pacto|resultados?|programa|proyecto|artículo|documento"
        r"|carta|texto|vídeo|video|plan|medidas?|propuesta|sentencia|fallo|accidente|siniestro|idea"
        r"|problema"
        r"|objetivo|autor(?:a|es)?|entrevista|escuela|colegio|sistema|sitio|página|web|aplicación"
        r"|juego|partido|encuentro|película|cinta|serie|libro|obra|disco|álbum|dispositivo|modelo"
        r"|organización"
        r"|agencia|revista|diario|periódico|red|servicio|demanda|denuncia|ley|norma|alumn[oa]s"
        r"|estudiantes|menor|adolescente|jugador(?:a|es)?|futbolista|cantante|actor|actriz|artista"
        r"|director(?:a)?"
        r"|candidat[oa]|dirigente|líder|mandatari[oa]|ministr[oa]|diputad[oa]|alcalde|alcaldesa"
        r"|competición|magistrad[oa]|investigador(?:a|es)?|periodista|abogad[oa]|portavoz"
        r"|expert[oa]s?|entrenador(?:a)?|técnic[oa]|profesor(?:a)?|empresari[oa]|docentes?"
        r"|prueba|pruebas|proceso|tecnología|método|asociación|fundación|sindicato|club|entidad"
        r"|institución|centro|edificio|vehículo|conductor(?:a)?|primer[oa]|segund[oa]|último|última"
        r"|anterior)(?![\w-])"
    ),
    defined=re.compile(
        r"\s+(?:de|del|que|cuy[oa]s?|entre|contra|para|denominad[oa]|llamad[oa]|titulad[oa]"
        r"|publicad[oa]|elaborad[oa]|firmad[oa])\b|,\s+(?:que|cuy[oa])\b|,?\s+[«\"“]?[A-ZÁÉÍÓÚÑ]"
    ),
    plural_back=re.compile(
        r"(?:los|las) [a-zá-ÿ]+s (?:son|eran|fueron|han|habían|están|estaban|tienen|podrán"
        r"|deberán)\b"
    ),
    hanging=re.compile(r"[^,]+, (?:él|ella)\b"),
    clause=NEVER,
    person=re.compile(r"\b(?:él|ella|le|su|sus)\b", re.IGNORECASE),
    dangling=re.compile(
        rf"\b(?:est[ea]s? (?!(?:{_PERIODS})\b)\w+|estos (?!(?:{_PERIODS})\b)\w+"
        rf"|es[ea]s? (?<!es )\w+"
        r"|esos \w+|es[ea] \w+|dich[oa]s? (?!que\b)\w+|lo anterior|por (?:eso|ello)"
        r"|antes mencionad[oa]s?"
        r"|mencionad[oa]s?|citad[oa]s?|como se (?:ha )?(?:dijo|dicho|mencion\w+)|a continuación"
        r"|est[eao] últim[oa]|\(?(?:izquierda|derecha|izq\.|dcha\.)\)|en (?:el vídeo|el video"
        r"|la entrevista"
        r"|el informe|el estudio|el artículo|el documento|el libro|la película))\b",
        re.IGNORECASE,
    ),
    antecedent=re.compile(r"\b(?:una?|cada|ningún|ninguna|varios|varias|dos|tres|quien"
        r"|quienes)\b", re.I),
    plural=NEVER,
    opening_name=re.compile(rf"^[A-ZÁÉÍÓÚÑ]\w+(?=\s+(?:[A-ZÁÉÍÓÚÑ]|(?:{_VERB})\b))"),
    discourse=re.compile(
        r"(?:Además|Sin embargo|No obstante|Por otra parte|Por otro lado|Asimismo|Mientras tanto"
        r"|Por último|En paralelo|De hecho|En efecto|Finalmente|Por supuesto),\s+(?=\S)"
    ),
    aside=re.compile(
        rf",\s+(?:quien|quienes|el cual|la cual)\s+([^,;:()\"“”«»\d]+),\s+(?=(?:{_VERB})\b)"
    ),
    ranks=listed(
        """
        presidente presidenta primer primera ministro ministra rey reina papa príncipe princesa
        senador senadora juez jueza canciller secretario secretaria gobernador gobernadora alcalde
        alcaldesa general coronel capitán obispo arzobispo cardenal profesor profesora
        doctor doctora
        diputado diputada
        """
    ),
    acronyms=listed(
        """
        eeuu ue onu otan pp psoe vox erc pnv upn cis fmi ocde ong oms pib ipc iva dgt ave tve rtve
        bbva fifa uefa nba dana covid adn tv uned pri pan amlo eln farc afp efe
        """
    ),
    common=listed(
        """
        a al con contra de del desde el en es está ha han hay la las lo los más no nueva nuevo
        nuevas nuevos para por que se según ser sin sobre su sus tras un una y muerte muertos mujer
        hombre policía juicio gobierno huelga precio precios euros millones años
        """
    ),
    wordish=re.compile(r"\w+(?:ción|ciones|mente|dad|dades|oso|osa|ible|able|ado|ada|ados|adas|ido"
        r"|ida)"),
    interview=re.compile(r"\b(?:entrevista(?:s|mos)?|preguntas a|conversamos)\b", re.IGNORECASE),
    verb=re.compile(
        rf"\b(?:{_VERB}|\w{{2,}}(?:ó|aron|ieron|ará|erá|irá|arán|erán|irán|aba|aban)|se \w+"
        r"|(?:abr|acus|advert|adviert|afirm|alert|anunci|aprueb|asegur|bloque|busc|ca|califi[cq]u?"
        r"|celebr|cierr|cit|conden|confirm|consider|convoc|cre|crec|critic|cumpl|dej|denunci"
        r"|descart"
        r"|detien|dic|elig|enfrent|entr|exig|expuls|extiend|fall|firm|gan|huy|investig|invit|lanz"
        r"|lleg|llev|logr|marc|mat|muer|nieg|ofrec|pid|pierd|piens|present|propon|public|qued"
        r"|rechaz"
        r"|reclam|reconoc|registr|regres|renunci|respald|respond|retir|revel|sal|sig|sub|suspend"
        r"|super"
        r"|vend|vuelv|viaj|viv|vot)(?:a|e|an|en)|da|dan|hay|hace[n]?|pone[n]?)\b",
    ),
    portrait=re.compile(r" (?:es|era|fue) (?:una?|el|la|uno|también|president[ea]|director[a]?)\b"),
)  # fmt: skip
