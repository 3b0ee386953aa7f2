"""Runs a Python module as __main__ with flags as global variables.

    python guild_main.py DESTINATION MODULE [ARG ...] -- [--NAME JSON ...]

DESTINATION is `globals`, `global:NAME`, `dict:NAME` or `namespace:NAME`. For `globals` each flag takes the place of the
module's first top-level assignment to a variable of that name. For the others, the flags are merged into the dict or
the namespace that the module first assigns to NAME; a dot in a flag's name, or in NAME, leads one level deeper.
Only Python's standard library is used, and nothing of it is imported that the program would not see anyway.
"""

import ast
import json
import os
import sys


def main(argv):
    if len(argv) < 3:
        sys.exit("guild_main.py: usage: guild_main.py DESTINATION MODULE [ARG ...] -- [--NAME JSON ...]")
    destination, module = argv[1], argv[2]
    base_args, flags = split_args(argv[3:])
    sys.path[0] = os.getcwd()
    path, package = find_module(module)
    if path is None:
        sys.stderr.write("guild: No module named %s\n" % module)
        sys.exit(1)
    if package:
        __import__(package)
    sys.argv = [path] + base_args
    run(path, package, values_by_global(destination, flags))


def split_args(args):
    """Returns base arguments and flags: what stands before and after the last `--`."""
    last = len(args) - 1 - args[::-1].index("--") if "--" in args else len(args)
    pairs = args[last + 1:]
    flags = {}
    for name, text in zip(pairs[0::2], pairs[1::2]):
        flags[name[2:]] = json.loads(text)
    return args[:last], flags


def find_module(module):
    """Returns the file of a module and the name of its package, without a need for __init__ files."""
    if module.endswith(".py"):
        return (module if os.path.exists(module) else None), ""
    folder, _, dotted = module.replace(os.sep, "/").rpartition("/")
    if folder:
        places = [os.path.join(place, folder) for place in sys.path]
        sys.path.insert(1, next((place for place in places if os.path.isdir(place)), folder))
    parts = dotted.split(".")
    for place in sys.path:
        base = os.path.join(place or os.getcwd(), *parts)
        for candidate in (base + ".py", os.path.join(base, "__main__.py")):
            if os.path.isfile(candidate):
                return candidate, ".".join(parts[:-1]) if has_init(place, parts[:-1]) else ""
    return None, ""


def has_init(place, parts):
    return bool(parts) and os.path.isfile(os.path.join(place or os.getcwd(), *(parts + ["__init__.py"])))


def values_by_global(destination, flags):
    """Returns a function from the module's own value to the one it gets, for each global variable that is set."""
    if destination == "globals":
        return {name: constant(value) for name, value in flags.items()}
    kind, _, name = destination.partition(":")
    names = name.split(".")
    nested = {}
    for flag, value in flags.items():
        at = nested
        for part in flag.split(".")[:-1]:
            at = at.setdefault(part, {})
        at[flag.split(".")[-1]] = value
    for part in reversed(names[1:]):
        nested = {part: nested}
    as_namespace = kind == "namespace"
    return {names[0]: lambda own: merged_namespace(own, nested) if as_namespace else merged(own, nested)}


def constant(value):
    return lambda own: value


def merged(own, nested):
    result = dict(own) if isinstance(own, dict) else {}
    for name, value in nested.items():
        result[name] = merged(result.get(name), value) if isinstance(value, dict) else value
    return result


def merged_namespace(own, nested):
    from types import SimpleNamespace

    result = own if hasattr(own, "__dict__") else SimpleNamespace()
    for name, value in nested.items():
        if isinstance(value, dict):
            value = merged_namespace(getattr(result, name, None), value)
        setattr(result, name, value)
    return result


def run(path, package, setters):
    with open(path, "rb") as source:
        tree = ast.parse(source.read(), path)
    assigned = set()
    for statement in top_level(tree):
        name = assigned_name(statement)
        if name not in setters or name in assigned:
            continue
        assigned.add(name)
        own = statement.value or ast.Constant(value=None)
        statement.value = ast.copy_location(
            ast.Call(
                func=ast.Subscript(
                    value=ast.Name(id="__guild_flags__", ctx=ast.Load()),
                    slice=ast.Constant(value=name),
                    ctx=ast.Load(),
                ),
                args=[own],
                keywords=[],
            ),
            own if hasattr(own, "lineno") else statement,
        )
    ast.fix_missing_locations(tree)
    program = type(sys)("__main__")
    program.__dict__.update(__file__=path, __package__=package, __builtins__=__builtins__, __guild_flags__=setters)
    program.__dict__.update({name: set_value(None) for name, set_value in setters.items() if name not in assigned})
    runner, sys.modules["__main__"] = sys.modules["__main__"], program
    try:
        exec(compile(tree, path, "exec", dont_inherit=True), program.__dict__)
    finally:
        # The runner's functions must stay alive as long as the program that calls them.
        program.__dict__["__guild_runner__"] = runner


def top_level(tree):
    """Yields the statements of the module's top level and of `if` blocks in it."""
    for statement in tree.body:
        if isinstance(statement, ast.If):
            yield from statement.body
        else:
            yield statement


def assigned_name(statement):
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return None
    return target.id if isinstance(target, ast.Name) else None


main(sys.argv)
