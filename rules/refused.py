"""The one way the rules say no."""


class Refused(Exception):
    """The rules say no: a code for programs, a sentence for people, and what to do instead."""

    def __init__(self, code: str, say: str, instead: str) -> None:
        super().__init__(f"{say} {instead}")
        self.code = code
        self.say = say
        self.instead = instead
