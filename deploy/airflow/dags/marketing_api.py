"""Shared by the marketing DAGs: how they call the API, and how long they may take.

The connection ``marketing_api`` has the address of the API and sends a key as a header. The key needs the scopes
``admin``, ``campaigns:read`` and ``recommendations:read``:

    AIRFLOW_CONN_MARKETING_API='{"conn_type": "http", "host": "https://marketing.example",
                                 "extra": {"Authorization": "Bearer KEY"}}'
"""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from typing import Any

from airflow.providers.http.operators.http import HttpOperator
from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback

CONNECTION = "marketing_api"

DEFAULTS = {
    "retries": 3,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
}


def report_late(**context: Any) -> None:
    """Logs that a run missed its deadline, for whatever monitors the Airflow log."""
    logging.getLogger("marketing").error("A marketing DAG missed its deadline: %s", context.get("dag_run"))


def within(limit: timedelta) -> DeadlineAlert | None:
    """Returns the deadline by which a run must be done, counted from when it was queued.

    ``airflow dags test`` (3.3) fails at the end of a successful run that has a deadline, because it looks for an
    alert that only a scheduler stores. ``MARKETING_DEADLINES=off`` omits the deadline for such a run.
    """
    if os.environ.get("MARKETING_DEADLINES") == "off":
        return None
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=limit,
        callback=SyncCallback(report_late),
    )


def call(task_id: str, method: str, endpoint: str, limit: timedelta, **options: Any) -> HttpOperator:
    """Creates a task that calls the API and passes on its JSON. A status over 399 fails it; it is then retried."""
    return HttpOperator(
        task_id=task_id,
        http_conn_id=CONNECTION,
        method=method,
        endpoint=endpoint,
        execution_timeout=limit,
        # The HTTP client times out together with the task.
        extra_options={"timeout": limit.total_seconds()},
        response_filter=lambda response: response.json(),
        **options,
    )


def job(name: str, limit: timedelta) -> HttpOperator:
    """Creates a task that runs a maintenance job of the API and waits until it is done."""
    return call(name.replace("-", "_"), "POST", f"/admin/jobs/{name}", limit)
