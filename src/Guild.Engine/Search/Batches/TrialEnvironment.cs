using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Yaml;

namespace Guild.Engine.Search.Batches;

/// <summary>Makes the environments of trials from that of their prototype.</summary>
internal sealed class TrialEnvironment
{
    private const string RunDirectoryVariable = "RUN_DIR";
    private const string PythonPathVariable = "PYTHONPATH";

    private readonly Dictionary<string, string> _common;
    private readonly string? _prototypePath;
    private readonly Dictionary<string, FlagDefinition> _flags;
    private readonly List<KeyValuePair<string, object?>> _templates;
    private readonly IReadOnlyCollection<string> _secretFlags;
    private readonly IReadOnlyDictionary<string, string> _secrets;

    private readonly Dictionary<string, string> _lines;
    private readonly EnvironmentRecord _record;

    public TrialEnvironment(Run prototype, BatchSettings settings, IReadOnlyDictionary<string, string> secrets, EnvironmentRecord record, EngineContext context)
    {
        _common = RecordedEnvironment.Read(prototype, context);
        var recorded = StagedEnvironment.IsThere(prototype.Directory) ? StagedEnvironment.Read(prototype.Directory, new Dictionary<string, string>()) : [];
        _prototypePath = recorded.GetValueOrDefault(RunDirectoryVariable);
        _flags = settings.Flags.ToDictionary(flag => flag.Name, StringComparer.Ordinal);
        _secretFlags = prototype.SecretFlags;
        _secrets = secrets;
        var command = RecordedOperation.CommandOf(prototype.Directory);
        _templates = [.. (command?.GetValueOrDefault("cmd-env") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>()).Where(entry => FlagReferences.HasReference(entry.Value))];
        Own = _common.Keys.Except(context.Environment.Keys, StringComparer.Ordinal).Concat(recorded.Keys).ToHashSet(StringComparer.Ordinal);
        _record = record;
        _lines = record.Recorded(_common, Own).ToDictionary(entry => entry.Key, entry => LineOf(entry.Key, entry.Value), StringComparer.Ordinal);
    }

    /// <summary>The names of what the operation itself adds.</summary>
    public IReadOnlySet<string> Own { get; }

    /// <summary>
    /// What of an environment is recorded, as the text of the attribute. Which variables could give a secret away is decided once, and what all trials have is
    /// written once; only values of a trial's own are looked at again.
    /// </summary>
    public string Recorded(IReadOnlyDictionary<string, string> environment)
    {
        var lines = new Dictionary<string, string>(_lines, StringComparer.Ordinal);
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            if (!_common.TryGetValue(name, out var common) || common != value)
            {
                changed[name] = value;
                lines.Remove(name);
            }
        }

        foreach (var (name, value) in _record.Recorded(changed, Own))
        {
            lines[name] = LineOf(name, value);
        }

        string[] names = [.. lines.Keys];
        Array.Sort(names, StringComparer.Ordinal);
        return names.Length == 0 ? YamlText.Write(lines) : string.Concat(names.Select(name => lines[name]));
    }

    /// <summary>The whole environment of a trial.</summary>
    /// <param name="directory">The trial.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="devices">The devices that it has for itself; null for those of the batch.</param>
    public Dictionary<string, string> For(RunDirectory directory, IReadOnlyDictionary<string, object?> flags, string? devices)
    {
        var result = new Dictionary<string, string>(_common, StringComparer.Ordinal);
        foreach (var (name, value) in flags)
        {
            if (!_secretFlags.Contains(name))
            {
                var flag = _flags.GetValueOrDefault(name);
                result[FlagArguments.VariableName(name, flag)] = FlagArguments.EncodeForEnvironment(flag, value);
            }
        }

        foreach (var (name, template) in _templates)
        {
            if (!FlagReferences.Names((string)template!).Any(_secretFlags.Contains))
            {
                result[name] = FlagArguments.EncodeValue(null, FlagReferences.Resolve(template, flags));
            }
        }

        foreach (var (name, value) in _secrets)
        {
            result[name] = value;
        }

        if (_prototypePath is { Length: > 0 } && result.TryGetValue(PythonPathVariable, out var path))
        {
            result[PythonPathVariable] = path.Replace(_prototypePath, directory.Path, StringComparison.Ordinal);
        }

        if (devices is not null)
        {
            result[RecordedDevices.Variable] = devices;
        }

        result[RunDirectoryVariable] = directory.Path;
        result["RUN_ID"] = directory.Id;
        return result;
    }

    // Block style has nothing between the entries of a mapping, so those of several make one when they follow each other.
    private static string LineOf(string name, string value) => YamlText.Write(new Dictionary<string, object?> { [name] = value });
}
