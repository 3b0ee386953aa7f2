using System.Runtime.InteropServices;
using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Execution;

/// <summary>
/// Makes the directory of a run: its record and the snapshot of the source code. It is prepared out of sight and becomes visible by one rename, marked
/// as pending.
/// </summary>
public sealed class RunStager(EngineContext context)
{
    private readonly RunStore _store = new(context.Home);

    private readonly RunClock _clock = new(context.Time);

    /// <summary>The files of the project that a run would get, without copying any.</summary>
    public static SourceSelection PreviewSources(RunPlan plan, EngineContext context, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        return SourceSnapshot.Plan(plan.Request.Project.Directory, Definitions(plan), Options(plan, context), stop);
    }

    /// <summary>The same, with the rules by which they were chosen and what these leave out.</summary>
    public static SourceSelection ExplainSources(RunPlan plan, EngineContext context, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        return SourceSnapshot.Plan(plan.Request.Project.Directory, Definitions(plan), Options(plan, context) with { IsExplained = true }, stop);
    }

    /// <summary>Makes the run.</summary>
    /// <returns>The run's directory; the run is pending.</returns>
    /// <exception cref="HomeException">The home, or the folder that was asked for, cannot be written.</exception>
    /// <exception cref="RunStateException">The folder that was asked for holds a run already.</exception>
    public RunDirectory Stage(RunPlan plan, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(events);
        var sources = PreviewSources(plan, context, stop);
        foreach (var warning in plan.Warnings.Concat(sources.Warnings))
        {
            events.Report(new WarningEvent(warning));
        }

        return Prepare(plan.Request.RunDirectory, plan.Request.RunId, directory => Fill(directory, plan, sources, events, complete: null, stop));
    }

    /// <summary>Makes the directory of a run: out of sight until it is filled, or in the folder that was asked for.</summary>
    /// <param name="path">The absolute path of that folder; null for the home.</param>
    /// <param name="fill">Writes all that is in it.</param>
    internal RunDirectory Prepare(string? path, Action<RunDirectory> fill) => Prepare(path, id: null, fill);

    private RunDirectory Prepare(string? path, string? id, Action<RunDirectory> fill) => path is null ? StageInHome(id ?? RunId.New(), fill) : StageIn(new RunDirectory(path), fill);

