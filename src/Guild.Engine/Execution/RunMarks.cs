using System.Globalization;
using System.Text;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// What the record says about a run that begins and ends. The order of the writes is such that a supervisor that is killed at any point leaves a status that is
/// right: before the program is known the supervisor stands for it, then the program does, and an exit status is there before both are taken away.
/// </summary>
internal sealed class RunMarks(RunDirectory directory, TimeProvider clock)
{
    /// <summary>True if this process has just made the run: it is named there as the one that has it, and there is no earlier end.</summary>
    internal bool IsNew { get; init; }

    internal const string ExitStatusAttribute = "exit_status";
    internal const string StartedAttribute = "started";
    internal const string StoppedAttribute = "stopped";
    internal const string NotesAttribute = "notes";

    private readonly RunClock _stamps = new(clock);
    private long _started;

    internal void Begin()
    {
        if (!IsNew)
        {
            ProcessRecord.Current(processId: null).Write(directory.ProcessPath);

            // A run that is restarted must not be judged by its former end.
            directory.DeleteAttribute(ExitStatusAttribute);
            directory.DeleteAttribute(StoppedAttribute);
            directory.DeleteAttribute(NotesAttribute);
        }

        _started = _stamps.Next();
        directory.WriteAttribute(StartedAttribute, _started);
        File.Delete(directory.PendingPath);
        if (!IsNew)
        {
            File.Delete(directory.StagedPath);
        }
    }

    internal void ProgramStarted(SpawnedProgram program)
    {
        var record = ProcessRecord.Current(processId: null) with { ProcessId = program.ProcessId, Start = program.StartTime };
        record.Write(directory.ProcessPath);

        WriteLock(program.ProcessId);
    }

    /// <summary>Says that this process stands for a run that has no program of its own, such as a batch or a pipeline.</summary>
    internal void StandIn() => WriteLock(Environment.ProcessId);

    // Guild AI knows this file only, and reads ten characters of it.
    private void WriteLock(int processId)
    {
        var unfinished = directory.LockPath + ".new";
        if (!IsNew)
        {
            File.Delete(unfinished);
        }

        RunDirectory.WriteAndMove(unfinished, directory.LockPath, Encoding.ASCII.GetBytes(processId.ToString(CultureInfo.InvariantCulture)));
    }

    internal void Renew() => ProcessRecord.Renew(directory.ProcessPath, clock);

    /// <summary>Renews the sign of life until it is disposed of: what takes days must not be taken for given up by other hosts of a shared home.</summary>
    internal ITimer KeepRenewed() => clock.CreateTimer(_ => Renew(), null, ProcessRecord.RenewalPeriod, ProcessRecord.RenewalPeriod);

    /// <summary>Writes the end of the run.</summary>
    /// <returns>How long the run took.</returns>
    internal TimeSpan End(int exitStatus, IReadOnlyList<string> notes, RecordWrite write = RecordWrite.Durable)
    {
        var stopped = _stamps.Next();
        try
        {
            WriteNotes(notes);
            WriteExitStatus(exitStatus);
            directory.WriteAttribute(StoppedAttribute, stopped);
            if (write == RecordWrite.Durable)
            {
                Flush(Path.Combine(directory.AttributesPath, ExitStatusAttribute));
            }

            Unlock(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written, things can mostly still be deleted. So the run does not seem to go on,
            // and the two files that are gone leave room for the two that matter most.
            Abandon();
            WriteExitStatus(exitStatus);
            WriteNotes(notes);
            directory.WriteAttribute(StoppedAttribute, stopped);
        }

        return TimeSpan.FromMicroseconds(stopped - _started);
    }

    private void WriteExitStatus(int exitStatus) => directory.WriteAttribute(ExitStatusAttribute, (long)exitStatus);

    private void WriteNotes(IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            directory.WriteAttribute(NotesAttribute, notes);
        }
    }

    /// <summary>Takes away what says that the run goes on.</summary>
    internal static void Unlock(RunDirectory directory)
    {
        File.Delete(directory.LockPath);
        File.Delete(directory.ProcessPath);
    }

    /// <summary>Writes why a program could not be started where its output would be.</summary>
    internal void WriteFault(GuildException error) => WriteAsError($"{error.Message}\n{error.RecommendedAction}");

    /// <summary>Writes lines where the output of a run would be, as its error output.</summary>
    internal void WriteAsError(string text)
    {
        using var file = new OutputFile(directory.OutputPath, directory.OutputIndexPath, clock, _ => { });
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            file.Append(Encoding.UTF8.GetBytes(line + '\n'), lines: 1, OutputStreamKind.Error);
        }
    }

    /// <summary>Takes back, as far as the disk allows, that this process stands for a run that it could not begin.</summary>
    internal void Abandon()
    {
        try
        {
            Unlock(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done here. Readers see the truth when this process has ended.
        }
    }

    // The renames before it go into the same journal: one flush is enough for a status that outlives a loss of power.
    private static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }
}

/// <summary>How the end of a run is written.</summary>
internal enum RecordWrite
{
    /// <summary>As any file is.</summary>
    Plain,

    /// <summary>Waiting until it is on the disk.</summary>
    Durable,
}
