"""What the stores of launches, keys, sites, sessions and settings promise."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import AuditFilter, Deed
from domain.ids import AuthorisationId, LaunchId, PersonId, SessionId, SiteId
from domain.lms_site import AuthorisationState
from domain.session import IDLE, LONGEST
from tests.builders import (
    College,
    a_consent_request,
    a_consumer_key,
    a_deed,
    a_launch_record,
    a_one_time_code,
    a_session,
    a_site,
    an_authorisation,
    an_lms_identity,
)
from tests.stand_ins import NOON

TESS = PersonId("person-tess")
ANA = PersonId("person-ana")
MAIN = SiteId("site-main")
SECOND = timedelta(seconds=1)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


class TestIdentities:
    def test_an_lms_user_is_remembered_once(self, college: UnitOfWorkFactory) -> None:
        decided = an_lms_identity(person_id=TESS, matched_value="", decided_by=TESS)

        with college() as unit:
            assert unit.identities.known("key:guid", "lti-ana") is None
            unit.identities.remember(an_lms_identity())
            unit.identities.remember(decided)

            assert unit.identities.known("key:guid", "lti-ana") == decided
            assert unit.identities.known("other", "lti-ana") is None

    def test_launches_come_newest_first(self, units: UnitOfWorkFactory) -> None:
        old, new = a_launch_record("b"), a_launch_record("a", at=NOON + SECOND, queued=False)

        with units() as unit:
            unit.identities.log(old)
            unit.identities.log(new)

            assert unit.identities.recent() == [new, old]
            assert unit.identities.recent(1) == [new]
            assert unit.identities.launch(LaunchId("launch-b")) == old
            with pytest.raises(NotFound):
                unit.identities.launch(LaunchId("x"))

    def test_the_queue_has_each_lms_user_once(self, units: UnitOfWorkFactory) -> None:
        again = a_launch_record("again", at=NOON + SECOND)
        other = a_launch_record("other", lms_user_id="lti-y")
        elsewhere = a_launch_record("there", platform="p2", at=NOON - SECOND)
        records = [a_launch_record(), again, other, elsewhere, a_launch_record("ok", queued=False)]

        with units() as unit:
            for record in records:
                unit.identities.log(record)

            assert unit.identities.queue() == [again, other, elsewhere]

    def test_resolving_settles_all_of_the_lms_user(self, units: UnitOfWorkFactory) -> None:
        records = [
            a_launch_record("1"),
            a_launch_record("2"),
            a_launch_record("3", queued=False),
            a_launch_record("4", platform="p2"),
        ]

        with units() as unit:
            for record in records:
                unit.identities.log(record)
            unit.identities.resolve("key:guid", "lti-x", ANA)
            unit.identities.resolve("key:guid", "lti-x", TESS)

            resolved = [one.resolved_to for one in reversed(unit.identities.recent())]
            assert resolved == [ANA, ANA, None, None]
            assert unit.identities.queue() == [records[3]]


class TestRegistrations:
    def test_keys_come_newest_first_revoked_ones_too(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            old = unit.registrations.save(a_consumer_key("old"))
            new = unit.registrations.save(a_consumer_key("new", created_at=NOON + SECOND))
            revoked = unit.registrations.save(old.revoked(NOON))

            assert unit.registrations.keys() == [new, revoked]
            assert unit.registrations.key("old") == unit.registrations.find("old") == revoked
            assert unit.registrations.find("x") is None
            with pytest.raises(NotFound):
                unit.registrations.key("x")

    def test_a_rotation_keeps_the_bytes_and_its_version(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            first = unit.registrations.save(a_consumer_key(secret=bytes(range(256))))
            rotated = first.rotated(b"\x00\xff", overlap_until=NOON)
            saved = unit.registrations.save(rotated)

            assert unit.registrations.key("key") == saved == replace(rotated, version=2)
            with pytest.raises(Conflict):
                unit.registrations.save(rotated)
            with pytest.raises(Conflict):
                unit.registrations.save(a_consumer_key())

    def test_a_use_is_noted_once_a_minute(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.registrations.save(a_consumer_key())
            seen = []
            for seconds in (0, 59, 60):
                unit.registrations.touch("key", NOON + timedelta(seconds=seconds))
                seen.append(unit.registrations.key("key").last_used_at)
            unit.registrations.touch("x", NOON)

            assert seen == [NOON, NOON, NOON + timedelta(seconds=60)]
            assert unit.registrations.key("key").version == 1


class TestSites:
    def test_sites_come_by_name(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            saved = [unit.sites.save(a_site(key)) for key in ("zoo", "Main", "Áttica")]

            assert unit.sites.sites() == [saved[2], saved[1], saved[0]]
            assert unit.sites.get(saved[0].id) == saved[0]
            assert unit.sites.named("Main") == saved[1]
            assert unit.sites.named("main") is None
            with pytest.raises(NotFound):
                unit.sites.get(SiteId("x"))

    def test_a_name_is_taken_once_and_versions_are_kept(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            first = unit.sites.save(a_site())
            with pytest.raises(Conflict):
                unit.sites.save(a_site("second", name="main"))
            unit.sites.save(replace(first, active=False))
            with pytest.raises(Conflict):
                unit.sites.save(first)

    def test_the_newest_authorisation_of_a_person(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            old = unit.sites.save_authorisation(an_authorisation("z", authorised_at=NOON - SECOND))
            new = unit.sites.save_authorisation(an_authorisation("a"))
            anas = unit.sites.save_authorisation(an_authorisation("ana", person_id=ANA))

            assert unit.sites.authorisation(MAIN, TESS) == new
            assert unit.sites.authorisation(SiteId("x"), TESS) is None
            assert unit.sites.authorisations(MAIN) == [new, anas, old]
            assert unit.sites.authorisation_by_id(old.id) == old
            with pytest.raises(NotFound):
                unit.sites.authorisation_by_id(AuthorisationId("x"))

    def test_of_two_who_lease_a_refresh_one_is_told(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            seen = unit.sites.save_authorisation(an_authorisation())
            leased = unit.sites.save_authorisation(replace(seen, lease_until=NOON))
            with pytest.raises(Conflict):
                unit.sites.save_authorisation(replace(seen, state=AuthorisationState.LOST))

            assert unit.sites.authorisation(MAIN, TESS) == leased

    def test_a_consent_is_taken_once(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.sites.add_consent(a_consent_request())
            unit.sites.add_consent(a_consent_request("other", person_id=None))

            assert unit.sites.take_consent("state") == a_consent_request()
            assert unit.sites.take_consent("state") is None
            assert unit.sites.take_consent("other") == a_consent_request("other", person_id=None)


class TestSessions:
    def test_a_session_is_found_by_cookie_and_by_token(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.sessions.add(a_session())

            assert unit.sessions.by_id(SessionId("session-one")) == a_session()
            assert unit.sessions.by_token("token-one") == a_session()
            assert unit.sessions.by_id(SessionId("x")) is None
            assert unit.sessions.by_token("x") is None

    def test_it_is_touched_replaced_and_ended(self, college: UnitOfWorkFactory) -> None:
        later = NOON + SECOND
        changed = a_session(context={"a": "b"}, lms_origin="", seen_at=later)

        with college() as unit:
            unit.sessions.add(a_session())
            unit.sessions.touch(SessionId("session-one"), later)
            assert unit.sessions.by_token("token-one") == a_session(seen_at=later)
            unit.sessions.replace(changed)
            assert unit.sessions.by_token("token-one") == changed
            unit.sessions.end(SessionId("session-one"), later)
            assert unit.sessions.by_token("token-one") == replace(changed, ended_at=later)
            with pytest.raises(NotFound):
                unit.sessions.replace(a_session("unknown"))

    def test_what_is_over_is_forgotten(self, college: UnitOfWorkFactory) -> None:
        now = NOON + timedelta(hours=9)
        kept = a_session("kept", started_at=now, seen_at=now)
        over = [
            a_session("idle", started_at=now - IDLE, seen_at=now - IDLE),
            a_session("long", started_at=now - LONGEST, seen_at=now),
            a_session("ended", started_at=now, seen_at=now, ended_at=now),
        ]

        with college() as unit:
            for session in (kept, *over):
                unit.sessions.add(session)
            unit.sessions.add_code(a_one_time_code("old", expires_at=now))
            unit.sessions.add_code(a_one_time_code("new", expires_at=now + SECOND))

            assert unit.sessions.forget_expired(now) == 3
            assert unit.sessions.by_id(kept.id) == kept
            assert [unit.sessions.by_id(one.id) for one in over] == [None, None, None]
            assert unit.sessions.peek_code("old") is None
            assert unit.sessions.peek_code("new") is not None

    def test_a_code_is_spent_once(self, college: UnitOfWorkFactory) -> None:
        code = a_one_time_code(session_id=None)

        with college() as unit:
            unit.sessions.add_code(code)

            assert unit.sessions.peek_code("code") == code
            assert unit.sessions.spend_code("code", NOON) == replace(code, spent_at=NOON)
            assert unit.sessions.spend_code("code", NOON) is None
            assert unit.sessions.spend_code("x", NOON) is None
            assert unit.sessions.peek_code("code") == replace(code, spent_at=NOON)

    def test_of_many_who_spend_a_code_one_does(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.sessions.add_code(a_one_time_code())
            unit.commit()

        def spend(_: int) -> bool:
            with college() as unit:
                spent = unit.sessions.spend_code("code", NOON)
                unit.commit()
            return spent is not None

        with ThreadPoolExecutor(6) as threads:
            assert sum(threads.map(spend, range(6))) == 1


class TestSettings:
    def test_the_last_value_stays(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.settings.put("lti.enabled", "no")
            unit.settings.put("lti.enabled", "yes")
            unit.settings.put("empty", "")

            assert unit.settings.get("lti.enabled", "no") == "yes"
            assert unit.settings.get("empty", "default") == ""
            assert unit.settings.get("unknown", "default") == "default"
            assert dict(unit.settings.all()) == {"empty": "", "lti.enabled": "yes"}


class TestAuditTrail:
    def test_entries_come_by_number_in_pages(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            written = [unit.audit.record(a_deed(f"deed {number}")) for number in range(4)]

            assert unit.audit.entries() == written
            assert unit.audit.entries(after=1, limit=2) == written[1:3]
            assert unit.audit.entries(after=4) == []

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            (AuditFilter(), [3, 2, 1]),
            (AuditFilter(since=NOON + SECOND), [3, 2]),
            (AuditFilter(until=NOON + SECOND), [1]),
            (AuditFilter(actor="ana"), [2]),
            (AuditFilter(verb="load"), [3]),
            (AuditFilter(verb="Load"), []),
            (AuditFilter(verb="load%"), []),
            (AuditFilter(subject="score:"), [2, 1]),
            (AuditFilter(subject="score:", actor="tess"), [1]),
        ],
    )
    def test_the_audit_trail_is_searched_newest_first(
        self, units: UnitOfWorkFactory, wanted: AuditFilter, found: list[int]
    ) -> None:
        with units() as unit:
            unit.audit.record(Deed("tess", "scored", "score:1", "", NOON))
            unit.audit.record(Deed("ana", "scored", "score:2", "", NOON + SECOND))
            unit.audit.record(Deed("tess", "loaded", "roster:x", "", NOON + 2 * SECOND))
            numbers = [entry.number for entry in unit.audit.search(wanted)]
            assert numbers == found
            assert [e.number for e in unit.audit.search(wanted, limit=1)] == found[:1]
            rest = unit.audit.search(wanted, before=found[0]) if found else []
            assert [entry.number for entry in rest] == found[1:]
