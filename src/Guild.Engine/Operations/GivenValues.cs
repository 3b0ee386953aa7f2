using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;

namespace Guild.Engine.Operations;

/// <summary>What the user gave by name, sorted into flags and values of required resources.</summary>
internal sealed record GivenValues(
    IReadOnlyList<KeyValuePair<string, FlagInput>> Flags,
    IReadOnlyList<KeyValuePair<string, string>> Resources)
{
    /// <summary>
    /// A name that is a flag's is a flag; else one that a required resource goes by is that resource's; else it is left among the flags, for the
    /// binder to say that there is no such flag.
    /// </summary>
    public static GivenValues Sort(RunRequest request, OperationDefinition operation, Project project)
    {
        var flagNames = operation.Flags
            .SelectMany(f => f.Alias is null ? [f.Name] : new[] { f.Name, f.Alias })
            .ToHashSet(StringComparer.Ordinal);
        var resourceNames = RequiredResources.Names(
            project.File,
            operation,
            operation.Flags.ToDictionary(f => f.Name, f => f.Default, StringComparer.Ordinal),
            project.Packages);
        var isPowerShell = PowerShellCommand.IsMadeFor(operation);
        var flags = new List<KeyValuePair<string, FlagInput>>();
        var resources = new List<KeyValuePair<string, string>>(request.Resources);
        foreach (var (name, input) in request.Flags)
        {
            if (!flagNames.Contains(name) && resourceNames.Contains(name, StringComparer.Ordinal) && TextOf(input) is { } text)
            {
                resources.Add(KeyValuePair.Create(name, text));
            }
            else
            {
                flags.Add(isPowerShell ? AsPowerShellTakesIt(operation, name, input) : KeyValuePair.Create(name, input));
            }
        }

        Check(request, operation, resourceNames, resources);
        return new GivenValues(flags, resources);
    }

    // Names of parameters, and choices of text, are the same to PowerShell in capitals and in small letters.
    private static KeyValuePair<string, FlagInput> AsPowerShellTakesIt(OperationDefinition operation, string name, FlagInput input)
    {
        var flag = operation.Flags.FirstOrDefault(f => f.Name == name || f.Alias == name)
            ?? operation.Flags.FirstOrDefault(f => PowerShellCommand.AreSame(f.Name, name) || (f.Alias is not null && PowerShellCommand.AreSame(f.Alias, name)));
        return flag is null
            ? KeyValuePair.Create(name, input)
            : KeyValuePair.Create(flag.Alias == name ? name : flag.Name, input switch
            {
                FlagText { Text: var text } when ChoiceOf(flag, text) is { } choice => new FlagText(FlagGrammar.Encode(choice)),
                FlagValue { Value: string text } when ChoiceOf(flag, text) is { } choice => new FlagValue(choice),
                _ => input,
            });
    }

    private static string? ChoiceOf(FlagDefinition flag, string text) =>
        flag.Choices.Select(c => c.Value).OfType<string>().Where(c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)).OrderByDescending(c => c == text).FirstOrDefault();

    // The text of a value is taken as it was typed: a run's id of digits only is not a number.
    private static string? TextOf(FlagInput input) => input switch
    {
        FlagText text => text.Text,
        FlagValue { Value: string text } => text,
        FlagValue { Value: long number } => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static void Check(RunRequest request, OperationDefinition operation, IReadOnlyList<string> known, List<KeyValuePair<string, string>> resources)
    {
        foreach (var (name, _) in resources)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var nearest = NearestNames.Sort(name, known);
                throw new NameNotFoundException(
                    NameKind.Resource,
                    name,
                    known.Count == 0
                        ? $"Operation '{operation.FullName}' requires no resources, so '{name}' cannot be set."
                        : $"Operation '{operation.FullName}' requires no resource '{name}'. It requires: {string.Join(", ", nearest.Select(n => $"'{n}'"))}.",
                    nearest,
                    $"See what it requires with Get-GuildHelp {request.Operation} (guild run {request.Operation} --help-op).");
            }
        }
    }
}
