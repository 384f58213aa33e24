"""Spanish."""

from digest.text.languages.language import Language, listed, named

SPANISH = Language(
    code="es",
    name="Spanish",
    update="Novedad",
    stemmer="spanish",
    # International Reading Speed Texts, aloud (Trauzettel-Klosinski & Dietz 2012, doi
    # 10.1167/iovs.11-8284). Nobody reads silently more slowly, so it stands for both.
    silent=218,
    aloud=218,
    titles=listed(
        """
        sr sra srta sres sras dª dña dr dra dres drs prof profa lic ing arq abg gral cnel tte sgto
        cdte mons pbro fr sto sta st excmo excma ilmo ilma rvdo hno hna ee p.ej ej cf vid mª
        """
    ),
    abbreviations=listed(
        """
        a.c d.c a.m p.m a m p uu ee.uu eeuu jj etc aprox av avda avd ctra c cía co inc ltd ltda s.a
        s.l depto dpto dcha izq izda edif ed eds núm tel tfno ud uds vd vds vs jr al ibíd ibid op
        cit ene feb mar abr may jun jul ago sep sept oct nov dic gob admón d cap
        """
    ),
    before_numbers=listed("art arts cap fig n nº núm núms p pp pág págs párr t vol vols tel ap"),
    openers=listed(
        """
        el la los las lo un una unos unas de del desde al a en con sin por para según tras entre
        hasta hacia contra sobre ante bajo durante mediante y e o u pero sino ni que quien quienes
        cuando donde como si aunque porque pues mientras él ella ellos ellas yo nosotros ustedes
        usted su sus este esta estos estas esto ese esa esos esas eso aquel aquella aquellos también
        tampoco además así entonces luego después antes ahora hoy ayer mañana ya aún todavía sin
        embargo no sí se le les me nos más menos muy mucho mucha muchos muchas poco pocos todo toda
        todos todas otro otra otros otras cada algunos algunas alguno alguna varios varias ambos
        ambas tal tales solo sólo incluso finalmente asimismo mi qué cuál cómo dónde cuándo quién
        dos tres cuatro cinco hay es era fue son ha han había está están
        """
    ),
    after_hours=frozenset(),
    dotted_ordinals=False,
    elisions=frozenset(),
    speech=(
        "dijo|dice|preguntó|pregunta|añadió|añade|respondió|responde|explicó|explica|afirmó|afirma"
        "|aseguró|asegura|contó|cuenta|insistió|señaló|exclamó|declaró|indicó|agregó"
    ),
    stop=listed(
        """
        a acá ahí ahora al algo alguien algún alguna algunas alguno algunos allá allí ambos ante
        antes apenas aquel aquella aquellas aquello aquellos aquí así aun aún aunque ayer bajo bien
        cada casi cerca como cómo con conmigo consigo contigo contra cual cuál cuales cualquier
        cualquiera cuando cuándo cuanto cuánto cuya cuyas cuyo cuyos da dan dar de debe deben debía
        debido del demás dentro desde después detrás dicha dicho dichos donde dónde dos durante e él
        el ella ellas ello ellos embargo en encima enfrente entonces entre era eran eras eres es esa
        esas ese eso esos esta ésta estaba estaban estado estamos están estar estará estas éstas
        este éste esté estén esto estos éstos estoy estuvo estuvieron fin fue fuera fueran fueron ha
        haber había habían habrá habría hace hacen hacer hacia han hasta hay haya hayan he hemos
        hizo hoy hubo incluso ir jamás junto la las le lejos les lo los luego más mas me mediante
        mejor menos mi mientras mis misma mismas mismo mismos mucha muchas mucho muchos muy nada
        nadie ni ningún ninguna ninguno no nos nosotras nosotros nuestra nuestras nuestro nuestros
        nunca o os otra otras otro otros para parte pero poca pocas poco pocos podría podrían por
        porque pudo puede pueden pues puesto que qué quien quién quienes se sea sean según ser será
        serán sería serían si sí sido siempre siendo sin sino sobre solamente solo sólo somos son
        soy su sus suya suyas suyo suyos tal tales también tampoco tan tanto tantos te tendrá
        tenemos tener tengo tenía tenían ti tiene tienen toda todas todavía todo todos tras tu tú
        tus tuvo u un una unas uno unos usted ustedes va van varias varios vez vosotros vuestra
        vuestro y ya yo afirmó añadió aseguró dice dijo explicó indicó señaló agregó declaró sr sra
        dr dra
        """
    ),
    themes={
        "death": listed(
            """
            muerte muertes muerto muerta muertos muertas muere mueren murió murieron morir fallece
            fallecen falleció fallecido fallecida fallecidos fallecimiento mata matan mató matado
            asesinato asesinatos asesinado asesinada asesinados homicidio homicidios feminicidio
            ahogado ahogada ahogados suicidio suicidios funeral funerales cadáver cadáveres cuerpo
            luto masacre mortal mortales víctimas crimen
            """
        ),
        "disaster": listed(
            """
            catástrofe desastre terremoto terremotos sismo seísmo inundación inundaciones riada
            huracán ciclón tifón tornado tsunami incendio incendios avalancha alud erupción
            explosión explosiones choque accidente accidentes naufragio descarrilamiento derrumbe
            derrumbó deslizamiento hambruna siniestro supervivientes sobrevivientes dana
            """
        ),
        "war": listed(
            """
            guerra guerras bombardeo bombardeos bomba bombas misil misiles invasión tropas genocidio
            rehén rehenes tregua ofensiva dron drones milicianos combatientes
            """
        ),
        "violence": listed(
            """
            ataque ataques atacado agresión agresiones agredido agredida atentado atentados tiroteo
            tiroteos apuñalado apuñalada apuñalamiento disparo disparos violación violaciones
            violada violador abuso abusos violencia violento violentos secuestro secuestrado
            terrorismo terrorista terroristas tortura torturado maltrato sicarios
            """
        ),
        "illness": listed(
            """
            cáncer brote epidemia pandemia virus hospitalizado hospitalizada sobredosis demencia
            ébola sarampión cólera meningitis gripe covid
            """
        ),
    },
    light=named(
        """
        arte, artes, autos, arte y cultura, balonmano, baloncesto, belleza, bienestar, blogs, cine,
        ciclismo, cocina, coches, cultura, culturas, danza, decoración, deporte, deportes, diseño,
        entretenimiento, escenarios, espectáculos, estilo, estilo de vida, estilos, exposiciones,
        famosos, farándula, fórmula 1, fútbol, gastro, gastronomía, gente, hogar, horóscopo, humor,
        icon, insólito, jardín, juegos, la liga, letras, libros, literatura, lotería, mascotas,
        moda, motor, música, naturaleza, ocio, pasatiempos, pódcast, podcast, radio, recetas,
        restaurantes, revista, series, sociedad y cultura, teatro, televisión, tele, tendencias,
        tenis, toros, turismo, tv, verne, viajes, videojuegos, vinos, virales, viral, vivir
        """
    ),
    court=listed(
        """
        tribunal tribunales juzgado juzgados audiencia juicio juez jueza jueces magistrado
        magistrada fiscal fiscalía fiscales abogado abogada acusado acusada acusados acusación
        imputado imputada imputados investigado investigada procesado procesada condenado condenada
        condenados condena absuelto absuelta sentencia sentenciado pena prisión cárcel detenido
        detenida detenidos detención arrestado arrestada sospechoso sospechosa sospechosos querella
        denuncia recurso apelación extradición extraditado jurado testigo testigos fianza veredicto
        presunto presunta presuntos presuntamente
        """
    ),
    minor=listed(
        """
        niño niña niños niñas menor menores bebé bebés lactante adolescente adolescentes joven
        jóvenes chico chica chicos chicas muchacho muchacha alumno alumna alumnos escolar escolares
        estudiante estudiantes hijo hija recién nacido
        """
    ),
)
