"""Where credentials may come from, and what is said when they may not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from navixy_async.cli import credentials, output
from navixy_async.cli.credentials import find_accounts, read_account_file, refuse_secret_arguments
from navixy_async.credentials import ApiKey, Login, SessionHash
from navixy_async.errors import InvalidInput

from ..support.watch import Watch
from .conftest import Run, one_sentence

KEY = "0123456789abcdef" * 2
OTHER = "fedcba9876543210" * 2

WriteFile = Callable[..., Path]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"API_KEY": KEY}, ApiKey(KEY)),
        ({"SESSION_HASH": KEY}, SessionHash(KEY)),
        ({"LOGIN": "me@example.com", "PASSWORD": "correct horse"}, Login("me@example.com", "correct horse")),
    ],
)
def test_the_environment_gives_each_kind(
    variables: dict[str, str], expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"NAVIXY_{name}", value)
    (entry,) = find_accounts(None).entries
    assert entry.credential == expected
    assert entry.label is None
    monkeypatch.setenv("NAVIXY_LABEL", "north")
    assert find_accounts(None).entries[0].name == "north"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "there is no credential: set NAVIXY_API_KEY"),
        ({"API_KEY": KEY, "SESSION_HASH": OTHER}, "NAVIXY_API_KEY and NAVIXY_SESSION_HASH are both set"),
        ({"API_KEY": ""}, "there is no credential: set NAVIXY_API_KEY"),
        ({"SESSION_HASH": ""}, "there is no credential: set NAVIXY_API_KEY"),
        ({"SESSION_HASH": KEY[:-1]}, "the session hash is malformed (31 characters)"),
        ({"LOGIN": "me@example.com"}, "NAVIXY_PASSWORD is not"),
        ({"LOGIN": "me@example.com", "PASSWORD": ""}, "NAVIXY_PASSWORD is not"),
        ({"LOGIN": "", "PASSWORD": "correct horse", "API_KEY": ""}, "there is no credential: set NAVIXY_API_KEY"),
        ({"API_KEY": KEY, "LABEL": "\udcff"}, "NAVIXY_LABEL: the label is not UTF-8 text: write it again"),
    ],
)
def test_a_bad_environment_is_one_sentence(
    variables: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"NAVIXY_{name}", value)
    outcome = run("call", "user/get_info")
    one_sentence(outcome, said)
    assert not any(value in outcome.err for value in variables.values() if value)


def test_a_key_of_another_form_is_taken_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NAVIXY_API_KEY", "not-hex-but-maybe")
    (entry,) = find_accounts(None).entries
    assert entry.credential.reveal() == "not-hex-but-maybe"
    said = capsys.readouterr().err
    assert said.startswith("navixy: warning: NAVIXY_API_KEY: the API key is not 32 hexadecimal digits")
    assert "not-hex-but-maybe" not in said


def test_a_person_is_asked_without_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def getpass(prompt: str, stream: object) -> str:
        asked.append(prompt)
        return KEY

    monkeypatch.setattr("getpass.getpass", getpass)
    monkeypatch.setattr(credentials, "_is_interactive", lambda: True)
    (entry,) = find_accounts(None).entries
    assert entry.credential == ApiKey(KEY)
    monkeypatch.setenv("NAVIXY_LOGIN", "me@example.com")
    (entry,) = find_accounts(None).entries
    assert entry.credential == Login("me@example.com", KEY)
    assert asked == ["API key or session hash (hidden): ", "Password of NAVIXY_LOGIN (hidden): "]


def test_an_account_file_opens_many_accounts(account_file: WriteFile) -> None:
    path = account_file(
        f"""
        url = "https://gps.example.com/api-v2"
        [[account]]
        label = "north"
        api_key = "{KEY}"
        [[account]]
        label = "south"
        session_hash = "{OTHER}"
        [[account]]
        login = "me@example.com"
        password = "correct horse"
        dealer_id = 7
        """
    )
    accounts = read_account_file(path)
    login = Login("me@example.com", "correct horse", dealer_id=7)
    assert accounts.url == "https://gps.example.com/api-v2"
    assert [entry.credential for entry in accounts.entries] == [ApiKey(KEY), SessionHash(OTHER), login]
    assert accounts.entries[2].credential.dealer_id == 7  # type: ignore[union-attr]
    assert [entry.name for entry in accounts.entries] == ["north", "south", login.key_id]
    assert [entry.name for entry in find_accounts(path, ["south"]).entries] == ["south"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no account: add a table [[account]]"),
        ("account = 3", "has no account"),
        ("account = [3]", "account 1 is not a table"),
        (KEY, "is not valid TOML (at end of document)"),
        (f"[[account]]\napi_key = {KEY}x y", "is not valid TOML (at line 2"),
        (f'[[account]]\napi_key = "{KEY}"\napi_key = "{KEY}"', "is not valid TOML"),
        (f'[[account]]\nlabel = "a"\nkey = "{KEY}"', "account 1 has an unknown entry: allowed are api_key"),
        (f'api_key = "{KEY}"', "unknown entry above its tables"),
        (f'url = 3\n[[account]]\napi_key = "{KEY}"', "url must be text"),
        ('[[account]]\nlabel = "a"', "account 1: give exactly one credential"),
        (f'[[account]]\napi_key = "{KEY}"\nsession_hash = "{KEY}"', "give exactly one credential"),
        (f'[[account]]\nlabel = " "\napi_key = "{KEY}"', "the label must be text, and not empty"),
        ("[[account]]\napi_key = 12", "the API key must be a string, not int"),
        (f'[[account]]\nsession_hash = "{KEY}z"', "account 1: the session hash is malformed (33 characters)"),
        (f'[[account]]\nlabel="a"\napi_key = "{KEY}"\n[[account]]\nlabel="a"\napi_key = "{OTHER}"', "'a' twice"),
    ],
)
def test_a_bad_account_file_is_one_sentence(text: str, said: str, account_file: WriteFile, run: Run) -> None:
    outcome = run("trackers", "--account-file", account_file(text))
    one_sentence(outcome, "the account file", said)
    assert KEY not in outcome.err


def test_only_the_owner_may_read_the_account_file(account_file: WriteFile, run: Run) -> None:
    for mode in (0o644, 0o604, 0o620, 0o650, 0o660):
        path = account_file(f'[[account]]\napi_key = "{KEY}"', mode)
        one_sentence(run("trackers", "--account-file", path), f"mode 0{mode:o}", f"chmod 600 {path}")
    for mode in (0o600, 0o400):
        assert find_accounts(account_file(f'[[account]]\napi_key = "{KEY}"', 0o600)).entries
        path.chmod(mode)
        assert find_accounts(path).entries


@pytest.mark.parametrize(
    ("owner", "mode", "is_allowed"),
    [
        *((0, mode, True) for mode in (0o640, 0o440, 0o600)),
        *((0, mode, False) for mode in (0o644, 0o660, 0o650)),
        *((1000, mode, True) for mode in (0o600, 0o400)),
        *((1000, mode, False) for mode in (0o640, 0o604)),
        (1001, 0o600, False),
    ],
)
def test_what_postgresql_allows_for_its_keys_is_allowed(
    owner: int, mode: int, is_allowed: bool, account_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Containers mount secrets read-only, owned by root, readable by the group of whoever runs in them."""
    path, real = account_file(f'[[account]]\napi_key = "{KEY}"'), os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        found = list(real(descriptor))
        return os.stat_result([0o100000 | mode, *found[1:4], owner, *found[5:]])

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "fstat", fstat)
    if is_allowed:
        assert find_accounts(path).entries
    else:
        with pytest.raises(InvalidInput, match="chmod 600" if owner in (0, 1000) else "chown"):
            find_accounts(path)


