"""Every five minutes: checks that the system is healthy and gives recommendations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import DAG, task

from marketing_api import DEFAULTS, call, within


@task(retries=0)
def judge(campaigns: dict[str, Any], answer: dict[str, Any]) -> None:
    """Fails if a store did not contribute, or if there are campaigns but an unknown user gets none."""
    if answer["degraded"]:
        raise ValueError("Recommendations are degraded: " + ", ".join(answer["degraded"]))
    if campaigns["items"] and not answer["campaigns"]:
        raise ValueError("There are campaigns, but an unknown user gets no recommendations.")


with DAG(
    dag_id="marketing_sanity",
    description="Checks health, the catalog and a recommendation for an unknown user.",
    schedule=timedelta(minutes=5),
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=5),
    deadline=within(timedelta(minutes=4)),
    default_args={**DEFAULTS, "owner": "operations", "retry_delay": timedelta(seconds=5)},
    tags=["marketing"],
):
    limit = timedelta(seconds=30)
    health = call("health", "GET", "/health", limit, do_xcom_push=False)
    health.response_filter = None  # plain text
    campaigns = call("campaigns", "GET", "/campaigns?limit=1", limit)
    stranger = call("stranger", "GET", "/recommendations/airflow-sanity-check", limit)
    health >> [campaigns, stranger]
    judge(campaigns.output, stranger.output)
