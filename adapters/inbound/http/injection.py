"""How handlers ask for their use cases: by parameter name, unvalidated.

Whatever else a handler takes says where it comes from: `FromPath[str]`, `FromQuery[str]`,
`URLEncodedBody[...]`. `cookies`, `headers`, `state`, `query`, `body` are names of the framework.
"""

from typing import TypeAlias, TypeVar

from litestar.di import NamedDependency
from litestar.params import SkipValidation

T = TypeVar("T")

Injected: TypeAlias = NamedDependency[SkipValidation[T]]
"""`send_scores: Injected[SendScores]`; validation would refuse a wrapped use case."""
