extension NamePool {
  /// Where a company with offices in many countries finds its people; the shares add up to 100.
  static let world: [NamePool] = latin + alphabets + asia

  private static let latin: [NamePool] = [
    NamePool(
      share: 15,
      given: """
        Emma Oliver Grace Henry Isla Samuel Ruth Owen Hannah Thomas Nora Jack Molly Peter Naomi
        Amara Kwame Zanele Chidi Ngozi Thabo Wanjiru
        """,
      family: """
        Walker Hughes Bennett oconnor=O’Connor Fraser Whitfield Okafor Mensah Ndlovu Adeyemi Kamau
        Campbell Doyle Ashworth Pritchard Marsh Sinclair Boateng Mokoena
        """),
    NamePool(
      share: 11,
      given: """
        juergen=Jürgen Greta soren=Søren Astrid bjorn=Björn asa=Åsa Lukas kaethe=Käthe joerg=Jörg
        Ingrid Matti paivi=Päivi Eirik sigrun=Sigrún
        """,
      family: """
        mueller=Müller schaefer=Schäfer lindstrom=Lindström oberg=Öberg hoglund=Höglund weiss=Weiß
        sorensen=Sørensen amodt=Åmodt Virtanen makela=Mäkelä gross=Groß Vogel jaeger=Jäger
        thordardottir=Þórðardóttir
        """),
    NamePool(
      share: 10,
      given: """
        zoe=Zoë jose=José chloe=Chloé ines=Inês luis=Luís maria=María francois=François joao=João
        helene=Hélène raul=Raúl begona=Begoña Giulia Marco Andreea stefan=Ștefan
        """,
      family: """
        garcia=García nunez=Núñez lefevre=Lefèvre goncalves=Gonçalves ibanez=Ibáñez Moreau beland=Béland
        araujo=Araújo muniz=Muñiz Ferrari dangelo=D’Angelo Ionescu fevrier=Février castano=Castaño
        """),
    NamePool(
      share: 9,
      given: """
        Agnieszka lukasz=Łukasz Zofia michal=Michał ondrej=Ondřej Tereza jiri=Jiří zsofia=Zsófia
        laszlo=László austeja=Austėja Darius Matija spela=Špela dorde=Đorđe
        """,
      family: """
        Nowak wojcik=Wójcik wozniak=Woźniak zajac=Zając krol=Król golab=Gołąb krejci=Krejčí dolejsi=Dolejší
        szabo=Szabó kovacs=Kovács toth=Tóth Horvat juric=Jurić zupan=Župan
        """),
    NamePool(
      share: 4,
      given: "ayse=Ayşe Emre cagla=Çağla gokhan=Gökhan Elif isil=Işıl Onur sukran=Şükran",
      family: "yildiz=Yıldız ozturk=Öztürk Kaya celik=Çelik sahin=Şahin aydin=Aydın gunes=Güneş"),
    NamePool(
      share: 4, isFamilyFirst: true,
      given: "linh=Linh minh=Minh huong=Hương dung=Dũng anh=Ánh duc=Đức tuan=Tuấn",
      family: "nguyen=Nguyễn tran=Trần le=Lê pham=Phạm hoang=Hoàng vo=Võ dang=Đặng bui=Bùi"),
  ]

