using Guild.Engine;
using Guild.Engine.Execution;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild open</c>.</summary>
internal static class RunOpening
{
    public static int Do(OpenRunCommand command, ClassicSession session)
    {
        var run = RunSelector.One(command.Selection, session);
        var root = command.IsSourceCode ? RunFiles.SourceCodeOf(run) : run.Directory.Path;
        var path = command.IsOutput ? run.Directory.OutputPath : Path.Combine(root, command.Path ?? "");
        if (!Path.Exists(path))
        {
            throw command.IsOutput
                ? new RequestException($"run {run.ShortId} has no output", run.Id)
                : new RequestException($"run {run.ShortId} has no file '{command.Path}'", command.Path, $"Use 'guild ls {run.ShortId}' for a list of its files.");
        }

        if (command.Program is { } program)
        {
            return OpenedPath.OpenWith(program, path, session.Engine, session.Stop);
        }

        if (!OpenedPath.Open(path, session.Engine))
        {
            session.Print(path);
        }

        return ClassicExit.Success;
    }
}
