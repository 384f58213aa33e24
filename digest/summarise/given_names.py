"""First names that tell a person from a place or a firm, and a woman from a man.

Names that are as often a town or a surname (Paris, Jordan, Kelly) and those of both sexes stand in
neither list; whoever bears one is known by title or by how the article speaks of them.
"""

from digest.text.languages.language import listed

WOMEN = listed(
    """
    aaliyah abigail ada adele agnes aideen aine aisling aislinn alana alexandra alice alison
    amal amanda amelia amina amy ana anastasia angela angelina anita anke ann anna anne annette
    annie antonia aoibheann aoife aretha astrid ava barbara beatrice beth bethany betty beyonce
    beyoncé breda bridget brigid brigitte britney brittany bríd bríghde caitlin caitlín
    caitríona camila camilla carmen carol caroline carolyn catherine cathy catriona cecilia
    chloe christina christine ciara ciarra clara claudia clodagh colette cristina cynthia daisy
    daniela debbie deborah deirdre denise diana diane dolores donna doris dorothy edel effie eileen
    eimear elaine eleanor elena elisabeth elise elizabeth ella ellen elsa emer emilia emily emma
    erika esther eva evelyn fatima fatou fiona frances francesca freya gabriela gemma genevieve
    geraldine gillian gina giorgia gisele gloria grace grainne greta gretchen gráinne gwen
    hannah harriet hazel heather heidi helen helena hilary hillary ida imelda ines ingrid irene
    iris isabel isabella isabelle ivana ivanka jacinda jacinta jacqueline jane janet janice
    jasmine jeanne jennifer jenny jessica jill joan joanna joanne josephine joyce judith judy
    julia julie juliet karen karin karla kate katharina katherine kathleen kathryn kathy katie
    katy kayla kirsten kirsty kristen kristin laura lauren leah leanne leila lena leona lily
    linda lindsay lindsey lisa lorraine louise lucia lucy lydia lynn mabel madeleine maeve
    magdalena mairead mairéad malala margaret maria mariam marie marilyn marina marissa marta
    martha martina mary matilda maureen megan meghan melania melanie melinda melissa mia
    michaela michelle mildred miriam moira mona monica muriel myra máire nadia nancy naomi
    natalia natalie natasha neasa nessa niamh nicola nicole nina noeline noelle nora norah nuala
    olga olivia oonagh orla orlaith pamela patricia patsy paula pauline penelope penny petra
    philippa phoebe pippa polly priti priyanka rachel rebecca regina renee rhona rihanna rita
    roberta roisin rosa rosaleen rose rosemary rosie ruth róisín sabrina sally samantha sandra
    saoirse sara sarah serena sharon sheila shirley sinead sinéad siobhan siobhán sofia sonia
    sophia sophie sorcha stacey stella stephanie sue susan susana susanne suzanne sylvia tamara
    tanya tara tatiana thelma theresa tina toni tracey tracy tricia ursula valerie vanessa vera
    veronica vivienne wendy whitney winifred yasmin yulia yvette yvonne zadie zara zoe zoë áine
    órla
    """
)

MEN = listed(
    """
    aaron abdul abdullah abraham adam adolf adrian ahmad ahmed aidan alan alasdair albert
    alberto alejandro aleksandr alex alexander alexei alexey alfred ali alistair allan amir
    anatoly anders andre andreas andrei andrey andrew andriy andré andy angus anthony antoine anton
    antonio antony antónio ariel arjun arne arnold arsène arthur barack barry bart bartholomew
    bashar bassem ben benedict benito benjamin bernard bernardo bernie bertie bilal bill billy
    bjorn björn bob bobby boris brandon brendan brian bruce bryan byron caleb cameron carl carlo
    carlos cathal charles charlie chris christian christopher christy cian ciaran ciarán cillian
    cillín claude clive colin colm conleth conor cormac craig cristiano cyril cyrus damien dan
    daniel danny dara darragh darren dave david davide dean declan denis dennis derek dermot
    desmond diarmuid didier diego dieter dimitri dinny dirk dmitri dmitry domenico dominic don
    donal donald donnacha douglas duncan dwayne dónal eamon eamonn eddie edgar edmund eduardo
    edward edwin elijah elliot elon emanuel emil emmanuel emmet enda enrique enzo eoghan eoin
    eric erich erik ernest ernesto ethan eugene evan fabio felipe felix ferdinand fergal fergus
    fernando fidel fintan florian francis francisco franco francois frank franz françois fred
    frederick fredrik friedrich gareth garret garrett gary gavin geoff geoffrey george gerald
    gerard gerry gert gianluca giovanni giuseppe glenn godfrey gordon graham grant greg gregory
    guillermo gustavo guy hamid hans haris harold harry harvey hassan hector heinrich henri
    henrik henry herbert hermann howard hugh hugo hussein ian ibrahim igor ilya imran isaac
    ismail ivan ivor iván jack jacob jacques jaime jair jake james jamie jared jason javier jeff
    jefferson jeffrey jens jeremy jerome jerry jim jimmy joachim joaquin joe joel joey johan
    johannes john johnny jon jonas jonathan jorge joris jose josef joseph josh joshua josip josé
    juan juergen julian julien justin jürgen karl karol keir keith ken kenneth kenny kevin
    kieran klaus kofi konstantin kurt kyle lance larry lars laurence laurent lawrence leo leon
    leonard leonardo leonid leroy leslie lewis liam lionel lloyd lorcan lorenzo louis luca lucas
    luigi luis luka lukas luke lutz magnus mahmoud malachy malcolm malik manuel marc marcel
    marco marcos marcus mario mark markus marshall martin marvin mateo matt matteo matthew
    matthias maurice mauricio max maximilian michael micheal michel micheál miguel mikael mike
    mikhail miles milos mitch mitchell mohamed mohammad mohammed moses muhammad murray mustafa
    narendra nathan neil nelson niall nicholas nick nico nicolas nigel nikita nikola nikolai
    noah noel norman novak olaf oleg oliver olivier omar osama oscar oskar otto owen pablo paddy
    padraic padraig paolo pascal patrick patrik paul paulo pauric peadar pedro pete peter petr
    phelim philip philippe phillip pierre piotr pádraig quentin rafael rahul ralph ramon randy
    raphael rasmus raul ray raymond raúl recep reinhard reinhold renzo rené rhys ricardo richard
    rick ricky roald rob robert roberto rod roderick rodrigo roger roland rolf roman romeo
    ronald ronan ronnie rory ross roy ruairi ruairí rudolf rudy rupert russell ryan sajid salman
    salvador sam sami samuel sanjay saul scott seamus sean sebastian sepp serge sergei sergey
    sergio seth seán shane shaun shay shimon sidney silvio simon spencer stanley stefan stefano
    stephen steve steven stewart stuart sven séamus tadhg tariq ted terence terry theo theodore
    thierry thomas tiernan tim timothy tobias todd tom tomas tommy tomás tony trevor tristan
    turlough tyler uwe valentin viktor vince vincent vincenzo vitali vitaly vladimir volodymyr
    walter warren wayne werner wesley wilfred wilhelm will william wolfgang xavier yair yanis
    yann yasser yevgeny yitzhak yuri yusuf zac zachary éamon éamonn
    """
)
