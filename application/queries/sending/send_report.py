"""How a send stands, student by student, from the rows that the job writes."""

from dataclasses import dataclass

from application.own_records import own_send
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.refusals import sentence
from application.workplace import workplace
from domain.delivery import Delivery, DeliveryState, Send
from domain.ids import PersonId, SendId
from domain.link import Link
from domain.rostering import Person, collation_key

_SETTLED = frozenset(DeliveryState) - {
    DeliveryState.PENDING,
    DeliveryState.POSTING,
    DeliveryState.WAITING,
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    person: Person
    delivery: Delivery

    @property
    def sentence(self) -> str:
        return sentence(self.delivery.reason) if self.delivery.reason else ""


@dataclass(frozen=True, slots=True)
class SendReport:
    send: Send
    link: Link
    header: WorkHeader
    rows: tuple[ReportRow, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def settled(self) -> int:
        return sum(row.delivery.state in _SETTLED for row in self.rows)

    def counted(self, state: DeliveryState) -> int:
        return sum(row.delivery.state == state for row in self.rows)

    @property
    def waiting_for(self) -> str:
        return sentence(self.send.reason) if self.send.reason else ""


@dataclass(frozen=True, slots=True)
class ReadSendReport:
    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, send_id: SendId) -> SendReport:
        """Raises: NotFound when the person does not teach the section."""
        with self.units(write=False) as unit:
            send, link = own_send(unit, person_id, send_id)
            deliveries = unit.deliveries.deliveries(send_id)
            people = unit.roster.people(d.student_id for d in deliveries)
            work = unit.assessments.work(link.section_assessment_id)
            header = work_header(unit, workplace(unit, work))
        rows = [ReportRow(people[d.student_id], d) for d in deliveries]
        rows.sort(key=lambda row: collation_key(row.person.list_name))
        return SendReport(send, link, header, tuple(rows))
