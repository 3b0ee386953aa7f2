"""Runs a Python module as __main__ with flags as global variables.

    python guild_main.py DESTINATION MODULE [ARG ...] -- [--NAME JSON ...]

DESTINATION is `globals`, `global:NAME`, `dict:NAME` or `namespace:NAME`. For `globals` each flag takes the place of the
first value that the module's top level gives to a variable of that name. For the others, the flags are merged into the
dict or the namespace that the module first assigns to NAME; a dot in a flag's name, or in NAME, leads one level deeper.
Processes that multiprocessing spawns (rather than forks) import the module afresh, with the values of its source.
Only Python's standard library is used, and nothing of it is imported that the program would not see anyway.
"""

import ast
import json
import os
import sys

HOOK = "__guild_flags__"


def main(argv):
    if len(argv) < 3:
        sys.exit("guild_main.py: usage: guild_main.py DESTINATION MODULE [ARG ...] -- [--NAME JSON ...]")
    destination, module = argv[1], argv[2]
    base_args, flags = split_args(argv[3:])
    # As python does it: the script's own folder comes first for a file, the current one for a module.
    sys.path[0] = os.path.dirname(os.path.abspath(module)) if module.endswith(".py") else os.getcwd()
    path, package = find_module(module)
    if path is None:
        sys.stderr.write("guild: No module named %s\n" % module)
        sys.exit(1)
    path = os.path.abspath(path)
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
        if os.path.isfile(base + ".py"):
            return base + ".py", ".".join(parts[:-1])
        main_file = os.path.join(base, "__main__.py")
        if os.path.isfile(main_file):
            return main_file, dotted
    return None, ""


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


def once(set_value):
    """Returns a function that sets the first value it is given, and leaves those that the program assigns later."""
    values = []

    def set_first(own):
        if values:
            return own
        values.append(set_value(own))
        return values[0]

    return set_first


def run(path, package, setters):
    with open(path, "rb") as source:
        tree = ast.parse(source.read(), path)
    assigned = set()
    tree.body = with_flags(tree.body, setters, assigned)
    ast.fix_missing_locations(tree)
    program = type(sys)("__main__")
    hooks = {name: once(set_value) for name, set_value in setters.items()}
    program.__dict__.update({"__file__": path, "__package__": package, "__builtins__": __builtins__, HOOK: hooks})
    program.__dict__.update({name: set_value(None) for name, set_value in setters.items() if name not in assigned})
    runner, sys.modules["__main__"] = sys.modules["__main__"], program
    try:
        exec(compile(tree, path, "exec", dont_inherit=True), program.__dict__)
    finally:
        # The runner's functions must stay alive as long as the program that calls them.
        program.__dict__["__guild_runner__"] = runner


def with_flags(body, setters, assigned):
    """Returns statements with one more behind each that assigns a variable to be set: it puts the flag in its place."""
    result = []
    for statement in body:
        for block in ("body", "orelse", "finalbody", "handlers"):
            if isinstance(statement, (ast.If, ast.Try, ast.With)) and getattr(statement, block, None):
                inner = getattr(statement, block)
                if block == "handlers":
                    for handler in inner:
                        handler.body = with_flags(handler.body, setters, assigned)
                else:
                    setattr(statement, block, with_flags(inner, setters, assigned))
        result.append(statement)
        for name in assigned_names(statement):
            if name in setters:
                assigned.add(name)
                result.append(setting(name, statement))
    return result


def setting(name, statement):
    """Returns the statement `NAME = hooks[NAME](NAME)`."""
    own = ast.Name(id=name, ctx=ast.Load())
    hook = ast.Subscript(value=ast.Name(id=HOOK, ctx=ast.Load()), slice=ast.Constant(value=name), ctx=ast.Load())
    call = ast.Call(func=hook, args=[own], keywords=[])
    return ast.copy_location(ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=call), statement)


def assigned_names(statement):
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    elif isinstance(statement, ast.ImportFrom):
        return [alias.asname or alias.name for alias in statement.names]
    else:
        return []
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


main(sys.argv)
