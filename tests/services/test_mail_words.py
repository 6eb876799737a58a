"""The words of mail: HR writes them for every event, on either database."""

import pytest

from tests.factories import make_actor
from tracker.domain.actors import Role
from tracker.domain.mails import MailEvent
from tracker.queries.mail_templates import mail_words
from tracker.services.mail_templates import write_template


@pytest.mark.parametrize("event", list(MailEvent))
def test_the_words_of_every_mail_can_be_written(session, event):
    olga = make_actor(session, Role.HR, name="Olga")
    write_template(session, event, subject="Ours", text="Words.", seen_version=0, actor=olga)
    assert mail_words(session, event) == ("Ours", "Words.")
