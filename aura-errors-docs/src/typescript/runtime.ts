/** What kind of failure an error is. */
export type Class =
  | "auth"
  | "permission"
  | "validation"
  | "not_found"
  | "conflict"
  | "rate_limit"
  | "timeout"
  | "unavailable"
  | "internal"
  | "request";

/**
 * Whether the same request may be sent again: `never`, `always` (the server did not act), or
 * `if_idempotent` (the server may have acted).
 */
export type Retry = "never" | "if_idempotent" | "always";

/** How long the server asks to wait: a delay, or a date where it sent no clock of its own. */
export type RetryAfter =
  | { readonly kind: "delay"; readonly seconds: number }
  | { readonly kind: "date"; readonly date: Date };

/** Why a response is none of the errors. Paths are JSON Pointers, or `header Name`. */
export type Reason =
  | { readonly kind: "unknown_code" }
  /** It is this error, but a required field is missing or not of its type. */
  | { readonly kind: "fields"; readonly error: string; readonly path: string }
  /** It is not of this API: a proxy's page, say. */
  | { readonly kind: "foreign"; readonly nearest: string | null; readonly path: string | null }
  /** Header and body name two different errors. */
  | { readonly kind: "conflict" }
  | { readonly kind: "ambiguous" }
  /** The body was longer than the limit, and what was read of it names no error. */
  | { readonly kind: "cut" };

/** A response as it was received. */
export interface Received {
  readonly status: number;
  /** Header lines, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What is known of every failed call. */
export interface Failed {
  /** The status of the response. */
  readonly status: number;
  /** The code as received, numbers as text; `null` where none could be read. */
  readonly code: string | null;
  /** The message as received; `null` where none could be read. */
  readonly message: string | null;
  /** The primary class first. */
  readonly classes: readonly Class[];
  readonly retry: Retry;
  /** `null`: the server did not say. A delay never makes a failure retryable. */
  readonly retryAfter: RetryAfter | null;
  /** The whole response. */
  readonly response: Received;
}

/** An error of the API. */
export interface ApiError extends Failed {
  readonly kind: "api";
  /** The stable name of the error. */
  readonly name: string;
  /** What travels with it, by the name on the wire; `null` where it is absent. */
  readonly fields: object;
}

/** A response that is none of the API's errors, kept whole. */
export interface Unrecognized extends Failed {
  readonly kind: "unrecognized";
  readonly name: null;
  readonly reason: Reason;
}

/** Whether a class is among those of a failure. */
export function isClass(failure: Failed, wanted: Class): boolean {
  return failure.classes.includes(wanted);
}

/** Whether there are requests that may be sent again after this failure: see {@link shouldRetry}. */
export function isRetryable(failure: Failed): boolean {
  return failure.retry !== "never";
}

/**
 * Whether a request with this method may be sent again after this failure. A request with an
 * `Idempotency-Key` is idempotent whatever its method.
 */
export function shouldRetry(failure: Failed, method: string, headers?: HeadersInit): boolean {
  if (failure.retry !== "if_idempotent") return failure.retry === "always";
  if (IDEMPOTENT.includes(method.toUpperCase())) return true;
  const key = headers === undefined ? null : new Headers(headers).get("idempotency-key");
  return key !== null && key.split(",").some((line) => !["", '""'].includes(trimAscii(line)));
}

/** What {@link retryDelay} is told about the request. */
export interface RetryOptions {
  readonly method?: string;
  readonly headers?: HeadersInit;
  /** The caller's own backoff, which comes on top of what the server asks for. */
  readonly backoffMs?: number;
  /** The longest delay of a server that is waited for: 120,000 by default. */
  readonly maxDelayMs?: number;
  /** The clock, in milliseconds; only read where the server gave a date. */
  readonly now?: () => number;
}

/** How many milliseconds to wait before the request is sent again; `null`: it should not be. */
export function retryDelay(failure: Failed, options: RetryOptions = {}): number | null {
  const { method = "GET", headers, backoffMs = 0, maxDelayMs = 120_000, now = Date.now } = options;
  if (!shouldRetry(failure, method, headers)) return null;
  const asked = failure.retryAfter === null ? null : delayMs(failure.retryAfter, now);
  if (asked !== null && asked > maxDelayMs) return null;
  return (asked ?? 0) + backoffMs;
}

/** A delay in milliseconds; zero for a date that has passed. */
export function delayMs(after: RetryAfter, now: () => number = Date.now): number {
  if (after.kind === "delay") return after.seconds * 1000;
  return Math.min(Math.max(after.date.getTime() - now(), 0), MAX_SECONDS * 1000);
}

/** A body, as text or as bytes. */
export type Body = string | Uint8Array;
/** Header lines. */
export type HeaderLines = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

const IDEMPOTENT = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"];
const MAX_SECONDS = 365 * 24 * 60 * 60;

// --- the table that is read by ---

type Literal = null | boolean | string | { readonly number: string };

type Read =
  | { readonly is: "literal"; readonly value: Literal }
  | { readonly is: "text"; readonly delay: number | null; readonly nullable: boolean }
  | { readonly is: "object"; readonly members: readonly Member[]; readonly spread: number | null }
  | { readonly is: "array"; readonly elements: readonly Read[] }
  | { readonly is: "place"; readonly at: number; readonly message: boolean }
  | { readonly is: "or"; readonly options: readonly Read[]; readonly text: boolean }
  | { readonly is: "bind"; readonly at: number; readonly shape: Read };

interface Member {
  readonly key: string;
  readonly optional: boolean;
  readonly value: Read;
}

interface Shape {
  readonly kind: "json" | "text" | "empty" | "anything" | "custom";
  readonly places: number;
  readonly asks: number;
  readonly codes: readonly number[];
  readonly messages: readonly number[];
  readonly millis: readonly number[];
  readonly seconds: readonly { readonly at: number; readonly before?: string; readonly after?: string }[];
  readonly read?: Read;
}

type Other =
  | { readonly literal: Literal }
  | { readonly text: string | null; readonly at: readonly number[] };

interface Source {
  readonly at: number;
  /** The value at the place; absent when it equals one of these. */
  readonly otherwise?: readonly Other[];
  /** The member of the object at the place. */
  readonly member?: boolean;
  /** The object at the place without these members. */
  readonly taken?: readonly string[];
}

interface Alternative {
  readonly shape: number;
  readonly slots: readonly { readonly at: number; readonly values: readonly string[]; readonly standsIn?: boolean }[];
  readonly sources: readonly (readonly Source[])[];
}

type Schema = boolean | { readonly [keyword: string]: unknown };

interface Field {
  readonly name: string;
  readonly wire: string;
  readonly role: "field" | "detail" | "message" | "code" | "status" | "retry_after" | "header" | "slot";
  readonly optional: boolean;
  readonly schema: Schema;
  readonly header?: string;
  readonly aliases?: readonly string[];
  readonly flatten?: boolean;
}

interface Reset {
  readonly header: string;
  readonly unit: "epoch" | "seconds";
}

interface Entry {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly codes: readonly string[];
  readonly coded: boolean;
  readonly codeless: boolean;
  readonly anyCode: boolean;
  readonly byPayload: boolean;
  readonly allowSuccess: boolean;
  readonly classes: readonly Class[] | null;
  readonly retry: Retry | null;
  readonly reset: Reset | null;
  readonly textBody: boolean;
  readonly when: readonly { readonly header: string; readonly value: string | null }[];
  readonly alternatives: readonly Alternative[];
  readonly fields: readonly Field[];
}

interface Table {
  readonly codeHeaders: readonly string[];
  readonly retryHeaders: readonly string[];
  readonly reset: Reset | null;
  readonly codeShapes: readonly number[];
  readonly textBody: boolean;
  readonly shapes: readonly Shape[];
  readonly errors: readonly Entry[];
}

// --- JSON that keeps what was sent ---

/**
 * A value of the body. Strings and names of members start with `s`; numbers are their own text after
 * an `n`, because `1007` and `1007.0` are two codes, and not every integer is a number here.
 */
type Json = null | boolean | string | readonly Json[] | { readonly [key: string]: Json };

/** `undefined`: not JSON. */
function parseJson(text: string): Json | undefined {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    JSON.parse(bare);
    let quoted = false;
    const marked = bare.replace(/\\[^]|"|-?\d[\d.eE+-]*/g, (token) => {
      if (token === '"') {
        quoted = !quoted;
        return quoted ? '"s' : '"';
      }
      return quoted ? token : `"n${token}"`;
    });
    return JSON.parse(marked) as Json;
  } catch {
    return undefined;
  }
}

