"""A SharedKey post to the Data Collector API with Python's requests, signed over bytes."""
import base64
import hashlib
import hmac
import json
import os
import sys
from email.utils import formatdate

import requests

workspace = os.environ["AUDIT_WORKSPACE_ID"]
key = base64.b64decode(os.environ["AUDIT_WORKSPACE_KEY"])
body = json.dumps([{"Message": "Grüße, 世界 🚀", "Count": 3}], ensure_ascii=False).encode("utf-8")
date = formatdate(usegmt=True)


def post(length):
    text = f"POST\n{length}\napplication/json\nx-ms-date:{date}\n/api/logs"
    signature = base64.b64encode(hmac.new(key, text.encode("utf-8"), hashlib.sha256).digest()).decode()
    return requests.post(
        os.environ["AUDIT_EMULATOR"].rstrip("/") + "/api/logs?api-version=2016-04-01",
        data=body,
        headers={
            "Content-Type": "application/json",
            "Authorization": f"SharedKey {workspace}:{signature}",
            "Log-Type": "Interop",
            "x-ms-date": date,
        },
        timeout=60,
    ).status_code


right, wrong = post(len(body)), post(len(body.decode("utf-8")))
print(right, wrong)
# The common mistake, a length in characters, must be refused.
sys.exit(0 if (right, wrong) == (200, 403) else 1)
