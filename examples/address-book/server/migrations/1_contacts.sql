CREATE TABLE groups (
    name TEXT PRIMARY KEY
) STRICT;

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT UNIQUE,
    group_name TEXT REFERENCES groups (name)
) STRICT;
