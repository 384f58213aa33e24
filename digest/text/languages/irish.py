"""Irish."""

from digest.text.languages.language import Language, listed, named

IRISH = Language(
    code="ga",
    name="Irish",
    update="Nuashonrú",
    stemmer="irish",
    # No study of Irish known to us. Most of its readers read English first, so we take the pace of
    # a careful audio script until somebody measures a better one.
    silent=150,
    aloud=150,
    titles=listed(
        """
        co gco uas tuas toll oll dr an-dr sr fr gda gdaí cllr mr mrs ms prof rev st m.sh i.e e.g cf
        insp sgt lft capt
        """
    ),
    abbreviations=listed(
        """
        teo tta cór srl etc lgh lch iml uimh jr srt ltd inc plc vs r.n i.n a.m p.m al eag ean feabh
        már aib beal meith iúil lún mf df samh noll
        """
    ),
    before_numbers=listed("uimh lch lgh iml alt cuid fíor no p pp vol cl"),
    openers=listed(
        """
        an na a ag ach agus ar as bhí beidh bíonn bhíodh bheadh bhain bhuail tá táthar níl ní níor
        nach nár nuair go gur chuaigh chuir chun cé cén cad conas cathain céad dá dar de den deir
        deirtear do don dúirt dúradh duine déanfar rinne rinneadh roimh faoi fuair fuarthas
        fógraíodh d'fhógair d'iarr d'fhág d'éirigh thug tugadh tháinig thosaigh thit tar taobh
        tharla thart tógadh trí tríd thar thuig i in ina inniu inné amárach aréir anois ansin ansan
        arís is ba b'fhéidir b'é idir le leis leanann mar má más mura murach mhínigh léirigh labhair
        luaigh seo sin sé sí siad sibh sinn muid mé tú é í iad scaoileadh seoladh socraíodh ón ó os
        gan gach gabhadh chomh cuireadh cuirfear ceann cheana chonaic chaith chas chinn chríochnaigh
        chaill bunaíodh beartaíodh meastar measann de réir dhá ghlac gortaíodh maraíodh osclófar
        osclaíodh iarradh ceapadh cailleadh caithfidh féadfaidh éilíonn éileofar ina idir sula dhún
        """
    ),
    after_hours=frozenset(),
    dotted_ordinals=False,
    elisions=listed("d b m"),
    speech="dúirt|deir|arsa|d'fhiafraigh|d’fhiafraigh|d'fhreagair|d’fhreagair|scríobh",
    stop=listed(
        """
        a ab ach ag agus aici aige againn agam agat agaibh acu ainneoin air airsean aisti aistu
        amach amháin amárach an ann anois anseo ansin ansiúd aon ar aréir arís aréir as atá atáthar
        áfach b ba bá bain bhain beadh bheadh beag beidh beirt bheith bhfuil bhí bhíodh bhíonn bíodh
        bíonn bith bhur bun cá cad cathain cé céad ceann cén cheana chéad chomh chuaigh chuig chuige
        chuir chun cibé conas cuid cur d dá daoibh dar de deir déag déan déanamh déanta den dhá di
        díobh dír do dó dóibh dom don dtí dúinn duit dúirt dúradh é ea eile éigin eisean faoi faoin
        fad féin fearr fóill fós freisin fuair gá gach gan ge go gur gura i í iad iadsan idir ina
        inár inné inniu ins is ise isteach lá láthair le lei léi leis léith leo liom linn lenár ler
        libh leat má mar más maidir maith mé mise mó mór moill muid mura murar murab na nach naoi
        nár nára ná neamh ní nior níor níl nil níos nó nuair nua o ó ocht oiread ón orainn ort orm
        orthu os pé rá raibh réir rinne roimh roinnt rud sa san sé seacht sean sí sibh sin seo siad
        siadsan sinn sna sula sular suas tá táid tar tabhairt taobh tháinig thar thug thart timpeall
        tú tusa toisc trí tríd trína trasna uaidh uainn uair uaithi uathu uile uirthi um úd a-b b'é
        b'fhéidir cúig ceithre deich dhéag tríocha fiche mórán scéal dúirt deirtear ndúirt ndeir
        dhéanamh dhéanfar bheidh bheas mbeidh mbeadh mbíonn ndéanfar is-ba ea ár
        """
    ),
    themes={
        "death": listed(
            """
            bás báis básanna bháis básaíodh fuair-bás marbh marbhadh mharbh maraíodh maraíonn
            dúnmharú dúnmharaithe dhúnmharú dhúnmharaigh bádh bá féinmharú féinbhás sochraid
            shochraid sochraide corp corpán chorp caoineadh cailleadh d'éag éag éagtha ionchoisne ár
            marfach marfacha
            """
        ),
        "disaster": listed(
            """
            tubaiste thubaiste crith-talún crith tuilte tuile tuilí thuilte stoirm stoirme hairicín
            tornádó súnámaí dóiteán dóiteáin tine pléascadh pléasc phléasc timpiste thimpiste
            timpistí taisme longbhriseadh titim thit gorta marthanóirí
            """
        ),
        "war": listed(
            """
            cogadh chogadh cogaidh gcogadh ionradh buama buamaí buamáil bhuamáil diúracán diúracáin
            trúpaí cinedhíothú giall géill sos-cogaidh saighdiúirí saighdiúir dróin
            """
        ),
        "violence": listed(
            """
            ionsaí ionsaithe hionsaíodh ionsaíodh lámhach lámhadh lámhachadh scian sá sádh éigniú
            éigníodh foréigean foréigin mí-úsáid dhrochúsáid drochúsáid fuadach fuadaíodh
            sceimhlitheoireacht sceimhlitheoir céasadh bataráil
            """
        ),
        "illness": listed(
            """
            ailse hailse ráig eipidéim paindéim víreas ospidéal ródháileog néaltrú ebola bruitíneach
            calar meiningíteas covid
            """
        ),
    },
    light=named(
        """
        bia, cluichí, caitheamh aimsire, ceol, cultúr, drámaíocht, ealaín, ealaíona, an saol,
        faisean, físeáin, cláracha, greann, leabhair, litríocht, nuacht spóirt, peil, iománaíocht,
        pobal & cultúr, podchraoltaí, rugbaí, sacar, saol, saol agus pobal, saol & stíl, scannáin,
        siamsaíocht, spórt, spóirt, stíl, stíl mhaireachtála, taisteal, teilifís, tráthnóna spóirt,
        cúrsaí ealaíne, cúrsaí spóirt
        """
    ),
    court=listed(
        """
        cúirt chúirt cúirte chúirte gcúirt breitheamh bhreitheamh breithimh giúiré ghiúiré triail
        thriail trialach cosantóir chosantóir ionchúisitheoir ionchúiseamh cúisíodh cúisithe
        cúiseamh cúisimh ciontaíodh ciontaithe ciontach chiontach éigiontach saoradh pléadáil
        phléadáil pianbhreith phianbhreith príosún phríosún príosúin bpríosún bannaí gabhadh ghabh
        coinneáil achomharc eiseachadadh ionchoisne fianaise finné aturnae abhcóide dlíodóir amhras
        líomhnaítear líomhain líomhaintí
        """
    ),
    minor=listed(
        """
        buachaill bhuachaill buachaillí mbuachaill gasúr ghasúr gasúir cailín chailín cailíní
        gcailín girseach leanbh linbh leanaí naíonán naíonáin páiste pháiste páistí bpáistí déagóir
        dhéagóir déagóirí ndéagóirí mionaoiseach mionaoisigh dalta daltaí ógánach ógánaigh óg
        """
    ),
)
