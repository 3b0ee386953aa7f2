using System.Globalization;
using System.Text;

namespace Guild.Engine.Runs;

/// <summary>Tells the status of a run from its record and from the processes of this host.</summary>
internal sealed class RunStateReader(ProcessLiveness liveness, TimeProvider time)
{
    // What stands for a lock that was opened just now and holds no process id yet.
    private const int UnsettledLock = -1;

    // Guild AI reads no more of the file either.
    private const int MaximumLockLength = 10;

    private static readonly TimeSpan UnsettledTime = TimeSpan.FromSeconds(1);

    /// <summary>Reads the status. The order matters: each file hides what those after it say.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="exitStatus">Its attribute <c>exit_status</c>, or null.</param>
    public RunState Read(RunDirectory directory, long? exitStatus)
    {
        if (File.Exists(directory.RemoteLockPath))
        {
            return new RunState(RunStatus.Running, null);
        }

        if (File.Exists(directory.PendingPath))
        {
            return ReadPending(directory);
        }

        if (File.Exists(directory.StagedPath))
        {
            return new RunState(RunStatus.Staged, null);
        }

        return ReadLocked(directory, exitStatus);
    }

    // Guild AI prepares runs without saying who does it, so only what we prepared ourselves can be known to be given up.
    private RunState ReadPending(RunDirectory directory)
    {
        var record = ProcessRecord.Read(directory.ProcessPath);
        return record is null || IsAlive(directory, processId: null, record)
            ? new RunState(RunStatus.Pending, null)
            : new RunState(RunStatus.Error, ReasonOfSilence(directory, hasLock: false, record, isPrepared: false));
    }

    private RunState ReadLocked(RunDirectory directory, long? exitStatus)
    {
        var processId = ReadLock(directory.LockPath);
        var hasLock = processId is not null;
        var record = hasLock || exitStatus is null ? ProcessRecord.Read(directory.ProcessPath) : null;
        if ((hasLock || exitStatus is null) && IsAlive(directory, processId, record))
        {
            return new RunState(RunStatus.Running, null);
        }

        return exitStatus switch
        {
            null => new RunState(RunStatus.Error, ReasonOfSilence(directory, hasLock, record, isPrepared: true)),
            0 => new RunState(RunStatus.Completed, null),
            < 0 => new RunState(RunStatus.Terminated, null),
            > 0 => new RunState(RunStatus.Error, null),
        };
    }

    private bool IsAlive(RunDirectory directory, int? processId, ProcessRecord? record)
    {
        // Guild AI restarts runs of ours without knowing this file, which then tells of an earlier process.
        if (record is null || (processId is not null && record.ProcessId is not null && processId != record.ProcessId))
        {
            return processId is { } id && (id == UnsettledLock || liveness.Exists(id));
        }

        var age = AgeOf(directory.ProcessPath);
        return liveness.OriginOf(record, age) switch
        {
            ProcessOrigin.Elsewhere => age < ProcessRecord.RenewalLimit,
            ProcessOrigin.Earlier => false,

            // A program whose start is not known had ended before it could be asked for; its number may be a stranger's by now. When the program is gone, its supervisor still drains and records before it takes the lock away.
            _ => (record is { ProcessId: { } program, Start: not null } && liveness.IsAlive(program, record.Start, record.Boot))
                || liveness.IsAlive(record.SupervisorId, record.SupervisorStart, record.Boot),
        };
    }

    private string ReasonOfSilence(RunDirectory directory, bool hasLock, ProcessRecord? record, bool isPrepared)
    {
        if (record is not null && liveness.OriginOf(record, AgeOf(directory.ProcessPath)) == ProcessOrigin.Elsewhere)
        {
            var seen = File.GetLastWriteTimeUtc(directory.ProcessPath);
            return string.Create(CultureInfo.InvariantCulture, $"Not seen on host '{record.Host}' since {seen:yyyy-MM-dd HH:mm:ss} UTC.");
        }

        if (!isPrepared)
        {
            return "The process that prepared the run is gone; the operation was not started.";
        }

        if (hasLock || record is not null)
        {
            return "The process is gone and left no exit status.";
        }

        return "The operation was not started, or left no exit status.";
    }

    private TimeSpan AgeOf(string path) => time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(path));

    private int? ReadLock(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var handle = File.OpenHandle(path);
            Span<byte> bytes = stackalloc byte[MaximumLockLength];
            var text = Encoding.ASCII.GetString(bytes[..RandomAccess.Read(handle, bytes, 0)]).Trim();
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
            {
                return processId;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return AgeOf(path) < UnsettledTime ? UnsettledLock : 0;
    }
}
