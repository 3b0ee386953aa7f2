"""Reads which flags Python scripts have, from their text alone: nothing of a script is run.

    python guild_flags.py < REQUESTS > ANSWERS

REQUESTS is a JSON list of {path, words, dest}: a script, the words that come before its flags, and where its flags go if
that is known. ANSWERS has {dest, description, kind, imports, flags, problem, run} for each. `run` is true where the text does
not tell for certain: then guild_flags_run.py asks the script itself, and `flags` has what could be read all the same. `kind`
tells a program from a module that only others use, and `imports` has the names of the modules that it imports.
"""

import ast
import json
import math
import os
import shlex
import sys

MANY_CHOICES = 200
READ_BY_OTHERS = {"absl", "configargparse", "docopt", "fire", "getopt", "hydra", "jsonargparse", "optparse", "simple_parsing", "typer", "tyro"}
TYPES = {"int": "int", "float": "float", "str": "string", "bool": "boolean"}
WHOLE = ("description", "prog", "usage", "epilog", "formatter_class", "add_help", "allow_abbrev", "fromfile_prefix_chars", "exit_on_error")
PARSER_USES = ("add_argument", "add_argument_group", "add_mutually_exclusive_group", "parse_args", "parse_known_args", "error", "exit", "print_help",
               "print_usage", "format_help", "format_usage", "prog", "description")
SETTINGS = ("sys.path.", "warnings.", "logging.", "matplotlib.use", "__all__.")


class Uncertain(Exception):
    """The text of the script does not tell."""


