"""Achievements and records of learners in the JSON-LD of 1EdTech.

Fields: https://www.imsglobal.org/spec/ob/v3p0/ (appendix B) and
https://www.imsglobal.org/spec/clr/v2p0/ (appendix B), over the Verifiable Credentials Data
Model 2.0. The order of the contexts is prescribed there.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from adapters.outbound.credentials.bitstring import encoded
from application.credentials import status_url
from domain.credential import (
    STATUS_LIST_LENGTH,
    Achieved,
    AchievedLevel,
    Issuer,
    Learner,
    LearnerRecord,
    StatusList,
)

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"

Json = dict[str, Any]
_PURPOSE = "revocation"
TIME_TO_LIVE = timedelta(minutes=5)
"""How long whoever read a status list may go by it."""
LONGEST = timedelta(days=1)
"""After which a status list that was kept somewhere says nothing any more."""


def profile(issuer: Issuer) -> Json:
    return {"id": issuer.id, "type": ["Profile"], "name": issuer.name, "url": issuer.url}


def published_profile(issuer: Issuer) -> Json:
    return {"@context": [VC, OPEN_BADGES], **profile(issuer)}


def badge(achieved: Achieved, issuer: Issuer) -> Json:
    level = achieved.level
    return {
        "@context": [VC, OPEN_BADGES],
        "id": achieved.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achieved.title,
        "description": f"{achieved.code}: {level.label} in {achieved.assessment}",
        "issuer": profile(issuer),
        "validFrom": moment(achieved.at),
        **_status(achieved, issuer),
        "credentialSubject": {
            "id": achieved.learner.id,
            "type": ["AchievementSubject"],
            "identifier": _identifiers(achieved.learner),
            "term": achieved.term,
            "narrative": f"{achieved.course}: {achieved.assessment}",
            "achievement": _achievement(achieved, issuer),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": _described(achieved),
                    "achievedLevel": level.id,
                    "value": level.points,
                }
            ],
        },
    }


def record(record: LearnerRecord, issuer: Issuer) -> Json:
    return {
        "@context": [VC, CLR, OPEN_BADGES],
        "id": record.id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": record.name,
        "issuer": profile(issuer),
        "validFrom": moment(record.at),
        "credentialSubject": {
            "id": record.learner.id,
            "type": ["ClrSubject"],
            "identifier": _identifiers(record.learner),
            "verifiableCredential": [badge(one, issuer) for one in record.achieved],
        },
    }


def status_list(listed: StatusList, issuer: Issuer) -> Json:
    """Fields: https://www.w3.org/TR/vc-bitstring-status-list/, section 2.2; `ttl` is in ms."""
    url = status_url(issuer.url, listed.number)
    return {
        "@context": [VC],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": moment(listed.at),
        "validUntil": moment(listed.at + LONGEST),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": _PURPOSE,
            "encodedList": encoded(listed.revoked, STATUS_LIST_LENGTH),
            "ttl": TIME_TO_LIVE // timedelta(milliseconds=1),
        },
    }


def _status(achieved: Achieved, issuer: Issuer) -> Json:
    status = achieved.status
    if status is None:
        return {}
    url = status_url(issuer.url, status.list_number)
    entry = {
        "id": f"{url}#{status.place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": _PURPOSE,
        "statusListIndex": str(status.place),
        "statusListCredential": url,
    }
    return {"credentialStatus": entry}


def moment(at: datetime) -> str:
    """To the second, as the `nbf` claim of the signature, which has to equal it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _achievement(achieved: Achieved, issuer: Issuer) -> Json:
    required = next(level for level in achieved.levels if level.id == achieved.required)
    return {
        "id": achieved.achievement_id,
        "type": ["Achievement"],
        "achievementType": "Competency",
        "creator": profile(issuer),
        "name": achieved.title,
        "humanCode": achieved.code,
        "description": achieved.statement or achieved.title,
        "criteria": {"narrative": _criteria(required)},
        "resultDescription": [
            {
                "id": _described(achieved),
                "type": ["ResultDescription"],
                "name": achieved.title,
                "resultType": "RubricCriterionLevel",
                "requiredLevel": achieved.required,
                "rubricCriterionLevel": [_level(level) for level in achieved.levels],
            }
        ],
    }


def _criteria(required: AchievedLevel) -> str:
    wanted = f" {required.descriptor}" if required.descriptor else ""
    return f"Faculty of the college judged the work at the level {required.label} or above.{wanted}"


def _level(level: AchievedLevel) -> Json:
    told = {"description": level.descriptor} if level.descriptor else {}
    return {
        "id": level.id,
        "type": ["RubricCriterionLevel"],
        "name": level.label,
        "level": level.label,
        "points": level.points,
        **told,
    }


def _described(achieved: Achieved) -> str:
    """The URI of the achievement's one result description."""
    return f"{achieved.achievement_id}#result"


def _identifiers(learner: Learner) -> list[Json]:
    named: Json = {
        "type": "IdentityObject",
        "identityType": "name",
        "hashed": False,
        "identityHash": learner.name,
    }
    if not learner.email:
        return [named]
    salt = learner.id
    digest = sha256(f"{learner.email.lower()}{salt}".encode()).hexdigest()
    by_mail: Json = {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "salt": salt,
    }
    return [named, by_mail]
