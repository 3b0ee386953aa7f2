"""Asks a Python script which flags it has, by running it up to the place where it reads its arguments.

    python guild_flags_run.py ANSWER_FILE REQUEST

REQUEST is JSON: {path, module, words, dest, root}. The parsers of argparse and click are changed so that the first one that
the script itself asks to read arguments writes its options to ANSWER_FILE and ends the process: nothing of the script that
comes behind runs, and what the script prints does not matter. ANSWER_FILE gets {flags, inputs, problem}: `inputs` are the
files below root that the script imported, whose changes change the answer.
"""

import json
import os
import runpy
import sys

import guild_flags


def main(answer_file, request):
    place = os.path.dirname(os.path.abspath(request["path"]))
    sys.path[0] = os.getcwd() if request["module"] else place
    sys.argv = [request["path"]] + request["words"]

    def finish(flags=(), problem=None):
        with open(answer_file, "w", encoding="utf-8") as file:
            json.dump({"flags": list(flags), "inputs": imported_files(request["root"]), "problem": problem}, file)
        # Whatever the script does next, and whatever it wants done at its end, is not wanted.
        os._exit(0)

    try:
        if request["dest"] == "args":
            patch_argparse(request["words"], finish)
        else:
            patch_click(request["words"], finish)
        if request["module"]:
            runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(request["path"], run_name="__main__")
    except EOFError:
        finish(problem="it reads from standard input before it reads its arguments")
    except SystemExit as error:
        finish(problem="it ended before it read its arguments" + (": %s" % error.code if isinstance(error.code, str) else ""))
    except ImportError as error:
        finish(problem="it imports a module that this Python cannot import: %s" % error)
    except BaseException as error:
        finish(problem="it failed before it read its arguments: %s: %s" % (type(error).__name__, error))
    finish(problem="it ended without reading its arguments")


def imported_files(root):
    files = {getattr(module, "__file__", None) for name, module in list(sys.modules.items()) if name not in ("__main__", "guild_flags")}
    below = os.path.join(os.path.realpath(root), "")
    return sorted(f for f in files if f and os.path.realpath(f).startswith(below) and os.path.isfile(f) and "site-packages" not in f)


def is_import(frame):
    """True if the call comes from a module that is just being imported: its arguments are not those of the script."""
    while frame:
        if frame.f_code.co_name == "<module>":
            return frame.f_globals.get("__name__") != "__main__"
        frame = frame.f_back
    return False


def patch_argparse(words, finish):
    import argparse

    known = argparse.ArgumentParser.parse_known_args

    def parse(parser, args=None, namespace=None):
        if is_import(sys._getframe(1)):
            return known(parser, [], namespace)[0]
        finish(argparse_flags(parser, words))

    def parse_known(parser, args=None, namespace=None):
        if is_import(sys._getframe(1)):
            return known(parser, [], namespace)
        finish(argparse_flags(parser, words))

    argparse.ArgumentParser.parse_args = argparse.ArgumentParser.parse_intermixed_args = parse
    argparse.ArgumentParser.parse_known_args = argparse.ArgumentParser.parse_known_intermixed_args = parse_known


def argparse_flags(parser, words):
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
        flag = guild_flags.option_flag({
            "options": options,
            "off": next((o[2:] for o in options if o.startswith("--no-")), None),
            "kind": next((kind for of, kind in kinds if isinstance(action, of)), "store"),
            "type": getattr(action.type, "__name__", None),
            "default": None if default == argparse.SUPPRESS else default,
            "choices": action.choices,
            "required": action.required,
            "split": action.nargs in ("+", "*") or isinstance(action.nargs, int) and action.nargs > 0,
            "help": action.help,
        }) if options else None
        if flag:
            yield flag


def patch_click(words, finish):
    import click

    def run(command, *args, **options):
        finish(click_flags(command, words))

    for of in (click.core.__dict__.get("BaseCommand"), click.core.Command):
        if of is not None:
            of.main = run


def click_flags(command, words):
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
        flag = guild_flags.click_option({
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


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
