"""The scopes that Attain's calls need, as a developer key that enforces scopes lists them."""

_COURSE = "/api/v1/courses/:course_id"
_SUBMISSIONS = f"{_COURSE}/assignments/:assignment_id/submissions"

SCOPES = (
    "url:GET|/api/v1/users/:id",
    "url:GET|/api/v1/users/:user_id/profile",
    "url:GET|/api/v1/courses",
    f"url:GET|{_COURSE}/users",
    f"url:GET|{_COURSE}/enrollments",
    f"url:GET|{_COURSE}/assignments/:id",
    f"url:GET|{_SUBMISSIONS}",
    f"url:GET|{_SUBMISSIONS}/:user_id",
    f"url:PUT|{_SUBMISSIONS}/:user_id",
    f"url:POST|{_SUBMISSIONS}/update_grades",
    "url:GET|/api/v1/progress/:id",
)
"""A key should also allow include parameters: without them e-mail addresses and terms stay
away."""
