using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Imports;

/// <summary>Puts the flags of a script and those of the Guild file together. What the Guild file says stands.</summary>
internal sealed class FlagMerge(OperationDefinition operation, ScriptReading reading, string source)
{
    private readonly bool _isPowerShell = PowerShellCommand.IsScript(source);

    /// <summary>What the user should know of the import, one sentence each.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The operation with its flags.</summary>
    public OperationDefinition Merge()
    {
        var skipped = operation.FlagsImportSkip.Select(Canonical).ToHashSet(StringComparer.Ordinal);
        var detected = reading.Flags.Where(f => !skipped.Contains(Canonical(f.Name))).ToList();
        var wanted = operation.FlagsImport switch
        {
            true => detected,
            false => [],
            IReadOnlyList<string> names => Named(detected, names),
            _ => detected.FindAll(f => operation.Flags.Any(d => IsSame(d, f))),
        };
        var flags = operation.Flags.Select(d => wanted.Find(f => IsSame(d, f)) is { } found ? Completed(d, found) : d).ToList();
        flags.AddRange(wanted.Where(f => !operation.Flags.Any(d => IsSame(d, f))).Select(f => f with { ImportedFrom = source }));
        return operation with
        {
            Flags = [.. flags.OrderBy(f => f.Name, StringComparer.Ordinal)],
            FlagsDestination = operation.FlagsDestination ?? Destination(wanted),
            Description = operation.Description.Length > 0 || operation.FlagsImport is not true ? operation.Description : reading.Description,
        };
    }

    // A script whose global variables are none of the flags gets its flags another way, such as by the code that it imports; arguments are the way to give them.
    private string? Destination(List<FlagDefinition> wanted) => reading.Destination switch
    {
        "globals" when wanted.Count == 0 && !reading.Flags.Any(f => operation.Flags.Any(d => IsSame(d, f))) => null,
        var destination => destination,
    };

    private List<FlagDefinition> Named(List<FlagDefinition> detected, IReadOnlyList<string> names)
    {
        var wanted = names.Select(Canonical).ToHashSet(StringComparer.Ordinal);
        var found = detected.FindAll(f => wanted.Contains(Canonical(f.Name)));
        foreach (var name in names.Where(n => reading.Problem is null && !reading.Flags.Any(f => Canonical(f.Name) == Canonical(n))))
        {
            var nearest = NearestNames.Sort(name, reading.Flags.Select(f => f.Name)).Take(5).Select(n => $"'{n}'").ToList();
            Warnings.Add($"'flags-import' of operation '{operation.FullName}' names '{name}', but '{source}' has no such flag."
                + (nearest.Count == 0 ? "" : $" It has: {string.Join(", ", nearest)}."));
        }

        return found;
    }

    private bool IsSame(FlagDefinition declared, FlagDefinition detected) => Canonical(declared.ArgName ?? declared.Name) == Canonical(detected.Name);

    // PowerShell tells no capitals from small letters, and hyphens are left out of the names of parameters.
    private string Canonical(string name) => _isPowerShell ? PowerShellCommand.ParameterName(name).ToUpperInvariant() : name;

    private FlagDefinition Completed(FlagDefinition declared, FlagDefinition detected)
    {
        bool IsOpen(string attribute) => !declared.Given.Contains(attribute);
        var takesSwitch = IsOpen("arg-switch") && IsOpen("arg-encoding") && IsOpen("arg-name") && detected.HasArgSwitch;
        var takesPositive = IsOpen("arg-switch") && IsOpen("arg-encoding") && !IsOpen("arg-name") && detected is { HasArgSwitch: true, ArgName: null };
        var completed = declared with
        {
            Default = IsOpen("default") && !declared.IsSecret ? detected.Default : declared.Default,
            Description = IsOpen("description") ? detected.Description : declared.Description,
            Type = IsOpen("type") ? TypeOf(declared, detected) : declared.Type,
            IsRequired = IsOpen("required") && IsOpen("default") ? detected.IsRequired : declared.IsRequired,
            Alias = IsOpen("alias") ? detected.Alias : declared.Alias,
            Choices = IsOpen("choices") && detected.Choices.Count > 0 ? detected.Choices : declared.Choices,
            Minimum = IsOpen("min") && IsOpen("max") ? detected.Minimum : declared.Minimum,
            Maximum = IsOpen("min") && IsOpen("max") ? detected.Maximum : declared.Maximum,
            ArgName = takesSwitch ? detected.ArgName ?? declared.ArgName : declared.ArgName,
            HasArgSwitch = takesSwitch || takesPositive || declared.HasArgSwitch,
            ArgSwitch = takesSwitch || takesPositive ? detected.ArgSwitch : declared.ArgSwitch,
            IsSecret = declared.IsSecret || (IsOpen("secret") && detected.IsSecret && declared.Default is null),
            SplitsArg = IsOpen("arg-split") ? detected.SplitsArg : declared.SplitsArg,
        };
        return completed == declared ? declared : completed with { ImportedFrom = source };
    }

    // A default of another kind in the Guild file says what the flag takes better than the value that a script's variable has.
    private static FlagType TypeOf(FlagDefinition declared, FlagDefinition detected)
    {
        if (!declared.Given.Contains("default") || declared.Default is null)
        {
            return detected.Type;
        }

        return (detected.Type, FlagValues.Normalize(declared.Default)) switch
        {
            (FlagType.Int, long or string) or (FlagType.Float or FlagType.Number, long or double or string) => detected.Type,
            (FlagType.Boolean, bool or string) or (FlagType.String, string) => detected.Type,
            _ => FlagType.Auto,
        };
    }
}
