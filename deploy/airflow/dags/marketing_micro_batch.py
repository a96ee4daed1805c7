"""Every 15 minutes: relearns the models and reports dead letters."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import DAG

from marketing_api import DEFAULTS, job, within

with DAG(
    dag_id="marketing_micro_batch",
    description="Learns item-item weights from the interactions so far and reports dead letters.",
    schedule=timedelta(minutes=15),
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=14),
    deadline=within(timedelta(minutes=12)),
    default_args={**DEFAULTS, "owner": "data-science"},
    tags=["marketing"],
):
    job("models", timedelta(minutes=10)) >> job("dead-letters", timedelta(minutes=1))
