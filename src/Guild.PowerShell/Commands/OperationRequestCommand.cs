using System.Collections;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that take an operation with flags and resources, to run it or to show what running it would do.</summary>
public abstract class OperationRequestCommand : GuildCommand, IDynamicParameters
{
    /// <summary>The name of the parameter set in which the operation is named.</summary>
    protected const string NameSet = "Name";

    /// <summary>The name of the parameter set in which the operation comes as an object.</summary>
    protected const string InputObjectSet = "InputObject";

    private RuntimeDefinedParameterDictionary? _flagParameters;

    /// <summary>The operation: OPERATION, MODEL:OPERATION or PACKAGE/MODEL:OPERATION; the project's default operation if left out.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [Alias("FullName")]
    [ArgumentCompleter(typeof(OperationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Operation { get; set; }

    /// <summary>An operation as Get-GuildOperation gives it.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildOperation? InputObject { get; set; }

    /// <summary>Flags by name. Values keep their type.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Flag { get; set; }

    /// <summary>Values of required resources by name: a path, a run (object, id or index), or another resource of the project.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Resource { get; set; }

    /// <summary>The label of the run, in which <c>${flag}</c> stands for a flag's value.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Label { get; set; }

    /// <summary>Tags of the run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>The folder of the project, or its Guild file; the current folder if left out.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Alias("ProjectPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Passes on flags that the operation does not declare, and values that it does not allow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>More flags as words: <c>NAME=VALUE</c>, read with Guild's grammar.</summary>
    [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object?[]? Argument { get; set; }

    /// <summary>Offers the operation's flags as parameters. Raises nothing: where the operation is not known yet, there are none.</summary>
    public object? GetDynamicParameters()
    {
        try
        {
            var project = OpenProject();
            var operation = OperationResolver.Resolve(project, Operation ?? "");
            return _flagParameters = FlagParameters.Of(operation, GetType());
        }
        catch (Exception error) when (ErrorRecords.IsExpected(error) || error is ArgumentException or InvalidOperationException or NotSupportedException or RuntimeException)
        {
            return null;
        }
    }

    /// <summary>What the parameters ask for.</summary>
    private protected RunRequest Request()
    {
        var project = InputObject is null ? OpenProject() : Project.Open(InputObject.ProjectPath);
        foreach (var warning in project.File.Warnings)
        {
            WriteWarning(warning.ToString());
        }

        return new RunRequest
        {
            Project = project,
            Operation = InputObject?.FullName ?? Operation ?? "",
            Flags = [.. GivenFlags(project)],
            Resources = [.. FlagInputs.OfResources(Resource)],
            Label = Label,
            Tags = Tag ?? [],
            ForcesFlags = Force,
        };
    }

    private Project OpenProject() => Project.Open(Path is null ? Session.Location : GetUnresolvedProviderPathFromPSPath(Path));

    private IEnumerable<KeyValuePair<string, FlagInput>> GivenFlags(Project project)
    {
        var words = RemainingWords(project);
        var parameters = (_flagParameters ?? [])
            .Where(p => p.Value.IsSet)
            .Select(p => KeyValuePair.Create(p.Key, (FlagInput)new FlagValue(FlagInputs.Value(p.Value.Value))));
        return FlagInputs.OfTable(Flag).Concat(parameters).Concat(FlagInputs.OfWords(words));
    }

    // What the binder did not take: NAME=VALUE words, or a parameter that neither the cmdlet nor the operation has.
    private IReadOnlyList<string> RemainingWords(Project project)
    {
        var words = Classic.ClassicWords.FromArguments(Argument ?? []);
        var stray = words.FirstOrDefault(w => w.Length > 1 && w[0] == '-' && char.IsLetter(w[1]) && !w.Contains('=', StringComparison.Ordinal));
        if (stray is null)
        {
            return words;
        }

        var operation = OperationResolver.Resolve(project, InputObject?.FullName ?? Operation ?? "");
        var name = stray[1..].TrimEnd(':');
        var known = operation.Flags.Select(f => f.Name)
            .Concat(MyInvocation.MyCommand.Parameters.Values.Where(p => !p.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow)).Select(p => p.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var hint = FlagParameters.OnlyByTable(operation, GetType()).Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"Give it as -Flag @{{ '{name}' = VALUE }}: PowerShell has another use for the name as a parameter."
            : $"The nearest is -{NearestNames.Nearest(name, known)}. See all flags with Get-GuildHelp {operation.FullName}.";
        throw new FlagException(
            [new FlagProblem(FlagProblemKind.Unknown, name, null, $"Operation '{operation.FullName}' has no flag or parameter '{name}'.")],
            hint);
    }
}
