"""Scales and student learning outcomes of the sample college, as `attain slo import` reads them."""

DEFAULT_SCALE = "LEVELS-0-4"
SKILL_SCALE = "SKILL-3"

MASTERY_LEVELS = [
    {"code": "does-not-meet", "name": "Does not meet", "met": False},
    {"code": "approaches", "name": "Approaches", "met": False},
    {"code": "meets", "name": "Meets", "met": True},
    {"code": "exceeds", "name": "Exceeds", "met": True},
]


def _level(points: int, label: str, descriptor: str, mastery: str) -> dict[str, object]:
    return {"points": points, "label": label, "descriptor": descriptor, "mastery": mastery}


SCALES = [
    {
        "code": DEFAULT_SCALE,
        "name": "Levels 0 to 4",
        "default": True,
        "levels": [
            _level(0, "No evidence", "Nothing was shown that could be judged.", "does-not-meet"),
            _level(1, "Beginning", "Shows isolated parts of the outcome.", "does-not-meet"),
            _level(2, "Developing", "Shows the outcome in part, with gaps.", "approaches"),
            _level(3, "Proficient", "Shows the outcome soundly throughout.", "meets"),
            _level(4, "Exemplary", "Shows the outcome with insight of one's own.", "exceeds"),
        ],
    },
    {
        "code": SKILL_SCALE,
        "name": "Clinical skill check",
        "default": False,
        "levels": [
            _level(1, "Not yet safe", "Needs the skill shown again.", "does-not-meet"),
            _level(2, "Safe with cues", "Completes the skill safely when cued.", "approaches"),
            _level(3, "Safe and independent", "Completes the skill safely alone.", "meets"),
        ],
    },
]

