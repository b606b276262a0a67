"""Invented people's names for the bench, by naming culture: given names, family names, and how else each is written.

Written for this bench from common knowledge of names, and apart from what `holdfast.people` knows of short forms and
sounds: what a bench tries must not be what the index was taught. `a/b/c` are spellings of one name, the first as it
stands in the record; those after `=` are short forms.
"""

from typing import NamedTuple


class Culture(NamedTuple):
    """The names of one culture. `tail` makes the many rare family names out of two pieces."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    tail: tuple[tuple[str, ...], tuple[str, ...]]
    tailed: float  # how many of a hundred people have a rare family name, as a share
    parts: int = 2
    family_first: bool = False


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CULTURES: dict[str, Culture] = {
    "english": Culture(
        _split(
            "John=Johnny=Jack William=Bill=Will James=Jim=Jamie Robert=Bob=Rob Thomas=Tom David=Dave "
            "Michael=Mike=Mick Richard=Rick=Dick Christopher=Chris Andrew=Andy Stephen/Steven=Steve Matthew=Matt "
            "Daniel=Dan Anthony=Tony Edward=Ted=Eddie Joseph=Joe Samuel=Sam Benjamin=Ben Nicholas=Nick "
            "Geoffrey/Jeffrey=Geoff Gregory=Greg Peter=Pete Philip/Phillip=Phil Alexander=Alex Timothy=Tim "
            "Kenneth=Ken Ronald=Ron Simon Mark/Marc Paul Ian/Iain Luke Adam Ryan Craig Neil/Neal Graham/Graeme "
            "Stuart/Stewart Sean/Shaun/Shawn Gary/Garry Kevin Alan/Allan/Allen Elizabeth/Elisabeth=Liz=Beth=Betty "
            "Margaret=Maggie=Peggy Katherine/Catherine/Kathryn=Kate=Kathy Susan=Sue Rebecca=Becky "
            "Jennifer=Jen=Jenny Victoria=Vicky Patricia=Pat=Trish Deborah/Debra=Debbie Jacqueline=Jackie "
            "Amanda=Mandy Samantha=Sam Christine=Chris=Tina Barbara=Barb Dorothy=Dot Sarah/Sara=Sally "
            "Charlotte=Lottie Emily=Em Emma Laura Rachel/Rachael Helen Claire/Clare Julie Karen Lisa Michelle "
            "Nicola=Nicky Hannah Lucy Amy Jessica=Jess Sophie Chloe Eleanor=Ellie=Nell Abigail=Abby Joanne=Jo "
            "Louise=Lou Tracey/Tracy Lesley Gillian=Gill"
        ),
        _split(
            "Smith/Smyth Jones Taylor/Tailor Williams Brown/Browne Davies/Davis Evans Wilson/Willson Thomas "
            "Roberts Johnson/Johnston Lewis/Louis Walker Robinson Wood Thompson/Thomson White/Whyte Watson "
            "Jackson Wright Green/Greene Harris Cooper King Lee/Leigh Martin Clarke/Clark James Morgan Hughes "
            "Edwards Hill Moore/More Clark Harrison Scott Young Morris Hall Ward Turner Carter Phillips/Philips "
            "Mitchell Patterson/Paterson Adams Campbell Anderson Allen/Allan Cook/Cooke Bailey/Bayley Parker "
            "Miller Davidson Murphy Kelly/Kelley Reid/Reed/Read Stewart/Stuart Murray Graham Fraser "
            "MacDonald/McDonald"
        ),
        (
            _split(
                "Ash Black Brad Brook Burn Chat Cold Crow Dart East Fair Farn Gold Green Hal Hart Hazel Holl Hunt "
                "Kings Lang Lock Mars Mill Nor Oak Pen Rad Rush Shel Stan Strat Thorn Under Wal Wel Whit Wick Win "
                "Wood York Al Bar Bent Bol Car Clay Cran Dun Ed Elm Finch Gar Grant Ham Hemp Ker Lam Led Lind Mal "
                "Marl Nesbit Pres Rowl Sand Sed Sil Swan Tarr Til Tun Up Vick Ware Wes Yar"
            ),
            _split(
                "ford wood ley ton ham worth bury field stone well croft shaw dale by thorpe gate man son more "
                "stead land wick cote combe beck over don mond ington hurst side burn brook er ard ing house "
                "bourne sey"
            ),
        ),
        0.55,
    ),
    "polish": Culture(
        _split(
            "Jan=Janek Piotr=Piotrek Krzysztof/Kzysztof=Krzysiek Andrzej=Jędrek Tomasz=Tomek Paweł/Pawel "
            "Michał/Michal Marcin Jakub=Kuba Łukasz/Lukasz Grzegorz=Grzesiek Wojciech=Wojtek "
            "Stanisław/Stanislav=Staszek Mateusz Zbigniew=Zbyszek Ryszard Małgorzata/Malgorzata=Gosia "
            "Agnieszka=Aga Katarzyna=Kasia Anna=Ania Barbara=Basia Ewa/Eva Magdalena=Magda Joanna=Asia "
            "Elżbieta/Elzbieta=Ela Zofia=Zosia Aleksandra/Alexandra=Ola Monika Beata Dorota Natalia Karolina "
            "Weronika"
        ),
        _split(
            "Nowak/Novak Kowalski/Kovalski/Kowalsky Wiśniewski/Wisniewski Wójcik/Wojcik Kowalczyk/Kovalchik "
            "Kamiński/Kaminski/Kaminsky Lewandowski Zieliński/Zielinski Szymański/Szymanski/Shymanski "
            "Woźniak/Wozniak Dąbrowski/Dabrowski Kozłowski/Kozlowski Jankowski Mazur Wojciechowski Kwiatkowski "
            "Krawczyk Kaczmarek Piotrowski Grabowski Zając/Zajac Pawłowski/Pawlowski"
        ),
        (
            _split(
                "Bor Brzez Czar Dobr Gor Grab Jabł Jas Kal Kras Lip Lis Mal Mar Mich Nied Olsz Ost Pias Rad Rog "
                "Sad Sob Stach Sul Szcz Tur Urb Wit Wys Zab Zal Żur Bart Ceg Drozd Fil Gaw Jur Kub Maj Paw"
            ),
            _split("owski iński ewski ak czyk ik ski arz ek icki owicz ewicz ała anek iak uch"),
        ),
        0.6,
    ),
    "slavic": Culture(
        _split(
            "Oleksandr/Aleksandr/Alexander/Олександр=Sasha Dmytro/Dmitri/Dmitry/Дмитро=Dima "
            "Serhii/Sergei/Sergey/Сергій Andrii/Andrei/Андрій Mykhailo/Mikhail/Михайло=Misha "
            "Volodymyr/Vladimir/Володимир=Vova Mykola/Nikolai/Микола=Kolya Ivan/Иван=Vanya Yurii/Yuri/Iurii/Юрій "
            "Vasyl/Vasily/Василь Oleksii/Alexei/Aleksey/Олексій Pavlo/Pavel/Павло Viktor/Victor/Віктор "
            "Yevhen/Evgeny/Yevgeny/Євген=Zhenya Olena/Elena/Yelena/Олена=Lena "
            "Tetiana/Tatiana/Tatyana/Тетяна=Tanya Natalia/Nataliya/Наталія=Natasha Iryna/Irina/Ірина=Ira "
            "Yuliia/Yulia/Julia/Юлія Kateryna/Ekaterina/Катерина=Katya Oksana/Оксана "
            "Svitlana/Svetlana/Світлана=Sveta Olha/Olga/Ольга Anastasiia/Anastasia/Анастасія=Nastya "
            "Mariia/Maria/Марія=Masha Halyna/Galina/Галина Liudmyla/Ludmila/Людмила=Lyuda"
        ),
        _split(
            "Shevchenko/Shevtchenko/Шевченко Kovalenko/Коваленко Bondarenko/Бондаренко Tkachenko/Ткаченко "
            "Kravchenko/Kravtchenko/Кравченко Oliinyk/Oliynyk/Олійник Melnyk/Melnik/Мельник "
            "Polishchuk/Polischuk/Поліщук Ivanov/Ivanoff/Иванов Petrov/Петров Sidorov/Сидоров Smirnov/Смирнов "
            "Kuznetsov/Kuznetzov/Кузнецов Popov/Попов Vasiliev/Vasilyev/Васильев Sokolov/Соколов Lysenko/Лисенко "
            "Rudenko/Руденко Moroz/Мороз"
        ),
        (
            _split(
                "Bil Bod Bor Chorn Dan Did Fed Hav Hon Hry Ihn Kal Kar Klym Kost Kuz Lev Luk Mar Mat Mosk Naz "
                "Nest Ost Pan Pav Pyl Rom Sav Sem Stef Svyr Tar Tym Vas Vor Yak Yar Zakh Zin"
            ),
            _split("enko chuk uk yk ov ev skyi in yshyn ets ak iv aniuk iienko chenko"),
        ),
        0.6,
    ),
    "arabic": Culture(
        _split(
            "Mohammed/Muhammad/Mohamed/Mohamad/محمد=Mo Ahmed/Ahmad/أحمد Ali/Aly/علي Hassan/Hasan/حسن "
            "Hussein/Hussain/Husayn/حسين Omar/Umar/عمر Youssef/Yusuf/Yousef/يوسف Ibrahim/Ebrahim/إبراهيم "
            "Khalid/Khaled/خالد Mustafa/Mostafa/مصطفى Mahmoud/Mahmud/محمود Tariq/Tarek/طارق Ismail/Ismael/إسماعيل "
            "Bilal/بلال Karim/Kareem/كريم Samir/Sameer/سمير Jamal/Gamal/جمال Nasser/Nasir/ناصر "
            "Rashid/Rasheed/رشيد Fatima/Fatimah/Fatma/فاطمة Aisha/Ayesha/Aicha/عائشة Maryam/Mariam/مريم "
            "Khadija/Khadijah/خديجة Zainab/Zaynab/زينب Layla/Leila/ليلى Amina/Aminah/أمينة Noor/Nur/نور "
            "Salma/سلمى Huda/Hoda/هدى Samira/سميرة Rania/رانيا Yasmin/Yasmeen/ياسمين Hanan/حنان"
        ),
        _split(
            "Hassan/Hasan Ali Ahmed/Ahmad Hussein/Hussain Ibrahim Khalil/Khaleel Mansour/Mansur Saleh/Salih "
            "Nasser Haddad/حداد Khoury/Khouri Najjar/النجار Shaheen/Shahin Qasim/Kassem/قاسم Farouk/Faruq "
            "Aziz/عزيز Hamdan/حمدان Suleiman/Sulaiman/سليمان Othman/Uthman/عثمان"
        ),
        (
            _split(
                "Ab As Bad Bak Bash Dar Fad Far Gha Had Ham Har Has Jab Jar Kam Khat Lat Mak Mas Mun Nab Nad Nas "
                "Qad Rab Ram Sab Sad Sal Sam Shar Tah Tam Waz Yas Zah Zak Zid"
            ),
            _split("awi ani oudi iri ib our ouri ali an ouni ir adi arani ouf idi oub al ami eh"),
        ),
        0.5,
        parts=3,
    ),
    "southasian": Culture(
        _split(
            "Mohammed/Muhammad/Mohammad Imran Tariq Asif/Aasif Bilal Faisal/Faysal Harpreet=Harry Gurpreet=Gary "
            "Jaspreet=Jas Manpreet Balwinder/Balvinder Rajesh=Raj Sanjay=Sanju Vikram=Vicky Suresh Ramesh Amit "
            "Anil/Aneel Deepak/Dipak Krishna/Krushna Arjun Rahul Priyanka=Priya Sunita/Suneeta Anita/Aneeta "
            "Lakshmi/Laxmi Deepa/Dipa Pooja/Puja Meena/Mina Kavita/Kavitha Neha Shabana Nasreen/Nasrin Rukhsana "
            "Farzana Shazia/Shaziya Parveen/Parvin Kulwinder/Kulvinder Simran Navdeep/Navdip Rehana/Rihana"
        ),
        _split(
            "Singh/Sing Kaur/Cour Patel Khan Hussain/Hussein Begum/Begam Sharma Kumar/Kumaar Gupta "
            "Chaudhry/Choudhury/Chowdhury Akhtar/Akhter Malik/Mallick Mahmood/Mehmood Iqbal Shah Ahmed/Ahmad "
            "Mirza Qureshi/Kureshi Rahman/Rehman Miah/Mia Uddin Reddy Rao Iyer/Aiyar Nair/Nayar Das/Dass "
            "Mukherjee/Mukherji Banerjee/Banerji Chatterjee/Chatterji Desai Mehta Joshi Verma/Varma Dhillon Gill "
            "Sandhu Sidhu/Siddhu Grewal Bhatti Butt"
        ),
        (
            _split(
                "Agar Bal Ban Bha Bhat Cha Chan Dal Desh Dev Gan Gok Har Jag Jai Kal Kap Kir Kul Lal Mah Man Meh "
                "Nag Nan Pan Par Pra Raj Ram Rath Sach Sub Sur Tan Tri Var Vas Ven Yad"
            ),
            _split("wal jee dhar kar ani ia asekaran eshwaran han thakur pal deep gill war ath anathan ekar otra yan"),
        ),
        0.35,
    ),
    "chinese": Culture(
        _split(
            "Wei/伟 Fang/芳 Na/娜 Xiuying/Hsiu-ying/秀英 Min/敏 Jing/Ching/静 Li/丽 Qiang/Chiang/强 Lei/磊 "
            "Jun/Chun/军 Yang/洋 Yong/Yung/勇 Yan/Yen/艳 Jie/Chieh/杰 Xiaoming/Hsiao-ming/晓明 "
            "Meiling/Mei-ling/美玲 Jianguo/Chien-kuo/建国 Guoqiang/Kuo-chiang/国强 Haiyan/海燕 "
            "Zhiwei/Chih-wei/志伟 Xiaohong/Hsiao-hung/小红 Yufen/Yu-fen/玉芬 Wenjie/Wen-chieh/文杰 "
            "Lihua/Li-hua/丽华 Shufen/Shu-fen/淑芬 Chunmei/春梅 Jiahao/Chia-hao/家豪 Zihan/子涵 Yuxuan/宇轩 "
            "Haoran/浩然 Siyu/思雨 Xinyi/Hsin-yi/欣怡"
        ),
        _split(
            "Wang/Wong/王 Li/Lee/李 Zhang/Chang/张 Liu/Liou/刘 Chen/Ch'en/陈 Yang/杨 Huang/黄 Zhao/Chao/赵 "
            "Wu/Woo/吴 Zhou/Chou/周 Xu/Hsu/徐 Sun/孙 Ma/马 Zhu/Chu/朱 Hu/Hoo/胡 Guo/Kuo/郭 He/Ho/何 Lin/林 "
            "Gao/Kao/高 Luo/Lo/罗 Zheng/Cheng/郑 Liang/梁 Xie/Hsieh/谢 Song/Sung/宋 Tang/T'ang/唐 Deng/Teng/邓 "
            "Han/韩 Feng/冯 Cao/Tsao/曹"
        ),
        (
            _split("Ou Si Xia Bai Meng Qin Xue Lei Long Fan Jiang Cui Tan Lu Shi Dai Yu Ye Pan Du Yuan"),
            _split("yang ma hou"),
        ),
        0.15,
        family_first=True,
    ),
    "spanish": Culture(
        _split(
            "José/Jose=Pepe Francisco=Paco Antonio=Toni Juan Manuel=Manolo Jesús/Jesus=Chuy Carlos Miguel "
            "Luis/Luiz Javier/Xavier Alejandro=Alex Fernando=Nando Roberto=Beto Enrique=Quique Eduardo=Edu "
            "Ignacio=Nacho Rafael=Rafa Guillermo=Memo Santiago=Santi Diego Sergio Andrés/Andres María/Maria "
            "Guadalupe=Lupe Carmen Dolores=Lola Isabel/Ysabel Mercedes=Merche Rosario=Charo Consuelo=Chelo "
            "Teresa/Theresa=Tere Ana Lucía/Lucia Cristina/Christina=Cris Beatriz=Bea Patricia=Pati "
            "Verónica/Veronica Pilar Elena/Helena Raquel/Rachel Yolanda"
        ),
        _split(
            "García/Garcia Rodríguez/Rodriguez/Rodrigues Martínez/Martinez/Martines Hernández/Hernandez/Ernandez "
            "López/Lopez/Lopes González/Gonzalez/Gonzales Pérez/Perez/Peres Sánchez/Sanchez/Sanches "
            "Ramírez/Ramirez Torres Flores/Florez Rivera/Ribera Gómez/Gomez/Gomes Díaz/Diaz/Dias Reyes Morales "
            "Cruz/Cruze Ortiz/Ortis Gutiérrez/Gutierrez Chávez/Chavez/Chaves Ramos Ruiz/Ruis "
            "Jiménez/Jimenez/Gimenez Vázquez/Vazquez/Vasquez Castillo Moreno Romero Herrera/Errera Medina "
            "Aguilar/Aguilár"
        ),
        (
            _split(
                "Ab Agu Al Ar Bar Ben Bus Cab Cal Can Car Ced Cor Esc Esp Fon Gal Gar Gue Her Lar Leo Mar Men Mon "
                "Mor Nav Oli Pal Par Per Que Riv Sal San Ser Tor Val Ver Vil Zam"
            ),
            _split("arez ero ado illo eda ales anza ejo ana osa ino ola uela aga era ique edo oya ente ara"),
        ),
        0.4,
        parts=3,
    ),
    "westafrican": Culture(
        _split(
            "Oluwaseun=Seun Oluwafemi=Femi Babatunde=Tunde Temitope=Temi Ayodele=Ayo Adebayo=Bayo "
            "Adewale/Adewole=Wale Olumide=Mide Chukwuemeka/Chukuemeka=Emeka Chinonso=Nonso Obinna=Obi Kelechi "
            "Ikechukwu=Ike Uchenna=Uche Emmanuel/Emanuel Samuel Kwame Kofi/Koffi Kwabena Yaw/Yao Chioma Ngozi "
            "Folasade/Folashade=Sade Abimbola=Bimbo Funmilayo=Funmi Nkechi Chiamaka=Amaka Ifeoma Adaeze Blessing "
            "Grace Abena Akosua/Akousua Ama Efua/Efia"
        ),
        _split(
            "Adeyemi Okafor/Okafo Okonkwo Nwosu/Nwoso Eze/Ezeh Adebayo Balogun/Balogoun Ogunleye Okeke Obi "
            "Mensah/Mensa Owusu/Owusuh Boateng/Boatin Asante/Ashanti Osei/Osey Appiah/Apia Abubakar/Aboubakar "
            "Bello Ibrahim Musa/Moussa Diallo/Jallow Traore/Trawore Keita/Keyta Sesay/Sesey Kamara/Camara"
        ),
        (
            _split(
                "Ade Aki Ala Ani Ara Awo Aye Baba Chi Dada Ebe Egbu Eke Ene Fade Fash Ibe Ife Igwe Iwu Kolo Lawa "
                "Nna Nwa Oba Odu Ogu Oje Oko Ola Olu Omo Ony Osa Oyi Soy Ugo Uko Uzo"
            ),
            _split(
                "wole yemi bola nkwo foye femi sola kun tola eke ka wu nu ma chi dike goke bayo lade niyi mike dele"
            ),
        ),
        0.5,
    ),
}
STREETS = _split(
    "Acacia Albert Alma Ashley Bath Beech Birch Bridge Brook Castle Cedar Chapel Cherry Chester Church Clarence "
    "Cross Derby Elm Fern Forest Garden George Grange Grove Hawthorn Hazel Heath Henry High Holly Jubilee Kings "
    "Laurel Lime Linden London Manor Maple Market Meadow Mill Milton Moor New North Oak Orchard Oxford Park Pine "
    "Poplar Prince Priory Queens Railway Regent Richmond River Rose Rowan School Shelley South Spring Stanley "
    "Station Sycamore Tudor Union Vicarage Victoria Walnut Warwick Water Well Wellington West Willow Windmill "
    "Windsor Woodland York Alder Arundel Balmoral Belmont Brunswick Byron Cambridge Carlton Cavendish Chatsworth "
    "Clifton Cromwell Devonshire Dover Edward Exeter Fairfield Gladstone Granby Hamilton Harcourt Hastings "
    "Hillside Ivy Kensington Lancaster Lansdowne Lincoln Marlborough Melrose Nelson Norfolk Osborne Portland "
    "Raleigh Salisbury Sandringham Selborne Sheldon Stafford Sussex Tennyson Trinity Waverley Westbourne"
)
TOWNS = _split(
    "Leeds Bradford Bristol Cardiff Carlisle Chester Coventry Derby Dover Durham Exeter Gloucester Halifax "
    "Hereford Hull Ipswich Lancaster Leicester Lincoln Luton Newport Norwich Nottingham Oldham Oxford Plymouth "
    "Preston Reading Rochdale Salford Sheffield Slough Stockport Sunderland Swansea Swindon Taunton Telford "
    "Torquay Wakefield Walsall Warrington Watford Wigan Worcester"
)
