using System.Collections;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that take an operation with flags and resources, to run it or to show what running it would do.</summary>
public abstract class OperationRequestCommand : SearchCommand, IDynamicParameters
{
    /// <summary>The name of the parameter set in which the operation is named.</summary>
    protected const string NameSet = "Name";

    /// <summary>The name of the parameter set in which the operation comes as an object.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>The name of the parameter set in which a run says what to run again.</summary>
    protected const string PrototypeSet = "Prototype";

    /// <summary>The name of the parameter set in which trials are given row by row.</summary>
    protected const string RowSet = "Row";

    private const string FlagHelpText = "Flags by name. Values keep their type; a SecureString or PSCredential makes its flag a secret. A list, or a space of New-GuildSpace, asks for trials.";

    private const string OptimizerFlagHelpText = "Flags of the optimizer by name.";

    private const string ResourceHelpText = "Values of required resources by name: a path, a run (object, id or index), or another resource of the project.";

    private readonly TrialRows _rows = new();
    private RuntimeDefinedParameterDictionary? _dynamicParameters;
    private OpenedOperation? _opened;

    /// <summary>The operation: OPERATION, MODEL:OPERATION or PACKAGE/MODEL:OPERATION, or a .py or .ps1 file, which needs no Guild file; the project's default operation if left out.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = PrototypeSet)]
    [Parameter(Position = 0, ParameterSetName = RowSet)]
    [Alias("FullName")]
    [ArgumentCompleter(typeof(RunnableCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Operation { get; set; }

    /// <summary>An operation as Get-GuildOperation gives it.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildOperation? InputObject { get; set; }

    /// <summary>A run, or its id or place in the list, whose operation is run again, in its project and with its flags; what else is given comes before those.</summary>
    [Parameter(ParameterSetName = PrototypeSet, Mandatory = true, ValueFromPipeline = true)]
    [RunReference]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNull]
    public GuildRun? Prototype { get; set; }

    /// <summary>A trial: an object with a property for each flag, as Import-Csv gives it, or a hashtable. All rows of a pipeline make one batch; one row alone is a plain run.</summary>
    [Parameter(ParameterSetName = RowSet, Mandatory = true, ValueFromPipeline = true)]
    [NotFrom(typeof(string), typeof(GuildOperation), typeof(GuildRun))]
    [ValidateNotNull]
    public PSObject? Row { get; set; }

    /// <summary>The label of the run, in which <c>${flag}</c> stands for a flag's value.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [ValidateNotNull]
    public string? Label { get; set; }

    /// <summary>Tags of the run.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>The folder of the project, or its Guild file; the current folder if left out.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PrototypeSet)]
    [Parameter(ParameterSetName = RowSet)]
    [Alias("ProjectPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Passes on flags that the operation does not declare, and values that it does not allow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>More flags as words: <c>NAME=VALUE</c>, read with Guild's grammar.</summary>
    [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
    [ArgumentCompleter(typeof(AssignmentCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object?[]? Argument { get; set; }

    /// <summary>
    /// Offers -Flag and -Resource, and the operation's flags as parameters. Raises nothing: where the operation is not known yet, it has no flags.
    /// </summary>
    public object GetDynamicParameters()
    {
        try
        {
            _opened = Open();
        }
        catch (Exception error) when (ProjectLookup.IsExpected(error))
        {
            // What is wrong is told when the operation is run.
        }

        var (project, operation) = (_opened?.Project, _opened?.Imported.Operation);
        var parameters = new RuntimeDefinedParameterDictionary();
        var completes = operation is not null && TableParameter.IsOnlyLookedAt(MyInvocation);
        TableParameter.Add(parameters, TableParameter.Flag, FlagHelpText, completes ? TableParameter.Flags(operation!) : null);
        TableParameter.Add(parameters, TableParameter.Resource, ResourceHelpText, completes ? TableParameter.Resources(project!, operation!) : null);
        TableParameter.Add(parameters, TableParameter.OptimizerFlag, OptimizerFlagHelpText, TableParameter.IsOnlyLookedAt(MyInvocation) ? OptimizerOffers.Keys(Optimizer, operation) : null);
        if (operation is not null)
        {
            FlagParameters.Add(parameters, operation, GetType());
        }

        return _dynamicParameters = parameters;
    }

    /// <summary>What the parameters ask for.</summary>
    private protected RunRequest Request()
    {
        // What PowerShell asked for a moment ago, to know the parameters, is still so. What comes by the pipeline can come much later.
        var opened = !MyInvocation.ExpectingInput && _opened is { } known && known.Folder == ProjectFolder && known.Name == OperationName ? known : Open();
        _opened = null;
        foreach (var warning in opened.Project.File.Warnings)
        {
            WriteWarning(warning.ToString());
        }

        var table = TableParameter.ValueOf(_dynamicParameters, TableParameter.Flag);
        var rows = _rows.Trials;
        return new RunRequest
        {
            Project = opened.Project,
            Operation = OperationName,
            Imported = opened.Imported,

            // One row alone is a plain run with its values.
            Flags = [.. rows.Count == 1 ? rows[0].Flags : [], .. GivenFlags(opened.Imported.Operation)],
            TrialFiles = [.. FlagInputs.TrialFiles(new RemainingArguments(Argument ?? []).Words).Select(GetUnresolvedProviderPathFromPSPath)],
            Resources = [.. FlagInputs.OfResources(TableParameter.ValueOf(_dynamicParameters, TableParameter.Resource))],
            Label = Label,
            Tags = Tag ?? [],
            ForcesFlags = Force,
            Gpus = Devices,
            Search = Search(TableParameter.ValueOf(_dynamicParameters, TableParameter.OptimizerFlag), rows.Count == 1 ? [] : rows) with
            {
                KeepsFlagOrder = table is not null and not Hashtable,
                Optimizer = Optimizer ?? (Optimize ? null : PrototypeOptimizer),
            },
        };
    }

    /// <summary>Plans what is asked for: a run, or a batch. What is wrong with a row is told with that row as target.</summary>
    private protected OperationPlan Plan(RunRequest request, EngineContext context)
    {
        try
        {
            return Planner.PlanAny(request, context, StopToken);
        }
        catch (FlagException error)
        {
            if (_rows.FirstProblem(error, () => request.TrialFiles.Sum(file => TrialFile.Read(file).Count)) is not { } problem)
            {
                throw;
            }

            ThrowTerminatingError(ErrorRecords.BadRow(problem.Error, problem.Row));
            throw;
        }
        catch (RequestException error) when (Optimizer is not null && Equals(error.Subject, Optimizer) && request.Imported?.Operation.Flags.FirstOrDefault(f => IsNameOf(f, nameof(Optimizer))) is { } flag)
        {
            throw new RequestException(error.Message, Optimizer, $"The flag of the operation that has this name is given as -Flag @{{ '{flag.Name}' = VALUE }}. {error.RecommendedAction}");
        }
    }

    private static bool IsNameOf(FlagDefinition flag, string parameter) => string.Equals(flag.Name, parameter, StringComparison.OrdinalIgnoreCase);

    /// <summary>Does the work for one operation.</summary>
    private protected abstract void ProcessOperation();

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (Row is not null && ParameterSetName == RowSet)
        {
            TakeRow(Row);
        }
        else if (MyInvocation.ExpectingInput)
        {
            ForItem(InputObject ?? Prototype ?? (object?)Operation, ProcessOperation);
        }
        else
        {
            ProcessOperation();
        }
    }

    /// <inheritdoc/>
    protected sealed override void End()
    {
        if (_rows.Trials.Count > 0)
        {
            ProcessOperation();
        }
    }

    // An object that names an operation is no row, unless the operation is named already.
    private void TakeRow(PSObject row)
    {
        if (Operation is null && row.BaseObject is PSCustomObject && (row.Properties["FullName"] ?? row.Properties["Operation"])?.Value is string { Length: > 0 } name)
        {
            Operation = name;
            ForItem(row, ProcessOperation);
            Operation = null;
        }
        else
        {
            _rows.Add(row);
        }
    }

    private string OperationName => InputObject?.FullName ?? Operation ?? PrototypeOperation ?? "";

    private string? PrototypeOperation => Prototype is null ? null : PrototypeFlags.OperationOf(Prototype);

    private string? PrototypeOptimizer => Prototype is null ? null : PrototypeFlags.OptimizerOf(Prototype);

    private string ProjectFolder => Path is not null
        ? GetUnresolvedProviderPathFromPSPath(Path)
        : InputObject?.ProjectPath ?? Prototype?.ProjectPath ?? Session.Location;

    // What could not be imported is told when the run is planned.
    private OpenedOperation Open()
    {
        var context = EngineContext;
        var project = Project.OpenFor(ProjectFolder, OperationName, PythonFolders.Search(context));
        return new(ProjectFolder, OperationName, project, FlagImport.Of(project, OperationResolver.Resolve(project, OperationName), context, StopToken));
    }

    private KeyValuePair<string, FlagInput>[] GivenFlags(OperationDefinition operation)
    {
        var remaining = new RemainingArguments(Argument ?? []);
        var parameters = (_dynamicParameters ?? [])
            .Where(p => p.Value.IsSet && p.Key is not (TableParameter.Flag or TableParameter.Resource or TableParameter.OptimizerFlag))
            .Select(p => KeyValuePair.Create(p.Key, FlagInputs.Input(p.Value.Value)));
        KeyValuePair<string, FlagInput>[] given =
        [
            .. FlagInputs.OfTable(TableParameter.ValueOf(_dynamicParameters, TableParameter.Flag))
                .Concat(parameters)
                .Concat(StrayFlags(remaining, operation))
                .Concat(FlagInputs.OfWords(remaining.Words.Where(w => !FlagInputs.IsTrialFile(w)))),
        ];
        return Prototype is null ? given : [.. PrototypeFlags.Of(Prototype, operation, [.. given.Select(g => g.Key)]), .. given];
    }

    // The parameters of an operation that comes by the pipeline are not known when PowerShell binds the command line, so they arrive unbound.
    private IEnumerable<KeyValuePair<string, FlagInput>> StrayFlags(RemainingArguments remaining, OperationDefinition operation)
    {
        if (remaining.Parameters.Count == 0)
        {
            return [];
        }

        return remaining.Parameters.Select(p => FlagParameters.Find(operation, GetType(), p.Name) is { } flag
            ? KeyValuePair.Create(flag, p.HasValue ? FlagInputs.Input(p.Value) : throw WithoutValue(operation, flag))
            : throw UnknownParameter(operation, p.Name));
    }

    private static FlagException WithoutValue(OperationDefinition operation, string flag) => new(
        [new FlagProblem(FlagProblemKind.Missing, flag, null, $"Flag '{flag}' of operation '{operation.FullName}' was given no value.")],
        $"Write a value after it: -{flag} VALUE.");

    private FlagException UnknownParameter(OperationDefinition operation, string name)
    {
        var known = operation.Flags.Select(f => f.Name)
            .Concat(MyInvocation.MyCommand.Parameters.Values.Where(p => !p.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow)).Select(p => p.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var hint = FlagParameters.OnlyByTable(operation, GetType()).Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"Give it as -Flag @{{ '{name}' = VALUE }}: PowerShell has another use for the name as a parameter."
            : $"The nearest is -{NearestNames.Nearest(name, known)}. See all flags with Get-GuildHelp {operation.FullName}.";
        return new FlagException(
            [new FlagProblem(FlagProblemKind.Unknown, name, null, $"Operation '{operation.FullName}' has no flag or parameter '{name}'.")],
            hint);
    }

    private sealed record OpenedOperation(string Folder, string Name, Project Project, ImportedOperation Imported);
}
