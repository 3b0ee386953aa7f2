"""Reads the options of argparse, from the text of a script or from its parser."""

import ast
import enum

from guild_flags_common import Uncertain, literal, module_values, option_flag, some

WHOLE = ("description", "prog", "usage", "epilog", "formatter_class", "add_help", "allow_abbrev", "fromfile_prefix_chars", "exit_on_error")
SUPPRESS = "==SUPPRESS=="
NAMED = {prefix + name: value for prefix in ("", "argparse.") for name, value in (("SUPPRESS", SUPPRESS), ("REMAINDER", "..."), ("OPTIONAL", "?"), ("ZERO_OR_MORE", "*"), ("ONE_OR_MORE", "+"))}
PARSER_USES = ("add_argument", "add_argument_group", "add_mutually_exclusive_group", "parse_args", "parse_known_args", "error", "exit", "print_help",
               "print_usage", "format_help", "format_usage", "prog", "description")


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
        if values.get("default") == SUPPRESS:
            values["default"] = None
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
        if isinstance(node, (ast.Name, ast.Attribute)) and ast.unparse(node) in NAMED:
            return NAMED[ast.unparse(node)]
        if isinstance(node, ast.Call) and self.called(node) == "range" and not node.keywords:
            return self.range_of([self.value(a) for a in node.args])
        return literal(node)

    @staticmethod
    def range_of(bounds):
        if not 1 <= len(bounds) <= 3 or not all(type(b) is int for b in bounds) or bounds[2:] == [0]:
            raise Uncertain
        return range(*bounds)


def flags_of_parser(parser, words):
    import argparse

    # A word that names a command leads to the parser of its options.
    for word in words:
        commands = [a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction) and word in a.choices]
        parser = commands[0][word] if commands else parser
    kinds = (
        (argparse._StoreTrueAction, "store_true"), (argparse._StoreFalseAction, "store_false"), (argparse._StoreConstAction, "store_const"),
        (argparse._CountAction, "count"), (argparse._HelpAction, "help"), (argparse._VersionAction, "version"),
        (getattr(argparse, "BooleanOptionalAction", argparse._HelpAction), "boolean"), (argparse._SubParsersAction, "parsers"))
    for action in parser._actions:
        default = parser.get_default(action.dest) if action.dest and action.dest != "==SUPPRESS==" else action.default
        options = list(action.option_strings)
        flag = option_flag({
            "options": options,
            "off": next((o[2:] for o in options if o.startswith("--no-")), None),
            "kind": next((kind for of, kind in kinds if isinstance(action, of)), "store"),
            "type": getattr(action.type, "__name__", None),
            "default": None if isinstance(default, str) and default == argparse.SUPPRESS else as_typed(default, action.type),
            "choices": action.choices if isinstance(action.choices, range) else [as_typed(c, action.type) for c in some(action.choices)],
            "required": action.required,
            "split": action.nargs in ("+", "*") or isinstance(action.nargs, int) and action.nargs > 0,
            "help": action.help,
        }) if options else None
        if flag:
            yield flag


def as_typed(value, of_type):
    """Returns what is written to mean a value: an enumeration that is the type of an option reads the values of its members."""
    return value.value if isinstance(value, enum.Enum) and type(value) is of_type else value
