"""docker-compose.yml: what every service promises, by reading the file; compose reads it too, where it is at hand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.server import environment
from tests.composed import FILE, ROOT, fill, load

SERVICES: dict[str, dict[str, Any]] = load()["services"]
SECRETS = (
    *("POSTGRES_PASSWORD", "REDIS_PASSWORD", "FERNET_KEY", "API_SECRET_KEY", "JWT_SECRET", "ADMIN_PASSWORD"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
)
GIVEN = {name: f"given-{name.lower()}" for name in SECRETS}
SECRET_WORDS = re.compile(r"PASSWORD|SECRET|KEY|AUTH|CONN$|BROKER_URL|RESULT_BACKEND")
NO_SECRETS = ("AIRFLOW__CORE__AUTH_MANAGER", "POSTGRES_INITDB_ARGS")
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")

each = pytest.mark.parametrize("name", SERVICES)


@each
def test_no_secret_has_a_default(name: str) -> None:
    """What looks like a secret comes from a variable that has to be given; nothing else in the file holds one."""
    said = SERVICES[name].get("environment", {})
    secret = {key: value for key, value in said.items() if SECRET_WORDS.search(key) and key not in NO_SECRETS}
    assert all(re.search(r"\$\{\w+:\?", value) for value in secret.values()), secret
    for url in (value for value in said.values() if "://" in str(value)):
        assert re.search(r"://(?:[a-z]*:\$\{\w+:\?[^}]*\}@|[^@]*$)", url), url


@pytest.mark.parametrize("missing", SECRETS)
def test_without_a_secret_nothing_starts(missing: str) -> None:
    with pytest.raises(KeyError, match=f"{missing}: run docker/secrets.sh first"):
        fill(SERVICES, {**GIVEN, missing: ""})


def test_secrets_are_made_once_and_kept_from_others(tmp_path: Path) -> None:
    """They stand in addresses and behind options: a sign with a meaning there would be none of a secret."""
    (tmp_path / "docker").mkdir()
    script = shutil.copy(ROOT / "docker" / "secrets.sh", tmp_path / "docker")
    subprocess.run(["sh", script], check=True, capture_output=True)
    first = (tmp_path / ".env").read_text(encoding="utf-8")
    found = dict(line.split("=", 1) for line in first.splitlines())
    assert sorted(found) == sorted(SECRETS) and len({*found.values()}) == len(SECRETS)
    assert all(re.fullmatch(r"[0-9a-f]{24,}", value) for name, value in found.items() if name != "FERNET_KEY")
    assert re.fullmatch(r"[\w-]{43}=", found["FERNET_KEY"])
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    done = subprocess.run(["sh", script], check=True, capture_output=True, text=True)
    assert (tmp_path / ".env").read_text(encoding="utf-8") == first
    assert not any(value in done.stdout for value in found.values())


@each
def test_ports_are_open_to_this_machine_only(name: str) -> None:
    ports = SERVICES[name].get("ports", [])
    assert all(str(port).startswith("127.0.0.1:") for port in ports), ports
    assert not ports or name == "api-server"
    assert "network_mode" not in SERVICES[name] and "privileged" not in SERVICES[name]


@each
def test_a_service_may_do_little(name: str) -> None:
    """No root, no capabilities, nothing to write but its volumes and /tmp, a share of the machine."""
    service = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:\d+", service["user"])
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"] and "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"] and service["cpus"] and service["pids_limit"]
    assert service["logging"]["options"]["max-size"], "its log would fill the disk"
    assert all(str(volume).partition(":")[0] in load()["volumes"] for volume in service.get("volumes", []))


@each
def test_a_service_comes_back_and_says_how_it_is(name: str) -> None:
    service = SERVICES[name]
    if name == "init":
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])


@each
def test_a_service_waits_for_what_it_needs(name: str) -> None:
    waits = {other: said["condition"] for other, said in SERVICES[name].get("depends_on", {}).items()}
    if name in ("postgres", "redis"):
        return
    if name == "s3":  # init makes its bucket; who writes to it comes again
        assert waits == {"init": "service_completed_successfully"}
        return
    assert waits.pop("postgres") == "service_healthy"
    if name != "init":
        assert waits.pop("redis") == "service_healthy"
        assert waits.pop("init") == "service_completed_successfully"
    assert all(condition == "service_healthy" for condition in waits.values())


def test_images_are_pinned() -> None:
    images = {name: service["image"] for name, service in SERVICES.items() if "build" not in service}
    base = re.findall(r"^FROM (\S+)$", DOCKERFILE, re.MULTILINE)
    assert sorted(images) == ["postgres", "redis", "s3"] and len(base) == 1
    assert all(re.search(r":(\d+\.\d+(\.\d+)?-\w|v\d+\.\d+\.\d+$)", image) for image in (*images.values(), *base)), (
        images
    )


def test_the_image_holds_the_lock_and_nobody_in_it_is_root() -> None:
    steps = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)).splitlines()
    installs = [line for line in steps if "pip install" in line]
    assert "--no-deps --require-hashes --requirement requirements-scale.lock" in installs[0]
    assert all("--no-deps" in line for line in installs), "what is not in the lock would come along"
    assert steps[-1] == f"USER {SERVICES['worker']['user']}"
    assert "useradd --uid 50000" in DOCKERFILE, "Airflow refuses a user without a name"
    lock = (ROOT / "requirements-scale.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^\S+==.*\n {4}--hash=sha256:", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE)), "a package without a hash"


def test_the_image_takes_no_secret_and_no_data_along() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()}
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert "*" in ignored and copied == let_in
    assert all((ROOT / name).exists() for name in copied)


def test_one_machine_and_several_are_told_the_same() -> None:
    told = SERVICES["worker"]["environment"]
    assert {name: str(told.get(name)).capitalize() for name in environment.EVERYWHERE} == environment.EVERYWHERE


def test_kubernetes_is_told_the_same() -> None:
    """What the page sets for Airflow's chart has the values of this file; the chart says the rest itself."""
    page = (ROOT / "docker" / "kubernetes.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    values = yaml.safe_load(block)
    told = fill(SERVICES["worker"]["environment"], GIVEN)
    config = {(part, name): value for part, named in values["config"].items() for name, value in named.items()}
    assert config
    for (part, name), value in config.items():
        assert told[f"AIRFLOW__{part}__{name}".upper()].capitalize() == value.capitalize(), name
    assert values["airflowHome"] == told["AIRFLOW_HOME"]
    assert f"{values['uid']}:{values['gid']}" == SERVICES["worker"]["user"]
    assert all(told[row["name"]] == row["value"] for row in values["env"])


def test_init_makes_what_the_dags_need() -> None:
    """Database, pools, user, bucket: it may run again, so each part of it may."""
    shell, flags, words = SERVICES["init"]["command"]
    assert (shell, flags) == ("sh", "-euc")
    assert [part.split()[1:3] for part in words.split(" && ")] == [
        ["db", "migrate"],
        ["pools", "import"],
        ["users", "create"],
        ["-p", "/var/lib/objects/streamledger"],
    ]
    pools = set(json.loads((ROOT / "etl" / "server" / "pools.json").read_text(encoding="utf-8")))
    wanted = {name for dag in (ROOT / "dags").glob("*.py") for name in re.findall(r'pool="(\w+)"', dag.read_text())}
    assert wanted == pools


def test_a_task_may_wait_as_long_as_a_source_may_take_and_is_never_given_out_twice() -> None:
    told = fill(SERVICES["scheduler"]["environment"], GIVEN)
    source_seconds = 3000  # .env.example
    assert float(told["AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT"]) > source_seconds
    longest = 12 * 3600  # of a task: `execution_timeout` in dags/backfill.py
    assert int(told["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"]) > longest


def test_the_store_is_there_for_those_who_choose_it() -> None:
    """It starts with its profile only; its bucket, keys and address are those that the workers are told."""
    store, told = SERVICES["s3"], fill(SERVICES["worker"]["environment"], GIVEN)
    assert store["profiles"] == ["s3"] and told["STREAMLEDGER_STORE"] == ""
    keys = fill(store["environment"], GIVEN)
    assert keys["ROOT_ACCESS_KEY"] == told["AWS_ACCESS_KEY_ID"]
    assert keys["ROOT_SECRET_KEY"] == told["AWS_SECRET_ACCESS_KEY"]
    assert told["AWS_ENDPOINT_URL"] == "http://s3:7070" and ":7070" in store["command"]
    (volume,) = store["volumes"]
    made = [where for where in SERVICES["init"]["volumes"] if where.partition(":")[0] == volume.partition(":")[0]]
    assert made == ["objects:/var/lib/objects"] and store["user"] == SERVICES["init"]["user"]
    assert "/var/lib/objects" in DOCKERFILE, "the volume would be root's"


def test_compose_itself_reads_it(tmp_path: Path) -> None:
    """By `docker compose`, or by docker-compose: its version 1 knows no `name:` but all the rest."""
    file = tmp_path / "docker-compose.yml"
    text = FILE.read_text(encoding="utf-8")
    if shutil.which("docker") and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        command = ["docker", "compose"]
    elif shutil.which("docker-compose"):
        command = ["docker-compose"]
        version = subprocess.run([*command, "version", "--short"], check=True, capture_output=True, text=True).stdout
        if version.startswith("1."):
            text = re.sub(r"^name:.*\n", "", text, flags=re.MULTILINE)
    else:
        pytest.skip(
            "neither `docker compose` nor docker-compose on this machine (Debian: apt-get install docker-compose)"
        )
    file.write_text(text, encoding="utf-8")
    words = [*command, "-f", str(file), "config", "--quiet"]
    bare = {name: value for name, value in os.environ.items() if name not in GIVEN}
    done = subprocess.run(words, env={**bare, **GIVEN}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    refused = subprocess.run(words, env=bare, capture_output=True, text=True, check=False)
    assert refused.returncode and "docker/secrets.sh" in refused.stderr
