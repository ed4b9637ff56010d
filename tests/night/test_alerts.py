"""What the operator is told: once for each cause, by the channels of the setting, and never a secret beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from webhook import Receiver, post_office, receiving

from etl import alerts, settings, stage
from etl.alerts.channels import NoChannel
from etl.alerts.memory import Memory
from etl.alerts.message import messages
from etl.model import Outcome, Source
from etl.steps import causes, progress
from etl.steps.blame import blame
from etl.steps.watchdog_base import Alarm

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = datetime.now(UTC).date()
SECRET = "T0KEN-of-the-hook"  # noqa: S105
BASE = "http://localhost:8080"


def tells() -> Callable[[dict[str, Any]], None]:
    """Return Airflow's notifier, imported with Airflow only where it is used."""
    from etl.monitor.notifier import Tell

    return Tell()


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver that the settings name, and a home of its own."""
    with receiving(SECRET) as receiver:
        monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
        monkeypatch.setenv("STREAMLEDGER_ALERTS", f"log, webhook:{receiver.url}")
        monkeypatch.setenv("AIRFLOW__API__BASE_URL", BASE)
        yield receiver


@pytest.fixture
def told(hook: Receiver) -> Callable[..., list[str]]:
    """Tell causes so many days after the first time; the titles of what was sent."""

    def tell(*found: alerts.Cause, days: int = 0) -> list[str]:
        config, before = settings.load(), len(hook.got)
        memory = Memory(config.home / "state" / "alerts", NOW + timedelta(days=days), 7)
        alerts.tell(found, BASE, memory, alerts.channels(config.alerts, config.home / "alerts.log"))
        return [body["title"] for body in hook.got[before:]]

    return tell


def failed(name: str, why: str = "HTTP 500 from https://{}.example/feed") -> alerts.Cause:
    return alerts.Cause("source_failed", name, why.format(name), blame(why).todo, "/streamledger/?night=2026-11-24")


def test_one_message_for_one_reason(told: Callable[..., list[str]], hook: Receiver) -> None:
    titles = told(
        failed("a"), failed("b"), failed("c"), failed("d"), failed("e", "gone: HTTP 404 from https://e.example/")
    )
    assert titles == ["Streamledger: Failed: e", "Streamledger: Failed: a, b, c and 1 more"]
    body = hook.got[-1]
    assert body["link"] == f"{BASE}/streamledger/?night=2026-11-24"
    assert "wait a night" in body["todo"] and body["todo"] in body["text"] and body["link"] in body["text"]
    assert [cause["subject"] for cause in body["causes"]] == ["a", "b", "c", "d"]


def test_the_same_is_not_told_again_until_it_changed_or_a_week_passed(told: Callable[..., list[str]]) -> None:
    assert len(told(failed("a"))) == 1
    assert told(failed("a"), failed("b"), days=1) == ["Streamledger: Failed: b"], "the new one alone"
    assert told(days=2) == []
    assert told(failed("a"), days=3) == [], "gone for a night and back again is the same"
    assert told(failed("a", "gone: HTTP 404 from https://{}.example/feed"), days=4) == ["Streamledger: Failed: a"]
    assert told(failed("a"), days=7) == ["Streamledger: Failed: a"]
    told(failed("z"), days=60)
    assert len(list((settings.load().home / "state" / "alerts").iterdir())) == 2, "old ones are forgotten"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("silent since 2026-11-01, more than 14 days", "silent since 2026-11-01, more than 15 days"),
        ("only 4.0 % of the disk is free, want 5", "only 3.1 % of the disk is free, want 5"),
        ("unreachable: 127.0.0.1:9 does not answer", "unreachable: 127.0.0.2:80 does not answer"),
    ],
)
def test_numbers_alone_are_no_change(told: Callable[..., list[str]], first: str, then: str) -> None:
    assert len(told(failed("a", first))) == 1
    assert told(failed("a", then), days=1) == []


def test_a_channel_that_refuses_is_tried_again_and_its_secret_kept(
    told: Callable[..., list[str]], hook: Receiver, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.status = 302  # somebody else's address must not get it either
    told(failed("a"))
    assert "an alert could not be sent by webhook: 127.0.0.1 answered HTTP 302" in caplog.text
    hook.status = 200
    assert told(failed("a"), days=1) == ["Streamledger: Failed: a"]
    port = hook.url.split(":")[2].split("/")[0]
    monkeypatch.setenv("STREAMLEDGER_ALERTS", f"webhook:{hook.url.replace(port, '9')}")
    told(failed("b"))
    assert "127.0.0.1: ConnectionError" in caplog.text
    assert SECRET not in caplog.text + repr(settings.load())


def test_the_log_has_a_file_of_its_own(told: Callable[..., list[str]], tmp_path: Path) -> None:
    told(failed("a"))
    text = (tmp_path / "alerts.log").read_text(encoding="utf-8")
    assert "UTC  Streamledger: Failed: a\na: HTTP 500" in text and "What to do: wait a night" in text


def test_slack_takes_text_alone(
    hook: Receiver, told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLEDGER_ALERTS", f"slack:{hook.url}")
    config = settings.load()
    memory = Memory(config.home / "m", NOW, 7)
    alerts.tell([failed("a")], BASE, memory, alerts.channels(config.alerts, config.home / "alerts.log"))
    assert [list(body) for body in hook.got] == [["text"]]


def test_mail_goes_by_the_mailer_and_a_broken_one_is_said(hook: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    sent: list[tuple[str, ...]] = []
    memory = Memory(settings.load().home / "m", NOW, 7)
    ways = alerts.channels("email:me@paper.example", Path("unused"), lambda *parts: sent.append(parts))
    alerts.tell([failed("a")], BASE, memory, ways)
    assert sent[0][0] == "me@paper.example" and sent[0][1] == "Streamledger: Failed: a" and BASE in sent[0][2]

    def broken(*_: str) -> None:
        raise ConnectionRefusedError(SECRET)

    alerts.tell([failed("b")], BASE, memory, alerts.channels("email:me@paper.example", Path("unused"), broken))
    alerts.tell([failed("b")], BASE, memory, alerts.channels("email:me@paper.example", Path("unused")))
    assert "by email: ConnectionRefusedError" in caplog.text and SECRET not in caplog.text
    assert "e-mail is sent by Airflow alone" in caplog.text


def test_mail_goes_over_the_connection_of_airflow(monkeypatch: pytest.MonkeyPatch, hook: Receiver) -> None:
    """By the notifier, as a run has it, to a real server."""
    with post_office() as (port, told):
        connection = f"smtp://127.0.0.1:{port}/?disable_ssl=true&disable_tls=true&from_email=ledger%40here.example"
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", connection)
        monkeypatch.setenv("STREAMLEDGER_ALERTS", "email:me@paper.example")
        cause = alerts.Cause("disk", "/data", "only 4 % is free", "make room")
        tells()({"dag": SimpleNamespace(dag_id="watchdog"), "run_id": "x", "exception": Alarm([cause])})
    assert "rcpt TO:<me@paper.example>" in told and "mail FROM:<ledger@here.example>" in " ".join(told)
    assert "Subject: Streamledger: The disk is nearly full: /data" in told


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (f"pager:{SECRET}", "'pager' is no channel; want log, webhook:https://"),
        (f"webhook:{SECRET}", "webhook has no address; want webhook:https://"),
        (f"log,slack:ftp://{SECRET}", "slack has no address"),
        ("email:nobody", "email has no address"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secret(setting: str, says: str) -> None:
    with pytest.raises(NoChannel, match=says) as wrong:
        alerts.channels(setting, Path("unused"))
    assert SECRET not in str(wrong.value)


def test_an_address_may_hold_commas() -> None:
    found = alerts.channels("webhook:https://paper.example/a,b , log", Path("unused"))
    assert [channel.name for channel in found] == ["webhook", "log"]


def outcome(name: str, reason: str, ok: bool = False, step: str = "collect", word: str = "failed") -> None:
    told = Source(name, name, "feed", f"https://{name}.example/", "en", "US", "press", "test")
    stage.write(settings.load().staging, "sources", TODAY, name, [told])
    row = Outcome(TODAY, name, "read" if step == "extract" else step, name, ok=ok, outcome=word, reason=reason, count=1)
    stage.write(settings.load().staging, "outcomes", TODAY, f"{name}.{step}", [row])


def context(**more: Any) -> dict[str, Any]:
    """What Airflow gives a notifier at the end of a run."""
    return {"dag": SimpleNamespace(dag_id="nightly"), "run_id": "manual", "params": {"date": str(TODAY)}, **more}


def test_a_run_tells_what_its_night_left(hook: Receiver) -> None:
    """Failure of a step, of sources, of reading, and the drift that a green run alone would hide."""
    with pytest.raises(ValueError, match="sums"), progress.step(TODAY, "tonight"):
        progress.warn(TODAY, [{"name": "bounds", "why": "Too big.", "rows": 2, "first": {"source": "a", "n": 5}}])
        raise ValueError("sums")
    outcome("a", "HTTP 503 from https://a.example/")
    outcome("b", "", ok=True)
    outcome("b", "column Week is gone", step="extract", word="layout_changed")
    tells()(context(reason="task_failure"))
    kinds = {body["kind"]: body["text"] for body in hook.got}
    assert set(kinds) == {"night_failed", "source_failed", "unread", "drift"}
    assert "tonight: sums" in kinds["night_failed"] and "column Week is gone" in kinds["unread"]
    assert "Too big. 2 rows, such as: source a, n 5" in kinds["drift"]
    tells()(context(reason="success"))
    assert len(hook.got) == 4, "nothing twice"


def test_a_run_that_failed_for_no_known_reason_is_told_as_such(hook: Receiver) -> None:
    tells()(context(reason="success"))
    assert hook.got == []
    tells()(context(reason="timed_out"))
    assert [body["kind"] for body in hook.got] == ["run_failed"] and "timed_out" in hook.got[0]["text"]
    assert hook.got[0]["link"].endswith("/dags/nightly")


def test_an_alarm_tells_its_own_causes(hook: Receiver) -> None:
    cause = alerts.Cause("disk", "/data", "only 4 % is free", "make room")
    tells()({"dag": SimpleNamespace(dag_id="watchdog"), "run_id": "x", "exception": Alarm([cause])})
    assert [body["title"] for body in hook.got] == ["Streamledger: The disk is nearly full: /data"]


def test_a_wrong_setting_fails_no_run(
    hook: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("STREAMLEDGER_ALERTS", "pager:1")
    with caplog.at_level(logging.ERROR):
        tells()(context(reason="timed_out"))
    assert "nothing could be told: STREAMLEDGER_ALERTS: 'pager' is no channel" in caplog.text


def test_a_network_that_is_down_is_one_cause(hook: Receiver) -> None:
    for name in ("a", "b", "c", "d"):
        outcome(name, f"unreachable: the name {name}.example has no address")
    outcome("waits", "the source wants to know whom to write to: set STREAMLEDGER_CONTACT", ok=True)
    found = causes.of_night(TODAY)
    assert [cause.kind for cause in found] == ["no_network"] and "none of the 4 sources" in found[0].why
    outcome("e", "HTTP 404 from https://e.example/")
    assert [cause.kind for cause in causes.of_night(TODAY)] == ["source_failed"] * 5, "somebody answered"
    assert [len(one.causes) for one in messages(causes.of_night(TODAY), BASE)] == [1, 4]
