using System.Globalization;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary>Makes of runs what lists show.</summary>
internal static class RunRows
{
    /// <summary>The rows of runs, numbered from 1.</summary>
    public static IReadOnlyList<RunListRow> Of(IEnumerable<Run> runs, ClassicSession session) => [.. runs.Select((run, at) => Of(run, at + 1, session))];

    /// <summary>The row of one run.</summary>
    public static RunListRow Of(Run run, int index, ClassicSession session) => new()
    {
        Index = index,
        Id = run.Id,
        Operation = run.FullName,
        Status = StatusText.Of(run.Status),
        Folder = FolderOf(run, session),
        IsMarked = run.IsMarked,
        Started = run.Started?.ToLocalTime(),
        Stopped = run.Stopped?.ToLocalTime(),
        Label = run.Label ?? "",
        Origin = OriginOf(run.OpRef, session.Engine.UserHome),
        SourceCodeDigest = run.SourceCodeDigest ?? "",
        Commit = run.Directory.ReadAttribute("vcs_commit") is string commit ? commit : "",
        Directory = Shorten(run.Directory.Path, session.Engine.UserHome),
        Command = string.Join(' ', run.Command.Select(QuoteForReaders)),
        ExitStatus = run.ExitCode,
        ProcessId = run.Status == RunStatus.Running ? ProcessOf(run.Directory) : null,
    };

    /// <summary>The process of a run's program; null if it has none.</summary>
    public static int? ProcessOf(RunDirectory directory)
    {
        if (ProcessRecord.Read(directory.ProcessPath)?.ProcessId is { } program)
        {
            return program;
        }

        try
        {
            return int.TryParse(File.ReadAllText(directory.LockPath).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var locked) ? locked : null;
        }
        catch (IOException)
        {
            // It ended just now.
            return null;
        }
    }

    /// <summary>A path with the user's folder shortened to <c>~</c>.</summary>
    public static string Shorten(string path, string userHome) =>
        path.StartsWith(userHome + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? "~" + path[userHome.Length..] : path;

    private static string? FolderOf(Run run, ClassicSession session)
    {
        if (run.ProjectPath is not { } project || string.Equals(project, session.Location, StringComparison.Ordinal))
        {
            return null;
        }

        var relative = Path.GetRelativePath(session.Location, project);
        var full = Shorten(project, session.Engine.UserHome);
        return relative.Length < full.Length ? relative : full;
    }

    private static string OriginOf(OpRef opRef, string userHome) => opRef.PackageType switch
    {
        OpRef.GuildFileType or OpRef.ScriptType => Shorten(opRef.PackageName, userHome),
        OpRef.InstalledType => $"{opRef.PackageName}=={opRef.PackageVersion}",
        _ => opRef.PackageName,
    };

    // As Guild AI shows commands. It is meant to be read: a shell may take it for something else.
    private static string QuoteForReaders(string word) => word.Length == 0 || word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}
