"""The scopes that Attain's calls need, as a developer key that enforces scopes lists them."""

_COURSE = "/api/v1/courses/:course_id"
_ACCOUNT = "/api/v1/accounts/:account_id"
_SUBMISSIONS = f"{_COURSE}/assignments/:assignment_id/submissions"

_GRADES = (
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
_ACCOUNTS = (
    "url:GET|/api/v1/accounts",
    "url:GET|/api/v1/accounts/:id",
    f"url:GET|{_ACCOUNT}/sub_accounts",
    f"url:GET|{_ACCOUNT}/permissions",
    f"url:GET|{_ACCOUNT}/users",
    f"url:GET|{_ACCOUNT}/features/enabled",
    f"url:GET|{_ACCOUNT}/courses",
    "url:GET|/api/v1/courses/:id",
    f"url:GET|{_COURSE}/permissions",
)
_OUTCOMES = (
    "url:GET|/api/v1/outcomes/:id",
    "url:PUT|/api/v1/outcomes/:id",
    *(
        scope
        for place in (_ACCOUNT, _COURSE)
        for scope in (
            f"url:GET|{place}/root_outcome_group",
            f"url:GET|{place}/outcome_groups",
            f"url:GET|{place}/outcome_groups/:id",
            f"url:PUT|{place}/outcome_groups/:id",
            f"url:DELETE|{place}/outcome_groups/:id",
            f"url:POST|{place}/outcome_groups/:id/subgroups",
            f"url:POST|{place}/outcome_groups/:id/outcomes",
            f"url:PUT|{place}/outcome_groups/:id/outcomes/:outcome_id",
            f"url:DELETE|{place}/outcome_groups/:id/outcomes/:outcome_id",
            f"url:GET|{place}/outcome_group_links",
            f"url:POST|{place}/outcome_imports(/group/:learning_outcome_group_id)",
            f"url:GET|{place}/outcome_imports/:id",
        )
    ),
)
_RUBRICS = (
    f"url:GET|{_COURSE}/assignments",
    f"url:GET|{_COURSE}/students/submissions",
    f"url:POST|{_COURSE}/rubrics",
)
SCOPES = (*_GRADES, *_ACCOUNTS, *_OUTCOMES, *_RUBRICS)
"""A key should also allow include parameters: without them e-mail addresses, terms and what
graders chose on rubrics stay away."""
