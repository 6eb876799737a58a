"""Job categories of the EEO-1 report: the ten of them, and which one an occupation code suggests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.keys import Key
from tracker.domain.rules import RuleBroken


class Eeo1Category(Key):
    """The job categories of the EEO-1 report, in its order."""

    EXECUTIVES = "executives"
    MANAGERS = "managers"
    PROFESSIONALS = "professionals"
    TECHNICIANS = "technicians"
    SALES = "sales"
    ADMINISTRATIVE_SUPPORT = "administrative_support"
    CRAFT = "craft"
    OPERATIVES = "operatives"
    LABORERS = "laborers"
    SERVICE = "service"


EEO1_CATEGORY_LABELS = {
    Eeo1Category.EXECUTIVES: "Executive/senior level officials and managers",
    Eeo1Category.MANAGERS: "First/mid-level officials and managers",
    Eeo1Category.PROFESSIONALS: "Professionals",
    Eeo1Category.TECHNICIANS: "Technicians",
    Eeo1Category.SALES: "Sales workers",
    Eeo1Category.ADMINISTRATIVE_SUPPORT: "Administrative support workers",
    Eeo1Category.CRAFT: "Craft workers",
    Eeo1Category.OPERATIVES: "Operatives",
    Eeo1Category.LABORERS: "Laborers and helpers",
    Eeo1Category.SERVICE: "Service workers",
}


_PROFESSIONAL = ("13", "15", "17", "19", "21", "23", "25", "27", "29")
"""Major groups of business, science, law, teaching, the arts and health."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Which category the major groups of a classification suggest, from a day on; a person decides.

    A major group holds occupations of several categories, so this is where most of them belong.
    """

    classification: str
    from_day: date
    by_major_group: Mapping[str, Eeo1Category]


SUGGESTIONS: tuple[Suggestions, ...] = (
    Suggestions(
        "SOC 2018",
        date(2018, 1, 1),
        {
            "11": Eeo1Category.MANAGERS,
            **dict.fromkeys(_PROFESSIONAL, Eeo1Category.PROFESSIONALS),
            **dict.fromkeys(("31", "33", "35", "37", "39"), Eeo1Category.SERVICE),
            "41": Eeo1Category.SALES,
            "43": Eeo1Category.ADMINISTRATIVE_SUPPORT,
            "45": Eeo1Category.LABORERS,
            **dict.fromkeys(("47", "49"), Eeo1Category.CRAFT),
            **dict.fromkeys(("51", "53"), Eeo1Category.OPERATIVES),
        },
    ),
)


def suggested_category(soc: str | None, on: date) -> Eeo1Category | None:
    """The category that an occupation code suggests on a day; none where its major group says nothing."""
    fitting = [one for one in SUGGESTIONS if one.from_day <= on]
    newest = max(fitting, key=lambda one: one.from_day, default=None)
    return newest.by_major_group.get((soc or "").strip()[:2]) if newest else None


def checked_category(text: str | None) -> str | None:
    """The category by its key; none where it is left out. Raises RuleBroken at `eeo1_category`."""
    if not text:
        return None
    if text not in set(Eeo1Category):
        raise RuleBroken("Choose a category from the list.", field="eeo1_category")
    return str(text)
