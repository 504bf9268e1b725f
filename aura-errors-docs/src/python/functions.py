def decode(status: int, headers: HeaderLines, body: Union[bytes, str]) -> Union[ApiErrorBase, Unrecognized]:
    """Reads a response that failed.

    Nothing is lost: what is not recognised is returned with the reason and the whole response.
    """
    return cast(
        Union[ApiErrorBase, Unrecognized], _recognize(_TABLE, _ERRORS, status, headers, body)
    )


def raise_for_error(response: ResponseLike) -> None:
    """Raises an exception if the status of a ``requests`` or ``httpx`` response is 400 or above.

    A streamed response has to be read before, with ``response.read()`` in ``httpx``.
    """
    if response.status_code >= 400:
        raise decode(response.status_code, response.headers, response.content)