    private RunDirectory StageInHome(string id, Action<RunDirectory> fill)
    {
        // Whoever makes a run takes away what killed makers left: nobody else ever looks into that folder.
        _store.SweepStaging();
        var staged = _store.CreateStaging(id);
        try
        {
            fill(staged);
            return _store.Publish(staged);
        }
        catch (Exception error)
        {
            // Nobody has seen it yet, so nothing half-made is left behind.
            RunStore.DiscardStaging(staged);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw NotMade(staged, context.Home.Path, error);
            }

            throw;
        }
    }

    private static RunDirectory StageIn(RunDirectory directory, Action<RunDirectory> fill)
    {
        if (directory.HasOpRef)
        {
            throw new RunStateException(directory.Id, $"'{directory.Path}' holds a run already.", "Name a folder that is new or empty.");
        }

        var isThere = Directory.Exists(directory.Path);
        try
        {
            if (isThere && Directory.EnumerateFileSystemEntries(directory.Path).Any())
            {
                throw new RunStateException(directory.Id, $"'{directory.Path}' holds files already, which a run would mix with its own.", "Name a folder that is new or empty.");
            }

            Directory.CreateDirectory(directory.AttributesPath);
            RunStaging.SayWhoPrepares(directory);
            fill(directory);
            return directory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TakeBack(directory, isThere);
            throw NotMade(directory, directory.Path, error);
        }
        catch (Exception error) when (error is not RunStateException)
        {
            TakeBack(directory, isThere);
            throw;
        }
    }

    private static HomeException NotMade(RunDirectory directory, string place, Exception error) => new(
        directory.Path,
        $"The run could not be made in '{place}': {error.Message}",
        "See that the disk has room and that you may write to the folder.",
        error);

    // The folder is left as it was found: empty, or not there.
    private static void TakeBack(RunDirectory directory, bool wasThere)
    {
        try
        {
            if (Directory.Exists(directory.Path))
            {
                Directory.Delete(directory.Path, recursive: true);
            }

            if (wasThere)
            {
                Directory.CreateDirectory(directory.Path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What the caller is told of is why the run could not be made.
        }
    }

    /// <summary>Writes the record of a run and copies its source code.</summary>
    internal void Fill(RunDirectory directory, RunPlan plan, SourceSelection sources, IEventSink events, Action? complete, CancellationToken stop)
    {
        RunDirectory.WriteNew(directory.PendingPath, []);

        // Git is asked while the files are copied.
        var commit = CommitOf(plan, context, stop);
        var copy = SourceSnapshot.Copy(sources, directory.Path, stop);
        foreach (var warning in copy.Warnings)
        {
            events.Report(new WarningEvent(warning));
        }

        RunDirectory.WriteNew(directory.ManifestPath, Encoding.UTF8.GetBytes(Manifest.FormatLines(copy.Entries)));
        foreach (var (name, value) in Attributes(directory, plan, copy))
        {
            directory.CreateAttribute(name, value);
        }

        if (commit.GetAwaiter().GetResult() is { } hash)
        {
            directory.CreateAttribute("vcs_commit", hash);
        }

        complete?.Invoke();

        // Written last: a folder is a run from the moment it has this file.
        directory.WriteOpRef(plan.OpRef);
    }

    /// <summary>The commit that the source code of a run is of, as soon as git has said it. Where packages are installed, a repository around them is not theirs.</summary>
    internal static Task<string?> CommitOf(RunPlan plan, EngineContext context, CancellationToken stop) =>
        context.Environment.GetValueOrDefault("NO_VCS_COMMIT") == "1" || plan.Request.Project.Package is { IsEditable: false }
            ? Task.FromResult<string?>(null)
            : Task.Run(() => SourceCommit.Read(plan.Request.Project.Directory, Options(plan, context), stop), CancellationToken.None);

    private IEnumerable<(string Name, object? Value)> Attributes(RunDirectory directory, RunPlan plan, SourceCopy copy)
    {
        yield return ("id", directory.Id);
        yield return ("initialized", _clock.Next());
        yield return ("cmd", plan.Command.Arguments.Cast<object?>().ToList());
        yield return ("flags", plan.RecordedFlags);
        yield return ("user_flags", plan.Flags.UserValues);
        yield return ("op", OperationRecord.Of(plan, context.Environment));
        yield return ("run_params", RequestRecord.Of(plan));
        yield return ("host", context.HostName);
        yield return ("user", context.UserName);
        yield return ("platform", Platform());
        yield return ("plugins", EnvironmentBuilder.Plugins(plan.Command, plan.Operation, context).Cast<object?>().ToList());
        yield return ("random_seed", (long)Random.Shared.Next());
        yield return ("sourcecode_digest", copy.Digest);
        if (SourceSelection.Summarize(copy.LeftOut) is { } leftOut)
        {
            yield return ("sourcecode_left_out", leftOut);
        }

        if (plan.Flags.GivenSecrets.Count > 0)
        {
            yield return (RecordedSecrets.FlagsAttribute, plan.Flags.GivenSecrets.Cast<object?>().ToList());
        }

        if (plan.Label is { Length: > 0 })
        {
            yield return ("label", plan.Label);
        }

        if (plan.Tags.Count > 0)
        {
            yield return ("tags", plan.Tags.Cast<object?>().ToList());
        }

        if (plan.Request.Comment is { } comment)
        {
            yield return ("comments", new List<object?> { RunAnnotations.NewComment(comment, context.UserName, context.HostName, context.Time) });
        }

        if (plan.Operation.Compare is { } compare)
        {
            yield return ("compare", compare.Cast<object?>().ToList());
        }

        if (plan.Operation.IsPipeline)
        {
            yield return (PipelineRecord.StepsAttribute, plan.Operation.Steps!.Select(step => step.Written).ToList());
            if (PipelineRecord.OfOptions(plan.Request.Pipeline) is { } options)
            {
                yield return (PipelineRecord.OptionsAttribute, options);
            }
        }

        if (plan.Operation.RunAttributes.Count > 0)
        {
            yield return ("opdef_attrs", plan.Operation.RunAttributes);
        }
    }

    internal static Dictionary<string, object?> Platform() => new(StringComparer.Ordinal)
    {
        ["architecture"] = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        ["cpus"] = (long)Environment.ProcessorCount,
        ["uname"] = RuntimeInformation.OSDescription,
    };

    // A pipeline runs no code of its own: each step's run has what it ran.
    internal static List<SourceCodeDefinition> Definitions(RunPlan plan) => plan.Operation.IsPipeline
        ? [new SourceCodeDefinition { IsDisabled = true }]
        : [.. new[] { plan.Model.SourceCode, plan.Operation.SourceCode }.OfType<SourceCodeDefinition>()];

    private static SourceSnapshotOptions Options(RunPlan plan, EngineContext context) => new()
    {
        IsPython = plan.Command.Kind == ProgramKind.Python,
        GitProgram = ProgramSearch.Find("git", context.WorkingDirectory, context.Environment),
        Environment = context.Environment,
        LocalDependencies = [.. plan.Resources.SelectMany(r => r.LocalPaths)],
        ExcludedDirectories = [context.Home.Path],
    };
}
