using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Imports;

/// <summary>An operation with the flags of the code that it runs.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Warnings">What could not be imported, and why; one sentence each.</param>
public sealed record ImportedOperation(OperationDefinition Operation, IReadOnlyList<string> Warnings);

/// <summary>A project whose operations have the flags of the code that they run.</summary>
/// <param name="Project">The project.</param>
/// <param name="Warnings">What could not be imported, and why; one sentence each.</param>
public sealed record ImportedProject(Project Project, IReadOnlyList<string> Warnings);

/// <summary>
/// Imports flags: those that the script of an operation has, or the configuration file that its flags are written to, beside those of the Guild file.
/// What cannot be read is a warning, and the operation stays as the Guild file has it.
/// </summary>
public static class FlagImport
{
    /// <summary>Imports the flags of one operation.</summary>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public static ImportedOperation Of(Project project, OperationDefinition operation, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(operation);
        return All(project, [operation], context, cancellation)[0];
    }

    /// <summary>Imports the flags of some operations of a project; the others stay as they are. All scripts that are not known yet are read at once.</summary>
    /// <param name="project">The project.</param>
    /// <param name="isWanted">True for the operations that are meant.</param>
    /// <param name="context">What the engine works with.</param>
    /// <param name="cancellation">Ends the import.</param>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public static ImportedProject In(Project project, Func<OperationDefinition, bool> isWanted, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        var wanted = project.Operations.Where(isWanted).ToList();
        var imported = All(project, wanted, context, cancellation);
        var byName = new Dictionary<string, OperationDefinition>(StringComparer.Ordinal);
        for (var i = 0; i < wanted.Count; i++)
        {
            byName[wanted[i].FullName] = imported[i].Operation;
        }

        var models = project.Models
            .Select(m => m with { Operations = [.. m.Operations.Select(o => byName.GetValueOrDefault(o.FullName, o))] })
            .ToList();
        return new ImportedProject(project.With(models), [.. imported.SelectMany(i => i.Warnings).Distinct(StringComparer.Ordinal)]);
    }

    private static List<ImportedOperation> All(Project project, List<OperationDefinition> operations, EngineContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scripts = operations.Select(o => NeedsScript(o) ? ScriptTarget.Of(project, o) : null).ToList();
        var places = new List<int>();
        var requests = new List<ReadingRequest>();
        for (var i = 0; i < scripts.Count; i++)
        {
            if (scripts[i] is { IsPowerShell: false } script)
            {
                places.Add(i);
                requests.Add(new ReadingRequest(script, operations[i].FlagsDestination));
            }
        }

        var readings = new ScriptReading?[operations.Count];
        var answers = requests.Count == 0 ? [] : new PythonScripts(context, cancellation).Read(requests);
        for (var i = 0; i < requests.Count; i++)
        {
            readings[places[i]] = answers[i];
        }

        var result = new List<ImportedOperation>(operations.Count);
        for (var i = 0; i < operations.Count; i++)
        {
            var script = scripts[i];
            var reading = readings[i] ?? (script is { IsPowerShell: true } ? context.PowerShellScripts?.Read(script.Path) : null);
            result.Add(reading is null ? ConfigFlags.Import(project, operations[i]) : Merged(operations[i], reading, script!.Name));
        }

        return result;
    }

    // Flags that are neither declared nor asked for need no script, nor do flags that go where no script tells of them.
    private static bool NeedsScript(OperationDefinition operation) =>
        (operation.FlagsImport is null ? operation.Flags.Count > 0 : operation.FlagsImport is not false || operation is { FlagsDestination: null, Flags.Count: > 0 })
        && (operation.FlagsDestination is not { } destination || destination is "args" or "args:click" || PythonCommand.IsGlobals(destination));

    internal static ImportedOperation Merged(OperationDefinition operation, ScriptReading reading, string source)
    {
        var merge = new FlagMerge(operation, reading, source);
        var result = merge.Merge();
        return reading.Problem is { } problem && IsMissed(operation)
            ? new ImportedOperation(result, [Missed(operation, reading, source, problem), .. merge.Warnings])
            : new ImportedOperation(result, merge.Warnings);
    }

    // Where the Guild file says all that a run needs, nothing is missed.
    private static bool IsMissed(OperationDefinition operation) => operation.FlagsImport switch
    {
        false => false,
        null => operation.Flags.Any(f => !f.Given.Contains("default") && !f.Given.Contains("type")),
        _ => true,
    };

    private static string Missed(OperationDefinition operation, ScriptReading reading, string source, string problem)
    {
        var rest = reading.Flags.Count > 0
            ? "The flags that its text tells of are used; there may be others."
            : "Flags can be declared in the Guild file.";
        return $"The flags of operation '{operation.FullName}' could not be imported from '{source}': {problem.TrimEnd('.')}. {rest}";
    }
}
