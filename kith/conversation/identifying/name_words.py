"""Parts of names that are everyday words too, language by language; names of places and illnesses; the small words by which a language is told."""


def listed(words: str) -> frozenset[str]:
    """Read a list of words."""
    return frozenset(words.split())


EVERYDAY = {
    "en": """will may mark hope grace joy faith charity rose lily daisy iris ivy violet hazel heather holly poppy jasmine olive ruby pearl amber crystal jade opal april june august summer autumn dawn eve star sky skye rain
        river brook brooke lake forest woods wood hill field fields stone rock cliff dale glen heath ford bridge church temple chase hunter fisher archer baker cook butler carter mason miller porter potter smith taylor tailor turner walker
        weaver parker page king queen prince duke earl baron knight bishop pope abbot priest dean major sergeant judge law lawless justice long short small little young old new strong hardy sharp bright light white black brown green gray grey
        gold golden silver blue love loving lovely darling dear sweet swift frank earnest ernest noble bliss blessing mercy patience prudence constance verity harmony melody carol joyce gay bill rob bob jack pat sue drew art gene guy dick peg
        nick rich ray jay robin wren martin bird crane finch heron hawk drake swan fox wolf wolfe lamb bull bear bears lyon lion buck hart fish pike bass best good goodman moody savage wild wise rush read reader reed reid ward wards waters wells
        west east north south winter winters snow frost storm day days weeks week sunday monday friday holiday christmas noel easter christian grant chance chase lance miles max tony rusty sandy randy buddy angel heaven destiny genesis
        sage basil rosemary ginger pepper berry cherry peach plum apple bush root branch leaf flower flowers bloom blossom garden gardener marsh moss hay corn rice bean beans ham cash price penny dollar money bond bank banks pound sterling
        bell bells ball boxer box case cave chambers close cross crouch curry cutter drum dyer fair farmer fields fine fletcher flood flowers foot free french english scot scott welsh irish german holland garland gates gift goode hall halls
        hand hands head hood horn house howe hurt joiner keen key keys kidd kid land lane lock locke lord lucky main mann man manly merry mill mills minor moon moore more moon myers neck nice nails nurse page paige paine pain park parks parson
        pierce pitt place plant pool poole post power powers pratt precious pride quick quill rains ranger raven rhodes rowan roy royal saint sands seal self shade shepherd ship shore silk singer skinner sky slaughter sparks speed spice spring
        stark steel sterling stewart story street summers tally tanner teal tempest thorn tiger tower train treasure tree true truth tyler usher vale vane victor victory vine vogue wade waits wall walls want wash welcome wheat wheeler whisper
        whitehead wiles willow wills wind winner wish wishes word words worth wright write yard york chuck herb hank rod dot kit kitty matt van jean dale gale glory honor honour liberty peace serenity trinity journey happy sunny sunshine
        an my so do no in on he me us we it is at be by go up as or to if am of jo al ali art ada ida era eve tim tom don ron con mel val ash asher clay cliff colt dash fern flora gail hunt jewel josh kip lark maple mona nat norm opal piper
        rick rip roman rosy sally scout shay sienna sol sonny tam tate tess tex thyme toby todd trace tracy trey tripp una vera viola wendy worthy zen justice royal mills flynn barb china champ doll faye hester ivory mercury minnie nell rita
        sid solomon bacon barber bowman burns carpenter coffin cox day dean dove driver eagle farr field flint forge frank goldsmith greenwood grove guest gunn harding hardman hare hawkins hay herd hogg holder holmes hooks hope hull hyde ives""",
    "de": """lang kurz klein groß gross weiß weiss schwarz braun grün gruen roth rot blau gold silber sommer winter herbst frühling lenz mai april juni juli august sonntag montag freitag samstag ernst frank frei fromm fröhlich froh lustig ehrlich
        treu stark kraft krafft hart weich sanft jung alt neu neumann schön schoen wild wolf vogel hahn fuchs hase hirsch bär baer löwe adler falk falke fink star specht storch sperling krähe rabe hecht karpf biene ameise igel frosch könig koenig
        kaiser herzog graf fürst fuerst prinz ritter richter vogt schulze bauer koch müller mueller schmidt schmied schneider weber becker bäcker fischer jäger jaeger zimmermann wagner schäfer hirte hirt maurer metzger krämer kraemer kaufmann
        berg stein feld wald bach see busch baum linde eiche birke tanne rose rosen blume blum veilchen lilie kirsch apfel birn korn haber reis brot kuchen kohl zwiebel bohne pfeffer salz engel himmel stern sonne mond licht glück gluck liebe
        friede frieden hoffnung wunder segen gnade freude traum heil gott heiland pfaff pfarrer mönch bischof papst abt christ heide mann frau kind knabe bube vater mutter bruder schwester vetter oheim enkel gast freund feind nachbar arm bein
        fuß fuss hand kopf haupt haar bart zahn herz hertz auge nagel hammer sense sichel beil axt schwert schild pfeil bogen sack beutel topf kanne kessel teller krug becher schuh rock hut mantel kragen knopf faden seide wolle leder kerze lampe
        funk funke feuer brand rauch asche wasser regen schnee eis frost sturm wind wolke nebel blitz donner hagel tag nacht morgen abend stunde woche jahr zeit ende anfang mark heller pfennig taler schilling reich arm rechte recht grund boden
        erde sand lehm damm graben brunnen brücke turm burg schloss haus hof hoff stall scheune tor thor pforte wand mauer dach keller kammer stube bank tisch stuhl bett wiege holz blatt zweig ast wurzel moos gras heu stroh sauer süß bitter scharf
        roman klar clara klara viktoria will wille mut noll null kern keil kranz krone kreuz krieg sieg siegel spiel spieler sport sprung tanz sang klang horn pauke geige pfeifer peter luft lust leben roland rolle marie ursel rosa viola iris jasmin
        heike-kraut heide erika melissa linde hasel flora aurora stella nina mia ann an am im um so da du er es in ich wie was wer wen man ein kai ole udo ute ina ida max uli uwe pia eva ida ida ruth""",
    "fr": """rose marguerite violette olive pierre blanc blanche noir noire brun brune roux rousse gris petit petite grand grande gros legrand lebon bon bonne beau belle joli jolie gentil doux douce vrai claire clair lumière soleil lune étoile aurore
        aube matin printemps été hiver avril mai juin août dimanche noël pascal reine roi prince duc comte marquis baron chevalier évêque abbé moine clerc prêtre pape saint ange angel céleste france lorraine provence champagne bourgogne normand
        breton lombard picard langlois lallemand marchand mercier boucher boulanger berger meunier charpentier tailleur maçon fabre faure lefebvre cordier tonnelier pêcheur chasseur jardinier fontaine rivière lac mer bois forêt dubois dupont
        pont rue place maison château chapelle église moulin dumoulin verger jardin prairie champ deschamps vallée mont montagne roche rocher colline perle ambre jade cerise fleur fleury laurier lierre sapin chêne duchesne pin pommier poirier
        prune prunier olivier amandine clémentine mélodie harmonie grâce espérance joie félicité prudence constance désiré aimé aimée chérie victoire gloire merveille renard loup leloup lion agneau mouton merle moineau colombe cygne lapin cheval
        chat poisson martin pascale lucide sylvestre parfait juste modeste fidèle heureux content gai franc franche simon marin vide gage bonheur chance destin noëlle lys iris capucine anémone jacinthe pervenche églantine garance rémission lou mai
        ma la le les un une il elle on me te se tu en au du des et est ou où ni or car sa son ses mon ton ami amie anne-née jean léger legros vidal tour tout marie homme femme enfant seigneur guerre paix amour""",
    "es": """paz luz sol rosa mar dolores consuelo pilar esperanza soledad ángel angel ángeles angeles rubio rubia moreno morena blanco blanca negro rojo verde bueno bravo leal franco fuerte alegre feliz gallardo hermoso hermosa bello bella delgado gordo calvo
        prieto cano crespo rey reyes reina conde duque marqués caballero hidalgo escudero guerrero soldado herrero zapatero molinero pastor carpintero sastre barbero cantero cruz iglesia iglesias santos santo santa ángela salvador jesús trinidad
        concepción asunción encarnación presentación rosario socorro remedios milagros mercedes gracia gracias gloria fe caridad amparo auxilio victoria alegría amor alma vida cielo estrella luna aurora alba día domingo pascual navidad abril mayo
        primavera verano otoño invierno nieves nieve lluvia rocío viento fuego río rivera ribera fuente fuentes laguna costa playa sierra monte montes montaña valle campo campos prado vega huerta jardín flor flores rosales manzano naranjo olivo
        olivares pino robles encina nogal castaño parra león lobo toro vaca cordero gallo paloma águila gavilán halcón cuervo merino carnero torres torre castillo puente puentes calle plaza casa casas puerta palacios molina molino hierro oro plata
        piedra peña roca rincón camino mesa silla linda dulce perla violeta margarita azucena jacinto narciso lázaro ventura fortuna perpetua justo justa clemente inocencia prudencia constanza modesto máximo benito bonito marina celeste serena
        virtudes dulcenombre de la el en y a que no me te se mi tu su un una ana eva leo sara olvido guerra sal salas""",
    "it": """rosa bianca bianco nero rossa rosso verde bruno bruna fiore fiori gioia grazia grazie viola stella luce vita speranza serena sereno felice letizia allegra costa monti monte leone greco serra marina gentile bello bella bruna dolce chiara chiaro
        vera vero fede carità pace vittoria gloria aurora alba sole luna cielo mare marino riva fontana ponte torre castello villa casa chiesa croce santo santa santi angelo angela angeli natale pasqua domenica aprile maggio estate primavera inverno
        neve re regina conte duca marchese cavaliere barone papa vescovo abate monaco prete pastore ferrari fabbri sarti molinari carta carbone ferro oro argento pietra sasso rocca valle campo campi prato bosco selva pino pini olivo mela pera
        uva grano riso pane sale pepe gallo galli lupo volpe orso cavallo agnello colombo passero merlo falco aquila pesce ricci riccio longo corto basso grosso grasso magro forte leggero piccolo grande buono bona costanza prudenza modesta
        benedetta benedetto perla gemma ambra margherita ginestra mimosa dalia iris il la lo le i gli un una di a da in con su per tra fra e o ma non si ti mi ci vi mia tua sua eva ada ida amore amato amata fortuna ventura guerra testa capra""",
    "pl": """róża wiosna zima lato jesień nadzieja wiara miłość radość wolność pokój niebo gwiazda słońce księżyc ranek wieczór piątek niedziela sobota maj kwiecień wrona kruk sroka sowa sokół orzeł gołąb wróbel kos kot lis wilk niedźwiedź zając mróz
        śnieg deszcz wiatr burza grom dąb buk sosna lipa brzoza jawor kalina malina jagoda wiśnia gruszka jabłko groch kapusta cebula chleb piekarz kowal młynarz tkacz krawiec szewc kucharz rybak myśliwy król książę hrabia pan pani ksiądz biskup
        mały duży młody stary nowy czarny biały zielony szary czerwony dobry zły gruby chudy wesoły smutny cichy bystry górski górka góra las pole rzeka woda kamień skała most brama dwór zamek kościół kaplica krzyż kaczka gęś baran koza byk cielak
        ptak ryba rak żaba mucha komar mazur niemiec czech rusin turek po na za do od w z i a o u nie to ja ty on ona my wy się co jak ale ola ada ewa iga""",
    "tr": """umut deniz güneş su yağmur bahar barış savaş sevgi nur gül çiçek ay yıldız kaya demir kara toprak aslan can ışık özgür mutlu huzur onur eylül ekim nisan mayıs hayat zafer kurt şahin çelik yılmaz polat tekin aydın doğan koç ateş rüzgar bulut
        kar fırtına dağ orman ırmak nehir göl pınar kaynak çınar defne menekşe lale papatya nilüfer yasemin yaprak dal meyve kiraz elma bal şeker tuz ekmek altın gümüş bakır taş kum ada yol yolcu şafak sabah akşam gece gündüz yaz kış güz dilek
        rüya hayal umay sevinç neşe coşku sabır inanç güven vefa ahenk melek cennet kutlu kutsal güzel iyi yeni genç uzun kısa büyük küçük beyaz siyah yeşil mavi sarı usta çiftçi avcı çoban bey paşa han kral kalender ceylan kartal güvercin serçe
        balık at arslan er ersin bir iki üç ben sen o biz siz ve da de mi mu ne her hiç çok az duman esen eren tan ece""",
    "nl": """roos linde hoop vos bakker visser boer smit smid mulder molenaar kok vries jong groot klein lang kort wit zwart bruin groen blauw rood goud bos dijk berg lente zomer herfst winter koning keizer prins hertog graaf ridder kuiper mei april zondag
        vrijdag haan leeuw beer wolf vogel kraai mus valk arend duif schaap lam stier paard kat muis vis snoek appel peer kers boom bloem blom wilg eik beuk berk meer water zee rivier beek brug poort kerk molen huis hof hoeve veld weide zand steen
        zon maan ster licht vrede liefde geluk vreugde moed trouw vroom wijs sterk goed mooi lief stil vrij rijk arm engel hemel god pastoor bisschop monnik man vrouw kind vriend buur storm wind regen sneeuw vorst ijs vuur brand fleur sterre merel
        roosje iris jasmijn viool margriet de het een en van in is ik je hij we er om op te aan bij met maar nog dag nacht jan piet bas bo an""",
    "pt": """luz paz sol rosa mar flor flores graça esperança vitória glória fé caridade amor alma vida céu estrela lua aurora alba domingo natal abril maio verão inverno outono primavera neves neve chuva vento rocha pedra ribeiro ribeira rio fonte lagoa costa
        praia serra monte montes vale campo campos prado mata bosque floresta pinheiro pinto oliveira pereira macieira figueira carvalho castanheira nogueira cruz santos santo santa anjo ângelo rei reis rainha conde duque marques guerreiro ferreiro
        pastor leite coelho carneiro cordeiro leão lobo touro galo pomba águia falcão corvo peixoto sardinha branco preto negro verde vermelho ruivo louro moreno bom bonito belo bela forte franco leal feliz alegre bento pires ramos dores conceição
        remédios socorro mercês consolação salvador jesus nascimento batista trindade ventura fortuna prazeres o a os as um uma de da do em no na e que não se me te meu sua eva ana moura calado barros castelo guerra vaz pão sal machado""",
}  # fmt: skip
EVERYDAY_IN: dict[str, frozenset[str]] = {language: listed(words) for language, words in EVERYDAY.items()}
# Months and days carry their capital in English whoever is meant.
CAPITAL_ANYWAY = listed(
    "april may june august sunday monday friday christmas easter christian french english scot welsh irish german holland saint i"
)
PLACES_AND_ILLNESSES = listed(
    """victoria paris chelsea sydney adelaide florence india china georgia jordan austin dallas charlotte lourdes vienna verona milan carolina virginia alexandria lincoln jackson houston brooklyn kent lancaster york wells bath london
    berlin hamburg hannover frankfurt münster ulm worms essen halle jena erfurt wien graz linz salzburg basel bern luzern chur madrid sevilla valencia córdoba cordoba granada león leon toledo burgos segovia ávila avila soria jaén murcia málaga
    roma milano napoli torino genova firenze siena ancona pisa lucca modena trento ferrara novara catania messina asia africa america europa israel kenya chad cuba malta cyprus ireland england scotland wales britain france lorraine
    holland brazil peru chile argentina colombia dakota montana cheyenne savannah memphis denver phoenix orlando madison trenton camden preston bolton burton clifton hamilton wellington nelson hastings napier palmerston perth darwin newcastle
    richmond lewisham croydon sutton kingston stratford windsor chester carlisle durham derby nottingham warwick stafford shrewsbury worcester gloucester cheltenham oxford cambridge norwich ipswich lincolnshire selby whitby ripley bradford
    skye iona arran lewis harris islay jura galway clare kerry down cork tyrone antrim limerick regina alberta kingsley ashley beverley shirley kimberley leigh lynn lee ford brent trent severn tyne tees avon clyde don dee wye thames
    kraków warszawa gdańsk lublin wrocław łódź opole legnica ankara izmir bursa konya aydın antalya adana malatya trabzon rize ordu sinop lisboa porto braga coimbra évora beja leiria guarda bragança faro nantes lyon lille nice nancy tours
    orléans reims angers troyes amiens brest vichy valence vienne utrecht leiden delft breda zwolle assen venlo tilburg den haag maas rijn rhein donau elbe oder main neckar saar mosel isar spree weser ems ruhr
    crohn parkinson hodgkin alzheimer huntington raynaud ménière meniere graves addison bell cushing marfan ehlers danlos turner klinefelter tourette hashimoto sjögren sjogren behçet behcet wilson hansen asperger lewy ewing barrett lyme
    perthes charcot marie tooth guillain barré kawasaki still paget chiari gaucher fabry pompe batten rett prader willi angelman edwards williams noonan dravet lennox gastaut basedow bechterew scheuermann dupuytren peyronie wegener wilms
    hirschsprung friedreich waldenström waldenstrom quincke tietze stein leventhal korsakoff korsakow wernicke creutzfeldt jakob münchhausen munchausen stockholm"""
)
# Small words by which the language of a post is told.
TELLING = {
    "en": "the and is was my i to of it that in for me you with on have not this are be at so but he she they we im dont just what how when from if all no out up had has can do like or as an your her his about been",
    "de": "der die das und ist ich nicht ein eine zu mir mich mit auf es den dem im war hab habe bin wie aber auch von für so wer wir sie er noch hat was da bei nur nach wenn heute aus dass wieder mein meine kann ihr euch",
    "fr": "le la les et est je pas un une de des du que qui en mon ma moi pour dans ce sur avec au elle il on mais ne plus j c suis ai me se si nous vous mes son sa tout par très bien être ça",
    "es": "el la los y es no un una de que en me mi por con para se lo yo su del al pero más ya como hace está le si cuando muy soy hoy todo sin nos estoy tengo nada él ella te o porque",
    "it": "il la le e è non un una di che in mi mio mia per con si lo sono ma ho del al da più come anche ha ci gli se alla della oggi quando io tutto sto ti nel già mai era questo chi",
    "pl": "i w na nie się to że z do mi jest jak ja mam po o już od ale za co tak tylko ma dla mnie czy przez bo jestem są był była było mój moja też kiedy ze go",
    "tr": "ve bir bu da de ne için çok ben mi o gibi ile var yok daha ama ki bana beni benim her sonra kadar bugün değil olarak hiç diye gün en mı şey biz sen oldu",
    "nl": "de het een en is ik niet van in op te dat mijn me met voor er maar zijn aan ook als nog naar heb ben je hij ze we bij was om die wat wie dan al zo geen mij uit",
    "pt": "o a os as e é não um uma de que em me meu minha por com para se do da no na mas eu ele ela já mais foi como hoje muito está ao dos das tem sou estou quando nada todo sem você",
}  # fmt: skip
TELLING_IN: dict[str, frozenset[str]] = {language: listed(words) for language, words in TELLING.items()}
PARTICLES = listed(
    "de da do dos das del della di van von der den het la le les du des el al bin ibn ben bint abu mac mc st san santa y e i und zu zum ter ten te op af av la los las o"
)
TITLES = listed(
    """mr mrs ms miss mx dr doctor prof professor sir madam sister brother aunt auntie uncle nurse herr frau fr hr fräulein mme m mlle madame monsieur mademoiselle sr sra srta señor señora señorita sig sig.ra signor signora signore
    signorina mevr mevrouw meneer dhr pan pani panie panu bay bayan sayın don doña dona senhor senhora dear hi hello hey hallo hola ciao salut bonjour cześć witaj merhaba selam liebe lieber beste lieve geachte querida querido cara caro
    chère cher droga drogi sevgili olá oi tante onkel tía tío zia zio oom tia tio ciocia teyze abla abi"""
)
# What stands right before a name that somebody gives as her own.
INTRODUCING = (
    "i am", "i'm", "im", "i’m", "my name is", "my name's", "my names", "my name’s", "name is", "name's", "name:", "call me", "called", "calls me", "called me", "call me", "named me", "named", "this is", "its me", "it is me", "real name is", "real name",
    "ich bin", "ich bin die", "ich bin der", "bin die", "bin der", "ich heiße", "ich heisse", "heiße", "heiß", "mein name ist", "name ist", "mein name:", "nennt mich", "hier ist", "hier ist die", "hier ist der", "hier die", "hier der",
    "je suis", "je m'appelle", "je m’appelle", "m'appelle", "moi c'est", "moi c’est", "c'est", "mon nom est", "mon prénom est", "prénom",
    "soy", "me llamo", "mi nombre es", "me llaman", "yo soy", "aquí", "llámame",
    "mi chiamo", "io sono", "il mio nome è", "chiamatemi", "mi chiamano",
    "ik ben", "ik heet", "mijn naam is", "heet", "noem me",
    "jestem", "mam na imię", "nazywam się", "na imię", "mówią mi", "mów mi",
    "adım", "benim adım", "ismim",
    "chamo-me", "me chamo", "meu nome é", "o meu nome é", "sou", "eu sou", "sou a", "sou o", "chamam-me",
)  # fmt: skip
CLOSING = listed(
    """love thanks thank best regards cheers hugs yours sincerely lg vg glg gruß grüße gruss grüsse liebe cordialement bises bisous besos saludos abrazo abrazos groetjes groet groeten liefs pozdrawiam pozdrowienia sevgiler sevgilerimle
    selamlar baci saluti abbracci abraços beijos beijinhos abraço xx xxx xoxo kram amitiés amicalement warmly bye blessings signed euer eure dein deine ihr votre ton ta tuo tua jouw je twoja wasza vuestra vostra"""
)
