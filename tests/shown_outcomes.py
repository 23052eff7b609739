"""What the practice Canvas of a demo shows of outcomes."""

import httpx

from entrypoints.demo import Demo
from sandbox.college import ready_people


def ratings_of(demo: Demo, place: str, code: str) -> list[float]:
    """Points of the only outcome there of this SLO, as the administrator reads it."""
    admin = ready_people(demo.college)[0]
    links = httpx.get(
        f"{demo.canvas}/api/v1/{place}/outcome_group_links",
        params={"outcome_style": "full", "per_page": "100"},
        headers={"Authorization": f"Bearer {admin['canvas_token']}"},
    ).json()
    found = [one["outcome"] for one in links if one["outcome"]["title"].startswith(code)]
    (outcome,) = found
    return [rating["points"] for rating in outcome["ratings"]]
