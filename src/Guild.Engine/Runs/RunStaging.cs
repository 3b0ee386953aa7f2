using System.Text;

namespace Guild.Engine.Runs;

/// <summary>Preparing a run out of sight, so that nobody ever sees a part of it.</summary>
internal static class RunStaging
{
    private static readonly TimeSpan LimitWithoutOwner = TimeSpan.FromHours(1);

    private static readonly TimeSpan LimitOfOtherHosts = TimeSpan.FromDays(1);

    private static readonly Lazy<byte[]> Owner = new(() => Encoding.UTF8.GetBytes(ProcessRecord.Current(processId: null).Format()));

    public static RunDirectory Create(GuildHome home, string id)
    {
        var directory = new RunDirectory(Path.Join(home.StagingDirectory, id));
        if (Directory.Exists(directory.Path))
        {
            throw new IOException($"'{directory.Path}' is there already.");
        }

        // Before there is a folder, so that hardly any time passes in which nobody owns it.
        _ = Owner.Value;

        // From above, each is made by one call; to ask for the deepest one first fails twice.
        Directory.CreateDirectory(directory.Path);
        Directory.CreateDirectory(directory.GuildPath);
        Directory.CreateDirectory(directory.AttributesPath);
        SayWhoPrepares(directory);
        return directory;
    }

    /// <summary>Writes that this process prepares the run: what it leaves when it is killed is then no run that is still to begin.</summary>
    public static void SayWhoPrepares(RunDirectory directory) =>
        RunDirectory.WriteNew(directory.ProcessPath, Owner.Value);

    public static RunDirectory Publish(GuildHome home, RunDirectory staged)
    {
        Directory.CreateDirectory(home.RunsDirectory);
        var published = new RunDirectory(Path.Join(home.RunsDirectory, staged.Id));
        TreeMove.Move(staged.Path, published.Path, lastFile: published.OpRefPath);
        return published;
    }

    public static int Sweep(GuildHome home, ProcessLiveness liveness, TimeProvider time) => SweepFolder(home.StagingDirectory, "*", liveness, time);

    /// <summary>Deletes the folders of some name in a folder whose makers are gone.</summary>
    public static int SweepFolder(string folder, string pattern, ProcessLiveness liveness, TimeProvider time)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        try
        {
            return Directory.EnumerateDirectories(folder, pattern).Count(path => IsLeftOver(path, liveness, time) && TryDelete(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever makes a run there is told what is wrong with the folder.
            return 0;
        }
    }

    private static bool IsLeftOver(string path, ProcessLiveness liveness, TimeProvider time)
    {
        var age = time.GetUtcNow() - new DateTimeOffset(Directory.GetLastWriteTimeUtc(path));
        if (ProcessRecord.Read(new RunDirectory(path).ProcessPath) is not { } owner)
        {
            return age > LimitWithoutOwner;
        }

        return liveness.OriginOf(owner, age) switch
        {
            ProcessOrigin.Elsewhere => age > LimitOfOtherHosts,
            ProcessOrigin.Earlier => true,
            _ => !liveness.IsAlive(owner.SupervisorId, owner.SupervisorStart, owner.Boot),
        };
    }

    private static bool TryDelete(string path)
    {
        try
        {
            TreeDeletion.DeletePrepared(new RunDirectory(path));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process may sweep at the same time; what stays is swept next time.
            return false;
        }
    }
}
