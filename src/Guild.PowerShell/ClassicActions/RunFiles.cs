using Guild.Engine;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild cat</c>.</summary>
internal static class RunFiles
{
    public static int Do(PrintFileCommand command, ClassicSession session)
    {
        var run = RunSelector.One(command.Selection, session);
        session.Print(command.IsOutput ? OutputReader.Read(run.Directory).Select(line => line.Text) : Lines(run, command));
        return ClassicExit.Success;
    }

    private static IEnumerable<string> Lines(Run run, PrintFileCommand command)
    {
        var path = Path.Combine(command.IsSourceCode ? SourceCodeOf(run) : run.Directory.Path, command.Path!);
        if (Directory.Exists(path))
        {
            throw new RequestException($"'{command.Path}' of run {run.ShortId} is a directory", command.Path, $"Use 'guild ls {run.ShortId} --path {command.Path}' to list its files.");
        }

        return File.Exists(path)
            ? File.ReadLines(path)
            : throw new RequestException($"run {run.ShortId} has no file '{command.Path}'", command.Path, $"Use 'guild ls {run.ShortId}' for a list of its files.");
    }

    // Guild 0.8 and before kept source code apart from the other files of a run.
    public static string SourceCodeOf(Run run)
    {
        var apart = Path.Combine(run.Directory.GuildPath, "sourcecode");
        return Directory.Exists(apart) ? apart : run.Directory.Path;
    }
}
