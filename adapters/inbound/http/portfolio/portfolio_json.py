"""A collection as JSON, for whatever reads it next."""

import msgspec

from application.queries.portfolio.portfolio_items import CollectionView, ItemView, ResultLine

FORMAT = "attain-portfolio-1"


def collection_json(view: CollectionView) -> bytes:
    """What stands in it, in its order; what is no longer there says so and nothing more."""
    own = view.collection
    told = {
        "format": FORMAT,
        "owner": view.owner,
        "title": own.title,
        "reflection": own.reflection,
        "made_at": own.made_at,
        "changed_at": own.changed_at,
        "items": [item_json(item, place) for place, item in enumerate(view.items, start=1)],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def item_json(view: ItemView, place: int) -> dict[str, object]:
    item = view.item
    told: dict[str, object] = {
        "place": place,
        "kind": item.kind,
        "state": view.standing,
        "title": view.title,
        "reflection": item.reflection,
    }
    if view.place:
        told["course_and_term"] = view.place
    if view.lines:
        told["results"] = [line_json(line) for line in view.lines]
    if view.description:
        told["description"] = view.description
    if view.url:
        told["address"] = view.url
    if view.file and view.is_there:
        told["file"] = file_name(view, place)
    return told


def line_json(line: ResultLine) -> dict[str, object]:
    level = line.level
    return {
        "slo": line.head.code,
        "title": line.head.title,
        "statement": line.head.description,
        "score": line.value,
        "level": level.label if level else line.words,
        "met": level.met if level else None,
        "descriptor": level.descriptor if level else "",
    }


def file_name(view: ItemView, place: int) -> str:
    """In the zip: numbered, so that two files of one name are two."""
    name = view.file.name if view.file else ""
    bare = name.replace("\\", "/").rpartition("/")[2].lstrip(".") or "file"
    kept = "".join(char if char.isprintable() and char not in '<>:"|?*' else "_" for char in bare)
    return f"files/{place:03}-{kept}"
