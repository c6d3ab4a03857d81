"""The documented scan of Cloud App Security with Python's requests: isScan, nextQueryFilters until hasNext is false."""
import os
import sys
import time

import requests

url = os.environ["AUDIT_MCAS_URL"].rstrip("/") + "/api/v1/activities/"
headers = {"Authorization": "Token " + os.environ["AUDIT_MCAS_TOKEN"]}
filters = {"date": {"gte": int(time.time() * 1000) - 86_400_000}}
ids = []
while True:
    reply = requests.post(
        url,
        headers=headers,
        json={"filters": filters, "isScan": True, "limit": 500},
        timeout=60,
    )
    if reply.status_code == 429:
        time.sleep(1)
        continue
    reply.raise_for_status()
    page = reply.json()
    ids.extend(record["_id"] for record in page["data"])
    if not page["hasNext"]:
        break
    filters = page["nextQueryFilters"]
print(len(ids), len(set(ids)))
sys.exit(0 if ids and len(ids) == len(set(ids)) else 1)
