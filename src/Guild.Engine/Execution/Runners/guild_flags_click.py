"""Reads the options of click, from the text of a script or from its command."""

import ast

from guild_flags_common import Uncertain, literal, option_flag

NO_OPTIONS = ("command", "argument", "pass_context", "pass_obj", "version_option", "help_option")


def flags_of_text(tree, strict):
    """Returns the options of the one command of a script. Raises Uncertain, if strict, where a run could give others."""
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    commands = [f for f in functions if any(decorator(d) == "command" for d in f.decorator_list)]
    if len(commands) != 1 or any(decorator(d) == "group" for f in functions for d in f.decorator_list):
        if strict:
            raise Uncertain
        return []
    flags = []
    for node in commands[0].decorator_list:
        try:
            flags.append(None if decorator(node) in NO_OPTIONS else click_flag(node))
        except Uncertain:
            if strict:
                raise
    return [flag for flag in flags if flag]


def decorator(node):
    called = node.func if isinstance(node, ast.Call) else node
    return ast.unparse(called).split(".")[-1]


def click_flag(node):
    if decorator(node) != "option" or not isinstance(node, ast.Call):
        raise Uncertain
    given = {k.arg: k.value for k in node.keywords}
    if None in given or given.get("cls") is not None:
        raise Uncertain
    of_type = click_type(given.pop("type", None))
    values = {name: literal(value) for name, value in given.items() if name not in ("callback", "metavar", "expose_value", "shell_complete")}
    options, off = click_names([literal(a) for a in node.args])
    return click_option(dict(of_type, options=options, off=off, **{n: values.get(n) for n in ("default", "help", "required", "multiple", "nargs", "is_flag", "flag_value", "count")}))


def click_names(declarations):
    """Returns the names of an option, and that of its opposite: `--shout/--no-shout` has one."""
    off = None
    options = []
    for declaration in declarations:
        on, _, other = declaration.partition("/")
        options.append(on.strip())
        off = other.strip().lstrip("-") or off
    return options, off


def click_option(option):
    """Returns the flag of an option as click declares it."""
    default, is_flag = option.get("default"), option.get("is_flag")
    if option.get("count") or option.get("flag_value") is not None:
        return None
    if option["off"]:
        option["kind"] = "boolean"
        option["default"] = bool(default)
    elif is_flag or is_flag is None and option.get("type") is None and isinstance(default, bool):
        option["kind"] = "store_false" if default is True else "store_true"
        option["default"] = bool(default)
    option["split"] = isinstance(option.get("nargs"), int) and option["nargs"] > 1
    if option.get("type") is None and not option.get("kind") and option.get("choices") is None:
        # What has no type and no default is text.
        example = default[0] if isinstance(default, (list, tuple)) and default else default
        option["type"] = {int: "int", float: "float", bool: "bool"}.get(type(example), "str")
    return option_flag(option)


def click_type(node):
    """Returns type, choices and bounds of a parameter type, from its text."""
    if node is None:
        return {}
    if not isinstance(node, ast.Call):
        return {"type": {"INT": "int", "FLOAT": "float", "STRING": "str", "BOOL": "bool"}.get(ast.unparse(node).split(".")[-1], ast.unparse(node))}
    name = ast.unparse(node.func).split(".")[-1]
    args = dict(zip(("min", "max"), [literal(a) for a in node.args]), **{k.arg: literal(k.value) for k in node.keywords if k.arg in ("min", "max", "choices")})
    if name == "Choice":
        return {"choices": args.get("choices", args.get("min"))}
    if name in ("IntRange", "FloatRange"):
        return {"type": "int" if name == "IntRange" else "float", "min": args.get("min"), "max": args.get("max")}
    return {"type": name}


def flags_of_command(command, words):
    import click

    for word in words:
        inner = command.get_command(click.Context(command), word) if hasattr(command, "get_command") else None
        command = inner or command
    for option in command.params:
        if not isinstance(option, click.Option):
            continue
        of_type = option.type
        has_range = isinstance(of_type, (click.IntRange, click.FloatRange))
        default = option.default if not callable(option.default) and type(option.default).__name__ != "Sentinel" else None
        flag = click_option({
            "options": option.opts,
            "off": next((o.lstrip("-") for o in option.secondary_opts), None),
            "type": {"integer": "int", "integer range": "int", "float range": "float", "text": "str", "boolean": "bool"}.get(of_type.name, of_type.name),
            "min": of_type.min if has_range else None,
            "max": of_type.max if has_range else None,
            "choices": getattr(of_type, "choices", None),
            "default": default,
            "help": option.help,
            "required": option.required,
            "is_flag": option.is_flag,
            "flag_value": option.flag_value if option.is_flag and not isinstance(option.flag_value, bool) and type(option.flag_value).__name__ != "Sentinel" else None,
            "multiple": option.multiple,
            "nargs": option.nargs,
            "count": option.count,
        })
        if flag:
            yield flag
