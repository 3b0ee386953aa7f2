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

import guild_flags_argparse
import guild_flags_click


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
    files = {getattr(module, "__file__", None) for name, module in list(sys.modules.items()) if name != "__main__" and not name.startswith("guild_flags_")}
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
        finish(guild_flags_argparse.flags_of_parser(parser, words))

    def parse_known(parser, args=None, namespace=None):
        if is_import(sys._getframe(1)):
            return known(parser, [], namespace)
        finish(guild_flags_argparse.flags_of_parser(parser, words))

    argparse.ArgumentParser.parse_args = argparse.ArgumentParser.parse_intermixed_args = parse
    argparse.ArgumentParser.parse_known_args = argparse.ArgumentParser.parse_known_intermixed_args = parse_known


def patch_click(words, finish):
    import click

    def run(command, *args, **options):
        finish(guild_flags_click.flags_of_command(command, words))

    for of in (click.core.__dict__.get("BaseCommand"), click.core.Command):
        if of is not None:
            of.main = run


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
