"""How people are found by what a steward types: every word, in any field, accents aside."""

from domain.rostering import Person, collation_key


def fits(words: str, *fields: str) -> bool:
    """Whether each word stands in one of the fields; no words fit nobody."""
    wanted = _bare(words).split()
    text = "\n".join(_bare(field) for field in fields)
    return bool(wanted) and all(word in text for word in wanted)


def order_found(person: Person) -> tuple[bool, tuple[str, str], tuple[str, str], str]:
    """Active people first, then by name."""
    names = collation_key(person.family_name), collation_key(person.given_name)
    return (not person.active, *names, person.id)


def _bare(text: str) -> str:
    return collation_key(text)[0]
