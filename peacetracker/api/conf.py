"""What the API asks of Django REST framework and drf-spectacular; settings.py takes both dicts by name."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}

CHOICES = "peacetracker.diplomacy.choices"
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Peace Tracker API",
    "DESCRIPTION": (
        "The open, source-linked record of the Armenia–Azerbaijan peace process. Read without a key. Every list takes "
        "the filters of the pages; an unknown parameter is an error, so that a typo never returns everything. A field "
        "never leaves v1."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "Data: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "APPEND_COMPONENTS": {
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key: pt_…; not for reading"}}
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "SORT_OPERATIONS": False,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        f"{name}Enum": f"{CHOICES}.{name}"
        for name in (
            "Kind", "Status", "Track", "Level", "Precision", "BoundPrecision", "Role", "PartyKind", "BodyKind",
            "ProposalKind", "Stance", "AsserterKind", "CommitmentStatus", "PublisherKind",
        )
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "peacetracker.api.schema.tidy",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "displayOperationId": False, "validatorUrl": None},
}  # fmt: skip
