"""Calls the server of the quickstart with requests and httpx, and reads its errors with the client.

python server.py FOLDER BASE
"""

import sys
import time
from datetime import datetime, timezone
from typing import Any, Dict, List

import httpx
import requests

sys.path.insert(0, sys.argv[1])
import AuraError as aura  # noqa: E402

KEY = {"X-API-KEY": "key-of-the-app"}
POLLER = {"X-API-KEY": "key-of-a-poller"}
VIOLATIONS = [
    {"loc": ["body", "name"], "msg": "str type expected", "type": "type_error.str"},
    {"loc": ["body", "skills", 1], "msg": "str type expected", "type": "type_error.str"},
]
MISSING = [{"loc": ["body", "name"], "msg": "field required", "type": "value_error.missing"}]
CALLS: List[Any] = [
    ("GET", "/agents?page=0", KEY, None, aura.BadRequest, {"detail": "page must be positive"}),
    ("GET", "/agents", {}, None, aura.NotAuthenticated, {}),
    ("GET", "/agents", {"X-API-KEY": "wrong"}, None, aura.NotAuthenticated, {}),
    ("GET", "/agents", {"Authorization": "Bearer abc"}, None, aura.WrongAuthScheme, {}),
    ("GET", "/agents/a9", KEY, None, aura.NotFound, {}),
    ("POST", "/agents", KEY, {}, aura.Validation, {"detail": MISSING}),
    ("POST", "/agents", KEY, {"name": 1, "skills": ["rust", 2]}, aura.Validation, {"detail": VIOLATIONS}),
    ("GET", "/usage", KEY, None, aura.Internal, {}),
]


def send(library: Any, method: str, url: str, headers: Dict[str, str], body: Any = None) -> Any:
    """The response of one request, once more if the server has had enough of them."""
    response = library.request(method, url, headers=headers, json=body)
    try:
        aura.raise_for_error(response)
    except aura.RateLimited as limited:
        time.sleep(limited.retry_delay(method, backoff=0.1) or 0)
        response = library.request(method, url, headers=headers, json=body)
    except aura.AuraError:
        pass
    return response


def calls(library: Any, base: str) -> None:
    good = send(library, "GET", base + "/agents/a1", KEY)
    aura.raise_for_error(good)
    assert good.json() == {"id": "a1", "name": "Ada"}
    for method, path, headers, body, kind, attributes in CALLS:
        try:
            aura.raise_for_error(send(library, method, base + path, headers, body))
        except aura.AuraError as error:
            assert type(error) is kind, (path, error)
            assert {name: getattr(error, name) for name in attributes} == attributes, (path, error)
            assert error.message is not None and error.message in str(error)
        else:
            raise AssertionError(f"{path} succeeded")


def polls(library: Any, base: str) -> int:
    """Until the server has had enough; then the decorator waits as it says."""
    slept: List[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        time.sleep(seconds)

    @aura.retrying("GET", tries=3, backoff=0.25, sleep=sleep)
    def poll() -> int:
        response = library.request("GET", base + "/agents", headers=POLLER)
        aura.raise_for_error(response)
        return int(response.status_code)

    count = 0
    while not slept and count < 30:
        assert poll() == 200
        count += 1
    assert slept == [1.25], slept
    return count


def helpers() -> None:
    failed = aura.decode(500, {}, '{"error":"x","error_code":null,"detail":"x"}')
    assert isinstance(failed, aura.Internal) and failed.is_retryable and failed.is_class("internal")
    assert failed.should_retry("get") and not failed.should_retry("POST")
    assert failed.should_retry("POST", {"idempotency-key": "k"})
    assert not failed.should_retry("POST", {"Idempotency-Key": '""'})
    dated = aura.decode(429, {"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, b"<html></html>")
    assert isinstance(dated, aura.Unrecognized) and dated.reason.kind == "foreign" and dated.name is None
    before = datetime(1994, 11, 6, 8, 49, 7, tzinfo=timezone.utc).timestamp()
    assert dated.retry_delay(clock=lambda: before) == 30.0
    assert dated.retry_delay(clock=lambda: before + 60, backoff=0.5) == 0.5
    assert dated.retry_delay(clock=lambda: before - 100) is None
    evil = aura.decode(404, {}, '{"error":"a\\n%s","error_code":null,"detail":1}' % ("b" * 300))
    assert str(evil).startswith("404 not_found: a\\nb") and len(str(evil)) == 200, str(evil)

    tried: Dict[str, int] = {"calls": 0}
    slept: List[float] = []

    @aura.retrying("GET", tries=4, backoff=1.0, sleep=slept.append)
    def always_fails() -> None:
        tried["calls"] += 1
        raise failed

    try:
        always_fails()
    except aura.Internal:
        assert tried["calls"] == 4 and slept == [1.0, 2.0, 4.0], slept
    else:
        raise AssertionError("it cannot succeed")


def main(base: str) -> None:
    count = 0
    for library in (requests, httpx):
        calls(library, base)
        count += len(CALLS) + 1 + polls(library, base)
    helpers()
    print(f"Python: the server answered {count} calls as expected")


main(sys.argv[2])
