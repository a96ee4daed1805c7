"""Every night: deletes chat text older than the retention setting from the log and the vector index."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import DAG

from marketing_api import DEFAULTS, job, within

with DAG(
    dag_id="marketing_retention",
    description="Deletes chat text older than Retention:ChatText.",
    schedule="0 4 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=4),
    deadline=within(timedelta(hours=3)),
    default_args={**DEFAULTS, "owner": "privacy"},
    tags=["marketing"],
):
    job("retention", timedelta(hours=3))
