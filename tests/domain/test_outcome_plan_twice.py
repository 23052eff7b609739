"""Applying a plan and planning again plans nothing, whatever people did on both sides."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.outcomes.found import FoundLink
from domain.outcomes.sync_plan import DOING, OutcomeWish
from tests.domain.outcome_place import ELSEWHERE, OURS, ModelPlace, a_wish, saying, steps


@st.composite
def worlds(draw: st.DrawFn) -> tuple[ModelPlace, list[OutcomeWish]]:
    """Some SLOs, sent once or twice or never, and what people did to them on both sides."""
    place, wishes = ModelPlace(), []
    for slo in draw(st.lists(st.sampled_from("abcd"), unique=True)):
        sent = a_wish("Old", slo=slo)
        for generation in range(1, draw(st.integers(0, 2)) + 1):
            place.sent(sent, generation)
            _disturb(draw, place, sent.guid_of(generation))
        if draw(st.booleans()):  # as after a restored backup
            place.known = {guid: one for guid, one in place.known.items() if one.slo_id != slo}
        folder = replace(sent.folder, title=draw(st.sampled_from(["ENGL 101", "ENGL 1A"])))
        wishes.append(
            replace(
                sent,
                content=saying(draw(st.sampled_from(["Old", "New"])), top=draw(st.integers(4, 5))),
                slo_version=draw(st.integers(1, 2)),
                retired=draw(st.booleans()),
                folder=folder,
            )
        )
    same_folder = [replace(wish, folder=wishes[0].folder) for wish in wishes]
    return place, same_folder


def _disturb(draw: st.DrawFn, place: ModelPlace, guid: str) -> None:
    flags = st.booleans()
    content = draw(st.sampled_from([saying("Old"), saying("New"), saying("Theirs")]))
    shown_in = draw(st.lists(st.sampled_from([OURS, ELSEWHERE]), min_size=1, unique=True))
    links = tuple(FoundLink(folder, can_unlink=draw(flags)) for folder in shown_in)
    place.now(
        guid, content=content, assessed=draw(flags), editable=draw(flags), owned=draw(flags),
        links=links,
    )  # fmt: skip
    if draw(flags):
        place.known[guid] = replace(place.known[guid], live=False)
    if draw(flags):
        del place.here[guid]


class TestTwice:
    @given(worlds(), st.booleans())
    def test_applying_a_plan_and_planning_again_plans_nothing(
        self,
        world: tuple[ModelPlace, list[OutcomeWish]],
        overwrite: bool,
    ) -> None:
        place, wishes = world
        lines = place.plan(*wishes)

        place.apply([line.confirmed() for line in lines] if overwrite else lines)

        assert not DOING & set(steps(place.plan(*wishes)))
