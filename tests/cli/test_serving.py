"""What the server believes of a proxy in front of it."""

import pytest

from tracker.cli.serving import behind
from tracker.config import BadSetting, load_config


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
