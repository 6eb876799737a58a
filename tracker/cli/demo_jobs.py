"""The jobs of a demonstration, as an order desk would post them."""

from tracker.domain.jobs import JobDetails

_SOC = "43-4151.00"
_WORK = """You take orders by phone, e-mail and web shop, check prices and stock, enter them without slips,
and tell customers what arrives when. When something goes wrong, you find out why and put it right: a late
parcel, a wrong article, an invoice that does not match. In the busy seasons you keep the overview when
everything comes at once.

We teach you our systems and our range; an experienced colleague sits next to you in the first weeks."""

JOBS = (
    JobDetails(
        title="Order clerk",
        department="Order desk",
        location="Harbour Road",
        openings=8,
        soc=_SOC,
        description=_WORK,
        minimum_qualifications=("Writes and speaks clearly to customers", "Works with figures without slips"),
        preferred_qualifications=(
            "School-leaving certificate or the like",
            "Course in data entry or office software",
        ),
    ),
    JobDetails(
        title="Senior order clerk",
        department="Order desk",
        location="Harbour Road",
        openings=3,
        needs_background_check=True,
        soc=_SOC,
        description="You look after our large customers, help newer colleagues with knotty orders, and tell "
        "purchasing early what runs short.",
        minimum_qualifications=("Two years of work with customer orders",),
        preferred_qualifications=("Has shown others how the work is done",),
    ),
    JobDetails(
        title="Order clerk for the winter season",
        department="Order desk",
        location="Northfield",
        openings=6,
        references_required=1,
        soc=_SOC,
        description="From October to January you strengthen the desk that takes repeat orders of shops.",
        minimum_qualifications=("Can start in October",),
    ),
)
QUESTIONS = ("From which day could you start?", "Which systems for orders or stock have you worked with?")
