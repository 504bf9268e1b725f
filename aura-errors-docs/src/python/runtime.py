class RetryAfter:
    """How long the server asks to wait: a delay, or a date where it sent no clock of its own."""

    __slots__ = ("date", "seconds")

    def __init__(self, seconds: Optional[float] = None, date: Optional[datetime] = None) -> None:
        #: The delay; ``None`` where it is a date.
        self.seconds = seconds
        #: The date, in UTC; ``None`` where it is a delay.
        self.date = date

    def delay(self, clock: Callable[[], float] = time.time) -> float:
        """The delay in seconds; zero for a date that has passed. A delay reads no clock."""
        if self.date is None:
            return self.seconds or 0.0
        return min(max(self.date.timestamp() - clock(), 0.0), float(_MAX_SECONDS))

    def __repr__(self) -> str:
        return f"RetryAfter({self.seconds if self.date is None else self.date!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RetryAfter):
            return NotImplemented
        return (self.seconds, self.date) == (other.seconds, other.date)

    def __hash__(self) -> int:
        return hash((self.seconds, self.date))


class CallError(Exception):
    """A call that failed: an error of the API, or what was not recognised as one."""

    #: The stable name of the error; ``None`` for what was not recognised.
    name: ClassVar[Optional[str]] = None

    #: The status of the response.
    status: int
    #: The code as received, numbers as text; ``None`` where none could be read.
    code: Optional[str]
    #: The message as received, that of the error's own field where it has one; ``None`` where none
    #: could be read.
    message: Optional[str]
    #: What kind of failure it is, such as ``"rate_limit"``; the primary class first.
    classes: Tuple[str, ...]
    #: ``"never"``, ``"always"`` or ``"if_idempotent"`` (the server may have acted).
    retry: str
    #: ``None``: the server did not say. A delay never makes a failure retryable.
    retry_after: Optional[RetryAfter]
    #: The header lines of the response, names in lower case.
    headers: Tuple[Tuple[str, str], ...]
    #: The body of the response.
    body: bytes
    #: What travels with the error, by its name on the wire.
    fields: Mapping[str, Any]

    _ATTRIBUTES: ClassVar[Mapping[str, str]] = {}

    def __init__(self, **known: Any) -> None:
        super().__init__()
        for attribute, value in known.items():
            setattr(self, attribute, value)
        for name, attribute in self._ATTRIBUTES.items():
            setattr(self, attribute, self.fields.get(name))

    def __reduce__(self) -> Tuple[Any, ...]:
        return _restore, (type(self), dict(self.__dict__))

    def is_class(self, wanted: str) -> bool:
        """Whether a class is among those of this failure."""
        return wanted in self.classes

    @property
    def is_retryable(self) -> bool:
        """Whether there are requests that may be sent again: see :meth:`should_retry`."""
        return self.retry != "never"

    def should_retry(self, method: str, headers: Optional[Mapping[str, str]] = None) -> bool:
        """Whether a request with this method and these headers may be sent again.

        A request with an ``Idempotency-Key`` is idempotent whatever its method.
        """
        if self.retry != "if_idempotent":
            return self.retry == "always"
        keys = [value for name, value in (headers or {}).items() if name.lower() == "idempotency-key"]
        return method.upper() in _IDEMPOTENT or any(key.strip(_ASCII) not in ("", '""') for key in keys)

    def retry_delay(
        self,
        method: str = "GET",
        headers: Optional[Mapping[str, str]] = None,
        *,
        backoff: float = 0.0,
        max_delay: float = 120.0,
        clock: Callable[[], float] = time.time,
    ) -> Optional[float]:
        """How many seconds to wait before the request is sent again; ``None``: it should not be.

        The backoff comes on top of what the server asks for; who asks for more than ``max_delay`` is
        not waited for.
        """
        if not self.should_retry(method, headers):
            return None
        asked = 0.0 if self.retry_after is None else self.retry_after.delay(clock)
        return None if asked > max_delay else asked + backoff

    def __str__(self) -> str:
        text = f"{self.status} {self.name}"
        return _one_line(text if self.message is None else f"{text}: {self.message}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"


class Reason:
    """Why a response is none of the errors."""

    __slots__ = ("error", "kind", "path")

    def __init__(self, kind: str, error: Optional[str] = None, path: Optional[str] = None) -> None:
        #: ``"unknown_code"``, ``"fields"``, ``"foreign"``, ``"conflict"`` or ``"ambiguous"``.
        self.kind = kind
        #: The name of the error whose required field does not fit (``"fields"``), or that the body
        #: comes closest to (``"foreign"``).
        self.error = error
        #: Where it departs from that error: a JSON Pointer, or ``header Name``.
        self.path = path

    def __repr__(self) -> str:
        return f"Reason({self.kind!r}, {self.error!r}, {self.path!r})"


class Unrecognized(CallError):
    """A response that is none of the API's errors, kept whole."""

    #: Why it was not recognised.
    reason: Reason

    def __str__(self) -> str:
        text = f"unrecognized response with status {self.status}: {self.reason.kind}"
        if self.reason.error is not None:
            text += f" (`{self.reason.error}`, {self.reason.path or 'the body'})"
        return _one_line(text if self.code is None else f"{text}, code `{self.code}`")


_Call = TypeVar("_Call", bound=Callable[..., Any])


def retrying(
    method: str = "GET",
    headers: Optional[Mapping[str, str]] = None,
    *,
    tries: int = 3,
    backoff: float = 1.0,
    max_delay: float = 120.0,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.time,
) -> Callable[[_Call], _Call]:
    """Calls a function again when it fails with an error after which this may succeed.

    ``method`` and ``headers`` are those of the request that the function sends. ``backoff`` is that
    of the second try, and doubles with every further one; what the server asks for comes on top. After
    ``tries`` calls the last failure is raised.
    """

    def decorate(call: _Call) -> _Call:
        @functools.wraps(call)
        def repeated(*args: Any, **kwargs: Any) -> Any:
            for attempt in range(1, max(tries, 1)):
                try:
                    return call(*args, **kwargs)
                except CallError as failure:
                    wait = failure.retry_delay(
                        method,
                        headers,
                        backoff=backoff * 2 ** (attempt - 1),
                        max_delay=max_delay,
                        clock=clock,
                    )
                    if wait is None:
                        raise
                sleep(wait)
            return call(*args, **kwargs)

        return cast(_Call, repeated)

    return decorate


#: Header lines: of ``requests``, of ``httpx``, a mapping, or pairs.
HeaderLines = Union[Mapping[str, str], Iterable[Tuple[str, str]]]


class ResponseLike(Protocol):
    """What ``requests.Response`` and ``httpx.Response`` have in common."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Any: ...

    @property
    def content(self) -> Any: ...


_IDEMPOTENT = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE")
_MAX_SECONDS = 365 * 24 * 60 * 60
_ASCII = " \t\n\f\r"
_WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def _restore(kind: Type[CallError], state: Dict[str, Any]) -> CallError:
    return kind(**state)


def _one_line(text: str) -> str:
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:200])
    return shown if len(shown) <= 200 and len(text) <= 200 else shown[:199] + "…"


# --- JSON that keeps what was sent ---


class _Number(str):
    """A number as it was written: ``1007`` and ``1007.0`` are two codes."""


_Lines = Sequence[Tuple[str, str]]
_Node = Mapping[str, Any]
_MISSING: Any = type("_Missing", (), {})()

_TOKEN = re.compile(
    r"[ \t\n\r]*(?:([{}\[\],:])"
    r'|("[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")'
    r"|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(true|false|null))"
)
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "null": None}


def _parse(text: str) -> Any:
    """A JSON text of any depth; ``_MISSING`` where it is none."""
    text = text[1:] if text.startswith("\ufeff") else text
    at = 0
    # What is open, and for objects the name of the member that is read.
    stack: List[Tuple[Any, Optional[str]]] = []

    def take() -> Tuple[str, Any]:
        nonlocal at
        found = _TOKEN.match(text, at)
        if found is None:
            return "", None
        at = found.end()
        sign, string, number, word = found.groups()
        if string is not None:
            return "value", json.loads(string)
        if number is not None:
            return "value", _Number(number)
        return ("value", _WORDS[word]) if word is not None else (sign, None)

    def name(kind: str, key: Any) -> bool:
        """Whether a member begins; its object is on top."""
        if kind != "value" or not isinstance(key, str) or isinstance(key, _Number) or take()[0] != ":":
            return False
        stack[-1] = (stack[-1][0], key)
        return True

    kind, value = take()
    while True:
        if kind in ("{", "["):
            opened: Any = {} if kind == "{" else []
            stack.append((opened, None))
            kind, value = take()
            if kind == ("}" if isinstance(opened, dict) else "]"):
                stack.pop()
                kind, value = "value", opened
            elif isinstance(opened, dict):
                if not name(kind, value):
                    return _MISSING
                kind, value = take()
                continue
            else:
                continue
        if kind != "value":
            return _MISSING
        # A value is complete: it goes into what is open, which may be complete then.
        while stack:
            inside, key = stack[-1]
            if isinstance(inside, dict):
                inside[key] = value
            else:
                inside.append(value)
            kind, _ = take()
            if kind == ",":
                kind, value = take()
                if isinstance(inside, dict):
                    if not name(kind, value):
                        return _MISSING
                    kind, value = take()
                break
            if kind != ("}" if isinstance(inside, dict) else "]"):
                return _MISSING
            stack.pop()
            value = inside
        else:
            return value if text[at:].strip(" \t\n\r") == "" else _MISSING


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, _Number):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def _member(value: Any, name: str) -> Any:
    return value.get(name, _MISSING) if isinstance(value, dict) else _MISSING


def _is_text(text: str) -> bool:
    """A lone surrogate is valid JSON, but no text."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _string(value: Any) -> Optional[str]:
    if isinstance(value, str) and not isinstance(value, _Number) and _is_text(value):
        return value
    return None


def _text(value: Any) -> Optional[str]:
    """A string or a number as text; anything else, and the empty string, is none."""
    return str(value) if isinstance(value, _Number) else _string(value) or None


def _to_number(raw: str) -> Union[int, float]:
    return float(raw) if any(c in raw for c in ".eE") or len(raw) > 400 else int(raw)


def _plain(value: Any) -> Any:
    """As ordinary JSON."""
    if isinstance(value, _Number):
        return _to_number(value)
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return {key: _plain(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _is_held(value: Any, depth: int = 127) -> bool:
    """Whether a value can be held at all: every text a text, every number finite, not too deep."""
    if isinstance(value, _Number):
        return math.isfinite(float(value))
    if isinstance(value, str):
        return _is_text(value)
    if value is None or isinstance(value, bool):
        return True
    if depth == 0:
        return False
    if isinstance(value, list):
        return all(_is_held(inner, depth - 1) for inner in value)
    return all(_is_text(key) and _is_held(inner, depth - 1) for key, inner in value.items())


def _conforms(value: Any, schema: Any) -> bool:
    """Whether a value has a JSON Schema, by the keywords that types of fields are described with."""
    if not isinstance(schema, dict):
        return schema is not False
    return all(_keeps(value, keyword, argument, schema) for keyword, argument in schema.items())


def _keeps(value: Any, keyword: str, argument: Any, schema: _Node) -> bool:
    several = argument if isinstance(argument, list) else [argument]
    number = _to_number(value) if isinstance(value, _Number) else None
    text = _string(value)
    elements = value if isinstance(value, list) else []
    members = value if isinstance(value, dict) else {}
    if keyword == "type":
        return any(_has_type(value, wanted) for wanted in several)
    if keyword == "const":
        return _same(_plain(value), argument)
    if keyword == "enum":
        return any(_same(_plain(value), known) for known in several)
    if keyword in ("anyOf", "oneOf"):
        return any(_conforms(value, inner) for inner in several)
    if keyword == "allOf":
        return all(_conforms(value, inner) for inner in several)
    if keyword == "minimum":
        return number is None or bool(number >= argument)
    if keyword == "maximum":
        return number is None or bool(number <= argument)
    if keyword == "minLength":
        return text is None or bool(len(text) >= argument)
    if keyword == "maxLength":
        return text is None or bool(len(text) <= argument)
    if keyword == "minItems":
        return not isinstance(value, list) or bool(len(value) >= argument)
    if keyword == "maxItems":
        return not isinstance(value, list) or bool(len(value) <= argument)
    if keyword == "prefixItems":
        return all(_conforms(inner, known) for inner, known in zip(elements, several))
    if keyword == "items":
        return all(_conforms(inner, argument) for inner in elements[len(schema.get("prefixItems", [])) :])
    if keyword == "required":
        return not isinstance(value, dict) or all(name in value for name in several)
    if keyword == "properties":
        return all(_conforms(inner, argument[name]) for name, inner in members.items() if name in argument)
    if keyword == "additionalProperties":
        named = schema.get("properties", {})
        return all(_conforms(inner, argument) for name, inner in members.items() if name not in named)
    return True


def _has_type(value: Any, wanted: Any) -> bool:
    if wanted != "integer":
        return bool(_kind(value) == wanted)
    return isinstance(value, _Number) and re.fullmatch(r"(?!-0$)-?[0-9]+", value) is not None


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


# --- reading a body by a shape ---


class _Walk:
    def __init__(self, places: int) -> None:
        self.found: List[Any] = [_MISSING] * places
        # Every object and array is there, every literal equal, every required member present.
        self.fits = True
        # A literal that is there differs; a required one is not there.
        self.differs = False
        self.missing = False

    def _miss(self, required: bool) -> None:
        if required:
            self.fits = False

    def read(self, read: _Node, value: Any, required: bool) -> None:
        kind = read["is"]
        if kind == "object":
            members = value if isinstance(value, dict) else _MISSING
            if members is _MISSING:
                self._miss(required)
            elif read["spread"] is not None:
                self.found[read["spread"]] = members
            for member in read["members"]:
                inner = not member["optional"] and (required or members is not _MISSING)
                self.read(member["value"], _member(members, member["key"]), inner)
        elif kind == "array":
            array = value if isinstance(value, list) else None
            if array is None:
                self._miss(required)
            alone = len(read["elements"]) == 1 and (required or array is not None)
            for at, element in enumerate(read["elements"]):
                self.read(element, _MISSING if array is None else _pick(array, element, at), alone)
        elif value is _MISSING:
            if kind == "literal":
                self.missing = self.missing or required
            self._miss(required)
        elif kind == "literal":
            if not _is_literal(value, read["value"]):
                self.differs = True
                self.fits = False
        elif kind == "text":
            if not (read["nullable"] and value is None) and _kind(value) != "string":
                self._miss(required)
            if read["delay"] is not None:
                self.found[read["delay"]] = value
        elif kind == "place":
            self.found[read["at"]] = value
            if read["message"] and _kind(value) != "string":
                self._miss(required or value is not None)
        elif kind == "or":
            if read["text"] and _kind(value) != "string":
                self._miss(required)
            # Which of them was written is not known yet: none of them is asked to fit.
            before = self.fits, self.differs, self.missing
            for option in read["options"]:
                self.read(option, value, False)
            self.fits, self.differs, self.missing = before
        else:
            self.found[read["at"]] = value
            if not _is_nothing(value):
                self.read(read["shape"], value, required)


def _is_nothing(value: Any) -> bool:
    """A bound value without anything to read a shape in."""
    return value is None or value == []


def _pick(array: Sequence[Any], element: _Node, at: int) -> Any:
    """The first element whose literals are equal, where the shape has some; else the one there."""
    if _has_literal(element):
        return next((value for value in array if _literals_equal(element, value)), _MISSING)
    return array[at] if at < len(array) else _MISSING


def _has_literal(read: _Node) -> bool:
    if read["is"] == "object":
        return any(_has_literal(member["value"]) for member in read["members"])
    return _has_literal(read["shape"]) if read["is"] == "bind" else bool(read["is"] == "literal")


def _literals_equal(read: _Node, value: Any) -> bool:
    if read["is"] == "literal":
        return _is_literal(value, read["value"])
    if read["is"] == "bind":
        return _literals_equal(read["shape"], value)
    if read["is"] != "object":
        return True
    for member in read["members"]:
        if _has_literal(member["value"]):
            inner = _member(value, member["key"])
            if inner is _MISSING or not _literals_equal(member["value"], inner):
                return False
    return True


def _is_literal(value: Any, literal: Any) -> bool:
    if isinstance(literal, dict):
        return isinstance(value, _Number) and float(value) == float(literal["number"])
    if isinstance(literal, str):
        return _string(value) == literal
    return value is literal


def _misfit(read: _Node, value: Any, required: bool, path: str) -> Optional[str]:
    """Where a body first departs from a shape; ``None``: it does not."""
    kind = None if value is _MISSING else _kind(value)
    what = read["is"]
    fits = False
    if what == "object" and kind == "object":
        for member in read["members"]:
            inner = _member(value, member["key"])
            at = path + _token(member["key"])
            found = _misfit(member["value"], inner, not member["optional"], at)
            if found is not None:
                return found
        return None
    if what == "array" and kind == "array":
        for index, element in enumerate(read["elements"]):
            inner = _pick(value, element, index)
            found = _misfit(element, inner, len(read["elements"]) == 1, path + _token(str(index)))
            if found is not None:
                return found
        return None
    if what == "literal" and kind is not None:
        return None if _is_literal(value, read["value"]) else path
    if what == "bind" and kind is not None:
        return None if _is_nothing(value) else _misfit(read["shape"], value, required, path)
    if what == "text":
        fits = kind == "string" or (read["nullable"] and kind == "null")
    elif what == "place":
        fits = kind == "string" if read["message"] else kind is not None
    elif what == "or":
        fits = kind == "string" if read["text"] else kind is not None
    return None if fits or not required else path


def _pointer(read: _Node, at: int, path: str = "") -> Optional[str]:
    """The JSON Pointer of a placeholder."""
    what = read["is"]
    inner: List[Tuple[_Node, str]] = []
    if what == "literal":
        return None
    if what == "text":
        return path if read["delay"] == at else None
    if what == "place":
        return path if read["at"] == at else None
    if what == "bind":
        if read["at"] == at:
            return path
        inner = [(read["shape"], path)]
    elif what == "or":
        inner = [(option, path) for option in read["options"]]
    elif what == "object":
        if read["spread"] == at:
            return path
        inner = [(member["value"], path + _token(member["key"])) for member in read["members"]]
    else:
        inner = [(element, path + _token(str(index))) for index, element in enumerate(read["elements"])]
    found = (_pointer(node, at, below) for node, below in inner)
    return next((pointer for pointer in found if pointer is not None), None)


def _token(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


# --- which error a response is ---


class _NotRecognized(Exception):
    def __init__(self, kind: str, error: Optional[str] = None, path: Optional[str] = None) -> None:
        super().__init__(kind)
        self.reason = Reason(kind, error, path)
        self.entry: Optional[_Node] = None


class _Misfit(Exception):
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


_Chosen = Tuple[_Node, Optional[_Node]]
_Rank = Tuple[float, ...]


class _Session:
    """One response while it is read."""

    def __init__(self, table: _Node, status: int, headers: _Lines, body: bytes) -> None:
        self.table = table
        self.status = status
        self.headers = headers
        self.body_text: Optional[str] = None
        try:
            self.body_text = body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        self.json: Any = _MISSING
        if self.body_text is not None and any(shape["kind"] == "json" for shape in table["shapes"]):
            self.json = _parse(self.body_text)
        # The code the choice went by.
        self.code: Optional[str] = None
        self._walks: Dict[int, _Walk] = {}

    def _shape(self, number: int) -> _Node:
        return cast(_Node, self.table["shapes"][number])

    def _walk(self, number: int) -> Optional[_Walk]:
        """What was found by a shape of JSON."""
        shape = self._shape(number)
        if "read" not in shape:
            return None
        walk = self._walks.get(number)
        if walk is None:
            walk = self._walks[number] = _Walk(shape["places"])
            if self.json is _MISSING:
                walk.fits = False
                walk.missing = True
            else:
                walk.read(shape["read"], self.json, True)
        return walk

    def _found(self, number: int, at: int) -> Any:
        walk = self._walk(number)
        return _MISSING if walk is None else walk.found[at]

    def _fits(self, number: int) -> bool:
        kind = self._shape(number)["kind"]
        if kind == "json":
            walk = self._walk(number)
            return walk is not None and walk.fits
        text = self.body_text
        if kind == "text":
            return text is not None and text.strip(_WHITE_SPACE) != ""
        if kind == "empty":
            return text is not None and text.strip(_ASCII) == ""
        return bool(kind == "anything")

    def _header_code(self) -> Optional[str]:
        found = (_visible(self.headers, name) for name in self.table["codeHeaders"])
        return next((text for text in found if text), None)

    def _declaring(self, code: str) -> List[_Node]:
        return [entry for entry in self.table["errors"] if code in entry["codes"]]

    def _code_place(self, number: int) -> Optional[int]:
        """The place that a code came in."""
        places = self._shape(number)["codes"]
        return next((at for at in places if _text(self._found(number, at)) is not None), None)

    def _body_code(self) -> Optional[str]:
        first: Optional[str] = None
        for number in self.table["codeShapes"]:
            at = self._code_place(number)
            code = None if at is None else _text(self._found(number, at))
            if code is None:
                continue
            # Taxonomies nested in one another may have it in different places: what one of them
            # declares is surer than what none does.
            if self._declaring(code):
                return code
            first = first or code
        return first

    def received_code(self) -> Optional[str]:
        return self._header_code() or self._body_code()

    def _message_by(self, number: int) -> Optional[str]:
        found = (_string(self._found(number, at)) for at in self._shape(number)["messages"])
        return next((message for message in found if message is not None), None)

    def received_message(self) -> Optional[str]:
        for number in range(len(self.table["shapes"])):
            message = self._message_by(number)
            if message is not None:
                return message
        # The whole body, where it is no JSON, and its errors are texts.
        is_text = self.table["textBody"] or any(entry["textBody"] for entry in self._of_status())
        text = self.body_text
        if self.json is _MISSING and is_text and text is not None and text.strip(_WHITE_SPACE) != "":
            return text
        return None

    def _has_status(self, entry: _Node) -> bool:
        return bool(entry["first"] <= self.status <= entry["last"])

    def _of_status(self) -> List[_Node]:
        entries = [entry for entry in self.table["errors"] if self._has_status(entry)]
        return [entry for entry in entries if self.status >= 400 or entry["allowSuccess"]]

    def choose(self) -> _Chosen:
        of_status = self._of_status()
        if (self.status < 400 and not of_status) or self.status > 599:
            raise _NotRecognized("foreign")
        in_header, in_body = self._header_code(), self._body_code()
        if in_header is not None and in_body is not None:
            one, other = self._declaring(in_header), self._declaring(in_body)
            if one and other and not any(entry is known for entry in one for known in other):
                raise _NotRecognized("conflict")
        self.code = in_header or in_body
        if self.code is None:
            return self._without_code(of_status)
        try:
            return self._with_code(self.code, of_status)
        except _NotRecognized as why:
            if why.reason.kind != "unknown_code" or in_header is not None:
                raise
            return self._without_unknown_code(of_status)

    def _without_unknown_code(self, of_status: List[_Node]) -> _Chosen:
        """What one template has as the code, another may have as the message or a field.

        An unknown code is none where the body has the whole shape of such another, and not that of
        the template that has it as the code.
        """
        unknown = _NotRecognized("unknown_code")
        try:
            chosen = self._without_code(of_status)
        except _NotRecognized:
            raise unknown from None
        code: Optional[str] = None
        for number in self.table["codeShapes"]:
            at = self._code_place(number)
            if at is None:
                continue
            if self._fits(number):
                raise unknown
            code = _pointer(self._shape(number)["read"], at) if code is None else code
        alternative = chosen[1]
        if code is None or alternative is None or "read" not in self._shape(alternative["shape"]):
            raise unknown
        number = alternative["shape"]
        shape = self._shape(number)
        places = range(shape["places"])
        there = [at for at in places if self._found(number, at) is not _MISSING]
        holding = [at for at in there if _pointer(shape["read"], at) == code]
        if not holding or any(at in shape["codes"] for at in holding):
            raise unknown
        self.code = None
        return chosen

    def _with_code(self, code: str, of_status: List[_Node]) -> _Chosen:
        declaring = self._declaring(code)
        if not declaring:
            takes_any = [entry for entry in of_status if entry["anyCode"]]
            if not takes_any:
                raise _NotRecognized("unknown_code")
            return self._best(takes_any, False)
        here = [entry for entry in declaring if self._has_status(entry)]
        if here:
            return self._best(here, False)
        # Outside the error statuses only what is declared for exactly that status is read.
        if self.status < 400:
            raise _NotRecognized("foreign")
        fits = [(entry, self._fit(entry, False)) for entry in declaring]
        fitting = [(entry, fit[2]) for entry, fit in fits if fit is not None]
        if len(fitting) != 1:
            raise _NotRecognized("ambiguous" if fitting else "foreign")
        return fitting[0]

    def _without_code(self, of_status: List[_Node]) -> _Chosen:
        codeless = [entry for entry in of_status if entry["codeless"]]
        fitting = [entry for entry in codeless if not entry["byPayload"]]
        for entry in codeless:
            fit = self._fit(entry, True) if entry["byPayload"] else None
            if fit is None or not fit[1]:
                continue
            try:
                self.fields_of((entry, fit[2]))
            except _Misfit:
                continue
            fitting.append(entry)
        return self._best(fitting, True)

    def _best(self, candidates: List[_Node], whole_shape: bool) -> _Chosen:
        best: Optional[Tuple[_Rank, _Chosen]] = None
        tied = False
        for entry in candidates:
            fit = self._fit(entry, whole_shape)
            if fit is None or (whole_shape and not fit[1]):
                continue
            rank, _, alternative = fit
            if best is None or rank < best[0]:
                best, tied = (rank, (entry, alternative)), False
            elif rank == best[0]:
                tied = True
        if best is None or tied:
            raise _NotRecognized("foreign" if best is None else "ambiguous")
        return best[1]

    def _fit(self, entry: _Node, without_code: bool) -> Optional[Tuple[_Rank, bool, Optional[_Node]]]:
        """How well a candidate fits, and whether by its whole shape; ``None``: not at all."""
        conditions = entry["when"]
        if conditions and not any(self._holds(condition) for condition in conditions):
            return None
        whole = None
        for alternative in entry["alternatives"]:
            shape = self._shape(alternative["shape"])
            # Without a code, an error that always has one is read only where its body has no place
            # for it.
            has_code = shape["kind"] == "custom" or shape["codes"]
            if not (without_code and entry["coded"] and has_code) and self._fits(alternative["shape"]):
                whole = alternative
                break
        read = whole or next(iter(entry["alternatives"]), None)
        equal = lacking = asks = 0
        if read is not None:
            asks = self._shape(read["shape"])["asks"]
            walk = self._walk(read["shape"])
            if walk is not None:
                if walk.differs or (self.status < 400 and walk.missing):
                    return None
                for slot in read["slots"]:
                    value = walk.found[slot["at"]]
                    # Known by a slot that did not come: less sure than one that never had it.
                    if value is _MISSING or value is None:
                        lacking += 1
                    elif _text(value) in slot["values"]:
                        equal += 1
                    elif slot.get("standsIn"):
                        lacking += 1
                    else:
                        return None
        order = self.table["errors"].index(entry) if conditions else math.inf
        rank = (entry["last"] - entry["first"], order, -equal, lacking, -asks, whole is None)
        return rank, whole is not None, read

    def _holds(self, condition: _Node) -> bool:
        lines = _all(self.headers, condition["header"])
        return bool(lines) if condition["value"] is None else condition["value"] in lines

    # --- the fields of the error that was chosen ---

    def fields_of(self, chosen: _Chosen) -> Dict[str, Any]:
        values: Dict[str, Any] = {}
        flattened: List[str] = []
        for index, field in enumerate(chosen[0]["fields"]):
            role = field["role"]
            if role == "retry_after" and not field["optional"] and self.delay_of(chosen) is None:
                raise _Misfit("header Retry-After")
            if role == "header":
                values[field["name"]] = self._header_field(chosen, index, field)
            elif role not in ("code", "status", "retry_after"):
                values[field["name"]] = self._field(chosen, index, field, flattened)
            if field.get("flatten") and isinstance(field["schema"], dict):
                flattened.extend(field["schema"].get("properties", ()))
        return values

    def _field(self, chosen: _Chosen, index: int, field: _Node, flattened: Sequence[str]) -> Any:
        raw = self._raw(chosen, index, field, flattened)
        if raw is not None:
            value, absent, _ = raw
            typed = _MISSING if absent and field["optional"] else self._typed(value, field)
            if typed is not _MISSING:
                return _plain(typed)
        if field["optional"]:
            return None
        raise _Misfit(self._place_of(chosen, index, field, None if raw is None else raw[2]))

    def _typed(self, value: Any, field: _Node) -> Any:
        if _is_held(value) and _conforms(value, field["schema"]):
            return value
        # A message is a string on the wire, whatever its type is.
        text = _string(value) if field["role"] == "message" else None
        inner = _MISSING if text is None else _parse(text)
        if inner is not _MISSING and _is_held(inner) and _conforms(inner, field["schema"]):
            return inner
        return _MISSING

    def _place_of(self, chosen: _Chosen, index: int, field: _Node, at: Optional[int]) -> str:
        alternative = chosen[1]
        read = None if alternative is None else self._shape(alternative["shape"]).get("read")
        if alternative is not None and read is not None:
            for source in alternative["sources"][index]:
                if at is None or source["at"] == at:
                    path = _pointer(read, source["at"])
                    if path is not None:
                        return path + _token(field["wire"]) if source.get("member") else path
                    break
        return f"/{field['wire']}"

    def _raw(
        self, chosen: _Chosen, index: int, field: _Node, flattened: Sequence[str]
    ) -> Optional[Tuple[Any, bool, int]]:
        """A value, whether it stands for an absent one, and its place."""
        alternative = chosen[1]
        if alternative is None:
            return None
        walk = self._walk(alternative["shape"])
        if walk is None:
            is_message = field["role"] == "message" and self._shape(alternative["shape"])["kind"] == "text"
            return (self.body_text, False, 0) if is_message and self.body_text is not None else None
        for source in alternative["sources"][index]:
            at = source["at"]
            value = walk.found[at]
            if "otherwise" in source:
                if value is not _MISSING:
                    return value, any(_stands_for(walk, value, other) for other in source["otherwise"]), at
            elif "taken" in source:
                if isinstance(value, dict):
                    taken = (*source["taken"], *flattened)
                    rest = {k: v for k, v in value.items() if _is_text(k) and k not in taken}
                    return rest, False, at
            else:
                for name in (field["wire"], *field.get("aliases", ())):
                    member = _member(value, name)
                    if member is not _MISSING:
                        return member, False, at
        return None

    def _header_field(self, chosen: _Chosen, index: int, field: _Node) -> Any:
        text = _visible(self.headers, field["header"].lower())
        if text is None:
            raw = self._raw(chosen, index, field, ())
            text = None if raw is None else _string(raw[0])
        value = _MISSING if text is None else _parse_header(text, field["schema"])
        if value is not _MISSING:
            return value
        if field["optional"]:
            return None
        raise _Misfit(f"header {field['header']}")

    # --- delays ---

    def delay_of(self, chosen: _Chosen) -> Optional["_Delay"]:
        """What headers and body say of a delay, for the error that was chosen."""
        entry, alternative = chosen
        classes = _classes_of(self.status) if entry["classes"] is None else entry["classes"]
        in_body = (_MISSING, _MISSING) if alternative is None else self._body_delay(alternative["shape"])
        return _read_delay(self.headers, in_body, "rate_limit" in classes, entry["reset"])

    def received_delay(self) -> Optional["_Delay"]:
        """By the first shape that has one."""
        found = (self._body_delay(number) for number in range(len(self.table["shapes"])))
        nothing = (_MISSING, _MISSING)
        in_body = next((delay for delay in found if delay != nothing), nothing)
        limited = "rate_limit" in _classes_of(self.status)
        return _read_delay(self.headers, in_body, limited, self.table["reset"])

    def delay_by_headers(self, classes: Sequence[str]) -> Optional["_Delay"]:
        nothing = (_MISSING, _MISSING)
        return _read_delay(self.headers, nothing, "rate_limit" in classes, self.table["reset"])

    def _body_delay(self, number: int) -> Tuple[Any, Any]:
        """The members with seconds and with milliseconds."""
        walk = self._walk(number)
        if walk is None:
            return _MISSING, _MISSING
        shape = self._shape(number)
        seconds = (_inside(walk.found[place["at"]], place) for place in shape["seconds"])
        millis = (walk.found[at] for at in shape["millis"])
        return (
            next((value for value in seconds if value is not _MISSING), _MISSING),
            next((value for value in millis if value is not _MISSING), _MISSING),
        )

    # --- what it is not ---

    def explain(self, reason: Reason) -> Reason:
        if reason.kind != "foreign":
            return reason
        nearest: Optional[Tuple[int, str, str]] = None
        for entry in self._of_status():
            for alternative in entry["alternatives"]:
                number = alternative["shape"]
                shape = self._shape(number)
                walk = self._walk(number)
                if walk is None or self._message_by(number) is None:
                    continue
                found = sum(value is not _MISSING for value in walk.found)
                if nearest is None or nearest[0] < found:
                    path = _misfit(shape["read"], self.json, True, "")
                    if path is None:
                        # Where the shape fits, it is a slot or the code that does not.
                        path = self._differing(walk, shape, alternative)
                    nearest = (found, entry["name"], path)
        return reason if nearest is None else Reason("foreign", nearest[1], nearest[2])

    def _differing(self, walk: _Walk, shape: _Node, alternative: _Node) -> str:
        places = list(shape["codes"][:1])
        for slot in alternative["slots"]:
            text = _text(walk.found[slot["at"]])
            if text is not None and text not in slot["values"]:
                places.insert(0, slot["at"])
                break
        return _pointer(shape["read"], places[0]) or "" if places else ""


def _stands_for(walk: _Walk, value: Any, other: _Node) -> bool:
    """Whether a value is what stands in its place for an absent one."""
    if "literal" in other:
        return _is_literal(value, other["literal"])
    text = _text(value)
    return text is not None and (
        other["text"] == text or any(_text(walk.found[at]) == text for at in other["at"])
    )


def _inside(value: Any, place: _Node) -> Any:
    """The number between two texts, where the delay stands in a text."""
    if value is _MISSING or "before" not in place:
        return value
    before, after = place["before"], place["after"]
    text = _string(value) or ""
    if text.startswith(before) and text.endswith(after) and len(before) + len(after) <= len(text):
        number = text[len(before) : len(text) - len(after)]
        if _FLOAT.fullmatch(number):
            return _Number(number)
    return value if before == "" else _MISSING


_FLOAT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def _parse_header(text: str, schema: Any) -> Any:
    """The value of a header, as its type says."""
    if not isinstance(schema, dict):
        return text
    first = schema["anyOf"][0] if "anyOf" in schema else schema
    wanted = first.get("type") if isinstance(first, dict) else None
    if wanted == "integer":
        number = text[1:] if text.startswith("+") else text
        if re.fullmatch(r"-?[0-9]{1,400}", number) and (number == text or number[:1] != "-"):
            value = int(number)
            return value if _conforms(_Number(value), first) else _MISSING
        return _MISSING
    if wanted == "number":
        return float(text) if _FLOAT.fullmatch(text) else _MISSING
    if wanted == "boolean":
        return {"true": True, "false": False}.get(text, _MISSING)
    return text if _conforms(text, first) else _MISSING


def _all(headers: _Lines, name: str) -> List[str]:
    return [value.strip(_ASCII) for known, value in headers if known == name]


def _visible(headers: _Lines, name: str) -> Optional[str]:
    """The first line, where it is visible ASCII."""
    first = next(iter(_all(headers, name)), None)
    return first if first is not None and re.fullmatch(r"[\t\x20-\x7e]*", first) else None


# --- delays, in nanoseconds ---

# Nanoseconds, and whether they count from 1970: a date.
_Delay = Tuple[int, bool]

_MILLISECOND = 1_000_000
_SECOND = 1_000_000_000
_ONE = 1_000_000_000
_MOST = 2**128 - 1
_LAST_SECOND = 253_402_300_799


def _read_delay(
    headers: _Lines, body: Tuple[Any, Any], rate_limited: bool, reset: Optional[_Node]
) -> Optional[_Delay]:
    zero: Optional[_Delay] = None
    for found in _delays(headers, body, rate_limited, reset):
        if found == (0, False):
            zero = found
        elif found is not None:
            return _precise(found, headers, body)
    return zero


def _delays(
    headers: _Lines, body: Tuple[Any, Any], rate_limited: bool, reset: Optional[_Node]
) -> Iterator[Optional[_Delay]]:
    for line in _all(headers, "retry-after-ms"):
        yield _wait(_number(line, _MILLISECOND))
    for line in _all(headers, "retry-after"):
        nanos = _number(line, _SECOND)
        yield _relative(_date(line), headers) if nanos is None else _wait(nanos)
    seconds, millis = body
    yield _in_body(millis, _MILLISECOND, headers)
    yield _in_body(seconds, _SECOND, headers)
    if rate_limited:
        yield _rate_limit(headers)
        if reset is not None:
            for line in _all(headers, reset["header"]):
                yield _reset_line(line, reset["unit"], headers)


def _precise(found: _Delay, headers: _Lines, body: Tuple[Any, Any]) -> _Delay:
    """The header has whole seconds; a body member that rounds up to it says the same more precisely."""
    seconds, millis = body
    exact = _in_body(millis, _MILLISECOND, headers) or _in_body(seconds, _SECOND, headers)
    if exact is None or exact[1] or found[1] or exact[0] == 0:
        return found
    return exact if found[0] == -(-exact[0] // _SECOND) * _SECOND else found


def _in_body(value: Any, unit: int, headers: _Lines) -> Optional[_Delay]:
    if isinstance(value, _Number):
        return _wait(_number(value, unit))
    text = _string(value)
    if text is None:
        return None
    nanos = _duration(text, unit)
    return _relative(_date(text), headers) if nanos is None else _wait(nanos)


def _reset_line(line: str, unit: str, headers: _Lines) -> Optional[_Delay]:
    nanos = _duration(line, _SECOND) if unit == "seconds" else _number(line, _SECOND)
    if nanos is None:
        return _relative(_date(line), headers)
    if unit == "seconds":
        return _wait(nanos)
    # As seconds this is the year 5138, as milliseconds 1973: no reset lies at either.
    if nanos > 100_000_000_000 * _SECOND:
        nanos //= 1000
    is_moment = 1_000_000_000 * _SECOND <= nanos <= _LAST_SECOND * _SECOND
    return _relative(nanos, headers) if is_moment else None


def _rate_limit(headers: _Lines) -> Optional[_Delay]:
    """``"burst";r=0;t=30, "daily";r=874;t=36000``, and ``limit=100, remaining=0, reset=30``."""
    # Those with the least remaining count, and of these the longest: the greatest counts.
    counts: List[Tuple[int, int]] = []
    remaining: Optional[int] = None
    reset: Optional[int] = None
    for item in [item for line in _all(headers, "ratelimit") for item in _split(line, ",")]:
        name, *parameters = _split(item, ";")
        own = _pair(name)
        if own is not None:
            if own[0] == "remaining":
                remaining = _number(own[1], _SECOND)
            elif own[0] == "reset":
                reset = _within(_number(own[1], _SECOND))
            continue
        left: Optional[int] = _MOST
        seconds: Optional[int] = None
        for key, value in filter(None, map(_pair, parameters)):
            if key == "r":
                left = _number(value, _SECOND)
            elif key == "t":
                seconds = _within(_number(value, _SECOND))
        # An `r` that is no number: this quota cannot be compared.
        if name and left is not None:
            counts.append((-left, -1 if seconds is None else seconds))
    if remaining is not None or reset is not None:
        counts.append((-_MOST if remaining is None else -remaining, -1 if reset is None else reset))
    longest = max(counts)[1] if counts else -1
    return None if longest < 0 else _wait(longest)


def _split(text: str, separator: str) -> List[str]:
    """The parts of a structured field between separators outside of strings."""
    parts = [""]
    quoted = escaped = False
    for character in text:
        is_escaped = escaped
        escaped = not is_escaped and character == "\\" and quoted
        if not is_escaped and character == '"':
            quoted = not quoted
        if not is_escaped and not quoted and character == separator:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip(_ASCII) for part in parts]


def _pair(text: str) -> Optional[Tuple[str, str]]:
    if text.startswith('"') or "=" not in text:
        return None
    key, _, value = text.partition("=")
    return key.strip(_ASCII), value.strip(_ASCII)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCK = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_DATES = (
    re.compile(r"(?P<week>[A-Z][a-z]{2}), (?P<day>[0-9]{2}) (?P<month>[A-Z][a-z]{2}) (?P<year>[0-9]{4}) " + _CLOCK + " GMT"),
    re.compile(
        r"(?P<week>Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (?P<day>[0-9]{2})-(?P<month>[A-Z][a-z]{2})-(?P<year>[0-9]{2})."
        + _CLOCK
        + " GMT"
    ),
    re.compile(r"(?P<week>[A-Z][a-z]{2}) (?P<month>[A-Z][a-z]{2}) (?P<day>[ 0-9][0-9]) " + _CLOCK + r" (?P<year>[0-9]{4})"),
)


def _date(text: str) -> Optional[int]:
    """A date in any form of RFC 9110, section 5.6.7, in nanoseconds since 1970."""
    found = next(filter(None, (form.fullmatch(text.strip()) for form in _DATES)), None)
    if found is None or found["month"] not in _MONTHS:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 70 else 1900
    month = _MONTHS.index(found["month"]) + 1
    clock = (int(found["hour"]), int(found["minute"]), int(found["second"]))
    try:
        moment = datetime(year, month, int(found["day"]), *clock, tzinfo=timezone.utc)
    except ValueError:
        return None
    if year < 1970 or _DAYS[moment.weekday()] != found["week"][:3]:
        return None
    return int((moment - _EPOCH).total_seconds()) * _SECOND


_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def _relative(moment: Optional[int], headers: _Lines) -> Optional[_Delay]:
    """A date becomes a delay against the response's own ``Date``: the two clocks need not agree."""
    if moment is None:
        return None
    sent = next((date for date in map(_date, _all(headers, "date")) if date is not None), None)
    return (moment, True) if sent is None else _wait(max(moment - sent, 0))


def _within(nanos: Optional[int]) -> Optional[int]:
    return nanos if nanos is not None and nanos <= _MAX_SECONDS * _SECOND else None


def _wait(nanos: Optional[int]) -> Optional[_Delay]:
    """Nothing beyond 365 days."""
    delay = _within(nanos)
    return None if delay is None else (delay, False)


def _number(text: str, unit: int) -> Optional[int]:
    """The whole text as a number of units; nothing if it is negative, or no number."""
    negative = text.startswith("-")
    found = _quantity(text[1:] if negative else text)
    return None if found is None or found[1] else _unsigned(negative, _scale(found[0], unit))


_UNITS = (
    ("ns", 1),
    ("us", 1000),
    # The micro sign and the Greek letter, also as a header has their bytes.
    ("\u00b5s", 1000),
    ("\u03bcs", 1000),
    ("\u00c2\u00b5s", 1000),
    ("\u00ce\u00bcs", 1000),
    ("ms", _MILLISECOND),
    ("s", _SECOND),
    ("m", 60 * _SECOND),
    ("h", 3600 * _SECOND),
    ("d", 86_400 * _SECOND),
)


def _duration(text: str, bare: int) -> Optional[int]:
    """The whole text as a duration: ``48s``, ``1h30m``, and a number alone as ``bare`` units."""
    rest = text.strip(_ASCII)
    negative = rest.startswith("-")
    rest = rest[1:] if negative else rest
    alone = _quantity(rest)
    if alone is None:
        return None
    if not alone[1]:
        return _unsigned(negative, _scale(alone[0], bare))
    total = 0
    while rest:
        found = _quantity(rest)
        if found is None:
            return None
        after = found[1].strip(_ASCII)
        name, unit = next((known for known in _UNITS if after.startswith(known[0])), ("", 0))
        if not name:
            return None
        total = min(total + _scale(found[0], unit), _MOST)
        rest = after[len(name) :].strip(_ASCII)
    return _unsigned(negative, total)


def _unsigned(negative: bool, nanos: int) -> Optional[int]:
    """``-0``, which a float may well be, is zero."""
    return None if negative and nanos else nanos


def _scale(billionths: int, unit: int) -> int:
    return min(billionths * unit, _MOST) // _ONE


def _digits(text: str) -> int:
    """Digits as a number; too many saturate."""
    significant = text.lstrip("0")
    return _MOST if len(significant) > 40 else min(int(significant or "0"), _MOST)


_QUANTITY = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")


def _quantity(text: str) -> Optional[Tuple[int, str]]:
    """The decimal number that a text starts with, in billionths, and what follows it."""
    found = _QUANTITY.match(text)
    if found is None:
        return None
    whole, fraction, sign, exponent = found.groups()
    value = min(_digits(whole) * _ONE, _MOST)
    value = min(value + int((fraction or "")[:9].ljust(9, "0")), _MOST)
    if exponent is not None:
        power = _digits(exponent)
        if power > 38:
            value = 0 if sign == "-" or value == 0 else _MOST
        else:
            value = value // 10**power if sign == "-" else min(value * 10**power, _MOST)
    return value, text[found.end() :]


def _to_retry_after(delay: _Delay) -> RetryAfter:
    nanos, is_date = delay
    if is_date:
        return RetryAfter(date=_EPOCH + timedelta(microseconds=-(-nanos // 1000)))
    return RetryAfter(seconds=float(f"{nanos // _SECOND}.{nanos % _SECOND:09}"))


# --- what a status means by itself ---

_CLASSES: Mapping[int, str] = {
    **dict.fromkeys((401, 407, 511), "auth"),
    **dict.fromkeys((403, 451), "permission"),
    **dict.fromkeys((400, 413, 422), "validation"),
    **dict.fromkeys((404, 410), "not_found"),
    **dict.fromkeys((409, 412, 423), "conflict"),
    429: "rate_limit",
    **dict.fromkeys((408, 504), "timeout"),
    **dict.fromkeys((502, 503, 507), "unavailable"),
}


def _classes_of(status: int) -> Tuple[str, ...]:
    if not 400 <= status < 600:
        return ()
    return (_CLASSES.get(status, "internal" if status >= 500 else "request"),)


def _retry_of(status: int) -> str:
    if status in (425, 429):
        return "always"
    if status in (501, 505, 506, 508, 510, 511):
        return "never"
    return "if_idempotent" if status == 408 or 500 <= status < 600 else "never"


def _verdict_of(names: Sequence[str], headers: _Lines) -> Optional[str]:
    """The server's own verdict."""
    for name in names:
        text = (_visible(headers, name) or "").lower()
        if text in ("true", "1", "yes"):
            return "always"
        if text in ("false", "0", "no"):
            return "never"
    return None


# --- from a response to an exception ---


def _lines_of(headers: Any) -> Tuple[Tuple[str, str], ...]:
    several = getattr(headers, "multi_items", None)
    pairs = several() if several is not None else headers.items() if hasattr(headers, "items") else headers
    return tuple((name.lower(), value) for name, value in pairs)


def _recognize(
    table: _Node, kinds: Sequence[Type[CallError]], status: int, headers: Any, body: Union[bytes, str]
) -> CallError:
    lines = _lines_of(headers)
    content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
    session = _Session(table, status, lines, content)
    said = _verdict_of(table["retryHeaders"], lines)
    received: Dict[str, Any] = {
        "status": status,
        "code": session.received_code(),
        "message": session.received_message(),
        "headers": lines,
        "body": content,
        "fields": {},
    }
    kind: Type[CallError] = Unrecognized
    entry: Optional[_Node] = None
    own: Optional[_Delay] = None
    judged = status
    try:
        chosen = session.choose()
        entry = chosen[0]
        received["fields"] = session.fields_of(chosen)
        kind = kinds[table["errors"].index(entry)]
        # Of an error with several statuses the one that came, where it is one of them.
        judged = status if entry["first"] <= status <= entry["last"] else entry["first"]
        if any(field["role"] == "retry_after" for field in entry["fields"]):
            own = session.delay_of(chosen)
    except _NotRecognized as why:
        received["reason"] = session.explain(why.reason)
    except _Misfit as misfit:
        received["reason"] = Reason("fields", None if entry is None else entry["name"], misfit.path)
    declared = entry or {"classes": None, "retry": None}
    classes = _classes_of(judged) if declared["classes"] is None else tuple(declared["classes"])
    delay = own or session.received_delay() or session.delay_by_headers(classes)
    return kind(
        classes=classes,
        retry=said or declared["retry"] or _retry_of(judged),
        retry_after=None if delay is None else _to_retry_after(delay),
        **received,
    )
