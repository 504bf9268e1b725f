"""Every example of an OpenAPI document against its schema, by an outside implementation of JSON Schema."""

import json
import sys

from jsonschema import Draft202012Validator

document = json.load(open(sys.argv[1], encoding="utf-8"))


def validator(schema):
    return Draft202012Validator({"allOf": [schema], "components": document["components"]})


def responses():
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                yield from operation.get("responses", {}).values()
    yield from document["components"].get("responses", {}).values()


checked = 0
for response in responses():
    described = [*response.get("content", {}).values(), *response.get("headers", {}).values()]
    for part in described:
        for name, example in part.get("examples", {}).items():
            validator(part["schema"]).validate(example["value"])
            checked += 1
        # A body of another error is valid for one alternative only.
        for choice in part.get("schema", {}).get("anyOf", []):
            for example in part.get("examples", {}).values() if "oneOf" in choice else []:
                valid = [branch for branch in choice["oneOf"] if validator(branch).is_valid(example["value"])]
                assert len(valid) == 1, (example, valid)
print(f"{sys.argv[1]}: {checked} examples are valid")
assert checked > 10