type Kind = "null" | "boolean" | "number" | "string" | "array" | "object";

function kindOf(value: Json): Kind {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return value.startsWith("n") ? "number" : "string";
  return isArray(value) ? "array" : "object";
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isArray(value);
}

function elementsOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isArray(value) ? value : [];
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[`s${name}`] : undefined;
}

/** A lone surrogate is valid JSON, but no text. */
function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function stringOf(value: Json | undefined): string | undefined {
  if (typeof value !== "string" || value.startsWith("n")) return undefined;
  const text = value.slice(1);
  return isText(text) ? text : undefined;
}

/** A string or a number as text; anything else, and the empty string, is none. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.startsWith("n") ? value.slice(1) : stringOf(value) || undefined;
}

/** As ordinary JSON. */
function plain(value: Json): unknown {
  if (typeof value === "string") return value.startsWith("n") ? Number(value.slice(1)) : value.slice(1);
  if (value === null || typeof value === "boolean") return value;
  if (isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.slice(1), plain(inner)]));
}

/** Whether a value can be held at all: every text a text, every number finite, not too deep. */
function isHeld(value: Json, depth = 127): boolean {
  if (typeof value === "string") {
    return value.startsWith("n") ? Number.isFinite(Number(value.slice(1))) : isText(value);
  }
  if (value === null || typeof value === "boolean") return true;
  if (depth === 0) return false;
  if (isArray(value)) return value.every((inner) => isHeld(inner, depth - 1));
  return Object.entries(value).every(([key, inner]) => isText(key) && isHeld(inner, depth - 1));
}

/** Whether a value has a JSON Schema, by the keywords that types of fields are described with. */
function conforms(value: Json, schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return schema !== false;
  return Object.entries(schema).every(([keyword, argument]) => keeps(value, keyword, argument, schema));
}

function keeps(value: Json, keyword: string, argument: unknown, schema: object): boolean {
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const number = typeof value === "string" && value.startsWith("n") ? Number(value.slice(1)) : undefined;
  const text = stringOf(value);
  const object = isObject(value) ? Object.entries(value) : [];
  const known = (keyword: string): unknown => (schema as Record<string, unknown>)[keyword];
  switch (keyword) {
    case "type":
      return list.some((type) => hasType(value, type));
    case "const":
      return sameJson(plain(value), argument);
    case "enum":
      return list.some((known) => sameJson(plain(value), known));
    case "anyOf":
    case "oneOf":
      return list.some((inner) => conforms(value, inner));
    case "allOf":
      return list.every((inner) => conforms(value, inner));
    case "minimum":
      return number === undefined || number >= Number(argument);
    case "maximum":
      return number === undefined || number <= Number(argument);
    case "minLength":
      return text === undefined || [...text].length >= Number(argument);
    case "maxLength":
      return text === undefined || [...text].length <= Number(argument);
    case "minItems":
      return !isArray(value) || value.length >= Number(argument);
    case "maxItems":
      return !isArray(value) || value.length <= Number(argument);
    case "prefixItems":
      return elementsOf(value).every((inner, at) => at >= list.length || conforms(inner, list[at]));
    case "items": {
      const prefix = known("prefixItems");
      const rest = elementsOf(value).slice(Array.isArray(prefix) ? prefix.length : 0);
      return rest.every((inner) => conforms(inner, argument));
    }
    case "required":
      return !isObject(value) || list.every((name) => memberOf(value, String(name)) !== undefined);
    case "properties": {
      const inner = argument as Record<string, unknown>;
      return object.every(([key, member]) => {
        const name = key.slice(1);
        return !Object.hasOwn(inner, name) || conforms(member, inner[name]);
      });
    }
    case "additionalProperties": {
      const named = Object.keys((known("properties") as object | undefined) ?? {});
      return object.every(([key, member]) => named.includes(key.slice(1)) || conforms(member, argument));
    }
    default:
      return true;
  }
}

