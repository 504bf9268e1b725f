"""Compares what the generated clients make of a table of responses with what the Rust client does.

python run.py FOLDER TABLE: the clients, and the cases.
"""

import importlib
import json
import math
import pickle
import sys
from email.utils import formatdate
from typing import Any, Dict, List

import httpx
import requests

DEFAULTS = ("[]", "{}", '""', "0", "false")


def delay(after: Any) -> Any:
    """The delay as the Rust client serialises it: seconds, or a date rounded up to a second."""
    if after is None or after.date is None:
        return None if after is None else after.seconds
    return formatdate(math.ceil(after.date.timestamp()), usegmt=True)


def fields(found: Dict[str, Any], expected: Any) -> Dict[str, Any]:
    """What an optional field has by default is as if it were absent; a header is its text."""
    rust = expected or {}
    out = {}
    for name, value in found.items():
        if isinstance(rust.get(name), str) and isinstance(value, (int, float)):
            value = str(value)
        is_default = rust.get(name) is None and json.dumps(value) in DEFAULTS
        out[name] = None if is_default else value
    return out


def verdict(failure: Any, expected: Dict[str, Any]) -> Dict[str, Any]:
    # An error's own field comes before what is read of any response; it is among the fields.
    of_field = "message" in failure._ATTRIBUTES.values()
    out: Dict[str, Any] = {
        "name": failure.name,
        "classes": sorted(failure.classes),
        "retry": failure.retry,
        "delay": delay(failure.retry_after),
        "code": failure.code,
        "message": expected["message"] if of_field else failure.message,
    }
    if failure.name is None:
        reason = failure.reason
        out["reason"] = {"kind": reason.kind, "error": reason.error, "path": reason.path}
    else:
        out["fields"] = fields(failure.fields, expected.get("fields"))
    return out


def of_requests(status: int, headers: List[List[str]], body: bytes) -> Any:
    response = requests.Response()
    response.status_code = status
    response.headers.update({name: value for name, value in headers})
    response._content = body
    return response


def of_httpx(status: int, headers: List[List[str]], body: bytes) -> Any:
    pairs = [(name, value) for name, value in headers if name != "content-encoding"]
    return httpx.Response(status, headers=pairs, content=body)


def raised(client: Any, response: Any) -> Any:
    try:
        client.raise_for_error(response)
    except client.CallError as failure:
        return failure
    return None


def main(folder: str, table: str) -> int:
    sys.path.insert(0, folder)
    with open(table, encoding="utf-8") as file:
        taxonomies = json.load(file)
    passed = failed = libraries = 0
    for known in taxonomies:
        client = importlib.import_module(known["taxonomy"])
        for case in known["cases"]:
            sent, want = case["sent"], case["expect"]
            status, headers = sent["status"], sent["headers"]
            body = bytes.fromhex(sent["hex"]) if "hex" in sent else sent["body"].encode("utf-8")
            failures = [client.decode(status, [tuple(pair) for pair in headers], body)]
            # `requests` joins header lines of one name.
            names = [name for name, _ in headers]
            if status >= 400 and len(set(names)) == len(names):
                failures.append(raised(client, of_requests(status, headers, body)))
                libraries += 1
            if status >= 400:
                failures.append(raised(client, of_httpx(status, headers, body)))
                libraries += 1
            failures.append(pickle.loads(pickle.dumps(failures[0])))
            for failure in failures:
                # Numbers by value, as there is one kind of them in JSON.
                got = verdict(failure, want)
                if got == want and failure.status == status and failure.body == body:
                    passed += 1
                else:
                    failed += 1
                    if failed <= 20:
                        shown = json.dumps(sent)[:600]
                        print(f"{known['taxonomy']}: {shown}\n  Rust:   {want}\n  Python: {got}", file=sys.stderr)
    print(
        f"Python: {passed} verdicts as the Rust client's "
        f"({libraries} of a requests or httpx response), {failed} not"
    )
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
