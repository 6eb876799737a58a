"""Made-up applicants of a demonstration; the same chance gives the same people."""

import random
from dataclasses import dataclass
from datetime import date

from tracker.domain.names import fold

# Given names and family names of one language go together; the third part is an address in plain letters.
_NAMES: tuple[tuple[str, str], ...] = (
    ("Amina Chidi Ngozi Tunde Folake Emeka", "Okafor Adeyemi Balogun Eze Nwosu"),
    ("Mateo Lucía Diego Valentina Inés Joaquín", "García Fernández Ruiz Moreno Castillo"),
    ("Anneli Juhani Aino Eero Sanna Mikko", "Korhonen Virtanen Mäkinen Laine Heikkinen"),
    ("Priya Arjun Kavya Rohan Meera Vikram", "Sharma Iyer Patel Banerjee Reddy"),
    ("Wei Mei Jun Xiu Hao Lan", "Zhang Chen Liu Huang Lin"),
    ("Haruto Yui Sora Aoi Ren Hina", "Sato Tanaka Watanabe Kobayashi Mori"),
    ("Zofia Jakub Hanna Piotr Maja Tomasz", "Nowak Wójcik Mazur Kaczmarek Pawlak"),
    ("Élodie Mathieu Camille Théo Manon Hugo", "Lefèvre Moreau Girard Rousseau Dubois"),
    ("Leila Omar Yasmin Khalid Salma Tarek", "Haddad Mansour Khoury Saleh Nasser"),
    ("Ayşe Mehmet Elif Emre Zeynep Can", "Yılmaz Kaya Demir Şahin Öztürk"),
    ("Grace Daniel Ruth Samuel Hannah Peter", "Walker Bennett Hughes Campbell Foster"),
    ("Linh Minh Thu Quang Mai Duc", "Nguyen Tran Pham Le Hoang"),
    ("Beatriz João Mariana Tiago Inês Rui", "Silva Almeida Carvalho Rocha Teixeira"),
    ("Siobhan Cormac Niamh Declan Aoife Eoin", "Murphy Byrne Gallagher Doyle Nolan"),
    ("Ελένη Νίκος Κατερίνα Γιώργος", "Παππάς Οικονόμου Αλεξίου"),
    ("Оксана Тарас Ірина Богдан", "Шевченко Бондаренко Ткаченко"),
    ("فاطمة ليلى يوسف كريم", "الخطيب منصور حداد"),
    ("민준 서연 지호", "김 이 박"),
)
_LONG_NAME = "Maria Fernanda dos Santos Albuquerque de Vasconcelos e Figueiredo"
PLACES = ("Riverside", "Old Town", "Harbour Road", "Northfield", "Mill Lane", "Station Quarter")
_SOURCES = (
    *("job board", "job board", "job board", "website", "website", "referral", "referral", "agency"),
    *("social media", "career fair", "college", "internal"),
)
_EMPLOYERS = (
    "Harbour Hardware", "Lindgren Wholesale", "The Corner Bakery", "Fenwick Garden Centre", "Blue Door Hotel",
    "Orchard Pharmacy", "Kessler Office Supply", "City Library", "Northline Couriers", "Juniper Textiles",
)  # fmt: skip
_WORK = (
    ("Shop assistant", "Till, telephone, and orders of regular customers"),
    ("Office clerk", "Letters, invoices and the filing of both"),
    ("Warehouse hand", "Picked and checked orders by hand scanner"),
    ("Receptionist", "Bookings, complaints and two telephones"),
    ("Order desk assistant", "Entered forty orders a day and followed up the late ones"),
    ("Driver's mate", "Delivery notes, signatures and the odd wrong address"),
    ("Market stall keeper", "Sold, counted, ordered anew"),
)
_SCHOOLS = (
    "School-leaving certificate",
    "Commercial school, two years",
    "Trade school, not finished",
    "College course in office software",
)
_SKILLS = (
    "spreadsheets", "ten-finger typing", "stock software", "telephone", "letters", "mental arithmetic",
    "order entry", "two languages", "web shops",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastJob:
    """One job of a résumé; first and last month as year and month."""

    employer: str
    position: str
    did: str
    begun: str
    ended: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who applies; `ability`, 0 to 1, is what interviewers will find out."""

    name: str
    email: str
    phone: str
    place: str
    source: str
    ability: float
    jobs: tuple[PastJob, ...]
    school: str
    skills: tuple[str, ...]
    prefers_pdf: bool


def make_person(number: int, chance: random.Random, today: date) -> Person:
    """The applicant of this number, from 1; every address and telephone number is of a made-up kind."""
    given, family = (chance.choice(names.split()) for names in chance.choice(_NAMES))
    name = _LONG_NAME if number == 17 else f"{given} {family}"
    address = ".".join(filter(None, ("".join(filter(str.isascii, fold(part))) for part in name.split()[:2])))
    return Person(
        name=name,
        email=f"{address or 'applicant'}{number}@example.net",
        phone=f"+1 555 01{chance.randrange(100):02}",
        place=chance.choice(PLACES),
        source=chance.choice(_SOURCES),
        ability=min(max(chance.gauss(0.5, 0.2), 0.02), 0.98),
        jobs=_past_jobs(chance, today),
        school=chance.choice(_SCHOOLS),
        skills=tuple(chance.sample(_SKILLS, k=chance.randint(2, 4))),
        prefers_pdf=chance.random() < 0.6,
    )


def _past_jobs(chance: random.Random, today: date) -> tuple[PastJob, ...]:
    month = today.year * 12 + today.month - chance.randint(0, 8)
    jobs = []
    for employer in chance.sample(_EMPLOYERS, k=chance.randint(1, 3)):
        begun = month - chance.randint(7, 50)
        jobs.append(PastJob(employer, *chance.choice(_WORK), _month(begun), _month(month)))
        month = begun - chance.randint(0, 5)
    return tuple(jobs)


def _month(number: int) -> str:
    return f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02}"
