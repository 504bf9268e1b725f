// Checked beside the runtime; what follows the line becomes part of every module, with the name of
// the taxonomy in it.
type ApiErrorUnion = ApiError;
declare const TABLE: Table;
// ---
/** What a call can fail with: `name` tells the errors apart, and is `null` for what is none of them. */
export type Failure = ApiErrorUnion | Unrecognized;

/**
 * Reads a `fetch` response that failed. Nothing is lost: what is not recognised is returned with the
 * reason and the whole response.
 *
 * At most `limit` bytes of the body are read.
 */
export async function decode(response: Response, limit = 65_536): Promise<Failure> {
  const { body, cut } = await readBody(response, limit);
  return recognize(TABLE, response.status, response.headers, body, cut) as Failure;
}

/** As {@link decode}, for a response that was read already, by whatever client. */
export function decodeParts(status: number, headers: HeaderLines, body: Body): Failure {
  return recognize(TABLE, status, headers, body, false) as Failure;
}

/** A failed call as an exception. */
export class CallError extends Error {
  override readonly name = "CallError";

  constructor(readonly failure: Failure) {
    super(describe(failure));
  }
}

/** The response itself, unless its status is 400 or above: then a {@link CallError} is thrown. */
export async function throwForError(response: Response): Promise<Response> {
  if (response.status < 400) return response;
  throw new CallError(await decode(response));
}