  private static let alphabets: [NamePool] = [
    // Family names that are the same for women and men.
    NamePool(
      share: 9,
      given: """
        olena=Олена ivan=Иван natalia=Наталья dmytro=Дмитро svetlana=Светлана bohdan=Богдан
        yaroslava=Ярослава maksim=Максим galina=Галина mykola=Микола elizaveta=Елизавета
        """,
      family: """
        shevchenko=Шевченко kovalenko=Коваленко melnyk=Мельник bondar=Бондар moroz=Мороз savchuk=Савчук
        chernykh=Черных koval=Коваль tkachuk=Ткачук sedykh=Седых petrenko=Петренко zhuk=Жук
        """),
    NamePool(
      share: 3,
      given: "nikos=Νίκος giorgos=Γιώργος dimitris=Δημήτρης spyros=Σπύρος thanasis=Θανάσης",
      family: """
        papadopoulos=Παπαδόπουλος georgiou=Γεωργίου nikolaidis=Νικολαΐδης vlachos=Βλάχος
        oikonomou=Οικονόμου
        """),
    NamePool(
      share: 3, given: "eleni=Ελένη maria=Μαρία katerina=Κατερίνα sofia=Σοφία ioanna=Ιωάννα",
      family: """
        papadopoulou=Παπαδοπούλου georgiou=Γεωργίου nikolaidou=Νικολαΐδου vlachou=Βλάχου
        oikonomou=Οικονόμου
        """),
    NamePool(
      share: 5,
      given: """
        ahmad=أحمد fatima=فاطمة yusuf=يوسف layla=ليلى omar=عمر maryam=مريم hassan=حسن nur=نور
        khalid=خالد salma=سلمى
        """,
      family: """
        haddad=الحداد khoury=الخوري mansour=منصور najjar=النجار saleh=صالح sabbagh=الصباغ
        masri=المصري aziz=عزيز
        """),
    NamePool(
      share: 3,
      given: "noa=נועה david=דוד tamar=תמר yonatan=יונתן maya=מאיה eitan=איתן shira=שירה",
      family: "cohen=כהן levi=לוי mizrahi=מזרחי peretz=פרץ biton=ביטון friedman=פרידמן"),
    NamePool(
      share: 1, given: "ani=Անի tigran=Տիգրան narek=Նարեկ lusine=Լուսինե",
      family: "petrosyan=Պետրոսյան hakobyan=Հակոբյան sargsyan=Սարգսյան"),
    NamePool(
      share: 1, given: "nino=ნინო giorgi=გიორგი tamar=თამარ luka=ლუკა",
      family: "beridze=ბერიძე kapanadze=კაპანაძე gelashvili=გელაშვილი"),
  ]

  private static let asia: [NamePool] = [
    NamePool(
      share: 5,
      given: """
        anita=अनीता rajesh=राजेश priya=प्रिया vikram=विक्रम sunita=सुनीता arjun=अर्जुन kavita=कविता
        rohan=रोहन
        """,
      family: """
        sharma=शर्मा verma=वर्मा singh=सिंह joshi=जोशी mishra=मिश्रा patil=पाटिल deshpande=देशपांडे
        """),
    NamePool(
      share: 1, given: "meena=மீனா kumaran=குமரன் selvi=செல்வி arun=அருண்",
      family: "raman=ராமன் murugan=முருகன் subramani=சுப்ரமணி"),
    NamePool(
      share: 5, isFamilyFirst: true, separator: "",
      given: "wei=伟 fang=芳 xiuying=秀英 jing=静 qiang=强 minghua=明华 lili=丽丽 jianguo=建国 yan=艳 hao=浩",
      family: "wang=王 li=李 zhang=张 liu=刘 chen=陈 yang=杨 zhao=赵 huang=黄 zhou=周 ouyang=欧阳"),
    NamePool(
      share: 3, isFamilyFirst: true,
      given: "haruto=陽斗 yui=結衣 sakura=さくら takumi=拓海 hinata=ひなた kenji=ケンジ misaki=ミサキ",
      family: "sato=佐藤 suzuki=鈴木 takahashi=高橋 tanaka=田中 watanabe=渡辺 yamamoto=山本 inoue=井上"),
    NamePool(
      share: 1, given: "maria=マリア daniel=ダニエル luis=ルイス",
      family: "gonzalez=ゴンザレス silva=シルバ tanaka=タナカ"),
    NamePool(
      share: 4, isFamilyFirst: true, separator: "",
      given: "minjun=민준 seoyeon=서연 jihoon=지훈 haeun=하은 donghyun=동현 soojin=수진 yejin=예진",
      family: "kim=김 lee=이 park=박 choi=최 jung=정 kang=강 yoon=윤 namgung=남궁"),
    NamePool(
      share: 3,
      given: "somchai=สมชาย malee=มาลี anong=อนงค์ niran=นิรันดร์ kanya=กัญญา prasert=ประเสริฐ",
      family: "suksai=สุขใส wongsa=วงศา rattana=รัตนา saetang=แซ่ตั้ง chaiya=ไชยา"),
  ]
}
