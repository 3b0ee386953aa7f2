namespace Guild.Engine.Runs.Transfer;

/// <summary>
/// Takes runs out of a home: into a folder that has one folder a run, named by its id, or into a zip file of such folders. A run is there whole or not at
/// all, and one that is there already is never replaced.
/// </summary>
public abstract class RunExport : IDisposable
{
    private readonly RunReader _reader = new(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System));

    private protected RunExport(string path, RunTransferOptions options)
    {
        Path = path;
        Options = options;
        Progress = new TransferProgress("Exporting runs", options.Events);
    }

    /// <summary>The absolute path of the folder or zip file.</summary>
    public string Path { get; }

    private protected RunTransferOptions Options { get; }

    private protected TransferProgress Progress { get; }

    /// <summary>Begins an export. Nothing is made before the first run.</summary>
    /// <param name="path">The absolute path of a folder, or of a file whose name ends in <c>.zip</c>; neither need exist.</param>
    /// <param name="options">How.</param>
    /// <exception cref="RunArchiveException">There is something else at the path.</exception>
    public static RunExport To(string path, RunTransferOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        var isZip = path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        if (isZip ? Directory.Exists(path) : File.Exists(path))
        {
            throw new RunArchiveException(
                path,
                isZip ? $"'{path}' is a folder, though its name is that of a zip file." : $"'{path}' is a file, and neither a folder nor a zip file.",
                "Name a folder, or a file whose name ends in .zip.");
        }

        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return isZip ? new ZipExport(path, options) : new FolderExport(path, options);
    }

    /// <summary>Exports a run, or takes it for export by <see cref="Complete"/>.</summary>
    /// <exception cref="RunStateException">The run is running or is being prepared.</exception>
    /// <exception cref="NameNotFoundException">The run is gone.</exception>
    /// <exception cref="RunArchiveException">The run cannot be read, or its copy cannot be written; nothing is left of it then.</exception>
    public RunTransfer Add(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RequireStill(run);
        try
        {
            return AddStill(run);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure(run, error);
        }
        finally
        {
            Progress.End();
        }
    }

    /// <summary>Exports what was taken and is not exported yet.</summary>
    /// <returns>Each of these runs.</returns>
    /// <exception cref="RunArchiveException">The zip file cannot be written; it is as it was.</exception>
    public abstract IReadOnlyList<RunTransfer> Complete();

    /// <summary>Removes what is not whole.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what is not whole.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
    }

    private protected abstract RunTransfer AddStill(Run run);

    private protected GuildException Failure(Run run, Exception error) => run.Directory.HasOpRef
        ? new RunArchiveException(Path, $"Run {run.ShortId} could not be exported to '{Path}': {error.Message}", "Nothing was left of it there. See to it that the run can be read and that there is room.", error)
        : new NameNotFoundException(NameKind.Run, run.Id, $"Run {run.ShortId} is gone: it was deleted while it was exported.", [], "List the runs with Get-GuildRun (guild runs).");

    /// <summary>Deletes a run that is exported.</summary>
    private protected void DeleteExported(Run run)
    {
        try
        {
            // From here on there are two of it, so what makes a run of the old one goes first.
            File.Delete(run.Directory.OpRefPath);
            TreeDeletion.Delete(run.Directory.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Options.Events.Report(new WarningEvent($"Run {run.ShortId} was exported, but not all of '{run.Directory.Path}' could be deleted: {error.Message}"));
        }
    }

    private void RequireStill(Run run)
    {
        if (!run.Directory.HasOpRef)
        {
            throw new NameNotFoundException(NameKind.Run, run.Id, $"Run {run.ShortId} is gone from '{run.Directory.Path}'.", [], "List the runs with Get-GuildRun (guild runs).");
        }

        // What is written to while it is copied would be exported in part.
        switch (_reader.ReadState(run.Directory).Status)
        {
            case RunStatus.Running:
                throw new RunStateException(run.Id, $"Run {run.ShortId} is running, so it cannot be exported.", "Wait until it has ended, or stop it with Stop-GuildRun (guild stop).");
            case RunStatus.Pending:
                throw new RunStateException(run.Id, $"Run {run.ShortId} is being prepared, so it cannot be exported.", "Wait until it has ended.");
        }
    }
}
