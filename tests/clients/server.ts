// Calls the server of the quickstart with `fetch`, and reads its errors with the generated client.
//
// node server.js BASE
import assert from "node:assert/strict";

import {
  type AuraError,
  CallError,
  decode,
  decodeParts,
  delayMs,
  type Failure,
  isClass,
  isRetryable,
  retryDelay,
  shouldRetry,
  throwForError,
} from "./AuraError.js";

const [base = ""] = process.argv.slice(2);
const KEY = { "X-API-KEY": "key-of-the-app" };
const POLLER = { "X-API-KEY": "key-of-a-poller" };

/** Every error has to be handled, or this does not compile. */
function advice(error: AuraError): string {
  switch (error.name) {
    case "bad_request":
      return error.fields.detail ?? "the request is bad";
    case "validation":
      return error.fields.detail.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`).join("; ");
    case "rate_limited":
      return `come back in ${error.retryAfter === null ? "a while" : delayMs(error.retryAfter)} ms`;
    case "not_authenticated":
    case "wrong_auth_scheme":
    case "not_found":
    case "internal":
      return error.message ?? error.name;
  }
}

async function fails(path: string, init: RequestInit): Promise<{ failure: Failure; advice: string }> {
  try {
    await throwForError(await fetch(base + path, init));
  } catch (error) {
    assert(error instanceof CallError, String(error));
    const { failure } = error;
    assert(failure.kind === "api", `${path}: ${error.message}`);
    assert.equal(decodeParts(failure.status, failure.response.headers, failure.response.body).name, failure.name);
    return { failure, advice: advice(failure) };
  }
  throw new Error(`${path} succeeded`);
}

const posted = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { ...KEY, "Content-Type": "application/json" },
  body: JSON.stringify(body),
});
const calls: readonly (readonly [string, RequestInit, string, string])[] = [
  ["/agents?page=0", { headers: KEY }, "bad_request", "page must be positive"],
  ["/agents", {}, "not_authenticated", "Not authenticated"],
  ["/agents", { headers: { "X-API-KEY": "wrong" } }, "not_authenticated", "Not authenticated"],
  ["/agents", { headers: { Authorization: "Bearer abc" } }, "wrong_auth_scheme", "Forbidden"],
  ["/agents/a9", { headers: KEY }, "not_found", "Not found"],
  ["/agents", posted({}), "validation", "body.name: field required"],
  [
    "/agents",
    posted({ name: 1, skills: ["rust", 2] }),
    "validation",
    "body.name: str type expected; body.skills.1: str type expected",
  ],
  ["/usage", { headers: KEY }, "internal", "Server-side failure"],
];
const ok = await throwForError(await fetch(`${base}/agents/a1`, { headers: KEY }));
assert.deepEqual(await ok.json(), { id: "a1", name: "Ada" });
for (const [path, init, name, text] of calls) {
  const { failure, advice } = await fails(path, init);
  assert.deepEqual([failure.name, advice], [name, text]);
}

let polls = 0;
let limited: Failure | undefined;
while (limited === undefined && (polls += 1) < 30) {
  const response = await fetch(`${base}/agents`, { headers: POLLER });
  if (response.status >= 400) limited = await decode(response);
}
assert(limited?.name === "rate_limited");
assert(isRetryable(limited) && isClass(limited, "rate_limit") && shouldRetry(limited, "POST"));
assert.deepEqual(limited.retryAfter, { kind: "delay", seconds: 1 });
assert.equal(retryDelay(limited, { method: "POST", backoffMs: 250 }), 1250);
assert.equal(retryDelay(limited, { maxDelayMs: 999 }), null);
await new Promise((resolve) => setTimeout(resolve, retryDelay(limited) ?? 0));
assert.equal((await fetch(`${base}/agents`, { headers: POLLER })).status, 200);

// What the server does not send.
const failed = decodeParts(500, {}, '{"error":"x","error_code":null,"detail":"x"}');
assert.equal(shouldRetry(failed, "get"), true);
assert.equal(shouldRetry(failed, "POST"), false);
assert.equal(shouldRetry(failed, "POST", { "Idempotency-Key": "k" }), true);
assert.equal(shouldRetry(failed, "POST", { "Idempotency-Key": '""' }), false);
const dated = decodeParts(429, { "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT" }, "<html></html>");
assert(dated.kind === "unrecognized" && dated.reason.kind === "foreign" && dated.name === null);
assert.equal(retryDelay(dated, { now: () => Date.UTC(1994, 10, 6, 8, 49, 7) }), 30_000);
assert.equal(retryDelay(dated, { now: () => Date.UTC(1995, 10, 6), backoffMs: 5 }), 5);
const long = await decode(new Response("x".repeat(70_000), { status: 404 }));
assert(long.kind === "unrecognized" && long.reason.kind === "cut" && long.response.body.length === 65_536);
assert.equal(new CallError(long).message, "404 unrecognized response (cut)");
const evil = decodeParts(404, {}, JSON.stringify({ error: `a\n${"b".repeat(300)}`, error_code: null, detail: 1 }));
assert(new CallError(evil).message.startsWith("404 not_found: a\ufffdb") && new CallError(evil).message.length === 200);
console.log(`TypeScript: the server answered ${calls.length + polls + 2} calls as expected`);
