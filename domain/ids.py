"""Names for the keys of records, so that one is never passed for another.

Our own ids are UUIDv7 text made by the `NewId` port; `...Ref` are the LMS' ids, opaque text.
"""

from typing import NewType

OrgId = NewType("OrgId", str)
TermId = NewType("TermId", str)
CourseId = NewType("CourseId", str)
SectionId = NewType("SectionId", str)
PersonId = NewType("PersonId", str)
EnrolmentId = NewType("EnrolmentId", str)
ScaleId = NewType("ScaleId", str)
SloId = NewType("SloId", str)
AssessmentId = NewType("AssessmentId", str)
SectionAssessmentId = NewType("SectionAssessmentId", str)
RowId = NewType("RowId", str)
"""A row of a rubric: the id of a criterion, or the id of an SLO."""
LinkId = NewType("LinkId", str)
SendId = NewType("SendId", str)
DeliveryId = NewType("DeliveryId", str)
SiteId = NewType("SiteId", str)
"""A configured LMS site (one Canvas instance)."""
AuthorisationId = NewType("AuthorisationId", str)
SessionId = NewType("SessionId", str)
ApiTokenId = NewType("ApiTokenId", str)
LaunchId = NewType("LaunchId", str)
MatchingDecisionId = NewType("MatchingDecisionId", str)
JobId = NewType("JobId", str)
PublicationId = NewType("PublicationId", str)
SyncRunId = NewType("SyncRunId", str)
SyncItemId = NewType("SyncItemId", str)
ImportId = NewType("ImportId", str)
"""One import of scores from the LMS."""
PlanId = NewType("PlanId", str)
"""One plan of an assessment for a term."""
OfferId = NewType("OfferId", str)
"""A link that a copied LMS course brought along, offered."""
RoundId = NewType("RoundId", str)
"""One round of reminders."""
EvidenceId = NewType("EvidenceId", str)
"""One file, link or LMS submission kept as evidence."""

DlaId = NewType("DlaId", str)
AssignedDlaId = NewType("AssignedDlaId", str)
"""A DLA as one student has it."""
ReflectionTemplateId = NewType("ReflectionTemplateId", str)

ActionPlanId = NewType("ActionPlanId", str)
TemplateId = NewType("TemplateId", str)
"""A template of questions for action plans or requests for information."""
RfiId = NewType("RfiId", str)
AskId = NewType("AskId", str)
"""One copy of a request for information, put to one person or one section."""

LoadRunId = NewType("LoadRunId", str)
"""One load of a roster."""
DownloadId = NewType("DownloadId", str)
"""One file that a job makes for somebody."""

CollectionId = NewType("CollectionId", str)
"""One collection of a student's ePortfolio."""
ItemId = NewType("ItemId", str)
"""A piece of a collection."""
ShareId = NewType("ShareId", str)
SigningKeyId = NewType("SigningKeyId", str)
"""A key with which the college signs credentials."""

LmsUserRef = NewType("LmsUserRef", str)
LmsCourseRef = NewType("LmsCourseRef", str)
LmsAssignmentRef = NewType("LmsAssignmentRef", str)
LmsAccountRef = NewType("LmsAccountRef", str)
LmsOutcomeRef = NewType("LmsOutcomeRef", str)
LmsFolderRef = NewType("LmsFolderRef", str)
LmsRubricRef = NewType("LmsRubricRef", str)
LmsCriterionRef = NewType("LmsCriterionRef", str)
LmsRatingRef = NewType("LmsRatingRef", str)
