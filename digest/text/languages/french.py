"""French."""

from digest.text.languages.language import Language, listed, named

FRENCH = Language(
    code="fr",
    name="French",
    update="Suite",
    stemmer="french",
    # International Reading Speed Texts, aloud (Trauzettel-Klosinski & Dietz 2012, doi
    # 10.1167/iovs.11-8284). Nobody reads silently more slowly, so it stands for both.
    silent=195,
    aloud=195,
    titles=listed(
        """
        m mm mme mmes mlle mlles dr drs pr prof mgr st ste cf p.ex c.-à-d c-à-d av apr j.-m j.-p
        j.-c j.-l j.-f j.-j j.-b j.-y m.-c p.-y p.-a
        """
    ),
    abbreviations=listed(
        """
        etc env éd éds coll bd av boul tél fax hab min sec éts sté cie inc ltd dép réf suppl tr janv
        févr avr juil sept oct nov déc vs jr sr al id ibid op cit col cap cdt lt adj ch ex gén me
        """
    ),
    before_numbers=listed("art al chap fig n no nos p pp t vol vols r.g § réf tél"),
    openers=listed(
        """
        le la les l un une des du de d ce cet cette ces cela c ça il ils elle elles on je j nous
        vous son sa ses leur leurs notre nos votre vos mon ma mes et mais ou or car donc ni ainsi
        alors après avant avec sans sous sur dans en au aux à par pour depuis pendant durant dès
        entre chez contre selon malgré lors lorsque lorsqu quand comme si s puis puisque puisqu
        parce tandis bien que qu qui quoi où dont quel quelle quels quelles quant y plus moins
        plusieurs certains certaines chaque tout toute tous toutes aucun aucune autre autres même
        aujourd aujourd'hui hier demain désormais enfin ensuite cependant pourtant toutefois
        néanmoins aussi déjà encore toujours jamais parmi ici là voici voilà non oui trop très peu
        beaucoup ne n face grâce quelque quelques seul seule seuls
        """
    ),
    after_hours=frozenset(),
    dotted_ordinals=False,
    elisions=listed("l d j m t s c n qu jusqu lorsqu puisqu quoiqu quelqu presqu"),
    speech=(
        "dit|disait|demande|demandait|ajoute|répond|explique|affirme|assure|lance|poursuit|précise"
        "|raconte|confie|insiste|conclut|estime|souligne|interroge"
    ),
    stop=listed(
        """
        a à afin ai aie aient ailleurs ainsi ait alors après as assez au aucun aucune aujourd'hui
        auquel aura aurait auraient auront aussi autant autour autre autres aux auxquels auxquelles
        avaient avais avait avant avec avez avoir avons ayant beaucoup bien c ça car ce ceci cela
        celle celles celui cependant certain certaine certaines certains ces cet cette ceux chaque
        chez ci combien comme comment contre d dans de déjà dehors demain depuis dernier derrière
        des dès désormais dessous dessus deux devant devrait devraient doit doivent donc dont du
        durant elle elles en encore enfin ensuite entre environ es est et étaient étais était étant
        été être eu eux eût faire fait faisait faut fois font furent fut hier hors ici il ils j
        jamais je jusqu'à jusque l la là laquelle le lequel les lesquelles lesquels leur leurs loin
        lors lorsque lui m ma mais malgré me même mêmes mes mieux moi moins mon n ne néanmoins ni
        non nos notre nous on ont or où ou oui outre par parce parfois parmi pas pendant personne
        peu peut peuvent plupart plus plusieurs plutôt point pour pourquoi pourrait pourraient
        pourtant près presque puis puisque qu qu'il qu'elle quand quant que quel quelle quelles
        quelque quelques quels qui quoi quoique rien s sa sans sauf se selon sera seraient serait
        seront ses si sinon soi soient soit son sommes sont sous souvent suis sur t ta tandis tant
        te tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes très trop tu
        un une va vais vers voici voilà voire vont vos votre vous vu y m mme mlle dr affirmé affirme
        ajouté ajoute annoncé assuré assure déclaré dit expliqué explique indiqué indique précisé
        précise selon
        """
    ),
    themes={
        "death": listed(
            """
            mort morts morte mortes décès décédé décédée décédés meurt meurent mourir tué tuée tués
            tuées tuer meurtre meurtres assassinat assassiné assassinée homicide homicides noyé
            noyée noyade suicide suicides suicidé obsèques funérailles cadavre cadavres corps deuil
            hommage massacre mortel mortelle féminicide infanticide
            """
        ),
        "disaster": listed(
            """
            catastrophe catastrophes séisme séismes tremblement inondation inondations crue crues
            ouragan cyclone typhon tornade tsunami incendie incendies avalanche avalanches éruption
            explosion explosions crash accident accidents naufrage déraillement effondrement
            effondré glissement famine sinistre rescapés survivants
            """
        ),
        "war": listed(
            """
            guerre guerres bombardement bombardements frappe frappes missile missiles invasion obus
            troupes génocide otage otages cessez-le-feu offensive drone drones front combattants
            """
        ),
        "violence": listed(
            """
            attaque attaques attaqué agression agressions agressé agressée attentat attentats
            fusillade poignardé poignardée couteau viol viols violé violée violence violences
            violent violents abus enlèvement enlevé terrorisme terroriste terroristes torture
            torturé séquestré coups
            """
        ),
        "illness": listed(
            """
            cancer cancers épidémie pandémie virus hospitalisé hospitalisée overdose démence ebola
            rougeole choléra méningite grippe covid
            """
        ),
    },
    light=named(
        """
        art, arts, art de vivre, arts et spectacles, auto, automobile, beauté, bandes dessinées, bd,
        bien-être, bon plan, bons plans, cinéma, consommation loisirs, cuisine, culture, cultures,
        danse, déco, décoration, divertissement, expositions, football, foot, gastronomie, high-tech
        loisirs, horoscope, humour, insolite, insolites, jardin, jardinage, jeux, jeux vidéo, judo,
        l'insolite, le sport, lifestyle, littérature, livres, loisirs, maison, médias, mode,
        musique, m le mag, nature, olympisme, people, photo, photographie, piscine, podcasts, radio,
        recettes, restaurants, rugby, scènes, séries, séries tv, sorties, spectacle, spectacles,
        sport, sports, styles, style, télé, télévision, tendances, tennis, théâtre, tourisme, vélo,
        vie pratique, vins, voyage, voyages, week-end
        """
    ),
    court=listed(
        """
        tribunal tribunaux cour procès juge juges jugé jugée jugés jugement parquet procureur
        procureure avocat avocate accusé accusée accusés prévenu prévenue inculpé inculpée mis
        examen garde-à-vue garde condamné condamnée condamnés condamnation relaxé relaxe acquitté
        acquittée acquittement peine prison détention écroué écrouée incarcéré incarcérée audience
        appel cassation assises plainte plaintes enquête instruction magistrat interpellé
        interpellée interpellés arrêté arrêtée arrêtés soupçonné soupçonnée suspect suspects
        extradition extradé témoin verdict juré jurés
        """
    ),
    minor=listed(
        """
        garçon garçons garçonnet fillette fillettes fille enfant enfants bébé bébés nourrisson
        nourrissons nouveau-né ado ados adolescent adolescente adolescents adolescentes mineur
        mineure mineurs mineures écolier écolière écoliers collégien collégienne collégiens lycéen
        lycéenne lycéens élève élèves gamin gamine gamins
        """
    ),
)
