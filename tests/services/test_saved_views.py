import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.domain.saved_views import MOST_VIEWS
from tracker.models.audit import AuditEntry
from tracker.queries.saved_views import views_of
from tracker.services.saved_views import delete_view, rename_view, save_view

PAGE = "job:1"


def test_a_view_is_kept_renamed_and_let_go_each_on_record(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    view = save_view(session, page=PAGE, name=" Late  ones ", query="over=1", actor=rita)
    assert (view.name, view.query) == ("Late ones", "over=1")
    rename_view(session, view, "late ones", actor=rita)
    assert [one.name for one in views_of(session, PAGE, rita)] == ["late ones"]
    delete_view(session, view, actor=rita)
    assert views_of(session, PAGE, rita) == []
    actions = select(AuditEntry.action).where(AuditEntry.actor == rita.key).order_by(AuditEntry.id)
    assert list(session.scalars(actions)) == ["view:save", "view:rename", "view:delete"]


def test_name_is_needed_and_free_among_ones_own_views_of_the_page(session: Session) -> None:
    rita, olga = make_actor(session, Role.RECRUITER), make_actor(session, Role.HR, name="Olga")
    kept = save_view(session, page=PAGE, name="Mine", query="mine=1", actor=rita)
    other = save_view(session, page=PAGE, name="Late", query="over=1", actor=rita)
    for name in (None, " ", "x" * 81, "mine"):
        with pytest.raises(RuleBroken) as broken:
            save_view(session, page=PAGE, name=name, query="over=1", actor=rita)
        assert broken.value.field == "name"
    with pytest.raises(RuleBroken, match="a view of this name"):
        rename_view(session, other, "MINE", actor=rita)
    save_view(session, page="job:2", name="Mine", query="", actor=rita)
    save_view(session, page=PAGE, name="Mine", query="", actor=olga)
    assert [one.id for one in views_of(session, PAGE, rita)] == [other.id, kept.id]


def test_views_have_an_end_and_their_filters_too(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    with pytest.raises(RuleBroken, match="too long"):
        save_view(session, page=PAGE, name="Long", query="x" * 1001, actor=rita)
    for number in range(MOST_VIEWS):
        save_view(session, page=PAGE, name=str(number), query="", actor=rita)
    with pytest.raises(RuleBroken, match="delete one first"):
        save_view(session, page=PAGE, name="One more", query="", actor=rita)


def test_nobody_changes_the_view_of_another_and_the_system_keeps_none(session: Session) -> None:
    rita, olga = make_actor(session, Role.RECRUITER), make_actor(session, Role.HR, name="Olga")
    view = save_view(session, page=PAGE, name="Mine", query="", actor=rita)
    with pytest.raises(NotPermitted):
        rename_view(session, view, "Hers", actor=olga)
    with pytest.raises(NotPermitted):
        delete_view(session, view, actor=olga)
    with pytest.raises(NotPermitted):
        save_view(session, page=PAGE, name="Mine", query="", actor=SYSTEM)
    assert view.name == "Mine"
