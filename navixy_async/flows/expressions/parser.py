"""From tokens to a tree, with the engine's own errors.

The grammar is the engine's; so is what it reports. It looks two tokens ahead before it takes an operator, and reports
what it looked at last: hence an operator whose operand cannot begin is reported itself, and at the end of the text the
last token is. Features that the platform has switched off are reported as soon as their part of the expression is
complete, before any mistake further right.

Nothing here calls itself: what is open stands in a list of frames, so that no depth is too deep.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NoReturn

from . import tree
from .errors import FormulaError, locate, source_line
from .literals import CONSTANTS, leaf, unescape
from .reader import TokenReader
from .tokens import END, MEMBER, NAME, NUMBER, REGEX, REGISTER, STRING, TEMPLATE, Token
from .tree import Node
from .wording import abridged, is_global, is_target, member_text

_OPERATORS: Final = (
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!=", "===", "!==", ".."),
    ("<", ">", "<=", ">=", "=~", "!~", "=^", "!^", "=$", "!$", "instanceof", "!instanceof"),
    ("<<", ">>", ">>>"),
    ("+", "-"),
    ("*", "/", "%"),
)
_LEVELS: Final = {operator: level for level, operators in enumerate(_OPERATORS, start=3) for operator in operators}
_OR, _AND, _EQUALITY, _RELATION, _PREFIX_LEVEL = 3, 4, 8, 9, 13
_ASSIGNMENTS: Final = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>="))
_CONDITIONALS: Final = frozenset(("?", "?:", "??"))
_PREFIXES: Final = frozenset(("-", "+", "~", "!", "size", "empty", "++", "--"))
_STARTS: Final = (
    _PREFIXES
    | {NAME, NUMBER, STRING, TEMPLATE, REGEX, REGISTER, *CONSTANTS}
    | {"(", "[", "{", "new", "switch", "function", "var", "let", "const"}
)
"""What an operand can begin with, as far as the engine looks ahead."""

# Frames that wait for a closing token; all others are finished by whatever ends the expression.
_IN_GROUP, _IN_CALL, _IN_INDEX, _IN_ARRAY, _IN_BRACE = "group", "call", "index", "array", "brace"
_IN_MAP_VALUE, _IN_MAP_KEY, _IN_THEN, _IN_SWITCH = "map value", "map key", "then", "switch"
_WAITING: Final = frozenset(
    (_IN_GROUP, _IN_CALL, _IN_INDEX, _IN_ARRAY, _IN_BRACE, _IN_MAP_VALUE, _IN_MAP_KEY, _IN_THEN, _IN_SWITCH)
)
_INFIX, _PREFIX, _ELSE, _OTHERWISE, _SET, _LAMBDA = "infix", "prefix", "else", "otherwise", "set", "lambda"


class Frame:
    """Something that is open: an operator without its right side, or a bracket without its counterpart."""

    __slots__ = ("base", "kind", "level", "name", "start", "token")

    def __init__(
        self, kind: str, token: Token, base: int, *, level: int = 0, name: str = "", start: int | None = None
    ) -> None:
        self.kind = kind
        self.token = token
        self.base = base  # how many operands lie below those of this frame
        self.level = level
        self.name = name
        self.start = token.start if start is None else start


_Step = Callable[[], Any]  # returns the next step, or None after the last one


def parse(text: str) -> Node | None:
    """The tree of an expression; None for an empty one, which the platform takes as null. Raises FormulaError."""
    return Parser(text).parse()


class Parser(TokenReader):
    """One expression on its way to a tree."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._operands: list[Node] = []
        self._frames: list[Frame] = []

    def parse(self) -> Node | None:
        """All steps, from the first operand to the end of the text."""
        if self._peek().kind == END:
            return None
        step: _Step | None = self._operand
        while step is not None:
            step = step()
        return self._operands[0]

    def _unexpected(self, token: Token) -> NoReturn:
        """Report a token, or the last one where the text is over; inside the first part of {…} always the brace."""
        brace = next((frame.token for frame in self._frames if frame.kind == _IN_BRACE), None)
        if brace is not None:
            token = brace
        elif token.kind == END:
            token = self._tokens[self._index - 1]
        raise self._error_at_token(token, f"parsing error in '{token.text}'")

    # An operand

    def _operand(self) -> _Step:
        token = self._peek()
        kind = token.kind
        if kind in _PREFIXES:
            self._index += 1
            self._frames.append(Frame(_PREFIX, token, len(self._operands), level=_PREFIX_LEVEL))
            return self._operand
        if kind == NAME:
            return self._name(token)
        if kind in (NUMBER, STRING, TEMPLATE, REGEX) or kind in CONSTANTS:
            self._index += 1
            self._operands.append(leaf(token))
            return self._suffix
        if kind == "(":
            if (parameters := self._parameters(self._index)) is not None and self._arrow(parameters[1]):
                return self._lambda(*parameters)
            return self._open(_IN_GROUP)
        if kind == "[":
            return self._array()
        if kind == "{":
            return self._brace()
        if kind == "new":
            return self._constructor()
        if kind == "function":
            parameters = self._parameters(self._index + 1)
            return self._lambda(*parameters) if parameters is not None else self._unexpected(token)
        if kind == "switch":
            return self._switch()
        if kind == REGISTER:
            raise self._error_at_token(token, f"parsing error in '{token.text}'")
        return self._unexpected(token)

    def _name(self, token: Token) -> _Step:
        following = self._kind(1)
        if following in ("->", "=>"):
            raise self._local_variable(token)
        if following == ":" and self._kind(2) == NAME and self._kind(3) == "(":
            self._index += 3
            return self._open(_IN_CALL, name=f"{token.text}:{self._tokens[self._index - 1].text}", start=token.start)
        self._index += 1
        if following == "(":
            return self._open(_IN_CALL, name=token.text, start=token.start)
        span = (token.start, token.end)
        self._operands.append(Node(tree.NAME, self._text[token.start : token.end], (), span, value=token.text))
        return self._suffix

    def _open(self, kind: str, *, name: str = "", start: int | None = None) -> _Step:
        """A bracket; a call may be closed at once."""
        token = self._take()
        self._frames.append(Frame(kind, token, len(self._operands), name=name, start=start))
        if kind == _IN_CALL and self._kind() == ")":
            return self._close_call
        return self._operand

    def _lambda(self, first: Token | None, end: int) -> _Step:
        if first is not None:
            raise self._local_variable(first)
        start = self._peek()
        self._index = end
        arrow = self._tokens[self._index].kind
        if start.kind != "function":
            self._index += 1
        frame = Frame(_LAMBDA, start, len(self._operands), name=arrow)
        if self._kind() == "{":
            raise self._switched_off(start, "function")
        self._frames.append(frame)
        return self._operand

    def _local_variable(self, parameter: Token) -> FormulaError:
        return self._switched_off(parameter, "local variable")

    def _array(self) -> _Step:
        if self._kind(1) == "," and self._kind(2) != "...":
            self._unexpected(self._peek())
        token = self._take()
        frame = Frame(_IN_ARRAY, token, len(self._operands))
        self._frames.append(frame)
        if self._kind() == "," or self._kind() in ("...", "]"):
            self._index += self._kind() == ","
            return self._end_of_list
        return self._operand

    def _brace(self) -> _Step:
        token = self._take()
        if self._kind() == "}":
            self._index += 1
            self._operands.append(Node(tree.SET, "", (), (token.start, self._tokens[self._index - 1].end)))
            return self._suffix
        if self._kind() == ":":
            self._index += 1
            closing = self._peek()
            if closing.kind != "}":
                self._unexpected(closing)
            self._index += 1
            self._operands.append(Node(tree.MAP, "", (), (token.start, closing.end)))
            return self._suffix
        self._frames.append(Frame(_IN_BRACE, token, len(self._operands)))
        if self._kind() not in _STARTS:
            self._unexpected(token)
        return self._operand

    def _constructor(self) -> _Step:
        token = self._take()
        arguments = "first"
        if self._kind() == NAME:
            self._index += 1
            while self._kind() == "." and self._kind(1) == MEMBER:
                self._index += 2
            arguments = "rest"
        if self._kind() != "(":
            self._unexpected(self._peek())
        self._index += 1
        self._frames.append(Frame(_IN_CALL, token, len(self._operands), name=f"new {arguments}"))
        return self._close_call if arguments == "rest" and self._kind() == ")" else self._operand

    def _switch(self) -> _Step:
        token = self._peek()
        if self._kind(1) != "(":
            self._unexpected(token)
        self._index += 2
        self._frames.append(Frame(_IN_SWITCH, token, len(self._operands)))
        return self._operand

    # What follows an operand

    def _suffix(self) -> _Step:
        """Members, keys and calls of what stands before."""
        kind = self._kind()
        if kind in (".", "?."):
            if self._kind(1) not in (MEMBER, STRING, TEMPLATE):
                return self._operator
            dot, member = self._take(), self._take()
            name = member.text if member.kind == MEMBER else unescape(member.text)
            if self._kind() == "(":
                shown = member_text(name, safe=dot.kind == "?.")
                return self._open(_IN_CALL, name=shown, start=dot.start)
            owner = self._operands.pop()
            span = (owner.start, member.end)
            position = self._after(member)
            node = Node(
                tree.PROPERTY, member.text, (owner,), span, value=name, position=position, safe=dot.kind == "?."
            )
            self._operands.append(node)
            return self._suffix
        if kind in ("[", "?[") and self._kind(1) in _STARTS:
            token = self._take()
            self._frames.append(Frame(_IN_INDEX, token, len(self._operands)))
            return self._operand
        if kind == "(" and self._operands[-1].kind == tree.GROUP and self._tokens[self._index - 1].kind == ")":
            return self._open(_IN_CALL, name="(...)", start=self._operands[-1].start)
        if kind in ("++", "--"):
            self._index += 1
            self._assign(self._operands[-1])
        return self._operator

    def _after(self, token: Token) -> int:
        """Where the engine sees a member: at the token behind it, or at the last character of the text."""
        following = self._tokens[self._index]
        if following.kind == END:
            return max(len(self._text) - 1, token.start)
        return following.start

    def _operator(self) -> _Step | None:
        """An operator with the beginning of its right side, or the end of what is open."""
        token = self._peek()
        kind = token.kind
        level = _LEVELS.get(kind)
        if level is not None:
            if self._kind(1) in _STARTS:
                return self._infix(token, level)
        elif kind in _CONDITIONALS:
            if self._kind(1) in _STARTS:
                return self._conditional(token)
        elif kind in _ASSIGNMENTS:
            self._reduce(2)
            top = self._frames[-1].kind if self._frames else ""
            if top not in (_INFIX, _PREFIX):
                following = self._peek(1)
                if following.kind in _STARTS:
                    self._index += 1
                    self._frames.append(Frame(_SET, token, len(self._operands) - 1))
                    return self._operand
                self._finish_open()
                self._unexpected(token if following.kind == END else following)
        return self._closing(token)

    def _infix(self, token: Token, level: int) -> _Step | None:
        is_once = level in (_EQUALITY, _RELATION)
        self._reduce(level + 1 if is_once or level in (_OR, _AND) else level)
        top = self._frames[-1] if self._frames else None
        if top is not None and top.kind == _INFIX and top.level == level:
            if is_once:
                return self._closing(token)
            self._index += 1  # one more operand of the same && or ||
            return self._operand
        self._index += 1
        self._frames.append(Frame(_INFIX, token, len(self._operands) - 1, level=level))
        return self._operand

    def _conditional(self, token: Token) -> _Step:
        self._reduce(3)
        self._index += 1
        kind = _IN_THEN if token.kind == "?" else _OTHERWISE
        self._frames.append(Frame(kind, token, len(self._operands) - 1))
        return self._operand

    def _reduce(self, level: int) -> None:
        """Finish all operators that bind at least so tightly."""
        while self._frames and self._frames[-1].kind in (_INFIX, _PREFIX) and self._frames[-1].level >= level:
            self._finish(self._frames.pop())

    def _finish_open(self) -> None:
        """Finish everything that waits for no closing token: here the expression is over."""
        while self._frames and self._frames[-1].kind not in _WAITING:
            self._finish(self._frames.pop())

    def _finish(self, frame: Frame) -> None:
        parts = tuple(self._operands[frame.base :])
        del self._operands[frame.base :]
        kind, token = frame.kind, frame.token
        if kind == _LAMBDA:
            if frame.name == "=>":
                arrow = next(t for t in self._tokens if t.kind == "=>" and t.start > token.start)
                raise self._switched_off(arrow, "fat-arrow")
            raise self._switched_off(token, "function")
        span = (parts[0].start, parts[-1].end)
        if kind == _PREFIX:
            span = (token.start, span[1])
            if token.kind in ("++", "--"):
                self._assign(parts[0])
            node = Node(tree.UNARY, token.kind, parts, span, position=parts[0].start)
        elif kind == _INFIX and frame.level in (_OR, _AND):
            is_or = frame.level == _OR
            node = Node(tree.OR if is_or else tree.AND, token.kind, parts, span, position=parts[0].start)
        elif kind == _INFIX:
            node = Node(tree.BINARY, token.kind, parts, span, position=parts[1].start)
        elif kind == _ELSE:
            node = Node(tree.TERNARY, "?", parts, span, position=parts[2].start)
        elif kind == _OTHERWISE:
            node_kind = tree.ELVIS if token.kind == "?:" else tree.COALESCE
            node = Node(node_kind, token.kind, parts, span, position=parts[1].start)
        else:
            self._assign(parts[0])
            node = Node(tree.ASSIGN, token.kind, parts, span, position=parts[1].start)
        self._operands.append(node)

    def _assign(self, target: Node) -> None:
        """Report an assignment, in the two ways in which the engine does."""
        position = target.start if target.kind in (tree.PROPERTY, tree.INDEX) else target.position
        if not is_target(target):
            line, column = locate(self._text, position)
            raise FormulaError(line, column, f"assignment error in '{source_line(self._text, line)}'")
        if is_global(target):
            raise self._error_at_node(position, f"global assign/modify error in '{abridged(target)}'")

    # Closing tokens

    def _closing(self, token: Token) -> _Step | None:
        self._finish_open()
        frame = self._frames[-1] if self._frames else None
        kind = token.kind
        if frame is None:
            return None if kind == END else self._unexpected(token)
        expected = frame.kind
        if kind == ")" and expected == _IN_GROUP:
            return self._close_group(frame, token)
        if expected == _IN_CALL and kind in (")", ","):
            if kind == ")":
                return self._close_call
            self._index += 1
            return self._operand
        if kind == ":" and expected == _IN_THEN:
            frame.kind = _ELSE
            self._index += 1
            return self._operand
        if kind == "]" and expected == _IN_INDEX:
            return self._close_index(frame, token)
        if expected in (_IN_ARRAY, _IN_BRACE, _IN_MAP_VALUE, _IN_MAP_KEY):
            return self._in_list(frame, token)
        if kind == ")" and expected == _IN_SWITCH:
            self._index += 1
            self._unexpected(token if self._kind() != "{" else self._peek())
        return self._unexpected(token)

    def _close_group(self, frame: Frame, token: Token) -> _Step:
        self._index += 1
        self._frames.pop()
        inner = self._operands.pop()
        span = (frame.token.start, token.end)
        self._operands.append(Node(tree.GROUP, "", (inner,), span, position=token.start))
        return self._suffix

    def _close_call(self) -> _Step:
        """The end of the arguments. Only functions are allowed; members, values and constructors are reported."""
        closing = self._take()
        frame = self._frames[-1]
        arguments = tuple(self._operands[frame.base :])
        name = frame.name
        if name.startswith("new "):
            count = len(arguments)
            shown = f"new({', '.join(['...'] * count)})" if name == "new first" else f"new ...({'...' * count})"
            raise self._error_at_node(frame.start, f"create instance error in '{shown}'")
        if name.startswith((".", "?.", "(", "[", "?[")):
            if self._kind() == "(":
                del self._operands[frame.base :]
                self._index += 1
                return self._close_call if self._kind() == ")" else self._operand
            raise self._error_at_node(frame.start, f"method call error in '{name}(...)'")
        self._frames.pop()
        del self._operands[frame.base :]
        span = (frame.start, closing.end)
        self._operands.append(Node(tree.CALL, name, arguments, span, position=frame.token.start))
        return self._suffix

    def _close_index(self, frame: Frame, token: Token) -> _Step:
        self._index += 1
        self._frames.pop()
        key, owner = self._operands.pop(), self._operands.pop()
        is_safe = frame.token.kind == "?["
        span = (owner.start, token.end)
        self._operands.append(Node(tree.INDEX, "", (owner, key), span, position=frame.token.start, safe=is_safe))
        if self._kind() == "(":
            shown, first = "", self._operands[-1]
            while first.kind == tree.INDEX:
                shown, start = f"{'?' if first.safe else ''}[...]{shown}", first.position
                first = first.children[0]
            return self._open(_IN_CALL, name=shown, start=start)
        return self._suffix

    def _in_list(self, frame: Frame, token: Token) -> _Step:
        """An array, a set or a map: the next element, or the end."""
        kind = token.kind
        if kind == ":" and frame.kind in (_IN_BRACE, _IN_MAP_KEY):
            frame.kind = _IN_MAP_VALUE
            self._index += 1
            return self._operand
        is_key = frame.kind == _IN_MAP_KEY
        if kind == ("]" if frame.token.kind == "[" else "}") and not is_key:
            return self._end_of_list
        if kind != "," or is_key:
            self._unexpected(token)
        if frame.kind == _IN_BRACE:
            frame.kind = _IN_ARRAY
            frame.name = "set"
        self._index += 1
        if self._kind() not in _STARTS:
            return self._end_of_list
        if frame.kind == _IN_MAP_VALUE:
            frame.kind = _IN_MAP_KEY
        return self._operand

    def _end_of_list(self) -> _Step:
        frame = self._frames[-1]
        is_array = frame.token.kind == "["
        is_open = self._kind() == "..."
        self._index += is_open
        closing = self._peek()
        if closing.kind != ("]" if is_array else "}"):
            self._unexpected(closing)
        self._index += 1
        self._frames.pop()
        parts = tuple(self._operands[frame.base :])
        del self._operands[frame.base :]
        kind = tree.MAP if frame.kind == _IN_MAP_VALUE else tree.SET
        if is_array:
            kind = tree.LIST if is_open else tree.ARRAY
        self._operands.append(Node(kind, "", parts, (frame.token.start, closing.end)))
        return self._suffix
