"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Url: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--url",
        "--region",
        help="Region (eu, us, me) or URL of the platform with its prefix. Default: the url of the account file, else "
        "NAVIXY_URL, else eu.",
        show_default=False,
    ),
]
AccountFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--account-file",
        help="TOML file of mode 0600 with [[account]] tables: label, and api_key, or session_hash, or login and "
        "password.",
        show_default=False,
    ),
]
CaFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--ca-file",
        help="File of certificates (PEM) to trust in addition to the system's. Default: NAVIXY_CA_FILE.",
        show_default=False,
    ),
]
Wanted: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--account", help="Only the account with this label; may be repeated.", show_default=False),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, and no progress.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
