"""What a résumé tells of its person: plain things in many languages, and nothing where it is not plain."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.contact_masks import without_contacts
from tracker.domain.links import MOST_LINKS, checked_links, clean_link
from tracker.domain.names import clean_email, phone_digits
from tracker.domain.resume_contacts import Contacts, contacts_in_text, contacts_of_profile
from tracker.domain.rules import RuleBroken

TOLD = {
    "English, one line of contact data": (
        (
            "Amina Yusuf\nLeeds, UK | amina@example.net | +44 113 496 0000\nhttps://github.com/amina\n\nExperience\n"
            "Order clerk, 2019 - 2021"
        ),
        Contacts(
            "Amina Yusuf",
            "amina@example.net",
            "+44 113 496 0000",
            "Leeds, UK",
            ("https://github.com/amina",),
        ),
    ),
    "American": (
        "Senior Accountant\nJane Doe\njane.doe@example.com (212) 555-0187\nlinkedin.com/in/janedoe",
        Contacts(
            "Jane Doe", "jane.doe@example.com", "(212) 555-0187", "", ("https://linkedin.com/in/janedoe",)
        ),
    ),
    "German, with two numbers of which one is mobile": (
        (
            "Lebenslauf\n\nJürgen Müller-Lüdenscheidt\nAnschrift: Lange Straße 5, 10115 Berlin\n"
            "Telefon: 030 123456 78\nMobil: 0171 2345678\nE-Mail: j.mueller@example.de\nGeboren: 01.02.1990"
        ),
        Contacts(
            "Jürgen Müller-Lüdenscheidt",
            "j.mueller@example.de",
            "0171 2345678",
            "Lange Straße 5, 10115 Berlin",
        ),
    ),
    "French": (
        (
            "Curriculum vitae\nNom : Élodie Lefèvre\nAdresse : 12 rue des Lilas, Lyon\n"
            "Tél. : 04 72 00 00 00\nCourriel : e.lefevre@example.fr"
        ),
        Contacts("Élodie Lefèvre", "e.lefevre@example.fr", "04 72 00 00 00", "12 rue des Lilas, Lyon"),
    ),
    "Spanish, name in two fields": (
        (
            "Currículum\nNombres: María José\nApellidos: García de la Torre\nTeléfono: +34 612 345 678\n"
            "Ciudad: Sevilla\nmj@example.es"
        ),
        Contacts("María José García de la Torre", "mj@example.es", "+34 612 345 678", "Sevilla"),
    ),
    "Portuguese": (
        "João da Silva\nTelemóvel: 912 345 678\njoao.silva@example.pt\nMorada: Porto",
        Contacts("João da Silva", "joao.silva@example.pt", "912 345 678", "Porto"),
    ),
    "Polish": (
        (
            "Życiorys\nImię i nazwisko: Łukasz Zając\nTelefon: 601 234 567\nMiejsce zamieszkania: Kraków\n"
            "lz@example.pl"
        ),
        Contacts("Łukasz Zając", "lz@example.pl", "601 234 567", "Kraków"),
    ),
    "Turkish": (
        "Özgeçmiş\nAd Soyad: Ayşe Yıldız\nCep telefonu: 0532 123 45 67\nŞehir: İzmir\nayse@example.com.tr",
        Contacts("Ayşe Yıldız", "ayse@example.com.tr", "0532 123 45 67", "İzmir"),
    ),
    "Russian": (
        "Резюме\nИван Петров\nТелефон: +7 495 123-45-67\nГород: Казань\nip@example.ru",
        Contacts("Иван Петров", "ip@example.ru", "+7 495 123-45-67", "Казань"),
    ),
    "Greek": (
        "Βιογραφικό σημείωμα\nΟνοματεπώνυμο: Νίκος Παππάς\nΚινητό: 690 000 0000\nnp@example.gr",
        Contacts("Νίκος Παππάς", "np@example.gr", "690 000 0000"),
    ),
    "Arabic, digits of its own": (
        "السيرة الذاتية\nأمينة يوسف\nهاتف: ٠١١٣٤٩٦٠٠٠٠\nالبريد: amina@example.net\nالعنوان: القاهرة، مصر",
        Contacts("أمينة يوسف", "amina@example.net", "01134960000", "القاهرة، مصر"),
    ),
    "Hebrew": (
        "קורות חיים\nשם: דנה לוי\nנייד: 050-123-4567\ndana@example.co.il",
        Contacts("דנה לוי", "dana@example.co.il", "050-123-4567"),
    ),
    "Hindi": (
        "नाम: प्रिया शर्मा\nमोबाइल: +91 98100 00000\nशहर: पुणे\npriya@example.in",
        Contacts("प्रिया शर्मा", "priya@example.in", "+91 98100 00000", "पुणे"),
    ),
    "Chinese": (
        "个人简历\n姓名：王小明\n手机：13800000000\n邮箱：wang@example.cn\n现居地：上海",
        Contacts("王小明", "wang@example.cn", "13800000000", "上海"),
    ),
    "Japanese, full-width": (
        "履歴書\n山田 太郎\n電話：０３－１２３４－５６７８\nメール：taro@example.jp\n住所：東京都千代田区",
        Contacts("山田 太郎", "taro@example.jp", "03-1234-5678", "東京都千代田区"),
    ),
    "Korean": (
        "이력서\n이름: 김민수\n휴대폰: 010-1234-5678\nminsu@example.kr\n주소: 서울특별시",
        Contacts("김민수", "minsu@example.kr", "010-1234-5678", "서울특별시"),
    ),
    "a label on a line of its own": (
        "Amina Yusuf\namina@example.net\nMobile\n0113 496 0000",
        Contacts("Amina Yusuf", "amina@example.net", "0113 496 0000"),
    ),
}
SAYS_NOTHING = {
    "two addresses, neither before the other": ("a@example.org\nb@example.org", "email"),
    "an address of a referee only": ("Amina Yusuf\nReferences\nHank, hank@example.org", "email"),
    "an address cut at a foreign letter": ("ämina@example.net", "email"),
    "two phones": ("Phone: 0113 496 0000\nPhone: 0113 496 0001", "phone"),
    "years": ("Order clerk 2019-2021\nBorn 01.02.1990\n2020/05 - 2021/06", "phone"),
    "a fax": ("Fax: +44 113 496 0000", "phone"),
    "a number of something": ("Order 123456789012345678", "phone"),
    "a referee's phone": ("Amina\nReferees\nPhone: 0113 496 0000", "phone"),
    "an occupation in the place of a name": ("Senior Accountant\nfinance@example.org", "name"),
    "a sentence": ("I take orders all day\nme@example.org", "name"),
    "only a title": ("Curriculum Vitae\nme@example.org", "name"),
    "two names": ("Name: Ann Lee\nName: Bob Ray", "name"),
    "the place of an employer": ("Amina Yusuf\nExperience\nLocation: Berlin", "location"),
    "two places": ("City: Leeds\nCity: York", "location"),
    "a link in the middle of the work": ("Amina\nExperience\nhttps://shop.example.com/orders", "links"),
    "a script as a link": ("javascript:alert(1)\nhttps://a:b@example.org/x", "links"),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_is_plain_is_told(case):
    text, wanted = TOLD[case]
    assert contacts_in_text(text) == wanted


@pytest.mark.parametrize("case", SAYS_NOTHING)
def test_what_is_not_plain_is_left_out(case):
    text, field = SAYS_NOTHING[case]
    assert not getattr(contacts_in_text(text), field)


@pytest.mark.parametrize("case", TOLD)
def test_what_referees_are_reached_by_changes_nothing(case):
    text, wanted = TOLD[case]
    more = "\nReferences\nName: Hank Hill\nPhone: 0300 000 0000\nhank@example.org\nhttps://github.com/hank"
    assert contacts_in_text(text + more) == wanted


@given(st.text(max_size=400))
def test_any_text_is_read_and_what_is_told_can_be_kept(text):
    told = contacts_in_text(text)
    assert told.email == "" or clean_email(told.email) == told.email
    assert len(told.name) <= 80
    assert len(told.location) <= 120
    assert len(told.phone) <= 60
    assert checked_links("\n".join(told.links)) == told.links


WORD = st.text(string.ascii_lowercase, min_size=3, max_size=9).map(str.title)
LINES = st.lists(st.text(string.ascii_letters + " ", max_size=30), max_size=12)


@given(given_name=WORD, family=WORD, number=st.integers(10**9, 10**10 - 1), work=LINES)
def test_a_plain_head_is_told_whatever_work_follows(given_name, family, number, work):
    address = f"{given_name}.{family}@example.org".lower()
    text = f"{given_name} {family}\n{address} | Tel. +49 {number}\nExperience\n" + "\n".join(work)
    told = contacts_in_text(text)
    assert (told.name, told.email) == (f"{given_name} {family}", address)
    assert phone_digits(told.phone) == f"49{number}"


def test_a_profile_says_it_in_its_basics():
    basics = {
        "name": " Amina  Yusuf ",
        "email": "Amina@Example.net",
        "phone": "0113 496 0000",
        "url": "amina.example.net",
        "location": {"city": "Leeds", "countryCode": "GB", "address": "1 Long Lane"},
        "profiles": [{"network": "X", "url": "https://x.example/amina"}, {"url": 5}, "no"],
    }
    assert contacts_of_profile({"basics": basics}) == Contacts(
        "Amina Yusuf",
        "amina@example.net",
        "0113 496 0000",
        "Leeds, GB",
        ("https://amina.example.net", "https://x.example/amina"),
    )


@pytest.mark.parametrize(
    "profile",
    [None, [], {}, {"basics": []}, {"basics": {"name": 5, "email": "no", "location": "x", "profiles": {}}}],
)
def test_a_profile_of_another_shape_says_nothing(profile):
    assert contacts_of_profile(profile) == Contacts()


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("example.org/me", "https://example.org/me"),
        ("http://example.org:8080", "http://example.org:8080"),
        ("example.org:8080/me", "https://example.org:8080/me"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://a@example.org", None),
        ("https://localhost/", None),
        ("https://exa mple.org", None),
        ("https://example.org/\u202ex", None),
        ('https://example.org/"x', None),
        ("https://[::1", None),
        ("https://example.org:0", None),
        ("ftp://example.org", None),
        ("https://example.org/" + "x" * 300, None),
    ],
)
def test_links_are_addresses_of_the_web(text, link):
    assert clean_link(text) == link


def test_links_of_a_field_are_few_and_each_once():
    assert checked_links("a.example\n\n a.example \nb.example") == ("https://a.example", "https://b.example")
    for wrong in ("not one", "\n".join(f"{n}.example" for n in range(MOST_LINKS + 1))):
        with pytest.raises(RuleBroken) as broken:
            checked_links(wrong)
        assert broken.value.field == "links"


@pytest.mark.parametrize(
    "letters", ["%", "a.", "a-", "a@", "a@a.", "+1 ", "(", "www.", "http://", " | ", ": "]
)
def test_texts_without_an_end_in_them_are_read_in_time_that_grows_as_they_do(letters):
    # Of each a hundred thousand letters: where the time grew by the square, this took minutes.
    text = (letters * 100_000)[:100_000]
    assert contacts_in_text(text).email == ""
    assert len(without_contacts(text)) > 0