def test_a_pipe_or_a_device_is_no_account_file_and_is_not_waited_for(tmp_path: Path, run: Run) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path / "pipe", "/dev/zero", "/dev/null"):
        one_sentence(run("trackers", "--account-file", path), "cannot be read: it is a ", "not a file")


def test_what_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    script = "from navixy_async.cli.credentials import find_accounts; from pathlib import Path; import sys;"
    script += "print(find_accounts(Path(sys.argv[1])).entries[0].label)"
    (tmp_path / "text").write_text(f'[[account]]\nlabel = "north"\napi_key = "{KEY}"')
    done = subprocess.run(
        ["bash", "-c", f"exec {sys.executable} -c '{script}' <(cat {tmp_path}/text)"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    (tmp_path / "text").unlink()
    assert done.stdout == "north\n", done.stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf[[account]]\r\napi_key = '0f0f'\r\n", None),
        (b"\xff\xfe[\x00", "is not UTF-8 text"),
        (b"x = " + b"[" * 100_000, "is not valid TOML"),
        (b"x = 1" + b"0" * 5000, "is not valid TOML"),
        (b"#" * (17 << 20), "is larger than 16 MB"),
    ],
)
def test_odd_account_files(data: bytes, said: str | None, account_file: WriteFile) -> None:
    path = account_file("")
    path.write_bytes(data)
    if said is None:
        assert find_accounts(path).entries[0].credential.key_id
    else:
        with pytest.raises(InvalidInput, match=said):
            find_accounts(path)


