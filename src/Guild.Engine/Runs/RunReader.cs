namespace Guild.Engine.Runs;

/// <summary>Reads runs from their directories. Nothing in a record makes it fail; only a folder without a reference is no run.</summary>
internal sealed class RunReader(RunStateReader states)
{
    // A batch of a batch has a prototype in its prototype. A link in there could lead round and round.
    private const int MaximumBatchDepth = 4;

    private const int SignalOfTermination = -15;

    /// <summary>Reads a run; null if the folder holds no run, or no longer.</summary>
    public Run? Read(RunDirectory directory)
    {
        var run = ReadOnce(directory);
        return run is { Status: RunStatus.Error, ExitCode: null } && HasEnded(directory) ? ReadOnce(directory) : run;
    }

    /// <summary>The status alone, with as few reads as can be.</summary>
    public RunState ReadState(RunDirectory directory)
    {
        var exitStatus = ExitStatus(new RunAttributes(directory));
        var state = states.Read(directory, exitStatus);
        return state.Status == RunStatus.Error && exitStatus is null && HasEnded(directory)
            ? states.Read(directory, ExitStatus(new RunAttributes(directory)))
            : state;
    }

    /// <summary>What orders runs: when the run was started, else initialized, in microseconds; null if unknown.</summary>
    public static long? ReadTimestamp(RunDirectory directory) =>
        directory.ReadAttribute("started") as long? ?? directory.ReadAttribute("initialized") as long?;

    // A run that ends while it is read can seem to have neither an exit status, which was looked for first, nor a lock.
    private static bool HasEnded(RunDirectory directory) => directory.HasAttribute("exit_status");

    private Run? ReadOnce(RunDirectory directory)
    {
        if (directory.ReadOpRef() is not { } opRef)
        {
            return null;
        }

        var attributes = new RunAttributes(directory);
        var exitStatus = ExitStatus(attributes);
        var state = states.Read(directory, exitStatus);
        var prototype = Prototype(directory);
        var head = new RunHead
        {
            OpRef = opRef,
            FullName = FullNameOf(opRef, directory, depth: 0),
            ProjectPath = ProjectPathOf(opRef, directory) ?? (prototype?.ReadOpRef() is { } trial ? ProjectPathOf(trial, prototype) : null),
            Status = state.Status,
            StatusReason = state.Reason,
            Initialized = attributes.Time("initialized"),
            Started = attributes.Time("started"),
            Stopped = attributes.Time("stopped"),
            ExitCode = (int?)exitStatus,
            Label = attributes.Text("label"),
            IsMarked = attributes.Truth("marked"),
            IsBatch = prototype is not null,
        };
        var details = new RunDetails
        {
            Flags = attributes.Mapping("flags"),
            SecretFlags = attributes.Words("secret_flags"),
            Tags = attributes.Words("tags"),
            Comments = attributes.Comments(),
            Command = attributes.Words("cmd"),
            SourceCodeDigest = attributes.Text("sourcecode_digest"),
            ProtoFlags = prototype is null ? RunDetails.NoValues : new RunAttributes(prototype).Mapping("flags"),
            Notes = attributes.Words("notes"),
            Problems = attributes.Problems,
        };

        // A run that was deleted meanwhile was read in part.
        return directory.HasOpRef ? new Run(directory, new ReadRunContent(directory, head, details, attributes)) : null;
    }

    private static long? ExitStatus(RunAttributes attributes) =>
        attributes.Number("exit_status", int.MinValue, int.MaxValue) ?? RemoteExitStatus(attributes);

    // Runs of 2018 that were run elsewhere: 2 is the exit code of a run that was ended there.
    private static long? RemoteExitStatus(RunAttributes attributes) => attributes.Number("exit_status.remote", int.MinValue, int.MaxValue) switch
    {
        2 => SignalOfTermination,
        < 0 => 1,
        var status => status,
    };

    private static RunDirectory? Prototype(RunDirectory directory)
    {
        var prototype = new RunDirectory(directory.PrototypePath);
        return File.Exists(prototype.OpRefPath) ? prototype : null;
    }

    private static string FullNameOf(OpRef opRef, RunDirectory directory, int depth)
    {
        var name = NameOf(opRef);
        if (depth == MaximumBatchDepth || Prototype(directory) is not { } prototype || prototype.ReadOpRef() is not { } trial)
        {
            return name;
        }

        var trialName = FullNameOf(trial, prototype, depth + 1);
        return name.StartsWith('+') ? trialName + name : $"{trialName}+{name}";
    }

    private static string NameOf(OpRef opRef) => opRef.PackageType switch
    {
        OpRef.InstalledType => $"{opRef.PackageName}/{opRef.FullName}",
        "pending" => opRef.OperationName,
        "func" => $"{opRef.OperationName}()",
        _ => opRef.FullName,
    };

    private static string? ProjectPathOf(OpRef opRef, RunDirectory directory)
    {
        if (opRef.PackageType is not (OpRef.GuildFileType or OpRef.ScriptType) || opRef.PackageName.Length == 0)
        {
            return null;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(opRef.PackageName, directory.Path));

        // Today's records name the file, those of 2018 and those of scripts the folder.
        return Path.GetExtension(path) is ".yml" or ".yaml" ? Path.GetDirectoryName(path) : path;
    }
}
