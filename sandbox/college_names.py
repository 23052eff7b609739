"""Made-up people of the sample college, in the scripts that its students write.

Each name stands beside its plain Latin form, from which logins are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonName:
    given: str
    family: str
    login: str


@dataclass(frozen=True, slots=True)
class _Script:
    count: int
    given: Names
    family: Names


_LATIN = _Script(
    82,
    (
        ("Zoë", "zoe"), ("José", "jose"), ("Siân", "sian"), ("Łukasz", "lukasz"),
        ("Çağla", "cagla"), ("Björn", "bjorn"), ("Aoife", "aoife"), ("Renée", "renee"),
        ("Jiří", "jiri"), ("Marcus", "marcus"), ("Inês", "ines"), ("Kwame", "kwame"),
        ("Åsa", "asa"), ("Tomás", "tomas"), ("Imani", "imani"), ("Kealoha", "kealoha"),
    ),
    (
        ("Núñez", "nunez"), ("O'Connor", "oconnor"), ("Müller", "muller"),
        ("Wójcik", "wojcik"), ("Şahin", "sahin"), ("Håkansson", "hakansson"),
        ("Lefèvre", "lefevre"), ("Dvořák", "dvorak"), ("Williams", "williams"),
        ("Gonçalves", "goncalves"), ("Mensah", "mensah"), ("de la Cruz", "delacruz"),
        ("Kahananui", "kahananui"),
    ),
)  # fmt: skip
_VIETNAMESE = _Script(
    24,
    (
        ("Thị Hương", "huong"), ("Văn Đức", "duc"), ("Ngọc Ánh", "anh"), ("Quốc Bảo", "bao"),
        ("Thùy Dương", "duong"), ("Minh Khuê", "khue"),
    ),
    (("Nguyễn", "nguyen"), ("Trần", "tran"), ("Phạm", "pham"), ("Đặng", "dang"), ("Lê", "le")),
)  # fmt: skip
_ARABIC = _Script(
    24,
    (
        ("ليلى", "layla"), ("يوسف", "yusuf"), ("فاطمة", "fatima"), ("عمر", "omar"),
        ("نور", "nour"), ("خالد", "khalid"),
    ),
    (
        ("حداد", "haddad"), ("المصري", "almasri"), ("خوري", "khoury"), ("النجار", "alnajjar"),
        ("صالح", "saleh"),
    ),
)  # fmt: skip
_HEBREW = _Script(
    20,
    (("נועה", "noa"), ("איתן", "eitan"), ("תמר", "tamar"), ("יונתן", "yonatan"), ("שירה", "shira")),
    (("לוי", "levi"), ("מזרחי", "mizrahi"), ("פרידמן", "friedman"), ("אברהם", "avraham")),
)  # fmt: skip
_HAN = _Script(
    28,
    (
        ("秀英", "xiuying"), ("子轩", "zixuan"), ("雨桐", "yutong"), ("浩然", "haoran"),
        ("美玲", "meiling"), ("建国", "jianguo"), ("思远", "siyuan"),
    ),
    (("王", "wang"), ("陳", "chen"), ("李", "li"), ("歐陽", "ouyang"), ("张", "zhang")),
)  # fmt: skip
_CYRILLIC = _Script(
    28,
    (
        ("Анастасия", "anastasia"), ("Дмитрий", "dmitri"), ("Олена", "olena"),
        ("Сергій", "serhii"), ("Екатерина", "ekaterina"), ("Борис", "boris"),
    ),
    (
        ("Иванова", "ivanova"), ("Шевченко", "shevchenko"), ("Петров", "petrov"),
        ("Ковальчук", "kovalchuk"), ("Щербаков", "shcherbakov"),
    ),
)  # fmt: skip
_DEVANAGARI = _Script(
    24,
    (
        ("अनन्या", "ananya"), ("रोहित", "rohit"), ("प्रिया", "priya"), ("अर्जुन", "arjun"),
        ("सुनीता", "sunita"),
    ),
    (
        ("शर्मा", "sharma"), ("श्रेष्ठ", "shrestha"), ("कुलकर्णी", "kulkarni"),
        ("गुप्ता", "gupta"), ("त्रिपाठी", "tripathi"),
    ),
)  # fmt: skip
_SINGLE: Names = (
    ("Wulandari", "wulandari"), ("Suparman", "suparman"), ("Thiri", "thiri"),
    ("Tenzin", "tenzin"), ("Kartika", "kartika"), ("Nyein", "nyein"), ("Dolma", "dolma"),
    ("Slamet", "slamet"), ("Pema", "pema"), ("Ratnasari", "ratnasari"),
)  # fmt: skip

FACULTY: tuple[PersonName, ...] = (
    PersonName("Élodie", "Marchand", "emarchand"),
    PersonName("Samuel", "Okonkwo", "sokonkwo"),
    PersonName("Grace", "Tanaka", "gtanaka"),
    PersonName("مريم", "الزهراوي", "malzahrawi"),
    PersonName("Павел", "Соколов", "psokolov"),
    PersonName("Ingrid", "Bjørnstad", "ibjornstad"),
    PersonName("Thanh Mai", "Võ", "tvo"),
    PersonName("Rosa", "Peña-Ortiz", "rpenaortiz"),
    PersonName("文华", "刘", "wliu"),
    PersonName("Daniel", "Whitfield", "dwhitfield"),
)


def student_names() -> list[PersonName]:
    """All 240 of them, scripts mixed as on a real class list; logins are unique."""
    scripts = (_LATIN, _VIETNAMESE, _ARABIC, _HEBREW, _HAN, _CYRILLIC, _DEVANAGARI)
    piles = [list(_combined(script)) for script in scripts]
    piles.append([("", written, plain) for written, plain in _SINGLE])
    taken: dict[str, int] = {}
    return [
        PersonName(given, family, _free(login, taken)) for given, family, login in _dealt(piles)
    ]


def _combined(script: _Script) -> Iterator[tuple[str, str, str]]:
    """Given and family names paired along the diagonals, so that neighbours differ."""
    for number in range(script.count):
        step, place = divmod(number, len(script.given))
        given, plain_given = script.given[place]
        family, plain_family = script.family[(place + step) % len(script.family)]
        yield given, family, f"{plain_given[0]}{plain_family}"


def _dealt(piles: list[list[tuple[str, str, str]]]) -> Iterator[tuple[str, str, str]]:
    """One card of each pile in turn until all are dealt, large piles more often."""
    places = [
        ((number + 0.5) / len(pile), which, card)
        for which, pile in enumerate(piles)
        for number, card in enumerate(pile)
    ]
    yield from (card for _, _, card in sorted(places))


def _free(login: str, taken: dict[str, int]) -> str:
    taken[login] = taken.get(login, 0) + 1
    return login if taken[login] == 1 else f"{login}{taken[login]}"
