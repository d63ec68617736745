#!/usr/bin/env python3
"""Asks DuckDB, on one thread, for the sub-capacity of every product of the benchmark's estate.

usage: duckdb.py ESTATE.csv      prints JSON: the product and its PVU, sorted by name
"""
import json
import sys

sys.path = [entry for entry in sys.path if entry != __file__.rsplit("/", 1)[0]]  # this file's own name is no module
import duckdb

# What one core of each kind of server counts (tests/benches/estate.rs lists the kinds).
RATES = """
    case when processor like 'IBM POWER%' and (os like '%Linux%' or os in ('SLES', 'Ubuntu')) then 70
         when processor = 'IBM POWER9 E980' then 120
         when processor = 'IBM POWER10 S1022' then 70
         when processor like 'AMD EPYC%' then 70
         when sockets <= 2 then 70
         when sockets <= 4 then 100
         else 120 end
"""

# Cores come and go at the edges of rows; on each server they are capped, rated, and turned into steps again, which add
# up over the region. The peaks of the regions are added.
QUERY = f"""
with installed as (
    select distinct product, region, server, cores as server_cores, {RATES} as rate, partition,
           coalesce(partition_cores, cores) as wanted, "from" as first_day, "to" as last_day
    from read_csv(?, header = true, types = {{'excluded_reason': 'varchar'}})
), edges as (
    select product, region, server, server_cores, rate, first_day as day, wanted as change from installed
    union all
    select product, region, server, server_cores, rate, last_day + 1, -wanted from installed
), days as (
    select product, region, server, server_cores, rate, day, sum(change) as change from edges group by all
), capped as (
    select product, region, server, day,
           rate * least(server_cores, sum(change) over (partition by product, server order by day)) as pvu
    from days
), steps as (
    select product, region, day, pvu - lag(pvu, 1, 0) over (partition by product, server order by day) as step
    from capped
), totals as (
    select product, region, sum(sum(step)) over (partition by product, region order by day) as pvu
    from steps group by product, region, day
), peaks as (
    select product, region, max(pvu) as pvu from totals group by product, region
)
select product, sum(pvu)::bigint from peaks group by product order by product
"""

connection = duckdb.connect()
connection.execute("set threads = 1")
print(json.dumps(connection.execute(QUERY, [sys.argv[1]]).fetchall()))
