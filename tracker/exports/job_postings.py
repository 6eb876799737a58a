"""A posting as schema.org JobPosting, for search engines: JSON-LD as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.domain.offers import SalaryPeriod
from tracker.domain.postings import PostingDetails

_UNITS = {SalaryPeriod.YEAR: "YEAR", SalaryPeriod.MONTH: "MONTH", SalaryPeriod.HOUR: "HOUR"}


@dataclass(frozen=True, slots=True)
class PublicPosting:
    """A posting as it goes out: its text as HTML, where it stands, and who hires."""

    details: PostingDetails
    description: str
    url: str
    job_id: int
    organisation: str
    organisation_url: str
    posted_on: date
    valid_through: datetime | None
    """The instant after which nobody can apply."""


def structured_data(posting: PublicPosting) -> dict[str, Any]:
    """The JobPosting of schema.org with the properties that search engines require.

    Source: schema.org/JobPosting; Google Search, structured data for job postings.
    """
    details = posting.details
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": details.title,
        "description": posting.description,
        "datePosted": posting.posted_on.isoformat(),
        "employmentType": details.employment_type.value.upper(),
        "hiringOrganization": {
            "@type": "Organization",
            "name": posting.organisation,
            "sameAs": posting.organisation_url,
        },
        "identifier": {
            "@type": "PropertyValue",
            "name": posting.organisation,
            "value": str(posting.job_id),
        },
        "url": posting.url,
        "directApply": True,
    }
    if posting.valid_through is not None:
        data["validThrough"] = posting.valid_through.isoformat()
    return data | _place(details) | _salary(details)


def _place(details: PostingDetails) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if details.place:
        address = {
            "@type": "PostalAddress",
            "addressLocality": details.place,
            "addressCountry": details.country,
        }
        found["jobLocation"] = {"@type": "Place", "address": address}
    if details.is_remote:
        found["jobLocationType"] = "TELECOMMUTE"
        found["applicantLocationRequirements"] = {"@type": "Country", "name": details.country}
    return found


def _salary(details: PostingDetails) -> dict[str, Any]:
    low, high = details.salary_low_cents, details.salary_high_cents
    if not details.is_salary_shown or details.currency is None or details.period is None:
        return {}
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": _UNITS[details.period]}
    if low is not None and low == high:
        value["value"] = low / 100
    else:
        value |= {"minValue": low / 100} if low is not None else {}
        value |= {"maxValue": high / 100} if high is not None else {}
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": details.currency, "value": value}}