def read(request):
    try:
        with open(request["path"], "rb") as file:
            tree = ast.parse(file.read(), request["path"])
    except SyntaxError as error:
        return {"problem": "it is no valid Python: line %s: %s" % (error.lineno, error.msg)}
    except (OSError, ValueError, RecursionError) as error:
        return {"problem": "it cannot be read: %s" % error}
    dest = request.get("dest") or destination(tree)
    answer = {"dest": dest, "description": ast.get_docstring(tree) or "", "kind": kind(tree),
              "imports": sorted(every_import(tree)), "flags": [], "problem": None, "run": False}
    try:
        if dest == "globals":
            answer["flags"] = global_flags(module_values(tree))
        elif ":" in dest and not dest.startswith("args"):
            answer["flags"] = nested_flags(tree, dest.partition(":")[2])
        elif dest == "args" and mentions(tree, "argparse", ("ArgumentParser",) + PARSER_USES[:5]):
            answer["flags"] = ArgparseText(tree, strict=True).flags
        elif dest == "args:click":
            answer["flags"] = click_flags(tree)
    except Uncertain:
        answer["run"] = True
        answer["flags"] = ArgparseText(tree, strict=False).flags if dest == "args" else []
    except RecursionError:
        answer["problem"] = "it is nested too deeply"
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
    calls = {ArgparseText.called(n) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    is_command = "click" in imported_modules(tree) and any(decorator(d) in ("command", "group") for f in functions for d in f.decorator_list)
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


def global_flags(values):
    flags = []
    for name, node in values.items():
        try:
            value = literal(node)
        except Uncertain:
            continue
        if not name.startswith("_") and (is_simple(value) or isinstance(value, list) and all(map(is_simple, value))):
            flags.append(value_flag(name, value))
    return flags


def value_flag(name, value):
    if isinstance(value, list):
        return {"name": name, "default": shlex.join(as_word(v) for v in value), "arg-split": True}
    kind = "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
    return {"name": name, "default": portable(value), "type": kind}


def as_word(value):
    return value if isinstance(value, str) else json.dumps(value)


def nested_flags(tree, path):
    """Returns the flags of the dict, or the namespace, that a module assigns to a variable: nested ones with dots in their names."""
    first, *inner = path.split(".")
    node = module_values(tree).get(first)
    value = mapping_value(node) if node is not None else None
    for name in inner:
        value = value.get(name) if isinstance(value, dict) else None
    return list(flags_of_mapping(value, "")) if isinstance(value, dict) else []


def mapping_value(node):
    """Returns the value of an expression, in which parts that are no literals are None."""
    if isinstance(node, ast.Dict):
        return {try_literal(key): mapping_value(value) for key, value in zip(node.keys, node.values) if key is not None}
    if isinstance(node, ast.Call):
        return {k.arg: mapping_value(k.value) for k in node.keywords if k.arg}
    return try_literal(node)


def flags_of_mapping(mapping, prefix):
    for name, value in mapping.items():
        if isinstance(value, dict):
            yield from flags_of_mapping(value, "%s%s." % (prefix, name))
        elif isinstance(name, str) and (is_simple(value) or isinstance(value, list) and all(map(is_simple, value))):
            yield value_flag(prefix + name, value)


def try_literal(node):
    try:
        return literal(node)
    except Uncertain:
        return None


# What argparse and click have in common.


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
    elif choices is not None and 0 < len(list(choices)) <= MANY_CHOICES:
        flag["choices"] = [portable(c) for c in choices]
    return flag


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
        return value if type(value) in (bool, int, float, str) or value is None else next(t(value) for t in (int, float, str) if isinstance(value, t))
    return os.fspath(value) if isinstance(value, os.PathLike) else None


# argparse.


class ArgparseText:
    """The options of the one parser that a script makes, read from its text. Raises Uncertain, if strict, where a run could give others."""

    def __init__(self, tree, strict):
        self.strict = strict
        self.constants = {n: v for n, v in module_values(tree).items() if sum(isinstance(s, ast.Name) and s.id == n and isinstance(s.ctx, ast.Store) for s in ast.walk(tree)) == 1}
        self.parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self.parsers = set()
        self.flags = []
        self.find_parsers(tree)
        if strict:
            self.check_uses(tree)
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "add_argument"]
        for call in sorted(calls, key=lambda c: (c.lineno, c.col_offset)):
            try:
                self.add(call)
            except Uncertain:
                if strict:
                    raise
        if strict and not self.flags and not self.parsers:
            raise Uncertain

    def find_parsers(self, tree):
        made = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and self.called(n) == "ArgumentParser"]
        if self.strict and (len(made) != 1 or any(k.arg not in WHOLE for k in made[0].keywords)):
            raise Uncertain
        for call in made:
            self.name(call)
        # A group is made of a parser, or of a group of it.
        for call in sorted((n for n in ast.walk(tree) if isinstance(n, ast.Call)), key=lambda c: c.lineno):
            if self.called(call) in ("add_argument_group", "add_mutually_exclusive_group") and self.owner(call) in self.parsers:
                self.name(call)

    def name(self, call):
        parent = self.parents[call]
        target = parent.targets[0] if isinstance(parent, ast.Assign) and len(parent.targets) == 1 else None
        if isinstance(target, (ast.Name, ast.Attribute)):
            self.parsers.add(ast.unparse(target))
        elif self.strict and not isinstance(parent, ast.Attribute):
            raise Uncertain

    @staticmethod
    def called(call):
        return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""

    def owner(self, call):
        of = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(of, ast.Call) and self.called(of) in ("add_argument_group", "add_mutually_exclusive_group"):
            return self.owner(of)
        return ast.unparse(of) if isinstance(of, (ast.Name, ast.Attribute)) else None

    def check_uses(self, tree):
        """Who else gets hold of the parser could add to it."""
        for node in ast.walk(tree):
            if isinstance(node, ast.arg) and node.arg in self.parsers:
                raise Uncertain
            if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load) and ast.unparse(node) in self.parsers:
                parent = self.parents[node]
                if not isinstance(parent, ast.Return) and not (isinstance(parent, ast.Attribute) and parent.attr in PARSER_USES):
                    raise Uncertain

    def add(self, call):
        if self.owner(call) not in self.parsers or not self.is_straight(call):
            raise Uncertain
        options = [self.value(a) for a in call.args]
        given = {k.arg: k.value for k in call.keywords}
        if None in given or not all(isinstance(o, str) for o in options):
            raise Uncertain
        kind = self.kind(given.pop("action", None))
        of_type = given.pop("type", None)
        values = {name: self.value(node) for name, node in given.items() if name not in ("metavar", "dest")}
        option = dict(values, options=options, kind=kind, type=ast.unparse(of_type) if of_type is not None else None)
        option["split"] = values.get("nargs") in ("+", "*") or isinstance(values.get("nargs"), int)
        option["default"] = values.get("default", kind == "store_false" if kind in ("store_true", "store_false") else None)
        option["off"] = next(("no-" + o[2:] for o in options if o.startswith("--")), None)
        flag = option_flag(option) if values.get("nargs") != "A..." else None
        if flag:
            self.flags.append(flag)

    def is_straight(self, call):
        """True if the call is made once, whatever happens."""
        node = call
        while node in self.parents:
            child, node = node, self.parents[node]
            is_main = isinstance(node, ast.If) and child in node.body and "__name__" in ast.unparse(node.test)
            if isinstance(node, (ast.For, ast.While, ast.Try, ast.Lambda, ast.IfExp, ast.BoolOp, ast.comprehension, ast.ListComp)) or isinstance(node, ast.If) and not is_main:
                return False
        return True

    @staticmethod
    def kind(node):
        if node is None:
            return "store"
        if isinstance(node, ast.Constant):
            return node.value if node.value not in ("append", "extend") else "store"
        if ast.unparse(node).split(".")[-1] == "BooleanOptionalAction":
            return "boolean"
        raise Uncertain

    def value(self, node):
        if isinstance(node, ast.Name) and node.id in self.constants:
            node = self.constants[node.id]
        return literal(node)


# click.


def click_flags(tree):
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    commands = [f for f in functions if any(decorator(d) == "command" for d in f.decorator_list)]
    if len(commands) != 1 or any(decorator(d) == "group" for f in functions for d in f.decorator_list):
        raise Uncertain
    flags = [click_flag(d) for d in commands[0].decorator_list if decorator(d) not in ("command", "argument", "pass_context", "pass_obj", "version_option", "help_option")]
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
    if option.get("type") is None and not option.get("kind") and not option.get("multiple") and type(default) in (int, float, str):
        option["type"] = {int: "int", float: "float", str: "str"}[type(default)]
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


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    json.dump([read(request) for request in json.load(sys.stdin)], sys.stdout)
