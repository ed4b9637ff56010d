"""Where messages go: `STREAMLEDGER_ALERTS=log,webhook:https://...,slack:https://...,email:you@yourdomain.example`.

The address of a webhook is a secret: no message, log line or error here repeats it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests

from etl.alerts.message import Message
from etl.logs import log

PARTS = re.compile(r"\s*,\s*(?=(?:log|webhook|slack|email)\b)")
SECONDS = 10.0
WANTED = "want log, webhook:https://..., slack:https://... or email:you@yourdomain.example, apart by commas"

Mailer = Callable[[str, str, str], None]  # to, subject, text


class NoChannel(ValueError):
    """The setting names no channel; the message says which part is wrong, without what may be secret in it."""


class NotSent(Exception):
    """A channel did not take a message."""


class Channel(ABC):
    """One way to reach the operator."""

    name: str

    @abstractmethod
    def send(self, message: Message) -> None:
        """Send a message.

        Raises:
            NotSent: It was not taken; the reason names no secret.
        """


class Log(Channel):
    """The log of the task, and a file of its own that one can follow."""

    name = "log"

    def __init__(self, file: Path) -> None:
        self.file = file

    def send(self, message: Message) -> None:
        for line in message.text.splitlines():
            log.warning("%s", line)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as out:
                out.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC  {message.text}\n\n")
        except OSError as refused:
            raise NotSent(f"{self.file} cannot be written: {refused.strerror}") from None


class Webhook(Channel):
    """A POST of JSON: as Slack takes it, or with every part by its name."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.url = url

    def send(self, message: Message) -> None:
        body: dict[str, object] = {"text": message.text}
        if self.name == "webhook":
            body |= {"kind": message.kind, "title": message.title, "todo": message.todo, "link": message.link}
            body["causes"] = [{"subject": cause.subject, "why": cause.why} for cause in message.causes]
        try:
            answer = requests.post(self.url, json=body, timeout=SECONDS, allow_redirects=False)
        except requests.RequestException as failure:  # its words hold the whole address
            raise NotSent(f"{urlsplit(self.url).hostname}: {type(failure).__name__}") from None
        if answer.status_code >= 300:
            raise NotSent(f"{urlsplit(self.url).hostname} answered HTTP {answer.status_code}")


class Mail(Channel):
    """An e-mail by whatever mailer is at hand."""

    name = "email"

    def __init__(self, to: str, mailer: Mailer | None) -> None:
        self.to = to
        self.mailer = mailer

    def send(self, message: Message) -> None:
        if self.mailer is None:
            raise NotSent("e-mail is sent by Airflow alone")
        try:
            self.mailer(self.to, message.title, message.text)
        except Exception as failure:  # of any mail server; its words may hold the password
            raise NotSent(f"{type(failure).__name__} of the connection smtp_default") from None


def channels(setting: str, file: Path, mailer: Mailer | None = None) -> list[Channel]:
    """Return the channels that a setting names; `file` is where the log goes, `mailer` sends e-mail.

    Raises:
        NoChannel: A part of it is no channel.
    """
    return [_channel(part, file, mailer) for part in PARTS.split(setting.strip()) if part]


def _channel(part: str, file: Path, mailer: Mailer | None) -> Channel:
    word, _, rest = part.partition(":")
    if part == "log":
        return Log(file)
    if word in ("webhook", "slack"):
        if urlsplit(rest).scheme not in ("http", "https") or not urlsplit(rest).hostname:
            raise NoChannel(f"STREAMLEDGER_ALERTS: {word} has no address; want {word}:https://...")
        return Webhook(word, rest)
    if word == "email":
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", rest):
            raise NoChannel("STREAMLEDGER_ALERTS: email has no address; want email:you@yourdomain.example")
        return Mail(rest, mailer)
    raise NoChannel(f"STREAMLEDGER_ALERTS: {word[:20]!r} is no channel; {WANTED}")
