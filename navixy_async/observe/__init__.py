"""What the client reports about its work: typed events, handed to one observer."""

from .events import Event, Observer, Refused, RequestFinished, Retrying, SessionRenewed

__all__ = ["Event", "Observer", "Refused", "RequestFinished", "Retrying", "SessionRenewed"]
