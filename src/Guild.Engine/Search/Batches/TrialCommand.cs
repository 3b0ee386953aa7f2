using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Text;

namespace Guild.Engine.Search.Batches;

/// <summary>Makes the commands of trials from the record of their prototype: its own command shows which programs were found, its template where flags go.</summary>
internal sealed class TrialCommand
{
    private const string ProgramReference = "${python_exe}";

    private readonly IReadOnlyList<string> _command;
    private readonly List<string> _template;
    private readonly OperationDefinition _operation;
    private readonly ProgramKind _kind;
    private readonly string _destination;
    private readonly string? _python;
    private readonly BoundFlags _bound;

    public TrialCommand(Run prototype, BatchSettings settings, BoundFlags bound, EngineContext context)
    {
        var command = RecordedOperation.CommandOf(prototype.Directory);
        _command = prototype.Command;
        _template = [.. (command?.GetValueOrDefault("cmd-args") as IReadOnlyList<object?> ?? []).Select(word => word as string ?? FlagGrammar.Encode(word))];
        if (_template.Count == 0 || _command.Count == 0)
        {
            throw new RunStateException(prototype.Id, $"The prototype of batch '{prototype.Directory.Path}' has no command.", "Run the operation again.");
        }

        _kind = settings.Program ?? (_template is [_, "-um", PythonCommand.GuildAiRunner, ..] ? ProgramKind.Python : ProgramKind.Exec);
        _destination = command?.GetValueOrDefault("flags-dest") as string ?? "args";
        _bound = bound;
        _operation = new OperationDefinition
        {
            Name = prototype.OperationName,
            ModelName = prototype.ModelName,
            Flags = settings.Flags,
            FlagsDestination = _destination,
            Main = _kind == ProgramKind.PowerShell ? settings.Main : ShellWords.Join(PythonWords()),
            Exec = _kind == ProgramKind.Exec ? ShellWords.Join(_template).Replace(ShellWords.Quote(CommandBuilder.FlagArgumentsMarker), "${flag_args}", StringComparison.Ordinal) : null,
        };
        _python = _template.IndexOf(ProgramReference) is var at and >= 0 && at < _command.Count ? _command[at]
            : _template.Exists(word => word.Contains("python_exe}", StringComparison.Ordinal)) ? Interpreters.FindPython(context)
            : null;
    }

    /// <summary>The program of a trial with its arguments.</summary>
    /// <param name="flags">The flags of the trial.</param>
    /// <param name="arguments">Options that the chosen values bring.</param>
    public IReadOnlyList<string> For(IReadOnlyDictionary<string, object?> flags, IReadOnlyDictionary<string, object?> arguments)
    {
        var bound = _bound with { Values = flags, ChoiceArgs = arguments };
        return _kind switch
        {
            ProgramKind.Python => Python(bound),
            ProgramKind.PowerShell => PowerShell(bound),
            _ => Exec(bound),
        };
    }

    // What stands between Guild AI's runner and the marks of the flags.
    private List<string> PythonWords()
    {
        var end = _template.LastIndexOf("--");
        return _kind == ProgramKind.Python && _template.Count > 3 ? _template[3..(end < 3 ? _template.Count : end)] : [];
    }

    private List<string> Exec(BoundFlags bound)
    {
        Dictionary<string, object?>? values = null;
        var result = new List<string>(_template.Count);
        foreach (var word in _template)
        {
            if (word == CommandBuilder.FlagArgumentsMarker)
            {
                result.AddRange(FlagArguments.Encode(_operation, bound));
            }
            else
            {
                result.Add(word.Contains('$', StringComparison.Ordinal) ? FlagReferences.ResolveText(word, values ??= Values(bound)) : word);
            }
        }

        return result;
    }

    private Dictionary<string, object?> Values(BoundFlags bound)
    {
        var values = CommandBuilder.Encoded(bound);
        values["python_exe"] = _python;
        values["guild_python_exe"] = _python;
        return values;
    }

    private List<string> Python(BoundFlags bound)
    {
        var values = CommandBuilder.Encoded(bound);
        var words = PythonWords();
        var resolved = words.ConvertAll(word => FlagReferences.ResolveText(word, values));
        if (_command is [_, "-um", PythonCommand.GuildAiRunner, ..])
        {
            return [.. _command.Take(3), .. resolved, "--", .. FlagArguments.Encode(_operation, bound)];
        }

        if (PythonCommand.IsGlobals(_destination))
        {
            return [.. _command.Take(4), Target(_command[4], words, resolved), .. resolved.Skip(1), "--", .. PythonCommand.Globals(_operation, bound)];
        }

        return [.. _command.Take(2), Target(_command[2], words, resolved), .. resolved.Skip(1), .. PythonCommand.IsArguments(_destination) ? FlagArguments.Encode(_operation, bound) : []];
    }

    // The name of the module can itself have a flag in it.
    private static string Target(string planned, List<string> words, List<string> resolved) =>
        words.Count == 0 || !FlagReferences.HasReference(words[0]) ? planned
        : resolved[0].EndsWith(".py", StringComparison.Ordinal) ? resolved[0]
        : resolved[0][(resolved[0].LastIndexOf('/') + 1)..];

    private List<string> PowerShell(BoundFlags bound)
    {
        const int BeforeParameters = 6;
        var values = CommandBuilder.Encoded(bound);
        List<string> words = [.. ShellWords.Split(_operation.Main ?? "").Select(word => FlagReferences.ResolveText(word, values))];
        return [.. _command.Take(BeforeParameters), PowerShellCommand.Parameters(_operation, bound, words), .. _command.Skip(BeforeParameters + 1)];
    }
}