_COURSE_SLOS: dict[str, list[tuple[str, str, list[str]]]] = {
    "ENGL 101": [
        (
            "Thesis and argument",
            "Develop a debatable thesis and support it with a reasoned argument.",
            [
                "Hands in no argument, or a summary only.",
                "States a topic; reasons are missing or contradict each other.",
                "States a thesis; reasons are given but not tied to it.",
                "Argues a clear thesis with reasons that follow from each other.",
                "Argues a thesis worth debating and answers the strongest objection.",
            ],
        ),
        (
            "Use of sources",
            "Find, judge and cite sources that fit the purpose of the writing.",
            [
                "Uses no sources, or copies without naming them.",
                "Names sources that do not bear on the question.",
                "Uses fitting sources with errors in citing them.",
                "Chooses reliable sources and cites them correctly.",
                "Weighs sources against each other and says what each is good for.",
            ],
        ),
        (
            "Clarity of language",
            "Write clear, correct sentences for an academic reader.",
            [
                "The text cannot be followed.",
                "Errors stop the reader in most paragraphs.",
                "Errors slow the reader down here and there.",
                "Sentences are clear; errors are rare.",
                "Style is precise, varied and fits the reader.",
            ],
        ),
    ],
    "ENGL 210": [
        (
            "Close reading",
            "Interpret a literary passage from its language and form.",
            [
                "Does not refer to the passage.",
                "Retells what happens in the passage.",
                "Names devices without saying what they do.",
                "Shows how language and form make meaning.",
                "Builds a reading in which small details carry the whole.",
            ],
        ),
        (
            "Works in context",
            "Relate a work to the time, place and tradition it comes from.",
            [
                "Gives no context.",
                "Gives facts that do not touch the work.",
                "Links work and context in general terms.",
                "Explains features of the work from its context.",
                "Compares traditions and questions how they are divided.",
            ],
        ),
    ],
    "HIST 120": [
        (
            "Primary sources",
            "Analyze a primary source for author, audience, purpose and bias.",
            [
                "Does not use the source.",
                "Repeats what the source says.",
                "Names author and audience without using them.",
                "Explains how purpose and audience shape the source.",
                "Reads the source against its grain and against others.",
            ],
        ),
        (
            "Cause and consequence",
            "Explain change over time with several causes and consequences.",
            [
                "Lists no causes.",
                "Lists events in order.",
                "Gives one cause for each change.",
                "Explains how several causes worked together.",
                "Weighs causes and says what else could have happened.",
            ],
        ),
    ],
    "BIOL 110": [
        (
            "Design of experiments",
            "Design a controlled experiment that tests a hypothesis.",
            [
                "Proposes nothing that could be tested.",
                "Proposes a test without a control.",
                "Controls some variables; the hypothesis stays vague.",
                "Tests a clear hypothesis with a fitting control.",
                "Foresees what each result would mean, and repeats enough.",
            ],
        ),
        (
            "Data and graphs",
            "Present data in a fitting graph and say what it shows.",
            [
                "Presents no data.",
                "Graph lacks axes, units or labels.",
                "Graph is readable; what it shows is partly misread.",
                "Graph fits the data and is read correctly.",
                "Shows uncertainty and says what the data cannot tell.",
            ],
        ),
        (
            "Structure and function",
            "Explain how structure and function fit together in living things.",
            [
                "Names no structure.",
                "Names structures without their function.",
                "Pairs structure and function with some errors.",
                "Explains how structure makes function possible.",
                "Carries the idea over to a system not met in class.",
            ],
        ),
    ],
    "BIOL 230": [
        (
            "Identification of structures",
            "Identify anatomical structures on models, images and specimens.",
            [
                "Identifies fewer than a quarter of them.",
                "Identifies fewer than half of them.",
                "Identifies most of the large structures.",
                "Identifies nearly all structures with their right names.",
                "Identifies all, with their neighbors and variants.",
            ],
        ),
        (
            "Clinical reasoning from anatomy",
            "Predict from anatomy what an injury or disease will change.",
            [
                "Makes no prediction.",
                "Predicts without naming the structure.",
                "Predicts the nearest effect.",
                "Predicts effects along the whole pathway.",
                "Compares possible causes of one finding.",
            ],
        ),
    ],
    "MATH 140": [
        (
            "Choosing a method",
            "Choose a statistical method that fits the question and the data.",
            [
                "Chooses no method.",
                "Chooses a method that cannot answer the question.",
                "Chooses a fitting method without checking its conditions.",
                "Chooses a fitting method and checks its conditions.",
                "Compares methods and says why this one is better.",
            ],
        ),
        (
            "Meaning of results",
            "Say in plain words what a statistical result means and does not mean.",
            [
                "Gives no conclusion.",
                "Gives a number without its meaning.",
                "Draws a conclusion that goes beyond the data.",
                "Draws a sound conclusion in plain words.",
                "Says how sure one can be, and for whom it holds.",
            ],
        ),
    ],
    "NURS 201": [
        (
            "Safe medication",
            "Prepare and give medication safely.",
            [
                "Omits checks that protect the patient.",
                "Does some of the checks, in no order.",
                "Does all checks when reminded.",
                "Does all checks unasked.",
                "Does all checks and finds a planted error.",
            ],
        ),
        (
            "Communication with patients",
            "Communicate with patients clearly, respectfully and in words they know.",
            [
                "Does not speak with the patient.",
                "Speaks about the patient to others.",
                "Explains in terms the patient cannot know.",
                "Explains clearly and asks what was understood.",
                "Adapts to the patient's language, fears and customs.",
            ],
        ),
    ],
    "NURS 260": [
        (
            "Community assessment",
            "Assess the health needs of a community from data and from its people.",
            [
                "Gathers nothing about the community.",
                "Gathers data from one source only.",
                "Gathers data and voices but does not join them.",
                "Finds needs from data and voices together.",
                "Finds strengths too, and who has been left out.",
            ],
        ),
        (
            "Health teaching",
            "Plan and give health teaching that fits its audience.",
            [
                "Plans no teaching.",
                "Plans teaching without an aim.",
                "Plans teaching with an aim that cannot be checked.",
                "Plans teaching with aims, means and a check that fit.",
                "Revises the plan from what the audience says.",
            ],
        ),
    ],
}
_SKILLS = {
    "NURS 201-1": {
        "1": "Omits a check or contaminates the field.",
        "2": "Completes all checks after a cue.",
        "3": "Completes all checks, unasked and in order.",
    },
    "NURS 201-2": {
        "1": "Does not introduce the procedure to the patient.",
        "2": "Explains the procedure after a cue.",
        "3": "Explains, listens and confirms consent.",
    },
}
_WIDER_SLOS = (
    (
        "NURSING-1", "pslo", "cvc-hlt", "Safe practice",
        "Practice nursing safely, alone and in teams.",
    ),
    (
        "SCIENCE-1", "pslo", "cvc-sci", "Scientific reasoning",
        "Answer questions about nature with evidence.",
    ),
    (
        "GE-1", "islo", "cvc", "Communication",
        "Communicate effectively in writing and speech.",
    ),
    (
        "GE-2", "islo", "cvc", "Critical thinking",
        "Judge claims by evidence and reasoning.",
    ),
)  # fmt: skip


def slo_codes(course_code: str) -> list[str]:
    return [f"{course_code}-{n}" for n in range(1, len(_COURSE_SLOS[course_code]) + 1)]


def slo_file() -> dict[str, object]:
    """The content of slos.json."""
    course_slos = [
        _course_slo(course, f"{course}-{number}", title, statement, texts)
        for course, slos in _COURSE_SLOS.items()
        for number, (title, statement, texts) in enumerate(slos, start=1)
    ]
    wider: list[dict[str, object]] = [
        {
            "code": code,
            "kind": kind,
            "course": None,
            "org": org,
            "title": title,
            "statement": statement,
            "state": "active",
            "descriptors": {},
        }
        for code, kind, org, title, statement in _WIDER_SLOS
    ]
    return {"scales": SCALES, "mastery_levels": MASTERY_LEVELS, "slos": [*course_slos, *wider]}


def _course_slo(
    course: str, code: str, title: str, statement: str, texts: list[str]
) -> dict[str, object]:
    descriptors = {DEFAULT_SCALE: {str(points): text for points, text in enumerate(texts)}}
    if code in _SKILLS:
        descriptors[SKILL_SCALE] = _SKILLS[code]
    return {
        "code": code,
        "kind": "cslo",
        "course": course,
        "org": None,
        "title": title,
        "statement": statement,
        "state": "active",
        "descriptors": descriptors,
    }
