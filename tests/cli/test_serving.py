"""What the server believes of a proxy in front of it."""

import pytest

from tracker.cli.serving import behind
from tracker.config import BadSetting, load_config
from tracker.domain.retention import Employer, RetentionPolicy


def settings(tmp_path, **values):
    return load_config({"TRACKER_HOME": str(tmp_path), **values})


def test_without_a_proxy_whoever_connects_is_who_asks(tmp_path):
    assert behind(settings(tmp_path).proxy) == {}


def test_one_proxy_is_believed_and_nobody_else(tmp_path):
    believed = behind(settings(tmp_path, TRACKER_PROXY=" 10.0.0.4 ").proxy)
    assert believed["trusted_proxy"] == "10.0.0.4"
    assert believed["trusted_proxy_headers"] == {"x-forwarded-for", "x-forwarded-proto"}
    assert believed["clear_untrusted_proxy_headers"] is True


@pytest.mark.parametrize("value", ["*", "proxy.example.org", "10.0.0.0/8"])
def test_what_is_no_address_is_no_proxy(tmp_path, value):
    with pytest.raises(BadSetting, match="TRACKER_PROXY"):
        settings(tmp_path, TRACKER_PROXY=value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("TRACKER_RETENTION_MONTHS", value) for value in ("0", "121", "-3", "two", "9" * 40, "²")),
        *(("TRACKER_EMPLOYER", value) for value in ("school", "Private", "*")),
    ],
)
def test_a_period_or_an_employer_that_cannot_be_is_refused(tmp_path, name, value):
    with pytest.raises(BadSetting, match=name):
        settings(tmp_path, **{name: value})


def test_the_organisation_says_how_long_it_keeps_records(tmp_path):
    assert settings(tmp_path).retention == RetentionPolicy("us", 24, Employer.PRIVATE)
    given = {"TRACKER_JURISDICTION": "EU-DE", "TRACKER_RETENTION_MONTHS": "9", "TRACKER_EMPLOYER": "public"}
    assert settings(tmp_path, **given).retention == RetentionPolicy("eu-de", 9, Employer.PUBLIC)
