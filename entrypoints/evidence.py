"""The use cases of evidence: one line each."""

from functools import partial

from dependency_injector import providers

from adapters.outbound.clamd.address import clamd_address
from application.later import imported_later
from entrypoints.needs import Needs, Once, Use
from entrypoints.settings import Settings

with imported_later(__name__):
    from adapters.outbound.clamd.scanner import Clamd
    from adapters.outbound.evidence_store.files import ObjectFiles
    from adapters.outbound.evidence_store.kinds import KnownKinds
    from adapters.outbound.evidence_store.places import open_place
    from application.evidence.doors import Doors
    from application.evidence.limits import EvidenceLimits
    from application.improvement.plan_door import plan_door
    from application.ports.evidence_store import FileStore, Scanner
    from application.queries.evidence.evidence_list import ListEvidence
    from application.queries.evidence.evidence_page import EvidencePages
    from application.use_cases.evidence.add_evidence import AddFile, AddLink
    from application.use_cases.evidence.attach_dla_links import AttachDlaLinks
    from application.use_cases.evidence.attach_submissions import AttachSubmissions
    from application.use_cases.evidence.expire_evidence import CheckEvidence, ExpireEvidence
    from application.use_cases.evidence.keep_evidence import (
        DescribeEvidence,
        RemoveEvidence,
        RetireEvidence,
    )
    from application.use_cases.evidence.open_evidence import OpenEvidence
    from application.use_cases.evidence.scan_evidence import ScanEvidence

units = Needs.units
transact = Needs.transact
clock = Needs.clock
new_id = Needs.new_id
settings = Needs.settings


def store_of(chosen: Settings) -> FileStore:
    return ObjectFiles(partial(open_place, chosen.files_url, chosen.data_path))


def scanner_of(chosen: Settings) -> "Scanner | None":
    """None where files are opened without a look into them."""
    return Clamd(clamd_address(chosen.clamd)) if chosen.clamd else None


def is_scanning(chosen: Settings) -> bool:
    return bool(chosen.clamd)


class EvidenceDesk(Needs):
    """Files, links and LMS submissions that results rest on."""

    file_store = Once(store_of, settings)
    file_kinds = Use(KnownKinds)
    evidence_limits = Use(
        EvidenceLimits,
        megabytes=settings.provided.evidence_max_mb,
        files=settings.provided.evidence_max_files,
        keep_days=settings.provided.evidence_keep_days,
    )
    evidence_doors = Use(Doors, plan_door=providers.Object(plan_door))
    scanner = Use(scanner_of, settings)
    add_file = Use(
        AddFile,
        units=units,
        transact=transact,
        clock=clock,
        new_id=new_id,
        new_secret=Needs.new_secret,
        store=file_store,
        kinds=file_kinds,
        limits=evidence_limits,
        doors=evidence_doors,
        scanning=Use(is_scanning, settings),
    )
    add_link = Use(
        AddLink,
        units=units,
        clock=clock,
        new_id=new_id,
        limits=evidence_limits,
        doors=evidence_doors,
    )
    attach_dla_links = Use(AttachDlaLinks, units=units, add_link=add_link)
    attach_submissions = Use(
        AttachSubmissions,
        units=units,
        transact=transact,
        clock=clock,
        new_id=new_id,
        gateways=Needs.gateways,
        limits=evidence_limits,
    )
    describe_evidence = Use(DescribeEvidence, units=units, clock=clock, doors=evidence_doors)
    retire_evidence = Use(RetireEvidence, units=units, clock=clock, doors=evidence_doors)
    remove_evidence = Use(
        RemoveEvidence,
        units=units,
        transact=transact,
        clock=clock,
        store=file_store,
        doors=evidence_doors,
    )
    scan_evidence = Use(
        ScanEvidence,
        units=units,
        transact=transact,
        clock=clock,
        store=file_store,
        scanner=scanner,
    )
    expire_evidence = Use(
        ExpireEvidence, units=units, transact=transact, clock=clock, store=file_store
    )
    check_evidence = Use(
        CheckEvidence, units=units, transact=transact, clock=clock, store=file_store
    )
    evidence_pages = Use(
        EvidencePages, units=units, doors=evidence_doors, limits=evidence_limits, kinds=file_kinds
    )
    open_evidence = Use(
        OpenEvidence, units=units, transact=transact, store=file_store, doors=evidence_doors
    )
    list_evidence = Use(ListEvidence, units=units)
