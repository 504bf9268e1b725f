-- What was created under which key: a repeated request is answered from here.
CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    -- The request as JSON: another request under the same key is a mistake of the caller's.
    request TEXT NOT NULL,
    contact INTEGER NOT NULL REFERENCES contacts (id),
    PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
