"""What lists are asked for in the address; each is an exact value, and all must hold."""

from typing import Annotated

from litestar.params import QueryParameter

from domain.ids import CourseId, OrgId, PersonId, SectionAssessmentId, SectionId, TermId

Code = Annotated[str | None, QueryParameter(name="code", description="This code exactly.")]
OrgAsked = Annotated[OrgId | None, QueryParameter(name="org", description="Id of an org.")]
TermAsked = Annotated[TermId | None, QueryParameter(name="term", description="Id of a term.")]
CourseAsked = Annotated[
    CourseId | None, QueryParameter(name="course", description="Id of a course.")
]
SectionAsked = Annotated[
    SectionId | None, QueryParameter(name="section", description="Id of a section.")
]
PersonAsked = Annotated[
    PersonId | None, QueryParameter(name="person", description="Id of a person.")
]
WorkAsked = Annotated[
    SectionAssessmentId | None,
    QueryParameter(name="work", description="Id of an assessment in a section."),
]
ActiveAsked = Annotated[
    bool | None, QueryParameter(name="active", description="Only active ones, or only ended ones.")
]


def named(name: str, description: str) -> QueryParameter:
    return QueryParameter(name=name, description=description)
