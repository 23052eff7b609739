"""The use cases of ePortfolios, credentials and student profiles: one line each."""

from application.later import imported_later
from entrypoints.evidence import EvidenceDesk
from entrypoints.needs import Needs, Once, Use

with imported_later(__name__):
    from adapters.outbound.credentials.vc_jwt import JwtCredentials
    from application.issuing import IssueCredentials
    from application.queries.portfolio.item_files import OpenItemFile, OpenPublishedFile
    from application.queries.portfolio.own_credentials import OwnCredentials
    from application.queries.portfolio.portfolio_document import PrintCollection
    from application.queries.portfolio.portfolio_export import ExportCollection
    from application.queries.portfolio.portfolio_pages import (
        CollectionPage,
        PortfolioPage,
        ReadCollection,
    )
    from application.queries.portfolio.published_collection import ReadPublished
    from application.queries.portfolio.published_keys import PublishedKeys
    from application.queries.portfolio.status_lists import KeptLists, StatusLists
    from application.use_cases.portfolio.keep_portfolio import (
        AddItems,
        MakeCollection,
        RemoveCollection,
        WriteCollection,
    )
    from application.use_cases.portfolio.share_portfolio import (
        ReaddressShare,
        RevokeShare,
        ShareCollection,
    )
    from application.use_cases.portfolio.signing_keys import ListSigningKeys, MakeSigningKey
    from application.use_cases.student_work.student_profiles import (
        OpenProfile,
        ProfileDoor,
        ReadProfilePolicy,
        SetProfilePolicy,
    )

units = Needs.units
clock = Needs.clock
new_id = Needs.new_id
new_secret = Needs.new_secret
sealer = Needs.sealer
base_url = Needs.base_url


class Portfolios(Needs):
    """What students keep and share; a page or command asks by the name on the left."""

    # Credentials
    credential_writer = Use(JwtCredentials)
    make_signing_key = Use(
        MakeSigningKey,
        units=units,
        clock=clock,
        new_id=new_id,
        sealer=sealer,
        writer=credential_writer,
    )
    list_signing_keys = Use(ListSigningKeys, units=units)
    published_keys = Use(PublishedKeys, units=units, writer=credential_writer, base_url=base_url)
    issue_credentials = Use(IssueCredentials, units=units, clock=clock, new_secret=new_secret)
    own_credentials = Use(
        OwnCredentials,
        units=units,
        clock=clock,
        sealer=sealer,
        writer=credential_writer,
        base_url=base_url,
        issue=issue_credentials,
    )
    kept_lists = Once(KeptLists)
    status_lists = Use(
        StatusLists,
        units=units,
        clock=clock,
        sealer=sealer,
        writer=credential_writer,
        base_url=base_url,
        kept=kept_lists,
    )

    # Collections
    portfolio_page = Use(PortfolioPage, units=units, clock=clock)
    collection_page = Use(CollectionPage, units=units, clock=clock)
    read_collection = Use(ReadCollection, units=units)
    make_collection = Use(
        MakeCollection, units=units, clock=clock, new_id=new_id, make_key=make_signing_key
    )
    write_collection = Use(WriteCollection, units=units, clock=clock)
    add_items = Use(AddItems, units=units, clock=clock, new_id=new_id)
    remove_collection = Use(RemoveCollection, units=units, clock=clock)
    export_collection = Use(
        ExportCollection, read_collection=read_collection, credentials=own_credentials
    )

    print_collection = Use(PrintCollection, read_collection=read_collection, pdf=Needs.pdf)

    # Shares
    share_collection = Use(
        ShareCollection, units=units, clock=clock, new_id=new_id, new_secret=new_secret
    )
    readdress_share = Use(ReaddressShare, units=units, clock=clock, new_secret=new_secret)
    revoke_share = Use(RevokeShare, units=units, clock=clock)
    read_published = Use(ReadPublished, units=units, clock=clock)

    # Files of evidence
    open_item_file = Use(OpenItemFile, store=EvidenceDesk.file_store)
    open_published_file = Use(
        OpenPublishedFile,
        read_published=read_published,
        transact=Needs.transact,
        store=EvidenceDesk.file_store,
    )

    # Student profiles
    read_profile_policy = Use(ReadProfilePolicy, units=units)
    set_profile_policy = Use(SetProfilePolicy, units=units, clock=clock)
    profile_door = Use(ProfileDoor, units=units)
    open_profile = Use(OpenProfile, units=units, clock=clock)
