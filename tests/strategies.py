"""Hypothesis strategies for records of the domain, with any of their legal values."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from domain.collective import MOST, LevelCount, RowCounts
from domain.dla import AssignedDla, Dla, DlaState
from domain.evidence import Evidence, EvidenceKind, EvidenceTarget
from domain.improvement.action_plan import ActionPlan
from domain.improvement.question_template import QuestionTemplate
from domain.improvement.rfi import Rfi, RfiAsk
from domain.outcomes.content import Calculation, OutcomeScale, Rating
from domain.planning import AssessmentPlan, PlanTarget, TargetKind
from domain.portfolio.collection import Collection, Item
from domain.reflection import CollegeTemplate, Question, QuestionKind, ReflectionTemplate
from domain.rubric import Criterion, CriterionLevel, Rubric
from domain.scale import AssessmentScale, MasteryLevel, ScoreLevel
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from domain.target import Target, TargetOf
from domain.web_link import WebLink

R = TypeVar("R")

# No database of ours keeps a NUL or half of a surrogate pair in text.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
ids: SearchStrategy[Any] = st.uuids().map(str)
"""For any of the id types; all are text."""
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001
numbers = st.decimals(-10_000, 10_000, allow_nan=False, allow_infinity=False, places=4)
points = st.decimals(0, 1_000, allow_nan=False, allow_infinity=False, places=2)
shares = st.decimals(Decimal("0.01"), 100, places=2)
score_values: SearchStrategy[ScoreValue] = st.one_of(
    st.builds(Scored, points), st.just(NOT_ASSESSED), st.just(BLANK)
)
mastery_levels = st.builds(MasteryLevel, texts, texts, st.integers(0, 9), met=st.booleans())


@st.composite
def _scales(draw: st.DrawFn) -> AssessmentScale:
    """Points rise from level to level, and mastery never falls."""
    steps = sorted(draw(st.lists(points, min_size=2, max_size=4, unique=True)))
    ladder = sorted((draw(mastery_levels) for _ in steps), key=lambda level: level.position)
    levels = tuple(
        ScoreLevel(step, draw(texts), draw(texts), mastery)
        for step, mastery in zip(steps, ladder, strict=True)
    )
    version = draw(st.integers(1, 9))
    return AssessmentScale(
        draw(ids), draw(texts), draw(texts), version, draw(st.booleans()), levels
    )


scales = _scales()
criterion_levels = st.builds(CriterionLevel, points, texts, texts, mastery_levels)
criteria = st.builds(
    Criterion,
    ids,
    texts,
    texts,
    texts,
    st.lists(criterion_levels, min_size=1, max_size=3).map(tuple),
    st.decimals(0, 100, places=3),
    st.lists(ids, max_size=2).map(tuple),
    texts,
)
rubrics = st.builds(
    Rubric, st.lists(criteria, max_size=2).map(tuple), st.lists(criteria, max_size=2).map(tuple)
)


@st.composite
def _outcome_scales(draw: st.DrawFn) -> OutcomeScale:
    """Ratings go from highest to lowest."""
    steps = sorted(draw(st.lists(points, min_size=1, max_size=4)), reverse=True)
    ratings = tuple(Rating(step, draw(texts)) for step in steps)
    number = draw(st.none() | st.integers(1, 99))
    return OutcomeScale(ratings, draw(points), Calculation(draw(texts), number))


outcome_scales = _outcome_scales()


@st.composite
def _templates(draw: st.DrawFn) -> ReflectionTemplate:
    """Every question asks something; a choice has at least two options."""
    prompts = draw(st.lists(texts.filter(str.strip), max_size=3))
    return ReflectionTemplate(
        tuple(
            Question(
                f"q{number}",
                prompt,
                draw(st.sampled_from(QuestionKind)),
                draw(st.booleans()),
                ("One", draw(texts.filter(lambda text: text != "One"))),
            )
            for number, prompt in enumerate(prompts)
        )
    )


@st.composite
def _plans(draw: st.DrawFn) -> AssessmentPlan:
    """It opens before it is due."""
    opens, due = sorted([draw(moments), draw(moments)])
    chosen = draw(st.lists(ids, min_size=1, max_size=3).map(tuple))
    target = PlanTarget(draw(st.sampled_from(TargetKind)), chosen)
    return AssessmentPlan(
        draw(ids), draw(ids), draw(ids), target, draw(st.none() | st.just(opens)),
        draw(st.none() | st.just(due)), draw(st.none() | ids), draw(moments),
        draw(st.none() | moments), draw(st.none() | ids), draw(st.integers(0, 9)),
    )  # fmt: skip


@st.composite
def _items(draw: st.DrawFn) -> Item:
    """It names just what it shows."""
    made = draw(
        st.one_of(
            st.builds(Item.result, ids, ids),
            st.builds(Item.evidence, ids, ids),
            st.builds(Item.link, ids, ids.map("https://example.org/{}".format), texts),
        )
    )
    return replace(made, reflection=draw(texts), removed=draw(st.booleans()))


@st.composite
def _collections(draw: st.DrawFn) -> Collection:
    """It has a title."""
    items = tuple(draw(st.lists(_items(), max_size=3)))
    return Collection(
        draw(ids), draw(ids), draw(texts.filter(str.strip)), draw(texts), items, draw(moments),
        draw(moments), draw(st.none() | moments), draw(st.integers(0, 9)),
    )  # fmt: skip


evidence_targets = st.one_of(
    st.builds(EvidenceTarget.result, ids, ids),
    st.builds(EvidenceTarget.work, ids),
    st.builds(EvidenceTarget.action_plan, ids),
    st.builds(EvidenceTarget.dla, ids, ids),
)


@st.composite
def _evidence(draw: st.DrawFn) -> Evidence:
    """It has a title, and a link an address."""
    hints = get_type_hints(Evidence)
    given = {field.name: draw(_values(hints[field.name])) for field in fields(Evidence)}
    link = given["kind"] is not EvidenceKind.FILE
    given["title"] = draw(texts.filter(str.strip))
    given["url"] = f"https://example.edu/{draw(ids)}" if link else ""
    return Evidence(**given)


_OF_TYPE: dict[Any, SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(0, 2_000_000_000),
    bytes: st.binary(max_size=40),
    date: st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    datetime: moments,
    Decimal: numbers,
    NoneType: st.none(),
    ScoreValue: score_values,
    Rubric: rubrics,
    ReflectionTemplate: _templates(),
    RowCounts: st.builds(
        RowCounts,
        ids,
        ids,
        st.lists(st.builds(LevelCount, numbers, st.integers(0, MOST)), max_size=3).map(tuple),
        st.none() | st.integers(0, MOST),
        st.integers(0, 9),
        st.none() | ids,
        st.none() | moments,
    ),
    CollegeTemplate: st.builds(
        CollegeTemplate,
        ids,
        texts.filter(str.strip),
        st.none() | ids,
        _templates().filter(lambda one: one.asks),
        st.booleans(),
        st.integers(0, 9),
    ),
    AssessmentPlan: _plans(),
    EvidenceTarget: evidence_targets,
    Evidence: _evidence(),
    AssessmentScale: scales,
    Collection: _collections(),
    OutcomeScale: outcome_scales,
    Target: st.builds(Target, st.sampled_from(TargetOf), ids, shares),
    WebLink: ids.map(lambda one: WebLink(f"https://example.edu/{one}")),
    dict[str, str]: st.dictionaries(texts, texts, max_size=3),
    dict[str, int]: st.dictionaries(texts, st.integers(0, 99), max_size=3),
}


def _built(kind: type[Any], **given: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """A record of which some fields take only what is given."""
    hints = get_type_hints(kind)
    rest = {field.name: hints[field.name] for field in fields(kind) if field.name not in given}
    return st.builds(kind, **{name: _values(hint) for name, hint in rest.items()}, **given)


def _asking(kind: type[Any], **more: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """A record of improvement: it has a name, and it asks something."""
    questions = _templates().map(lambda one: one.questions).filter(bool)
    return _built(kind, questions=questions, **more)


def _asks() -> SearchStrategy[RfiAsk]:
    """Put to a person or to a section, never to both."""
    hints = get_type_hints(RfiAsk)
    rest = [one.name for one in fields(RfiAsk) if one.name not in {"person_id", "section_id"}]
    values = {name: _values(hints[name]) for name in rest}
    to_person = st.builds(RfiAsk, person_id=ids, section_id=st.none(), **values)
    return to_person | st.builds(RfiAsk, person_id=st.none(), section_id=ids, **values)


def _activity(kind: Any) -> SearchStrategy[Any] | None:
    said = texts.filter(str.strip)
    if kind is Dla:
        return _built(kind, title=said, instructions=said)
    if kind is AssignedDla:
        states = [one for one in DlaState if one is not DlaState.OVERDUE]
        return _built(kind, state=st.sampled_from(states))
    return None


def _improvement(kind: Any) -> SearchStrategy[Any] | None:
    said = texts.filter(str.strip)
    if kind is ActionPlan:
        return _asking(kind, title=said, slo_ids=st.lists(ids, min_size=1, max_size=2).map(tuple))
    if kind is Rfi:
        return _asking(kind, title=said)
    if kind is QuestionTemplate:
        return _asking(kind, name=said)
    return _asks() if kind is RfiAsk else None


def records(kind: type[R]) -> SearchStrategy[R]:
    """Any record of a dataclass of the domain."""
    if kind in _OF_TYPE:
        return _OF_TYPE[kind]
    for own in (_improvement(kind), _activity(kind)):
        if own is not None:
            return own
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # only dataclasses
    return st.builds(kind, **{name: _values(hints[name]) for name in names})


def _values(hint: Any) -> SearchStrategy[Any]:
    if hint in _OF_TYPE:
        return _OF_TYPE[hint]
    if isinstance(hint, NewType):
        return _values(hint.__supertype__)
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of(*(_values(one) for one in get_args(hint)))
    if get_origin(hint) in {tuple, Sequence}:
        more = (...,) if get_origin(hint) is Sequence else ()
        return _tuples(*get_args(hint), *more)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert isinstance(hint, type), f"no strategy for {hint}"
    return records(hint)


def _tuples(first: Any, *rest: Any) -> SearchStrategy[tuple[Any, ...]]:
    if rest == (...,):
        return st.lists(_values(first), max_size=3).map(tuple)
    return st.tuples(_values(first), *(_values(one) for one in rest))
