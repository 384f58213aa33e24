"""English."""

from digest.text.languages.language import Language, listed, named

ENGLISH = Language(
    code="en",
    name="English",
    update="Update",
    stemmer="porter",
    # Brysbaert 2019 (doi 10.1016/j.jml.2019.104047; 190 and 77 studies). The International Reading
    # Speed Texts found 228 aloud, in young adults only: the slower figure is the safer one.
    silent=238,
    aloud=183,
    titles=listed(
        """
        adm ald amb asst atty brig capt cdr cllr cmdr col comm const cpl dep det dr fr gda gdaí gen
        gov hon insp lt maj messrs mlle mme mr mrs ms msgr mx pfc pres prof pte rep rev rt sen sgt
        snr supt e.g i.e cf viz
        """
    ),
    abbreviations=listed(
        """
        al approx assn ave bldg blvd bros cc co corp dept dist div esq est etc ext ft
        govt inc intl jr ltd mfg min mt natl plc rd snr sq sr st tel univ v vs yahoo jeopardy wham
        Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo
        Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Jan Feb Mar Apr Jun Jul Aug Sep Sept
        Oct Nov Dec
        """
    ),
    before_numbers=listed("art c ca ch cor fig figs matt no nos p para pp ps rom sec vol vols"),
    openers=listed(
        """
        a after all also although an and another any as at because before both but by despite
        during each even every few first for from he her here his how however i if in instead is
        it its last many meanwhile more most my no none not nor now of on once one only or our
        several she since so some still such that the their then there these they this those
        though to today two under until we what when where whether which while who why with
        yesterday yet you your
        """
    ),
    after_hours=listed(
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december jan feb mar apr jun jul aug sept oct
        nov dec et est edt pt pst pdt ct mt gmt bst ist utc cet cest eastern central pacific
        mountain
        """
    ),
    dotted_ordinals=False,
    elisions=frozenset(),
    speech="said|says|asked|asks|added|adds|told|tells|wrote|writes|replied|cried|shouted|joked",
    stop=listed(
        """
        a about above after again against all almost along already also although always am among
        an and another any are aren't around as at away back be because been before being below
        between both but by came can can't cannot come could couldn't did didn't do does doesn't
        doing don't done down during each either else even ever every few for from further get
        gets go goes going got had hadn't has hasn't have haven't having he he'd he'll he's her
        here here's hers herself him himself his how however i i'd i'll i'm i've if in into is
        isn't it it's its itself just last least less let let's like made make makes many may me
        might more most much must mustn't my myself near neither never new next no nor not now of
        off often on once one only onto or other others our ours out over own per perhaps put
        quite rather really said same say saying says see seen several shall she she'd she'll
        she's should shouldn't since so some still such take than that that's the their theirs
        them themselves then there there's these they they'd they'll they're they've this those
        though through thus to together told too took toward towards two under until up upon us
        used using very via was wasn't way we we'd we'll we're we've well went were weren't what
        when where whether which while who whom whose why will with within without won't would
        wouldn't yes yet you you'd you'll you're you've your yours mr mrs ms dr
        """
    ),
    themes={
        "death": listed(
            """
            dead dies died dying death deaths kill killed killing killings kills murder murders
            murdered manslaughter funeral funerals fatal fatally fatality fatalities drowned
            drowning suicide suicides body bodies corpse mourn mourns mourned mourning mourners
            obituary bereaved inquest massacre stillbirth stillborn killer killers murderer
            murderers murdering slain deadly deadliest assassinated assassination homicide
            perished
            """
        ),
        "disaster": listed(
            """
            disaster disasters earthquake earthquakes quake flood floods flooded flooding
            hurricane cyclone typhoon tornado tsunami wildfire wildfires landslide mudslide
            avalanche eruption explosion explosions blast crash crashed crashes capsized derailed
            derailment collapsed famine shipwreck catastrophe survivors
            """
        ),
        "war": listed(
            """
            war wars warfare airstrike airstrikes bombing bombings bombardment bomb bombs missile
            missiles shelling shelled invasion invaded troops genocide hostage hostages militants
            ceasefire
            """
        ),
        "violence": listed(
            """
            attack attacks attacked attacker assault assaulted assaults shooting shootings shot
            gunman gunmen stabbed stabbing stabbings rape raped rapist abuse abused abuser
            kidnapped kidnapping terror terrorism terrorist violence violent torture tortured
            """
        ),
        "illness": listed(
            """
            cancer outbreak epidemic pandemic virus hospitalised hospitalized overdose overdoses
            dementia ebola measles cholera meningitis
            """
        ),
    },
    light=named(
        """
        art, arts, arts and culture, arts & culture, arts & entertainment, arts & life, beauty,
        boats, books, cars, celebrity, celebrities, comedy, comics, cooking, culture, cycling,
        dance, design, dining, eating out, entertainment, fashion, festivals, film, films,
        fitness, fixtures, food, food & drink, food and drink, football, fun, gaa, gaming, games,
        garden, gardening, gardens, golf, good news, hobbies, holidays, home & garden, homes,
        horoscopes, horse racing, humour, humor, interiors, leisure, life, life & style,
        life and style, lifestyle, motoring, motors, movies, music, nature, odd, odd news,
        oddities, offbeat, people, pets, photography, podcasts, puzzles, quirky, quiz, quizzes,
        racing, radio, recipes, restaurants, rugby, showbiz, soccer, sport, sports, stage,
        streaming, style, television, tennis, the arts, theatre, theater, things to do,
        travel, trending, tv, tv & radio, viral, weddings, weird, weird news,
        wellness, what's on, wildlife, wine
        """
    ),
    court=listed(
        """
        court courts courtroom trial trials retrial tried judge judges jury juror jurors magistrate
        magistrates prosecutor prosecutors prosecution defendant defendants plaintiff lawsuit
        indicted indictment arraigned arraignment charged charges convicted conviction acquitted
        acquittal sentenced sentencing pleaded pleads guilty verdict testify testified testimony
        bail remanded remand custody hearing inquest tribunal extradition extradited accused
        alleged allegedly arrested arrest suspect suspects jailed imprisoned parole barrister
        solicitor appealed perjury injunction
        """
    ),
    minor=listed(
        """
        boy boys girl girls child children baby babies infant infants toddler toddlers newborn
        teen teens teenage teenager teenagers teenaged schoolboy schoolboys schoolgirl schoolgirls
        schoolchild schoolchildren pupil pupils juvenile juveniles minor minors underage youngster
        youngsters kid kids adolescent adolescents youth youths
        """
    ),
)
