"""Open Badges 3.0 and CLR 2.0 as signed VC-JWT (docs/decisions/0014-credentials.md)."""
