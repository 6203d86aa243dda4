"""Whose certificates are trusted, in addition to the system's."""

from __future__ import annotations

import os
import ssl

from ..errors import InvalidInput


def ssl_context(ca_file: str | os.PathLike[str] | None) -> ssl.SSLContext | None:
    """A context that trusts the system's certificates and those of `ca_file`; None for the system's alone.

    SSL_CERT_FILE replaces the system's file, as in OpenSSL; an empty one counts as unset.

    Raises:
        InvalidInput: the file cannot be read, or holds no certificate.
    """
    given = os.environ.get("SSL_CERT_FILE")
    if ca_file is None and given is None:
        return None
    context = ssl.create_default_context()
    if given is not None and not given.strip():
        # OpenSSL takes an empty name for a file, and would trust nobody.
        _load(context, ssl.get_default_verify_paths().openssl_cafile, "the system's own", must=False)
    elif given and not context.cert_store_stats()["x509"]:
        # OpenSSL has read that file itself, and is silent if it could not.
        _load(context, given, "SSL_CERT_FILE")
    if ca_file is not None:
        _load(context, os.fspath(ca_file), "the CA file")
    return context


def _load(context: ssl.SSLContext, path: str, what: str, *, must: bool = True) -> None:
    try:
        context.load_verify_locations(cafile=path)
    except OSError as error:
        if must:
            # OpenSSL's errors are OSErrors, too.
            why = "it holds no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
            raise InvalidInput(f"{what} {path!r} cannot be used: {why}") from None
