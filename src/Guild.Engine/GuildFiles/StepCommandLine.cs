using Guild.Engine.Flags;
using Guild.Engine.Text;

namespace Guild.Engine.GuildFiles;

/// <summary>The command line of a step, which is one of <c>guild run</c>: the operation, flags, files of trials and options.</summary>
internal sealed class StepCommandLine
{
    // Options by all of their names; those that a step has are known by their attribute, the others have none.
    private static readonly Dictionary<string, Option> Options = Table(
        ("label", true, "-l --label"),
        ("tags", true, "-t --tag"),
        ("batch-label", true, "-bl --batch-label"),
        ("batch-tags", true, "-bt --batch-tag"),
        ("gpus", true, "--gpus"),
        ("no-gpus", false, "--no-gpus"),
        ("optimizer", true, "-o --optimizer"),
        ("optimize", false, "-O --optimize"),
        ("minimize", true, "-N --minimize"),
        ("maximize", true, "-X --maximize"),
        ("opt-flags", true, "-Fo --opt-flag"),
        ("max-trials", true, "-m --max-trials --trials"),
        ("random-seed", true, "--random-seed"),
        ("remote", true, "-r --remote"),
        ("stop-after", true, "--stop-after"),
        ("force-flags", false, "-f --force-flags"),
        ("force-sourcecode", false, "--force-sourcecode"),
        ("fail-on-trial-error", false, "--fail-on-trial-error"),
        ("needed", false, "--needed"),
        (null, true, "-c --comment -bc --batch-comment -d --run-dir --start --restart --rerun --proto --debug-sourcecode --pidfile --save-trials -D --dep --break"),
        (null, true, "--test-output-scalars --test-output-attrs --run-id"),
        (null, false, "-ec --edit-comment -ebc --edit-batch-comment -e --edit-flags --stage --stage-trials -y --yes --force-deps -b --background -n --no-wait --keep-run"),
        (null, false, "--keep-batch --break-on-error -q --quiet --print-cmd --print-env --print-trials --help-model -h --help-op --test-sourcecode --test-flags"));

    private readonly List<KeyValuePair<string, string>> _options = [];
    private readonly List<KeyValuePair<string, FlagInput>> _flags = [];
    private readonly List<string> _trialFiles = [];
    private readonly List<string> _ignored = [];

    /// <summary>The operation, or null if the line names none.</summary>
    public string? Operation { get; private set; }

    /// <summary>What is wrong with the line, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Flags in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, FlagInput>> Flags => _flags;

    /// <summary>Files of trials, without their <c>@</c>.</summary>
    public IReadOnlyList<string> TrialFiles => _trialFiles;

    /// <summary>Options of <c>guild run</c> that a step does not have, as they are written.</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    /// <summary>The last value of an option by its attribute; null if it is not given, and <c>""</c> for a switch.</summary>
    public string? Last(string attribute) => _options.LastOrDefault(o => o.Key == attribute).Value;

    /// <summary>All values of an option by its attribute.</summary>
    public IReadOnlyList<string> All(string attribute) => [.. _options.Where(o => o.Key == attribute).Select(o => o.Value)];

    public static StepCommandLine Read(string text)
    {
        var line = new StepCommandLine();
        try
        {
            line.Take(new Queue<string>(ShellWords.Split(text)));
        }
        catch (FormatException exception)
        {
            line.Problem = exception.Message;
        }

        return line;
    }

    private void Take(Queue<string> words)
    {
        while (Problem is null && words.TryDequeue(out var word))
        {
            if (word == "--")
            {
                while (words.TryDequeue(out var rest))
                {
                    TakeArgument(rest);
                }
            }
            else if (word is ['-', _, ..])
            {
                TakeOption(word, words);
            }
            else
            {
                TakeArgument(word);
            }
        }

        Problem ??= Operation is null ? "it names no operation." : null;
    }

    private void TakeArgument(string word)
    {
        if (word is ['@', _, ..])
        {
            _trialFiles.Add(word[1..]);
        }
        else if (Operation is null && !word.Contains('=', StringComparison.Ordinal))
        {
            Operation = word;
        }
        else if (FlagGrammar.SplitAssignment(word) is { } assignment)
        {
            _flags.Add(new(assignment.Name, new FlagText(assignment.Text)));
        }
        else
        {
            Problem ??= $"'{word}' is no flag. Expected NAME=VALUE.";
        }
    }

    private void TakeOption(string word, Queue<string> words)
    {
        var (name, value) = Divide(word);
        if (!Options.TryGetValue(name, out var option))
        {
            var nearest = NearestNames.Nearest(name, Options.Keys);
            Problem = $"'{name}' is no option of 'guild run'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}";
            return;
        }

        if (option.TakesValue && value is null && !words.TryDequeue(out value))
        {
            Problem = $"option '{name}' has no value.";
            return;
        }

        if (option.Attribute is null)
        {
            _ignored.Add(name);
            return;
        }

        _options.Add(new(option.Attribute, value ?? ""));
    }

    // --name=value, and -xVALUE where -x is an option with a value.
    private static (string Name, string? Value) Divide(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
        }

        return !Options.ContainsKey(word) && word.Length > 2 && Options.TryGetValue(word[..2], out var option) && option.TakesValue
            ? (word[..2], word[2..])
            : (word, null);
    }

    private static Dictionary<string, Option> Table(params (string? Attribute, bool TakesValue, string Names)[] options)
    {
        var table = new Dictionary<string, Option>(StringComparer.Ordinal);
        foreach (var (attribute, takesValue, names) in options)
        {
            foreach (var name in names.Split(' '))
            {
                table.Add(name, new Option(attribute, takesValue));
            }
        }

        return table;
    }

    private sealed record Option(string? Attribute, bool TakesValue);
}
