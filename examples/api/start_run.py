# Starts a run and reads it: ASSAY_API_URL=http://127.0.0.1:7460 ASSAY_TOKEN=assay_… python3 start_run.py plan.json
# (the plan is what `assay plan --json > plan.json` prints; the key makes a repeated start the same start)

import json, os, sys, urllib.request as http
headers = {"authorization": f"Bearer {os.environ['ASSAY_TOKEN']}", "content-type": "application/json", "idempotency-key": "nightly-2026-12-01"}
ask = lambda path, body=None: json.load(http.urlopen(http.Request(os.environ["ASSAY_API_URL"] + path, body, headers)))
started = ask("/v1/runs", json.dumps({"plan": json.load(open(sys.argv[1]))["plan"]}).encode())
print(started["runId"], "is", ask(f"/v1/runs/{started['runId']}")["status"])
