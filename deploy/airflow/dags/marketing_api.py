"""What the marketing DAGs share: how they call the API, how long they may take, who answers for them.

The connection ``marketing_api`` says where the API is and bears the service token as a header:

    AIRFLOW_CONN_MARKETING_API='{"conn_type": "http", "host": "https://marketing.example",
                                 "extra": {"Authorization": "Bearer TOKEN"}}'
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
    """Says that a run missed its deadline; what watches Airflow's log raises the alarm."""
    logging.getLogger("marketing").error("A marketing DAG missed its deadline: %s", context.get("dag_run"))


def within(limit: timedelta) -> DeadlineAlert | None:
    """The agreement on how long after it was queued a run is to be done.

    ``airflow dags test`` (3.3) fails at the end of a successful run that has a deadline: it looks for an alert
    that only a scheduler stores. ``MARKETING_DEADLINES=off`` leaves it out for such a trial.
    """
    if os.environ.get("MARKETING_DEADLINES") == "off":
        return None
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=limit,
        callback=SyncCallback(report_late),
    )


def call(task_id: str, method: str, endpoint: str, limit: timedelta, **options: Any) -> HttpOperator:
    """A task that calls the API and gives its JSON on; an answer over 399 fails it and is tried again."""
    return HttpOperator(
        task_id=task_id,
        http_conn_id=CONNECTION,
        method=method,
        endpoint=endpoint,
        execution_timeout=limit,
        # The HTTP client's own patience ends with the task's.
        extra_options={"timeout": limit.total_seconds()},
        response_filter=lambda response: response.json(),
        **options,
    )


def job(name: str, limit: timedelta) -> HttpOperator:
    """A task that runs one of the product's maintenance jobs and waits until it is done."""
    return call(name.replace("-", "_"), "POST", f"/admin/jobs/{name}", limit)
