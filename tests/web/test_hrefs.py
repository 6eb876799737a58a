"""Addresses are put together once, but none that holds a text: it may be a secret."""

from flask import Flask

from tracker.web import hrefs


def test_an_address_with_a_token_is_kept_nowhere(app: Flask) -> None:
    hrefs._href.cache_clear()
    with app.test_request_context():
        told = hrefs.href("own_access.use", token="a-secret-of-one-person")
        assert "a-secret-of-one-person" in told
        assert hrefs._href.cache_info().currsize == 0
        assert hrefs.href("jobs.show", job_id=7) == "/jobs/7"
        assert hrefs.href("jobs.show", job_id=7) == "/jobs/7"
        assert (hrefs._href.cache_info().currsize, hrefs._href.cache_info().hits) == (1, 1)
