using System.Globalization;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild watch</c>.</summary>
internal static class RunWatching
{
    // Guild AI has it, for scripts that want the output alone.
    private const string QuietVariable = "NO_WATCHING_MSG";

    public static int Do(WatchRunCommand command, ClassicSession session)
    {
        var run = command.ProcessId is { } process ? ByProcess(process, session) : BySelection(command.Selection, session);
        if (session.Engine.Environment.GetValueOrDefault(QuietVariable) != "1")
        {
            session.Note($"Watching run {run.Id}");
        }

        session.Print(new LiveOutput(run.Directory, session.Stop).Lines().Select(line => line.Text));
        session.Note($"Run {run.Id} stopped with a status of '{StatusText.Of(new RunWait().StatusOf(run.Directory))}'");
        return ClassicExit.Success;
    }

    private static Run BySelection(RunSelection selection, ClassicSession session)
    {
        if (selection.Runs.Count > 0)
        {
            return RunSelector.One(selection, session);
        }

        var running = selection.Filter with { Statuses = [StatusText.Of(RunStatus.Running), StatusText.Of(RunStatus.Pending)] };
        return RunSelector.Filter(running, session, RunPlace.Runs).FirstOrDefault()
            ?? throw new RequestException("nothing to watch", null, "You can view the output of a specific run using 'guild watch RUN'.");
    }

    private static Run ByProcess(string typed, ClassicSession session)
    {
        var number = Number(typed) ?? NumberIn(session.ResolveInProject(typed), typed);
        return session.Runs.List(cancellation: session.Stop).FirstOrDefault(run => run.Status is RunStatus.Running or RunStatus.Pending && IsOf(run, number))
            ?? throw new RequestException($"cannot find run for pid {number}", typed, "Try 'guild runs list --running' for a list of runs that can be watched.");
    }

    private static bool IsOf(Run run, int process) =>
        ProcessRecord.Read(run.Directory.ProcessPath) is { } record
            ? record.SupervisorId == process || record.ProcessId == process
            : RunRows.ProcessOf(run.Directory) == process;

    private static int NumberIn(string file, string typed)
    {
        if (!File.Exists(file))
        {
            throw new RequestException($"{typed} does not exist", typed, "Give a process id, or a file that holds one, as 'guild run --pidfile FILE' writes it.");
        }

        return Number(File.ReadLines(file).FirstOrDefault() ?? "")
            ?? throw new RequestException($"pidfile {typed} does not contain a valid pid", typed, "Give a file as 'guild run --pidfile FILE' writes it.");
    }

    private static int? Number(string text) => int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
