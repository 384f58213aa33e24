"""German."""

from digest.text.languages.language import Language, listed, named

GERMAN = Language(
    code="de",
    name="German",
    update="Update",
    stemmer="german",
    # International Reading Speed Texts, aloud (Trauzettel-Klosinski & Dietz 2012, doi
    # 10.1167/iovs.11-8284): its words are the longest of our languages'. Nobody reads silently more
    # slowly, so it stands for both.
    silent=179,
    aloud=179,
    titles=listed(
        """
        dr dres prof dipl ing med phil jur rer nat habil hr fr frl st hl bez z b d h u v i bsp vgl
        sog ca inkl exkl zzgl bzw ggf evtl geb verh verw gest ehem gegr gen insb einschl z.b z.t d.h
        u.a u.u i.d.r o.ä v.a s.o s.u m.e vs kath ev österr schweiz dt engl frz ital lat röm nordd
        südd nördl südl östl westl zw
        """
    ),
    abbreviations=listed(
        """
        a abs allg anm aufl ausg bd bde co ff hrsg inc jh jhd jr lfd ltd mio mrd tsd mind max min nr
        n.chr v.chr chr österr pl plz rd sr std str tel usf usw etc dgl u.s.w e.v a.d i.r h.c p.a
        jan feb mär apr jun jul aug sep sept okt nov dez mo di mi do sa so art zit verf urspr u.v.m
        mag
        """
    ),
    before_numbers=listed("art abs abb anm bd kap nr nrn s tab ziff tel rn az ca rd"),
    openers=listed(
        """
        der die das den dem des ein eine einen einem einer eines kein keine keinen er sie es wir ich
        ihr man wer was wie wo wann warum um wenn weil während wegen werden und oder aber doch denn
        sondern sowie auch als am an ans auf aus außer außerdem bei beim bis da dabei dafür dagegen
        daher damit danach dann daran darauf daraufhin darum darüber dass dazu demnach dennoch deren
        deshalb dessen deswegen dies diese dieser dieses diesem diesen dort durch für gegen gestern
        heute morgen hier hinter im in indem ins inzwischen jede jeder jedes jedoch jetzt man manche
        mehr mehrere mit mittlerweile nach nachdem nicht nichts noch nun nur ob obwohl ohne schon
        sein seine seinen seiner seit seitdem selbst so sobald solche somit sonst statt stattdessen
        trotz trotzdem über um unter unterdessen viele vielmehr vom von vor weitere weiter welche
        weniger zu zudem zuletzt zum zunächst zur zusammen zuvor zwar zwei drei vier fünf zwischen
        alle alles allerdings also andere anders auch beide beiden bereits bisher davon ebenso
        einige erst etwa fast ferner ganz immer insgesamt laut möglich neben rund später viel wohl
        zugleich
        """
    ),
    after_hours=frozenset(),
    dotted_ordinals=True,
    elisions=frozenset(),
    speech=(
        "sagte|sagt|fragte|fragt|rief|ruft|schrieb|schreibt|antwortete|erklärte|erklärt|meinte"
        "|meint|betonte|betont|erzählte|erzählt"
    ),
    stop=listed(
        """
        ab aber abs alle allem allen aller allerdings alles als also am an andere anderem anderen
        anderer anderes anders ans auch auf aus außer außerdem bald bei beide beiden beim bereits
        bis bisher bist da dabei dadurch dafür dagegen daher damit danach daneben dann daran darauf
        daraus darf darin darüber darum darunter das dass davon davor dazu dein deine dem demnach
        den denen denn dennoch der deren des deshalb dessen desto deswegen dich die dies diese
        diesem diesen dieser dieses dir doch dort du durch dürfen dürfte eben ebenfalls ebenso ehe
        eher eigen eigene eigenen eigentlich ein eine einem einen einer eines einige einigen einmal
        er erst erste ersten es etwa etwas euch euer eure falls fast für ganz gar gegen gegenüber
        gerade gern gewesen gibt ging hab habe haben hat hatte hätte hatten hätten her hier hin
        hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem insgesamt ins
        inzwischen irgend ist ja je jede jedem jeden jeder jedes jedoch jemand jene jenem jenen
        jener jenes jetzt kam kann kaum kein keine keinem keinen keiner könne können könnte könnten
        konnte konnten lassen laut machen macht machte man manche manchen mehr mehrere mein meine
        meist mich mir mit mittlerweile möchte müsse müssen musste müsste muss nach nachdem neben
        nein nicht nichts nie niemand noch nun nur ob obwohl oder oft ohne per rund schon sehr sei
        seien sein seine seinem seinen seiner seines seit seitdem selbst sich sie sind so sobald
        sogar solche solchem solchen solcher solches soll sollen sollte sollten somit sondern sonst
        soweit sowie statt tun über um und uns unser unsere unter viel viele vielen vielmehr vom von
        vor vorher während wann war wäre waren wären warum was weder wegen weil weit weiter weitere
        weiteren welche welchem welchen welcher welches wenig weniger wenn wer werde werden weshalb
        wie wieder wieso will wir wird wo wobei wollen wollte wollten worden wurde würde wurden
        würden zu zudem zuletzt zum zunächst zur zusammen zuvor zwar zwei zwischen sagte sagt sagen
        erklärte teilte mitteilte hieß heißt
        """
    ),
    themes={
        "death": listed(
            """
            tot tote toten toter totes tod tode todes todesfall todesfälle todesopfer gestorben
            stirbt starb starben sterben getötet töten tötete tötung mord morde mordes ermordet
            mordfall totschlag ertrunken ertrank suizid selbstmord selbsttötung beerdigung trauer
            trauerfeier leiche leichen leichnam verstorben verstorbene tödlich tödliche tödlichen
            tödlicher umgekommen massaker hingerichtet hinrichtung
            """
        ),
        "disaster": listed(
            """
            katastrophe unglück erdbeben beben überschwemmung überschwemmungen hochwasser flut
            hurrikan zyklon taifun tornado tsunami waldbrand waldbrände brand großbrand feuer lawine
            erdrutsch vulkanausbruch explosion explosionen unfall unfälle absturz abgestürzt
            entgleist einsturz eingestürzt gekentert hungersnot überlebende
            """
        ),
        "war": listed(
            """
            krieg kriege krieges kriegs angriffskrieg luftangriff luftangriffe bombe bomben
            bombardierung rakete raketen raketenangriff beschuss invasion einmarsch truppen
            völkermord geisel geiseln waffenruhe waffenstillstand front drohne drohnen
            """
        ),
        "violence": listed(
            """
            angriff angriffe angegriffen attacke attackiert überfall überfallen anschlag anschläge
            schüsse schießerei erschossen messer messerangriff messerattacke niedergestochen
            vergewaltigung vergewaltigt missbrauch missbraucht gewalt gewalttat gewalttätig entführt
            entführung terror terrorismus terrorist terroristen folter gefoltert amok amoklauf
            verprügelt misshandelt
            """
        ),
        "illness": listed(
            """
            krebs ausbruch epidemie pandemie virus überdosis demenz ebola masern cholera meningitis
            grippe corona covid krankenhaus erkrankt infiziert
            """
        ),
    },
    light=named(
        """
        ausflüge, auto, auto & verkehr, bücher, boulevard, bundesliga, comedy, comics, design,
        digital leben, erholung, essen, essen & trinken, essen und trinken, familie, fernsehen,
        feuilleton, film, filme, fitness, formel 1, freizeit, fußball, fussball, garten, genuss,
        gesellschaft & leben, handball, haus & garten, haustiere, horoskop, humor, kino, kochen,
        kultur, kulturen, kunst, kurioses, leben, lebensart, lifestyle, literatur, medien, mobilität
        & motor, mode, motor, motorsport, musik, oper, panorama bunt, party, podcast, promis,
        prominente, quiz, radsport, radio, rätsel, reise, reisen, restaurants, rezepte, schlager,
        serien, spiele, sport, sportarten, stars, stil, streaming, style, tanz, tatort, tennis,
        theater, tiere, trends, tv, unterhaltung, urlaub, vermischtes, wein, wellness, wintersport,
        wohnen, leute, buntes
        """
    ),
    court=listed(
        """
        gericht gerichte gerichts amtsgericht landgericht oberlandesgericht bundesgerichtshof
        bundesverfassungsgericht verwaltungsgericht prozess prozesse prozesses verfahren
        ermittlungsverfahren richter richterin richters staatsanwalt staatsanwältin
        staatsanwaltschaft anwalt anwältin verteidiger verteidigerin angeklagt angeklagte
        angeklagten angeklagter anklage beschuldigte beschuldigten beschuldigter verdächtiger
        verdächtige verdächtigen tatverdächtige tatverdächtigen tatverdächtiger verurteilt
        verurteilte verurteilung freigesprochen freispruch urteil urteile haft haftbefehl haftstrafe
        freiheitsstrafe bewährung geldstrafe gefängnis untersuchungshaft festgenommen festnahme
        verhaftet berufung revision klage kläger zeuge zeugin zeugen ausgeliefert auslieferung
        mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher schöffen
        """
    ),
    minor=listed(
        """
        junge jungen mädchen kind kinder kindern kindes kleinkind kleinkinder baby babys säugling
        säuglinge neugeborene neugeborenes teenager jugendliche jugendlichen jugendlicher
        minderjährig minderjährige minderjährigen minderjähriger schüler schülerin schülerinnen
        schülern heranwachsende heranwachsender heranwachsenden grundschüler kita kitakind
        """
    ),
)