function hasType(value: Json, type: unknown): boolean {
  const kind = kindOf(value);
  if (type !== "integer") return kind === type;
  return typeof value === "string" && /^n(?!-0$)-?\d+$/.test(value);
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

// --- reading a body by a shape ---

class Walk {
  readonly found: (Json | undefined)[] = [];
  /** Every object and array is there, every literal equal, every required member present. */
  fits = true;
  /** A literal that is there differs. */
  differs = false;
  /** A required literal is not there. */
  missing = false;

  private miss(required: boolean): void {
    if (required) this.fits = false;
  }

  read(read: Read, value: Json | undefined, required: boolean): void {
    switch (read.is) {
      case "literal":
        if (value === undefined) {
          this.missing ||= required;
          this.miss(required);
        } else if (!isLiteral(value, read.value)) {
          this.differs = true;
          this.fits = false;
        }
        return;
      case "text":
        if (value === undefined) return this.miss(required);
        if (!(read.nullable && value === null) && kindOf(value) !== "string") this.miss(required);
        if (read.delay !== null) this.found[read.delay] = value;
        return;
      case "object": {
        const object = isObject(value) ? value : undefined;
        if (object === undefined) this.miss(required);
        else if (read.spread !== null) this.found[read.spread] = object;
        for (const member of read.members) {
          const inner = !member.optional && (required || object !== undefined);
          this.read(member.value, memberOf(object, member.key), inner);
        }
        return;
      }
      case "array": {
        const array = value !== undefined && isArray(value) ? value : undefined;
        if (array === undefined) this.miss(required);
        const alone = read.elements.length === 1 && (required || array !== undefined);
        read.elements.forEach((element, at) => {
          this.read(element, array && pick(array, element, at), alone);
        });
        return;
      }
      case "place":
        if (value === undefined) return this.miss(required);
        this.found[read.at] = value;
        if (read.message && kindOf(value) !== "string") this.miss(required || value !== null);
        return;
      case "or": {
        if (value === undefined) return this.miss(required);
        if (read.text && kindOf(value) !== "string") this.miss(required);
        // Which of them was written is not known yet: none of them is asked to fit.
        const { fits, differs, missing } = this;
        for (const option of read.options) this.read(option, value, false);
        Object.assign(this, { fits, differs, missing });
        return;
      }
      case "bind":
        if (value === undefined) return this.miss(required);
        this.found[read.at] = value;
        if (!isNothing(value)) this.read(read.shape, value, required);
        return;
    }
  }
}

/** A bound value without anything to read a shape in. */
function isNothing(value: Json): boolean {
  return value === null || (isArray(value) && value.length === 0);
}

/** The first element whose literals are equal, where the shape has some; else the one at its place. */
function pick(array: readonly Json[], element: Read, at: number): Json | undefined {
  return hasLiteral(element) ? array.find((value) => literalsEqual(element, value)) : array[at];
}

function hasLiteral(read: Read): boolean {
  if (read.is === "object") return read.members.some((member) => hasLiteral(member.value));
  return read.is === "bind" ? hasLiteral(read.shape) : read.is === "literal";
}

function literalsEqual(read: Read, value: Json): boolean {
  if (read.is === "literal") return isLiteral(value, read.value);
  if (read.is === "bind") return literalsEqual(read.shape, value);
  if (read.is !== "object") return true;
  return read.members.every((member) => {
    if (!hasLiteral(member.value)) return true;
    const inner = memberOf(value, member.key);
    return inner !== undefined && literalsEqual(member.value, inner);
  });
}

function isLiteral(value: Json, literal: Literal): boolean {
  if (literal === null || typeof literal === "boolean") return value === literal;
  if (typeof literal === "string") return stringOf(value) === literal;
  return kindOf(value) === "number" && Number(textOf(value)) === Number(literal.number);
}

/** Where a body first departs from a shape; `undefined`: it does not. */
function misfit(read: Read, value: Json | undefined, required: boolean, path: string): string | undefined {
  const kind = value === undefined ? undefined : kindOf(value);
  const unless = (fits: boolean): string | undefined => (fits || !required ? undefined : path);
  switch (read.is) {
    case "literal":
      return value === undefined ? unless(false) : isLiteral(value, read.value) ? undefined : path;
    case "text":
      return unless(kind === "string" || (read.nullable && kind === "null"));
    case "place":
      return unless(read.message ? kind === "string" : kind !== undefined);
    case "or":
      return unless(read.text ? kind === "string" : kind !== undefined);
    case "bind":
      if (value === undefined) return unless(false);
      return isNothing(value) ? undefined : misfit(read.shape, value, required, path);
    case "object":
      if (!isObject(value)) return unless(false);
      for (const member of read.members) {
        const inner = memberOf(value, member.key);
        const found = misfit(member.value, inner, !member.optional, path + token(member.key));
        if (found !== undefined) return found;
      }
      return undefined;
    case "array":
      if (value === undefined || !isArray(value)) return unless(false);
      for (const [at, element] of read.elements.entries()) {
        const inner = pick(value, element, at);
        const found = misfit(element, inner, read.elements.length === 1, path + token(String(at)));
        if (found !== undefined) return found;
      }
      return undefined;
  }
}

/** The JSON Pointer of a placeholder. */
function pointerTo(read: Read, at: number, path = ""): string | undefined {
  const among = (inner: readonly (readonly [Read, string])[]): string | undefined => {
    for (const [read, path] of inner) {
      const found = pointerTo(read, at, path);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (read.is) {
    case "literal":
      return undefined;
    case "text":
      return read.delay === at ? path : undefined;
    case "place":
      return read.at === at ? path : undefined;
    case "bind":
      return read.at === at ? path : pointerTo(read.shape, at, path);
    case "or":
      return among(read.options.map((option) => [option, path]));
    case "object":
      if (read.spread === at) return path;
      return among(read.members.map((member) => [member.value, path + token(member.key)]));
    case "array":
      return among(read.elements.map((element, index) => [element, path + token(String(index))]));
  }
}

function token(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

// --- which error a response is ---

interface Chosen {
  readonly entry: Entry;
  readonly alternative: Alternative | undefined;
}

type Why = Exclude<Reason, { kind: "foreign" | "cut" }> | { readonly kind: "foreign" };

/** The smallest wins. */
type Rank = readonly number[];

function before(one: Rank, other: Rank): boolean {
  const at = one.findIndex((figure, at) => figure !== other[at]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}

function isChosen(found: Chosen | Why): found is Chosen {
  return "entry" in found;
}

/** One response while it is read. */
class Session {
  readonly json: Json | undefined;
  readonly headers: Lines;
  /** The code the choice went by. */
  code: string | undefined;
  private readonly walks = new Map<number, Walk>();

  constructor(
    readonly table: Table,
    readonly status: number,
    headers: readonly (readonly [string, string])[],
    /** `undefined`: not UTF-8. */
    readonly text: string | undefined,
  ) {
    this.headers = new Lines(headers);
    const looks = table.shapes.some((shape) => shape.kind === "json");
    this.json = looks && text !== undefined ? parseJson(text) : undefined;
  }

  private shape(id: number): Shape {
    const shape = this.table.shapes[id];
    if (shape === undefined) throw new RangeError(`no shape ${id}`);
    return shape;
  }

  /** What was found by a shape of JSON. */
  walk(id: number): Walk | undefined {
    const { read } = this.shape(id);
    if (read === undefined) return undefined;
    let walk = this.walks.get(id);
    if (walk === undefined) {
      walk = new Walk();
      if (this.json === undefined) {
        walk.fits = false;
        walk.missing = true;
      } else {
        walk.read(read, this.json, true);
      }
      this.walks.set(id, walk);
    }
    return walk;
  }

  private fits(id: number): boolean {
    switch (this.shape(id).kind) {
      case "json":
        return this.walk(id)?.fits ?? false;
      case "text":
        return this.text !== undefined && !/^\p{White_Space}*$/u.test(this.text);
      case "empty":
        return this.text !== undefined && trimAscii(this.text) === "";
      case "anything":
        return true;
      case "custom":
        return false;
    }
  }

  private headerCode(): string | undefined {
    for (const name of this.table.codeHeaders) {
      const text = this.headers.text(name);
      if (text) return text;
    }
    return undefined;
  }

  private declaring(code: string): Entry[] {
    return this.table.errors.filter((entry) => entry.codes.includes(code));
  }

  /** The code in the body. */
  private bodyCode(): string | undefined {
    let first: string | undefined;
    for (const id of this.table.codeShapes) {
      const at = this.codePlace(id);
      const code = at === undefined ? undefined : textOf(this.walk(id)?.found[at]);
      if (code === undefined) continue;
      // Taxonomies nested in one another may have it in different places: what one of them declares
      // is surer than what none does.
      if (this.declaring(code).length > 0) return code;
      first ??= code;
    }
    return first;
  }

  /** The place that a code came in. */
  private codePlace(id: number): number | undefined {
    return this.shape(id).codes.find((at) => textOf(this.walk(id)?.found[at]) !== undefined);
  }

  receivedCode(): string | undefined {
    return this.headerCode() ?? this.bodyCode();
  }

  private messageBy(id: number): string | undefined {
    const walk = this.walk(id);
    const found = this.shape(id).messages.map((at) => stringOf(walk?.found[at]));
    return found.find((message) => message !== undefined);
  }

  receivedMessage(): string | undefined {
    for (const id of this.table.shapes.keys()) {
      const message = this.messageBy(id);
      if (message !== undefined) return message;
    }
    // The whole body, where it is no JSON, and its errors are texts.
    const isText = this.table.textBody || this.ofStatus().some((entry) => entry.textBody);
    return this.json === undefined && isText && this.text && !/^\p{White_Space}*$/u.test(this.text)
      ? this.text
      : undefined;
  }

  private ofStatus(): Entry[] {
    const { status } = this;
    const has = (entry: Entry): boolean => entry.first <= status && status <= entry.last;
    return this.table.errors.filter((entry) => has(entry) && (status >= 400 || entry.allowSuccess));
  }

  choose(): Chosen | Why {
    const ofStatus = this.ofStatus();
    if ((this.status < 400 && ofStatus.length === 0) || this.status > 599) return { kind: "foreign" };
    const inHeader = this.headerCode();
    const inBody = this.bodyCode();
    if (inHeader !== undefined && inBody !== undefined) {
      const [one, other] = [this.declaring(inHeader), this.declaring(inBody)];
      const differ = !one.some((entry) => other.includes(entry));
      if (one.length > 0 && other.length > 0 && differ) return { kind: "conflict" };
    }
    this.code = inHeader ?? inBody;
    if (this.code === undefined) return this.withoutCode(ofStatus);
    const found = this.withCode(this.code, ofStatus);
    if (!isChosen(found) && found.kind === "unknown_code" && inHeader === undefined) {
      return this.withoutUnknownCode(ofStatus);
    }
    return found;
  }

  /**
   * What one template has as the code, another may have as the message or a field. An unknown code is
   * none where the body has the whole shape of such another, and not that of the template that has it
   * as the code.
   */
  private withoutUnknownCode(ofStatus: readonly Entry[]): Chosen | Why {
    const unknown = { kind: "unknown_code" } as const;
    const chosen = this.withoutCode(ofStatus);
    if (!isChosen(chosen) || chosen.alternative === undefined) return unknown;
    let code: string | undefined;
    for (const id of this.table.codeShapes) {
      const at = this.codePlace(id);
      if (at === undefined) continue;
      if (this.fits(id)) return unknown;
      code ??= this.pointer(id, at);
    }
    const { shape: id } = chosen.alternative;
    const { places, codes } = this.shape(id);
    const holds = (at: number): boolean =>
      code !== undefined && this.walk(id)?.found[at] !== undefined && this.pointer(id, at) === code;
    const takesIt = [...Array(places).keys()].some(holds) && !codes.some(holds);
    if (!takesIt) return unknown;
    this.code = undefined;
    return chosen;
  }

  private pointer(id: number, at: number): string | undefined {
    const { read } = this.shape(id);
    return read && pointerTo(read, at);
  }

  private withCode(code: string, ofStatus: readonly Entry[]): Chosen | Why {
    const declaring = this.declaring(code);
    if (declaring.length === 0) {
      const any = ofStatus.filter((entry) => entry.anyCode);
      return any.length === 0 ? { kind: "unknown_code" } : this.best(any, false);
    }
    const here = declaring.filter((entry) => entry.first <= this.status && this.status <= entry.last);
    if (here.length > 0) return this.best(here, false);
    // Outside the error statuses only what is declared for exactly that status is read.
    if (this.status < 400) return { kind: "foreign" };
    const fitting = declaring.flatMap((entry) => {
      const fit = this.fit(entry, false);
      return fit === undefined ? [] : [{ entry, alternative: fit.alternative }];
    });
    const [only, another] = fitting;
    return only === undefined
      ? { kind: "foreign" }
      : another === undefined
        ? only
        : { kind: "ambiguous" };
  }

  private withoutCode(ofStatus: readonly Entry[]): Chosen | Why {
    const codeless = ofStatus.filter((entry) => entry.codeless);
    const fitting = codeless.filter((entry) => !entry.byPayload);
    for (const entry of codeless.filter((entry) => entry.byPayload)) {
      const fit = this.fit(entry, true);
      if (fit === undefined || !fit.whole) continue;
      if (!("path" in this.fieldsOf({ entry, alternative: fit.alternative }))) fitting.push(entry);
    }
    return this.best(fitting, true);
  }

  private best(candidates: readonly Entry[], wholeShape: boolean): Chosen | Why {
    let best: { readonly rank: Rank; readonly chosen: Chosen } | undefined;
    let tied = false;
    for (const entry of candidates) {
      const fit = this.fit(entry, wholeShape);
      if (fit === undefined || (wholeShape && !fit.whole)) continue;
      if (best !== undefined && before(best.rank, fit.rank)) continue;
      tied = best !== undefined && !before(fit.rank, best.rank);
      if (!tied) best = { rank: fit.rank, chosen: { entry, alternative: fit.alternative } };
    }
    if (best === undefined) return { kind: "foreign" };
    return tied ? { kind: "ambiguous" } : best.chosen;
  }

  /** How well a candidate fits; `undefined` when it does not. */
  private fit(
    entry: Entry,
    withoutCode: boolean,
  ): { readonly rank: Rank; readonly whole: boolean; readonly alternative: Alternative | undefined } | undefined {
    if (entry.when.length > 0 && !entry.when.some(({ header, value }) => this.headers.has(header, value))) {
      return undefined;
    }
    // Without a code, an error that always has one is read only where its body has no place for it.
    const withCode = ({ kind, codes }: Shape): boolean => kind === "custom" || codes.length > 0;
    const lacksCode = (id: number): boolean => withoutCode && entry.coded && withCode(this.shape(id));
    const whole = entry.alternatives.find(({ shape }) => !lacksCode(shape) && this.fits(shape));
    const alternative = whole ?? entry.alternatives[0];
    let [equal, lacking, asks] = [0, 0, 0];
    if (alternative !== undefined) {
      asks = this.shape(alternative.shape).asks;
      const walk = this.walk(alternative.shape);
      if (walk !== undefined) {
        if (walk.differs || (this.status < 400 && walk.missing)) return undefined;
        for (const { at, values, standsIn } of alternative.slots) {
          const value = walk.found[at];
          // Known by a slot that did not come: less sure than one that never had it.
          if (value === undefined || value === null) lacking += 1;
          else if (values.includes(textOf(value) ?? "")) equal += 1;
          else if (standsIn === true) lacking += 1;
          else return undefined;
        }
      }
    }
    const order = entry.when.length === 0 ? Infinity : this.table.errors.indexOf(entry);
    const rank = [entry.last - entry.first, order, -equal, lacking, -asks, whole === undefined ? 1 : 0];
    return { rank, whole: whole !== undefined, alternative };
  }

  // --- the fields of the error that was chosen ---

  fieldsOf(chosen: Chosen): { readonly values: Map<string, unknown> } | { readonly path: string } {
    const values = new Map<string, unknown>();
    const flattened: string[] = [];
    for (const [index, field] of chosen.entry.fields.entries()) {
      const found = this.field(chosen, index, field, flattened);
      if (found !== undefined && "path" in found) return found;
      if (!["code", "status", "retry_after"].includes(field.role)) values.set(field.name, found?.value ?? null);
      if (field.flatten === true && typeof field.schema === "object") {
        flattened.push(...Object.keys((field.schema["properties"] as object | undefined) ?? {}));
      }
    }
    return { values };
  }

  private field(
    chosen: Chosen,
    index: number,
    field: Field,
    flattened: readonly string[],
  ): { readonly value: unknown } | { readonly path: string } | undefined {
    switch (field.role) {
      case "code":
      case "status":
        return undefined;
      case "retry_after":
        return field.optional || this.delayOf(chosen) !== undefined
          ? undefined
          : { path: "header Retry-After" };
      case "header":
        return this.headerField(chosen, index, field);
      default:
        break;
    }
    const raw = this.raw(chosen, index, field, flattened);
    if (raw === undefined) return this.absent(chosen, index, field, undefined);
    const value = raw.absent && field.optional ? undefined : this.typed(raw.value, field);
    return value === undefined ? this.absent(chosen, index, field, raw.at) : { value: plain(value) };
  }

  private typed(value: Json, field: Field): Json | undefined {
    if (isHeld(value) && conforms(value, field.schema)) return value;
    if (field.role !== "message") return undefined;
    // A message is a string on the wire, whatever its type is.
    const inner = parseJson(stringOf(value) ?? "");
    return inner !== undefined && isHeld(inner) && conforms(inner, field.schema) ? inner : undefined;
  }

  private absent(
    chosen: Chosen,
    index: number,
    field: Field,
    at: number | undefined,
  ): { readonly path: string } | undefined {
    if (field.optional) return undefined;
    const own = { path: `/${field.wire}` };
    const { alternative } = chosen;
    const read = alternative && this.shape(alternative.shape).read;
    const source = alternative?.sources[index]?.find((source) => at === undefined || source.at === at);
    if (read === undefined || source === undefined) return own;
    const path = pointerTo(read, source.at);
    if (path === undefined) return own;
    return { path: source.member === true ? path + token(field.wire) : path };
  }

  private raw(
    { alternative }: Chosen,
    index: number,
    field: Field,
    flattened: readonly string[],
  ): { readonly value: Json; readonly absent: boolean; readonly at: number } | undefined {
    if (alternative === undefined) return undefined;
    const walk = this.walk(alternative.shape);
    if (walk === undefined) {
      const isMessage = field.role === "message" && this.shape(alternative.shape).kind === "text";
      return isMessage && this.text !== undefined
        ? { value: `s${this.text}`, absent: false, at: 0 }
        : undefined;
    }
    for (const { at, otherwise, taken } of alternative.sources[index] ?? []) {
      const value = walk.found[at];
      if (otherwise !== undefined) {
        if (value === undefined) continue;
        return { value, absent: otherwise.some((other) => standsFor(walk, value, other)), at };
      }
      if (taken !== undefined) {
        if (!isObject(value)) continue;
        const rest = Object.entries(value).filter(([key]) => {
          const name = key.slice(1);
          return isText(name) && !taken.includes(name) && !flattened.includes(name);
        });
        return { value: Object.fromEntries(rest), absent: false, at };
      }
      for (const name of [field.wire, ...(field.aliases ?? [])]) {
        const member = memberOf(value, name);
        if (member !== undefined) return { value: member, absent: false, at };
      }
    }
    return undefined;
  }

  private headerField(
    chosen: Chosen,
    index: number,
    field: Field,
  ): { readonly value: unknown } | { readonly path: string } | undefined {
    const name = field.header ?? "";
    const raw = this.raw(chosen, index, field, []);
    const text = this.headers.text(name.toLowerCase()) ?? stringOf(raw?.value);
    const value = text === undefined ? undefined : parseHeader(text, field.schema);
    if (value !== undefined) return { value };
    return field.optional ? undefined : { path: `header ${name}` };
  }

  // --- delays ---

  /** What headers and body say of a delay, for the error that was chosen. */
  delayOf({ entry, alternative }: Chosen): Delay | undefined {
    const classes = entry.classes ?? classesOf(this.status);
    const inBody = alternative === undefined ? {} : this.bodyDelay(alternative.shape);
    return readDelay(this.headers, inBody, classes.includes("rate_limit"), entry.reset);
  }

  /** By the first shape that has one. */
  receivedDelay(): Delay | undefined {
    const found = [...this.table.shapes.keys()].map((id) => this.bodyDelay(id));
    const inBody = found.find(({ seconds, millis }) => seconds !== undefined || millis !== undefined) ?? {};
    const limited = classesOf(this.status).includes("rate_limit");
    return readDelay(this.headers, inBody, limited, this.table.reset);
  }

  delayByHeaders(classes: readonly Class[]): Delay | undefined {
    return readDelay(this.headers, {}, classes.includes("rate_limit"), this.table.reset);
  }

  private bodyDelay(id: number): BodyDelay {
    const walk = this.walk(id);
    if (walk === undefined) return {};
    const { millis, seconds } = this.shape(id);
    const said = seconds.map(({ at, before, after }): Json | undefined => {
      const value = walk.found[at];
      if (value === undefined || before === undefined || after === undefined) return value;
      const text = stringOf(value) ?? "";
      const inside = text.startsWith(before) && text.endsWith(after);
      const number = inside ? text.slice(before.length, Math.max(text.length - after.length, before.length)) : "";
      if (before.length + after.length <= text.length && isFloat(number)) return `n${number}`;
      return before === "" ? value : undefined;
    });
    return {
      seconds: said.find((value) => value !== undefined),
      millis: millis.map((at) => walk.found[at]).find((value) => value !== undefined),
    };
  }

  // --- what it is not ---

  explain(why: Why): Reason {
    if (why.kind !== "foreign") return why;
    let nearest: { readonly found: number; readonly error: string; readonly path: string } | undefined;
    for (const entry of this.ofStatus()) {
      for (const { shape: id, slots } of entry.alternatives) {
        const { read, codes } = this.shape(id);
        const walk = this.walk(id);
        if (this.messageBy(id) === undefined || read === undefined || walk === undefined) continue;
        const found = walk.found.filter((value) => value !== undefined).length;
        if (nearest !== undefined && nearest.found >= found) continue;
        const slot = slots.find(({ at, values }) => {
          const text = textOf(walk.found[at]);
          return text !== undefined && !values.includes(text);
        });
        // Where the shape fits, it is a slot or the code that does not.
        const at = slot?.at ?? codes[0];
        const pointer = (): string => (at === undefined ? "" : (pointerTo(read, at) ?? ""));
        nearest = { found, error: entry.name, path: misfit(read, this.json, true, "") ?? pointer() };
      }
    }
    return { kind: "foreign", nearest: nearest?.error ?? null, path: nearest?.path ?? null };
  }
}

/** Whether a value is what stands in its place for an absent one. */
function standsFor(walk: Walk, value: Json, other: Other): boolean {
  if ("literal" in other) return isLiteral(value, other.literal);
  const text = textOf(value);
  return text !== undefined && (other.text === text || other.at.some((at) => textOf(walk.found[at]) === text));
}

function isFloat(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
}

/** The value of a header, as its type says. */
function parseHeader(text: string, schema: Schema): unknown {
  if (typeof schema === "boolean") return text;
  const either = schema["anyOf"];
  const [first] = Array.isArray(either) ? (either as Schema[]) : [schema];
  const type = typeof first === "object" ? first["type"] : undefined;
  if (type === "integer") {
    const json = /^\+?\d+$|^-\d+$/.test(text) ? `n${BigInt(text.replace("+", ""))}` : "s";
    return conforms(json, first) ? Number(json.slice(1)) : undefined;
  }
  if (type === "number") return isFloat(text) ? Number(text) : undefined;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  return conforms(`s${text}`, first) ? text : undefined;
}

/** Header lines, names in lower case. */
class Lines {
  constructor(private readonly lines: readonly (readonly [string, string])[]) {}

  all(name: string): string[] {
    return this.lines.filter(([known]) => known === name).map(([, value]) => trimAscii(value));
  }

  /** The first line, where it is visible ASCII. */
  text(name: string): string | undefined {
    const [first] = this.all(name);
    return first !== undefined && /^[\t\x20-\x7e]*$/.test(first) ? first : undefined;
  }

  has(name: string, value: string | null): boolean {
    const lines = this.all(name);
    return value === null ? lines.length > 0 : lines.includes(value);
  }
}

function trimAscii(text: string): string {
  return text.replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, "");
}

// --- delays, in nanoseconds ---

type Delay = { readonly nanos: bigint } | { readonly at: bigint };

interface BodyDelay {
  readonly seconds?: Json | undefined;
  readonly millis?: Json | undefined;
}

const MILLISECOND = 1_000_000n;
const SECOND = 1_000_000_000n;
const ONE = 1_000_000_000n;
const MOST = 2n ** 128n - 1n;
const LAST_SECOND = 253_402_300_799n;

function readDelay(
  headers: Lines,
  body: BodyDelay,
  rateLimited: boolean,
  reset: Reset | null,
): Delay | undefined {
  let zero: Delay | undefined;
  const sources = function* (): Generator<Delay | undefined> {
    for (const line of headers.all("retry-after-ms")) yield wait(number(line, MILLISECOND));
    for (const line of headers.all("retry-after")) {
      const nanos = number(line, SECOND);
      yield nanos === undefined ? relative(date(line), headers) : wait(nanos);
    }
    yield member(body.millis, MILLISECOND, headers);
    yield member(body.seconds, SECOND, headers);
    if (!rateLimited) return;
    yield rateLimit(headers);
    if (reset === null) return;
    for (const line of headers.all(reset.header)) yield resetLine(line, reset.unit, headers);
  };
  for (const found of sources()) {
    if (found === undefined) continue;
    if ("nanos" in found && found.nanos === 0n) zero = found;
    else return precise(found, body, headers);
  }
  return zero;
}

/** The header has whole seconds; a body member that rounds up to it is the same, said more precisely. */
function precise(found: Delay, body: BodyDelay, headers: Lines): Delay {
  const exact = member(body.millis, MILLISECOND, headers) ?? member(body.seconds, SECOND, headers);
  if (exact === undefined || !("nanos" in exact) || !("nanos" in found) || exact.nanos === 0n) return found;
  const up = ((exact.nanos + SECOND - 1n) / SECOND) * SECOND;
  return found.nanos === up ? exact : found;
}

function member(value: Json | undefined, unit: bigint, headers: Lines): Delay | undefined {
  if (value === undefined || typeof value !== "string") return undefined;
  if (value.startsWith("n")) return wait(number(value.slice(1), unit));
  const text = stringOf(value);
  if (text === undefined) return undefined;
  const nanos = duration(text, unit);
  return nanos === undefined ? relative(date(text), headers) : wait(nanos);
}

function resetLine(line: string, unit: Reset["unit"], headers: Lines): Delay | undefined {
  let nanos = unit === "seconds" ? duration(line, SECOND) : number(line, SECOND);
  if (nanos === undefined) return relative(date(line), headers);
  if (unit === "seconds") return wait(nanos);
  // As seconds this is the year 5138, as milliseconds 1973: no reset lies at either.
  if (nanos > 100_000_000_000n * SECOND) nanos /= 1000n;
  const isMoment = 1_000_000_000n * SECOND <= nanos && nanos <= LAST_SECOND * SECOND;
  return isMoment ? relative(nanos, headers) : undefined;
}

/** `"burst";r=0;t=30, "daily";r=874;t=36000`, and `limit=100, remaining=0, reset=30`. */
function rateLimit(headers: Lines): Delay | undefined {
  let counts: { readonly left: bigint; readonly seconds: bigint | undefined } | undefined;
  // Those with the least remaining count, and of these the longest.
  const count = (left: bigint, seconds: bigint | undefined): void => {
    const longer = (seconds ?? -1n) > (counts?.seconds ?? -1n);
    if (counts === undefined || left < counts.left || (left === counts.left && longer)) {
      counts = { left, seconds };
    }
  };
  let remaining: bigint | undefined;
  let reset: bigint | undefined;
  for (const item of headers.all("ratelimit").flatMap((line) => split(line, ","))) {
    const [name = "", ...parameters] = split(item, ";");
    const own = pair(name);
    if (own !== undefined) {
      if (own[0] === "remaining") remaining = number(own[1], SECOND);
      if (own[0] === "reset") reset = within(number(own[1], SECOND));
      continue;
    }
    let left: bigint | undefined = MOST;
    let seconds: bigint | undefined;
    for (const [key, value] of parameters.flatMap((parameter) => [pair(parameter)].filter((it) => it !== undefined))) {
      if (key === "r") left = number(value, SECOND);
      if (key === "t") seconds = within(number(value, SECOND));
    }
    // An `r` that is no number: this quota cannot be compared.
    if (name !== "" && left !== undefined) count(left, seconds);
  }
  if (reset !== undefined || remaining !== undefined) count(remaining ?? MOST, reset);
  return wait(counts?.seconds);
}

/** The parts of a structured field between separators outside of strings. */
function split(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  let escaped = false;
  for (const character of text) {
    const isEscaped: boolean = escaped;
    escaped = !isEscaped && character === "\\" && quoted;
    if (!isEscaped && character === '"') quoted = !quoted;
    if (!isEscaped && !quoted && character === separator) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map(trimAscii);
}

function pair(text: string): readonly [key: string, value: string] | undefined {
  const at = text.startsWith('"') ? -1 : text.indexOf("=");
  return at < 0 ? undefined : [trimAscii(text.slice(0, at)), trimAscii(text.slice(at + 1))];
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DATES = [
  /^(?<week>[A-Z][a-z]{2}), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<clock>\d\d:\d\d:\d\d) GMT$/,
  /^(?<week>Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d).(?<clock>\d\d:\d\d:\d\d) GMT$/,
  /^(?<week>[A-Z][a-z]{2}) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<clock>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/** A date in any form of RFC 9110, section 5.6.7, in nanoseconds since 1970. */
function date(text: string): bigint | undefined {
  const found = DATES.map((form) => form.exec(text.trim())?.groups).find((groups) => groups !== undefined);
  if (found === undefined) return undefined;
  const { week = "", day = "", month = "", clock = "" } = found;
  let year = Number(found["year"]);
  if (year < 100 && found["year"]?.length === 2) year += year < 70 ? 2000 : 1900;
  const [hour = 0, minute = 0, second = 0] = clock.split(":").map(Number);
  const moment = new Date(Date.UTC(year, MONTHS.indexOf(month), Number(day), hour, minute, second));
  const isValid =
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    year >= 1970 &&
    MONTHS.includes(month) &&
    moment.getUTCDate() === Number(day) &&
    DAYS[moment.getUTCDay()] === week.slice(0, 3);
  return isValid ? BigInt(moment.getTime()) * MILLISECOND : undefined;
}

/** A date becomes a delay against the response's own `Date`, so that the two clocks need not agree. */
function relative(moment: bigint | undefined, headers: Lines): Delay | undefined {
  if (moment === undefined) return undefined;
  const sent = headers.all("date").map(date).find((sent) => sent !== undefined);
  if (sent === undefined) return { at: moment };
  return wait(moment > sent ? moment - sent : 0n);
}

function within(nanos: bigint | undefined): bigint | undefined {
  return nanos !== undefined && nanos <= BigInt(MAX_SECONDS) * SECOND ? nanos : undefined;
}

/** Nothing beyond 365 days. */
function wait(nanos: bigint | undefined): Delay | undefined {
  const delay = within(nanos);
  return delay === undefined ? undefined : { nanos: delay };
}

function atMost(value: bigint): bigint {
  return value > MOST ? MOST : value;
}

/** The whole text as a number of units; nothing if it is negative, or no number. */
function number(text: string, unit: bigint): bigint | undefined {
  const negative = text.startsWith("-");
  const found = quantity(negative ? text.slice(1) : text);
  return found === undefined || found.rest !== "" ? undefined : unsigned(negative, scale(found.billionths, unit));
}

const UNITS: readonly (readonly [string, bigint])[] = [
  ["ns", 1n],
  ["us", 1000n],
  // The micro sign and the Greek letter, also as a header has their bytes.
  ["\u00b5s", 1000n],
  ["\u03bcs", 1000n],
  ["\u00c2\u00b5s", 1000n],
  ["\u00ce\u00bcs", 1000n],
  ["ms", MILLISECOND],
  ["s", SECOND],
  ["m", 60n * SECOND],
  ["h", 3600n * SECOND],
  ["d", 86_400n * SECOND],
];

/** The whole text as a duration: `48s`, `1h30m`, and a number alone as that many `bare` units. */
function duration(text: string, bare: bigint): bigint | undefined {
  let rest = trimAscii(text);
  const negative = rest.startsWith("-");
  if (negative) rest = rest.slice(1);
  const alone = quantity(rest);
  if (alone === undefined) return undefined;
  if (alone.rest === "") return unsigned(negative, scale(alone.billionths, bare));
  let total = 0n;
  while (rest !== "") {
    const found = quantity(rest);
    if (found === undefined) return undefined;
    const after = trimAscii(found.rest);
    const unit = UNITS.find(([name]) => after.startsWith(name));
    if (unit === undefined) return undefined;
    total = atMost(total + scale(found.billionths, unit[1]));
    rest = trimAscii(after.slice(unit[0].length));
  }
  return unsigned(negative, total);
}

/** `-0`, which a float may well be, is zero. */
function unsigned(negative: boolean, nanos: bigint): bigint | undefined {
  return negative && nanos !== 0n ? undefined : nanos;
}

function scale(billionths: bigint, unit: bigint): bigint {
  return atMost(billionths * unit) / ONE;
}

/** Digits as a number; too many saturate. */
function digits(text: string): bigint {
  const significant = text.replace(/^0+/, "");
  return significant.length > 40 ? MOST : atMost(BigInt(significant || "0"));
}

/** The decimal number that a text starts with, in billionths, and what follows it. */
function quantity(text: string): { readonly billionths: bigint; readonly rest: string } | undefined {
  const found = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?)(\d+))?/.exec(text);
  if (found === null) return undefined;
  const [all, whole = "", fraction = "", sign, exponent] = found;
  let value = atMost(atMost(digits(whole) * ONE) + BigInt(fraction.slice(0, 9).padEnd(9, "0")));
  if (exponent !== undefined) {
    const power = digits(exponent);
    if (power > 38n) value = sign === "-" ? 0n : value === 0n ? 0n : MOST;
    else value = sign === "-" ? value / 10n ** power : atMost(value * 10n ** power);
  }
  return { billionths: value, rest: text.slice(all.length) };
}

function toRetryAfter(delay: Delay): RetryAfter {
  if ("at" in delay) {
    return { kind: "date", date: new Date(Number((delay.at + MILLISECOND - 1n) / MILLISECOND)) };
  }
  const fraction = String(delay.nanos % SECOND).padStart(9, "0");
  return { kind: "delay", seconds: Number(`${delay.nanos / SECOND}.${fraction}`) };
}

// --- what a status means by itself ---

function classesOf(status: number): readonly Class[] {
  switch (status) {
    case 401:
    case 407:
    case 511:
      return ["auth"];
    case 403:
    case 451:
      return ["permission"];
    case 400:
    case 413:
    case 422:
      return ["validation"];
    case 404:
    case 410:
      return ["not_found"];
    case 409:
    case 412:
    case 423:
      return ["conflict"];
    case 429:
      return ["rate_limit"];
    case 408:
    case 504:
      return ["timeout"];
    case 502:
    case 503:
    case 507:
      return ["unavailable"];
    default:
      return status >= 500 && status < 600 ? ["internal"] : status >= 400 && status < 500 ? ["request"] : [];
  }
}

function retryOf(status: number): Retry {
  if (status === 425 || status === 429) return "always";
  if ([501, 505, 506, 508, 510, 511].includes(status)) return "never";
  return status === 408 || (status >= 500 && status < 600) ? "if_idempotent" : "never";
}

/** The server's own verdict. */
function verdictOf(names: readonly string[], headers: Lines): Retry | undefined {
  for (const name of names) {
    const text = headers.text(name)?.toLowerCase() ?? "";
    if (["true", "1", "yes"].includes(text)) return "always";
    if (["false", "0", "no"].includes(text)) return "never";
  }
  return undefined;
}

// --- from a response to a failure ---

/** One line of at most 200 characters. */
function describe(failure: ApiError | Unrecognized): string {
  const what = failure.kind === "api" ? failure.name : `unrecognized response (${failure.reason.kind})`;
  const line = failure.message === null ? what : `${what}: ${failure.message}`;
  const text = `${failure.status} ${line}`.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

function linesOf(headers: HeaderLines): [string, string][] {
  const lines = Symbol.iterator in headers ? [...(headers as Iterable<[string, string]>)] : Object.entries(headers);
  return lines.map(([name, value]) => [name.toLowerCase(), value]);
}

/** `undefined`: not UTF-8. */
function utf8(body: Body): string | undefined {
  if (typeof body === "string") return body;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** At most so many bytes of a body. */
async function readBody(response: Response, limit: number): Promise<{ body: Uint8Array; cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined && length <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const cut = length > limit;
  if (cut) await reader?.cancel();
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return { body: body.subarray(0, Math.min(length, limit)), cut };
}

function recognize(
  table: Table,
  status: number,
  headers: HeaderLines,
  body: Body,
  cut: boolean,
): ApiError | Unrecognized {
  const lines = linesOf(headers);
  const text = utf8(body);
  const session = new Session(table, status, lines, text);
  const received = {
    status,
    code: session.receivedCode() ?? null,
    message: session.receivedMessage() ?? null,
    response: { status, headers: lines, body: text ?? new TextDecoder().decode(body as Uint8Array) },
  };
  const found = session.choose();
  const said = verdictOf(table.retryHeaders, session.headers);
  const after = (...delays: (Delay | undefined)[]): RetryAfter | null => {
    const delay = delays.find((delay) => delay !== undefined);
    return delay === undefined ? null : toRetryAfter(delay);
  };

  const fields = isChosen(found) ? session.fieldsOf(found) : undefined;
  if (isChosen(found) && fields !== undefined && "values" in fields) {
    const { entry } = found;
    // Of an error with several statuses the one that came, where it is one of them.
    const own = entry.first <= status && status <= entry.last ? status : entry.first;
    const classes = entry.classes ?? classesOf(own);
    const isDelayed = entry.fields.some((field) => field.role === "retry_after");
    return {
      kind: "api",
      name: entry.name,
      ...received,
      classes,
      retry: said ?? entry.retry ?? retryOf(own),
      retryAfter: after(
        isDelayed ? session.delayOf(found) : undefined,
        session.receivedDelay(),
        session.delayByHeaders(classes),
      ),
      fields: Object.fromEntries(fields.values),
    };
  }
  const misfit = isChosen(found) ? found.entry : undefined;
  const classes = misfit?.classes ?? classesOf(status);
  let reason: Reason;
  if (cut) reason = { kind: "cut" };
  else if (!isChosen(found)) reason = session.explain(found);
  else reason = { kind: "fields", error: found.entry.name, path: fields !== undefined && "path" in fields ? fields.path : "" };
  return {
    kind: "unrecognized",
    name: null,
    ...received,
    classes,
    retry: said ?? misfit?.retry ?? retryOf(status),
    retryAfter: after(session.receivedDelay(), session.delayByHeaders(classes)),
    reason,
  };
}
