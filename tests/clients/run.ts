// Compares what the generated clients make of a table of responses with what the Rust client does.
//
// node run.js FOLDER TABLE: the compiled clients, and the cases.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

interface Failure {
  readonly name: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly classes: readonly string[];
  readonly retry: string;
  readonly retryAfter: { readonly seconds?: number; readonly date?: Date } | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly reason?: { readonly kind: string; readonly [key: string]: unknown };
  readonly response: { readonly status: number; readonly body: string };
}

interface Client {
  decodeParts(status: number, headers: [string, string][], body: string | Uint8Array): Failure;
  decode(response: Response): Promise<Failure>;
}

interface Case {
  readonly sent: {
    readonly status: number;
    readonly headers: [string, string][];
    readonly body?: string;
    readonly hex?: string;
  };
  readonly expect: Readonly<Record<string, unknown>>;
}

/** The delay as the Rust client serialises it: seconds, or a date rounded up to a second. */
function delay(after: Failure["retryAfter"]): unknown {
  if (after?.date === undefined) return after?.seconds ?? null;
  return new Date(Math.ceil(after.date.getTime() / 1000) * 1000).toUTCString();
}

/** With its members in a fixed order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What an optional field has by default is as if it were absent; a header is its text. */
function fields(found: unknown, expected: unknown): unknown {
  const rust = (expected ?? {}) as Readonly<Record<string, unknown>>;
  const own = Object.entries(found as object).map(([name, value]: [string, unknown]) => {
    const isText = typeof rust[name] === "string" && typeof value === "number";
    const isDefault = rust[name] === null && ["[]", "{}", '""', "0", "false"].includes(JSON.stringify(value));
    return [name, isText ? String(value) : isDefault ? null : value] as const;
  });
  return Object.fromEntries(own);
}

function verdict(failure: Failure, expected: Case["expect"]): unknown {
  const { reason } = failure;
  return {
    name: failure.name,
    classes: [...failure.classes].sort(),
    retry: failure.retry,
    delay: delay(failure.retryAfter),
    code: failure.code,
    message: failure.message,
    ...(reason === undefined
      ? { fields: fields(failure.fields, expected["fields"]) }
      : {
          reason: {
            kind: reason.kind,
            error: reason["error"] ?? reason["nearest"] ?? null,
            path: reason["path"] ?? null,
          },
        }),
  };
}

const [folder = ".", table = "cases.json"] = process.argv.slice(2);
const taxonomies = JSON.parse(readFileSync(table, "utf8")) as { taxonomy: string; cases: Case[] }[];
let [passed, fetched, failed] = [0, 0, 0];
for (const { taxonomy, cases } of taxonomies) {
  const client = (await import(pathToFileURL(`${folder}/${taxonomy}.js`).href)) as Client;
  for (const { sent, expect } of cases) {
    const body = sent.body ?? Buffer.from(sent.hex ?? "", "hex");
    const failures = [client.decodeParts(sent.status, sent.headers, body)];
    // `fetch` joins header lines of one name, has no bodies with some statuses, and stops at a limit.
    const names = sent.headers.map(([name]) => name);
    if (sent.status < 600 && new Set(names).size === names.length && body.length <= 65_536) {
      failures.push(await client.decode(new Response(body, { status: sent.status, headers: sent.headers })));
      fetched += 1;
    }
    for (const failure of failures) {
      const [want, got] = [expect, verdict(failure, expect)].map((it) => JSON.stringify(sorted(it)));
      const isKept = failure.response.status === sent.status && failure.response.body.length > 0 === body.length > 0;
      if (want === got && isKept) {
        passed += 1;
      } else if ((failed += 1) <= 20) {
        console.error(`${taxonomy}: ${JSON.stringify(sent).slice(0, 600)}\n  Rust:       ${want}\n  TypeScript: ${got}`);
      }
    }
  }
}
console.log(`TypeScript: ${passed} verdicts as the Rust client's (${fetched} of a fetch response), ${failed} not`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
