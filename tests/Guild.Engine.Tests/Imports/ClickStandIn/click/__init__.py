"""Stands in for the package click, which a machine that runs these tests need not have.

It has what the reader of flags looks at, under the names that click 8.1 gives them: the parameters of a command with opts,
secondary_opts, type, default, multiple, nargs, is_flag, flag_value, count, help and required; and the commands of a group.
It cannot run a command.
"""


class ParamType:
    def __init__(self, name):
        self.name = name


class Choice(ParamType):
    def __init__(self, choices):
        super().__init__("choice")
        self.choices = tuple(choices)


class IntRange(ParamType):
    def __init__(self, min=None, max=None):
        super().__init__("integer range")
        self.min, self.max = min, max


class FloatRange(ParamType):
    def __init__(self, min=None, max=None):
        super().__init__("float range")
        self.min, self.max = min, max


STRING, INT, FLOAT, BOOL = ParamType("text"), ParamType("integer"), ParamType("float"), ParamType("boolean")
OF_PYTHON = {str: STRING, int: INT, float: FLOAT, bool: BOOL}


class Argument:
    def __init__(self, name):
        self.opts = [name]


class Option:
    def __init__(self, *declarations, type=None, default=None, is_flag=None, flag_value=None, multiple=False, nargs=1, count=False, help=None, required=False):
        names = [d.partition("/") for d in declarations if d.startswith("-")]
        self.opts = [on.strip() for on, _, _ in names]
        self.secondary_opts = [off.strip() for _, _, off in names if off]
        self.is_flag = bool(is_flag or self.secondary_opts or flag_value is not None or is_flag is None and type is None and isinstance(default, bool))
        if self.is_flag and default is None:
            default = False
        self.flag_value = flag_value if flag_value is not None or not self.is_flag else not default
        guess = default[0] if isinstance(default, (list, tuple)) and default else default
        self.type = OF_PYTHON.get(type, type) or (BOOL if self.is_flag and flag_value is None else INT if count else OF_PYTHON.get(guess.__class__, STRING))
        self.default, self.multiple, self.nargs, self.count, self.help, self.required = default, multiple, nargs, count, help, required


class Context:
    def __init__(self, command):
        self.command = command


class Command:
    def __init__(self, name, params):
        self.name, self.params = name, params

    def __call__(self, *args, **options):
        return self.main(*args, **options)

    def main(self, *args, **options):
        raise NotImplementedError("the stand-in of click runs nothing")


class Group(Command):
    def __init__(self, name, params):
        super().__init__(name, params)
        self.commands = {}

    def get_command(self, context, name):
        return self.commands.get(name)

    def command(self, name=None):
        def add(function):
            made = command(name)(function)
            self.commands[made.name] = made
            return made

        return add


def command(name=None, cls=Command):
    return lambda function: cls(name or function.__name__.replace("_", "-"), list(reversed(getattr(function, "params", []))))


def group(name=None):
    return command(name, Group)


def _decorator(parameter):
    def add(function):
        function.params = getattr(function, "params", []) + [parameter]
        return function

    return add


def option(*declarations, **attributes):
    return _decorator(Option(*declarations, **attributes))


def argument(name, **attributes):
    return _decorator(Argument(name))


class core:
    Command = Command