def test_a_missing_file_and_a_directory_are_one_sentence(tmp_path: Path, run: Run) -> None:
    one_sentence(run("trackers", "--account-file", tmp_path / "none.toml"), "cannot be read: No such file")
    one_sentence(run("trackers", "--account-file", tmp_path), "cannot be read: Is a directory")
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    binary.chmod(0o600)
    one_sentence(run("trackers", "--account-file", binary), "is not UTF-8")


def test_an_account_that_is_not_there_is_named(account_file: WriteFile, run: Run) -> None:
    path = account_file(f'[[account]]\nlabel = "north"\napi_key = "{KEY}"')
    one_sentence(run("trackers", "--account-file", path, "--account", "south"), "no account 'south': choose from north")


def test_one_account_must_be_chosen_where_one_is_needed(account_file: WriteFile, run: Run) -> None:
    path = account_file(
        f'[[account]]\nlabel = "north"\napi_key = "{KEY}"\n[[account]]\nlabel = "south"\napi_key = "{OTHER}"'
    )
    one_sentence(run("call", "user/get_info", "--account-file", path), "choose one with --account (north, south)")


@pytest.mark.parametrize(
    "option", ["--api-key", "--hash", "--password", "--login", "--key", "--session_hash", "--token"]
)
@pytest.mark.parametrize("form", ["{}={}", "{} {}"])
def test_credentials_in_the_argument_list_are_refused(option: str, form: str, run: Run) -> None:
    secret = "s3cret-of-mine"
    outcome = run("trackers", *form.format(option, secret).split())
    one_sentence(outcome, f"{option} is refused", "every process", "NAVIXY_API_KEY")
    assert secret not in outcome.err


def test_what_follows_the_end_of_options_is_no_option() -> None:
    refuse_secret_arguments(["call", "a/b", "--", "--hash"])
    with pytest.raises(InvalidInput):
        refuse_secret_arguments(["call", "a/b", "--hash", "--"])


def test_an_unknown_argument_that_looks_like_a_key_is_not_echoed(run: Run) -> None:
    outcome = run("trackers", KEY)
    one_sentence(outcome, "***", "navixy --help")
    assert KEY not in outcome.err


def test_what_was_kept_secret_is_never_said(capsys: pytest.CaptureFixture[str]) -> None:
    output.keep_secret("correct horse", "horse", "abc")
    output.notify("correct horse and horse and abc")
    assert capsys.readouterr().err == "navixy: *** and *** and abc\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_the_file_of_another_user_is_refused(account_file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    path = account_file(f'[[account]]\napi_key = "{KEY}"')
    monkeypatch.setattr("os.getuid", lambda: path.stat().st_uid + 1)
    if path.stat().st_uid == 0:
        assert find_accounts(path).entries  # what root wrote is as good as one's own
    else:
        with pytest.raises(InvalidInput, match="can be read by others"):
            find_accounts(path)


def test_a_login_that_is_a_common_word_does_not_garble_what_the_command_says(
    capsys: pytest.CaptureFixture[str], watch: Watch
) -> None:
    credentials._credential({"login": "user", "password": "horse battery"}, "the file")
    watch.secrets.discard("user")
    output.notify("user/auth answered: horse battery")
    assert capsys.readouterr().err == "navixy: user/auth answered: ***\n"
