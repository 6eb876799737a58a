"""Words by which résumés of many languages name contact data, and words that stand there and name nobody."""

from tracker.domain.names import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split("|"))


NAME = _folded(
    "name|full name|your name|vor und nachname|vollständiger name|nom|nom complet|nom et prénom|nombre"
    "|nombre completo|nombre y apellidos|nome|nome completo|nome e cognome|naam|volledige naam|namn"
    "|navn|nimi|imię i nazwisko|jméno|jméno a příjmení|meno|név|nume|nume și prenume|ad soyad"
    "|adı soyadı|isim|ime|ime i prezime|имя|фио|ф.и.о|имя и фамилия|ім'я|піб|име|ονοματεπώνυμο|όνομα"
    "|الاسم|الاسم الكامل|نام|نام و نام خانوادگی|שם|שם מלא|नाम|পূর্ণ নাম|নাম|ชื่อ|ชื่อ-นามสกุล|họ tên"
    "|họ và tên|nama|nama lengkap|姓名|氏名|名前|お名前|이름|성명"
)
GIVEN_NAME = _folded(
    "first name|given name|forename|vorname|prénom|voornaam|förnamn|fornavn|etunimi|imię|nombres|имя"
)
FAMILY_NAME = _folded(
    "last name|family name|surname|nachname|familienname|nom de famille|achternaam|efternamn|efternavn"
    "|etternavn|sukunimi|nazwisko|apellidos|apellido|cognome|sobrenome|apelido|фамилия"
)
PHONE = _folded(
    "phone|phone number|tel|tel nr|tel no|telephone|telephone number|telefon|telefonnummer|téléphone"
    "|teléfono|telefone|telefono|telefoon|puhelin|puh|tlf|contact number|телефон|тел|τηλέφωνο|τηλ|هاتف"
    "|رقم الهاتف|تلفن|טלפון|फ़ोन|फोन|ফোন|โทร|โทรศัพท์|điện thoại|telepon|电话|電話|電話番号|聯絡電話"
    "|联系电话|전화|전화번호|연락처|p|t|ph"
)
MOBILE = _folded(
    "mobile|mobile phone|mobile number|mobile no|mob|cell|cell phone|cellphone|handy|mobil|mobiltelefon"
    "|mobilnummer|portable|tél portable|móvil|celular|telemóvel|cellulare|mobiel|gsm|komórka|tel kom"
    "|matkapuhelin|cep|cep telefonu|мобильный|моб|моб тел|мобільний|κινητό|جوال|الجوال|موبايل|محمول"
    "|موبایل|همراه|נייד|मोबाइल|মোবাইল|มือถือ|di động|ponsel|hp|手机|手機|手机号码|行動電話|携帯"
    "|携帯電話|휴대폰|휴대전화|핸드폰|m|c"
)
FAX = _folded("fax|fax nr|telefax|factc|факс|φαξ|فاكس|פקס|传真|傳真|ファックス|팩스|f")
LOCATION = _folded(
    "address|home address|postal address|location|city|town|place of residence|residence|based in"
    "|adresse|anschrift|wohnort|ort|stadt|domicile|ville|lieu de résidence|dirección|domicilio|ciudad"
    "|residencia|endereço|morada|cidade|indirizzo|città|residenza|adres|woonplaats|adress|bostadsort"
    "|ort|osoite|kotipaikka|miejsce zamieszkania|miasto|adresa|bydliště|bydlisko|lakcím|cím|domiciliu"
    "|şehir|адрес|город|адреса|місто|град|διεύθυνση|πόλη|العنوان|عنوان|المدينة|مدينة|السكن|آدرس|شهر"
    "|כתובת|עיר|पता|शहर|ঠিকানা|ที่อยู่|địa chỉ|alamat|地址|现居|现居地|现居住地|所在地|住址|住所|現住所"
    "|주소|거주지"
)
REFERENCES = _folded(
    "references|referees|reference|referenzen|références|referencias|referências|referenze|referenties"
    "|referenser|referanser|referencje|reference kontakty|referinte|referințe|referanslar|рекомендации"
    "|рекомендації|συστάσεις|المراجع|المعرفون|מליצים|ממליצים|संदर्भ|推荐人|证明人|推薦人|추천인"
)
HEADINGS = _folded(
    "experience|work experience|professional experience|employment|employment history|career|education"
    "|skills|profile|summary|about me|objective|projects|berufserfahrung|ausbildung|kenntnisse|profil"
    "|beruflicher werdegang|werdegang|expérience|expériences|expérience professionnelle|formation"
    "|compétences|experiencia|experiencia laboral|experiencia profesional|formación|educación"
    "|habilidades|perfil|experiência|experiência profissional|formação|esperienza|esperienze lavorative"
    "|istruzione|werkervaring|opleiding|vaardigheden|arbetslivserfarenhet|utbildning|erfaring|utdanning"
    "|uddannelse|työkokemus|koulutus|doświadczenie|doświadczenie zawodowe|wykształcenie|praxe|vzdělání"
    "|tapasztalat|experiență|deneyim|iş deneyimi|eğitim|опыт работы|опыт|образование|навыки"
    "|досвід роботи|освіта|εμπειρία|εκπαίδευση|الخبرة|الخبرات|الخبرة العملية|التعليم|المهارات"
    "|سوابق کاری|تحصیلات|ניסיון|ניסיון תעסוקתי|השכלה|अनुभव|शिक्षा|kinh nghiệm|học vấn|工作经历|工作经验"
    "|教育背景|教育经历|学历|職歴|学歴|경력|학력|경력사항"
)
TITLES = _folded(
    "curriculum vitae|curriculum|vitae|cv|résumé|resume|lebenslauf|bewerbung|tabellarischer lebenslauf"
    "|hoja de vida|currículo|currículum|currículum vítae|życiorys|životopis|önéletrajz|özgeçmiş|резюме"
    "|автобиография|βιογραφικό|βιογραφικό σημείωμα|السيرة الذاتية|سيرة ذاتية|رزومه|קורות חיים|बायोडाटा"
    "|জীবনবৃত্তান্ত|ประวัติส่วนตัว|ประวัติย่อ|sơ yếu lý lịch|daftar riwayat hidup|简历|个人简历|履歷|履歴書"
    "|職務経歴書|이력서|contact|contact details|contact information|personal details"
    "|personal information|personal data|kontakt|kontaktdaten|persönliche daten|coordonnées"
    "|datos personales|contacto|contatto|contatti|dati personali|dados pessoais|contato|dane osobowe"
    "|личные данные|контакты|المعلومات الشخصية|个人信息|基本信息|基本情報|인적사항"
)
PARTICLES = frozenset(
    {
        *("de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le", "las", "los", "van"),
        *("der", "den", "ten", "ter", "von", "vom", "zu", "zum", "zur", "af", "av", "bin", "bint", "ibn"),
        *("al", "el", "ul", "e", "y", "i", "und", "and", "y", "st", "'t", "d"),
    }
)
KNOWN_PROFILES = (
    *("linkedin.com/in/", "linkedin.com/pub/", "github.com/", "gitlab.com/", "xing.com/profile/"),
    *("orcid.org/", "stackoverflow.com/users/", "behance.net/", "dribbble.com/", "researchgate.net/profile/"),
)
"""Where people have a page of their own: these are taken wherever they stand, without a scheme too."""
