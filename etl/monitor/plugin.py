"""The plugin that brings the project's pages into the Airflow UI.

Every task process of Airflow imports its plugins, so nothing heavy is imported here: the web application is loaded by
its first request, which only the API server ever gets.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from airflow.plugins_manager import AirflowPlugin

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]


class LazyApp:
    """An ASGI application that is imported when it is first asked."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.app: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is None:
            self.app = importlib.import_module(self.module).app
        await self.app(scope, receive, send)


class StreamledgerPlugin(AirflowPlugin):
    """Adds `Last night` to the navigation and to each DAG."""

    name = "streamledger"
    fastapi_apps: list[Any] = [
        {"app": LazyApp("etl.monitor.web"), "url_prefix": "/streamledger", "name": "Streamledger"}
    ]
    external_views: list[Any] = [
        {
            "name": "Last night",
            "href": "/streamledger/",
            "destination": "nav",
            "url_route": "last-night",
            "icon": "/streamledger/static/icon.svg",
            "nav_top_level": True,
        },
        {"name": "Last night", "href": "/streamledger/", "destination": "dag", "url_route": "dag-last-night"},
    ]
