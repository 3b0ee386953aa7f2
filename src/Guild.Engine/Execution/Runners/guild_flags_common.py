"""What the readers of flags have in common: what an expression of a script says, and the flag that an option makes."""

import ast
import itertools
import json
import math
import os
import shlex

MANY_CHOICES = 200
TYPES = {"int": "int", "float": "float", "str": "string", "bool": "boolean"}


class Uncertain(Exception):
    """The text of the script does not tell."""


def module_values(tree):
    """Returns name and expression of each variable that the top level of a module assigns, the first one of a name."""
    values = {}
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Name) and statement.value is not None:
                values.setdefault(target.id, statement.value)
    return values


def literal(node):
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        raise Uncertain from None


def is_simple(value):
    return isinstance(value, (str, bool, int, float))


def as_word(value):
    return value if isinstance(value, str) else json.dumps(value)


def option_flag(option):
    """Returns the flag of an option: {options, kind, type, default, choices, required, split, help, off}; None if it is none."""
    names = [o[2:] for o in option["options"] if o.startswith("--")]
    kind = option.get("kind", "store")
    if not names or kind in ("help", "version", "count", "append_const", "store_const", "parsers"):
        return None
    default = option.get("default")
    flag = {"name": names[0], "description": description(option), "required": bool(option.get("required"))}
    if kind in ("store_true", "store_false", "boolean"):
        flag.update({"type": "boolean", "choices": [True, False], "arg-switch": kind != "store_false", "default": default if isinstance(default, bool) else None})
        if kind == "boolean" and default is True:
            flag.update({"arg-switch": False, "arg-name": option["off"]})
        return flag
    flag["type"] = TYPES.get(option.get("type"), None)
    if option.get("split"):
        flag["arg-split"] = True
        default = shlex.join(as_word(portable(v)) for v in default) if isinstance(default, (list, tuple)) else default
    elif isinstance(default, (list, tuple, dict, set)):
        default = None
    flag["default"] = portable(default)
    for bound in ("min", "max"):
        if option.get(bound) is not None:
            flag[bound] = option[bound]
    choices = option.get("choices")
    if isinstance(choices, range) and choices.step == 1 and len(choices) > 0:
        flag.update({"min": choices[0], "max": choices[-1]})
    else:
        values = [portable(c) for c in some(choices)]
        if 0 < len(values) <= MANY_CHOICES and None not in values:
            flag["choices"] = values
    return flag


def some(choices):
    """Returns choices, but no more than a few more than are taken: there can be any number of them. What cannot be gone through has none."""
    try:
        return list(itertools.islice(choices or (), MANY_CHOICES + 1))
    except Exception:
        return []


def description(option):
    """Returns the help of an option with what it says of itself put in."""
    text = option.get("help") or ""
    if not isinstance(text, str) or text == "==SUPPRESS==":
        return ""
    try:
        return (text % {**option, "prog": "", "metavar": None, "dest": option["options"][0].lstrip("-").replace("-", "_")}).strip()
    except (ValueError, TypeError, KeyError):
        return text.strip()


def portable(value):
    """Returns a value as JSON has it. What JSON has no form for is None: then the program's own default holds."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": str(value)}
    if value is None or is_simple(value):
        # A member of an enumeration of numbers is written as a number.
        value = value if type(value) in (bool, int, float, str) or value is None else next(t(value) for t in (int, float, str) if isinstance(value, t))
        return value if not isinstance(value, int) or -(1 << 63) <= value < 1 << 63 else None
    return os.fspath(value) if isinstance(value, os.PathLike) else None
