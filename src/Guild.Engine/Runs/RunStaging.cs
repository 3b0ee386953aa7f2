using System.Text;

namespace Guild.Engine.Runs;

/// <summary>Preparing a run out of sight, so that nobody ever sees a part of it.</summary>
internal static class RunStaging
{
    // Deleted just before the rename, so that a published run has no trace of it.
    private const string OwnerFile = "STAGING";

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

        Directory.CreateDirectory(directory.AttributesPath);
        RunDirectory.WriteNew(OwnerPath(directory), Owner.Value);
        return directory;
    }

    public static RunDirectory Publish(GuildHome home, RunDirectory staged)
    {
        Directory.CreateDirectory(home.RunsDirectory);
        var published = new RunDirectory(Path.Join(home.RunsDirectory, staged.Id));
        File.Delete(OwnerPath(staged));
        Directory.Move(staged.Path, published.Path);
        return published;
    }

    public static int Sweep(GuildHome home, ProcessLiveness liveness, TimeProvider time)
    {
        if (!Directory.Exists(home.StagingDirectory))
        {
            return 0;
        }

        return Directory.EnumerateDirectories(home.StagingDirectory).Count(path => IsLeftOver(path, liveness, time) && TryDelete(path));
    }

    private static bool IsLeftOver(string path, ProcessLiveness liveness, TimeProvider time)
    {
        var age = time.GetUtcNow() - new DateTimeOffset(Directory.GetLastWriteTimeUtc(path));
        if (ProcessRecord.Read(OwnerPath(new RunDirectory(path))) is not { } owner)
        {
            return age > LimitWithoutOwner;
        }

        return string.Equals(owner.Host, liveness.Host, StringComparison.OrdinalIgnoreCase)
            ? !liveness.IsAlive(owner.SupervisorId, owner.SupervisorStart, owner.Boot)
            : age > LimitOfOtherHosts;
    }

    private static bool TryDelete(string path)
    {
        try
        {
            TreeDeletion.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process may sweep at the same time; what stays is swept next time.
            return false;
        }
    }

    private static string OwnerPath(RunDirectory directory) => Path.Join(directory.GuildPath, OwnerFile);
}
