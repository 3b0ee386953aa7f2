"""Reads which flags Python scripts have, from their text alone: nothing of a script is run.

    python guild_flags.py < REQUESTS > ANSWERS

REQUESTS is a JSON list of {path, words, dest}: a script, the words that come before its flags, and where its flags go if
that is known. ANSWERS has {dest, description, kind, imports, flags, problem, run} for each. `run` is true where the text does
not tell for certain: then guild_flags_run.py asks the script itself, and `flags` has what could be read all the same. `kind`
tells a program from a module that only others use, and `imports` has the names of the modules that it imports.
"""

import ast
import json
import os
import shlex
import sys

# An isolated Python does not look beside the script that it runs.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import guild_flags_argparse
import guild_flags_click
from guild_flags_common import Uncertain, as_word, is_simple, literal, module_values, portable

UNKNOWN = object()
READ_BY_OTHERS = {"absl", "configargparse", "docopt", "fire", "getopt", "hydra", "jsonargparse", "optparse", "simple_parsing", "typer", "tyro"}
SETTINGS = ("sys.path.", "warnings.", "logging.", "matplotlib.use", "__all__.")


def read(request):
    """Returns the answer for one script. Whatever it has in it, the other scripts are read."""
    try:
        return read_text(request)
    except (RecursionError, MemoryError):
        return {"problem": "it is nested too deeply"}
    except Exception as error:
        return {"problem": "it cannot be read: %s: %s" % (type(error).__name__, error)}


def read_text(request):
    try:
        with open(request["path"], "rb") as file:
            tree = ast.parse(file.read(), request["path"])
    except SyntaxError as error:
        return {"problem": "it is no valid Python: line %s: %s" % (error.lineno, error.msg)}
    except (OSError, ValueError) as error:
        return {"problem": "it cannot be read: %s" % error}
    dest = request.get("dest") or destination(tree)
    answer = {"dest": dest, "description": ast.get_docstring(tree) or "", "kind": kind(tree),
              "imports": sorted(every_import(tree)), "flags": [], "problem": None, "run": False}
    try:
        if dest == "globals":
            answer["flags"] = global_flags(module_values(tree))
        elif ":" in dest and not dest.startswith("args"):
            answer["flags"] = nested_flags(tree, dest.partition(":")[2])
        elif dest == "args" and mentions(tree, "argparse", ("ArgumentParser",) + guild_flags_argparse.PARSER_USES[:5]):
            answer["flags"] = guild_flags_argparse.ArgparseText(tree, strict=True).flags
        elif dest == "args:click":
            answer["flags"] = guild_flags_click.flags_of_text(tree, strict=True)
    except Uncertain:
        answer["run"] = True
        answer["flags"] = guild_flags_argparse.ArgparseText(tree, strict=False).flags if dest == "args" else guild_flags_click.flags_of_text(tree, strict=False)
    return answer


def destination(tree):
    """Returns where the flags of a script go, or "" if they go to arguments that only the script knows."""
    modules = imported_modules(tree)
    if "argparse" in modules:
        return "args"
    if "click" in modules:
        return "args:click"
    reads_argv = any(isinstance(n, ast.Attribute) and n.attr == "argv" for n in ast.walk(tree)) or any(
        isinstance(n, ast.ImportFrom) and n.module == "sys" and any(a.name == "argv" for a in n.names) for n in ast.walk(tree))
    return "" if reads_argv or modules & READ_BY_OTHERS else "globals"


def kind(tree):
    """Returns "program" for what is made to be run, "script" for what does something when it is run or imported, "module" for definitions alone."""
    calls = {guild_flags_argparse.ArgparseText.called(n) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    is_command = "click" in imported_modules(tree) and any(guild_flags_click.decorator(d) in ("command", "group") for f in functions for d in f.decorator_list)
    parses = "ArgumentParser" in calls and calls & {"parse_args", "parse_known_args", "parse_intermixed_args"}
    if is_command or parses or any(isinstance(s, ast.If) and asks_for_main(s.test) for s in tree.body):
        return "program"
    return "script" if any(map(acts, tree.body)) else "module"


def asks_for_main(test):
    return any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(test)) and any(
        isinstance(n, ast.Constant) and n.value == "__main__" for n in ast.walk(test))


def acts(statement):
    """True if a statement of the top level does more than to define, to import and to prepare what is imported."""
    if isinstance(statement, ast.Expr):
        value = statement.value
        return isinstance(value, ast.Await) or isinstance(value, ast.Call) and not ast.unparse(value.func).startswith(SETTINGS)
    if isinstance(statement, (ast.For, ast.While, ast.With)):
        return True
    if isinstance(statement, ast.If):
        return any(map(acts, statement.body + statement.orelse))
    if isinstance(statement, ast.Try):
        return any(map(acts, statement.body + statement.orelse + statement.finalbody))
    return False


def every_import(tree):
    """Returns the first part of the names of all modules that are imported, also of those beside the script."""
    names = imported_modules(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            names |= {node.module.split(".")[0]} if node.module else {a.name for a in node.names}
    return names


def imported_modules(tree):
    names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    names += [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level]
    return {name.split(".")[0] for name in names}


def mentions(tree, module, names):
    return module in imported_modules(tree) and any(
        isinstance(n, ast.Attribute) and n.attr in names or isinstance(n, ast.Name) and n.id in names for n in ast.walk(tree))


# Global variables.


def global_flags(values):
    flags = []
    for name, node in values.items():
        try:
            value = literal(node)
        except Uncertain:
            continue
        if not name.startswith("_") and is_flag_value(value):
            flags.append(value_flag(name, value))
    return flags


def is_flag_value(value):
    return value is None or is_simple(value) or isinstance(value, list) and all(map(is_simple, value))


def value_flag(name, value):
    if value is None:
        return {"name": name}
    if isinstance(value, list):
        return {"name": name, "default": shlex.join(as_word(v) for v in value), "arg-split": True}
    kind = "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
    return {"name": name, "default": portable(value), "type": kind}


def nested_flags(tree, path):
    """Returns the flags of the dict, or the namespace, that a module assigns to a variable: nested ones with dots in their names."""
    first, *inner = path.split(".")
    node = module_values(tree).get(first)
    value = mapping_value(node) if node is not None else None
    for name in inner:
        value = value.get(name) if isinstance(value, dict) else None
    return list(flags_of_mapping(value, "")) if isinstance(value, dict) else []


def mapping_value(node):
    """Returns the value of an expression, in which parts that are no literals are UNKNOWN."""
    if isinstance(node, ast.Dict):
        return {try_literal(key): mapping_value(value) for key, value in zip(node.keys, node.values) if key is not None}
    if isinstance(node, ast.Call):
        return {k.arg: mapping_value(k.value) for k in node.keywords if k.arg}
    return try_literal(node)


def flags_of_mapping(mapping, prefix):
    for name, value in mapping.items():
        if isinstance(value, dict):
            yield from flags_of_mapping(value, "%s%s." % (prefix, name))
        elif isinstance(name, str) and value is not UNKNOWN and is_flag_value(value):
            yield value_flag(prefix + name, value)


def try_literal(node):
    try:
        return literal(node)
    except Uncertain:
        return UNKNOWN


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    json.dump([read(request) for request in json.load(sys.stdin)], sys.stdout)
