using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>What a batch itself says, as the output of its run, in Guild AI's words. What trials print is in their own records.</summary>
internal sealed class BatchLog(RunDirectory batch, string operation, TimeProvider time) : IDisposable
{
    private readonly OutputFile _file = new(batch.OutputPath, batch.OutputIndexPath, time, _ => { });

    /// <summary>How many bytes it has.</summary>
    public long Length => _file.Length;

    public void Dispose() => _file.Dispose();

    public void Running(string id, IReadOnlyDictionary<string, object?> flags) => Write("INFO", $"Running trial {id}: {Describe(flags)}");

    public void Staging(string id, IReadOnlyDictionary<string, object?> flags) => Write("INFO", $"Staging trial {id}: {Describe(flags)}");

    public void Skipping(string id, string status) => Write("INFO", $"Skipping {id} because its status is '{status}' (expected 'pending')");

    public void Failed(string id, int exitStatus, GuildException? fault) =>
        Write("ERROR", fault is null ? $"Trial {id} exited with an error ({exitStatus}) - see log for details" : $"Trial {id} exited with an error: ({exitStatus}) {fault.Message}");

    public void Terminated(string id) => Write("INFO", $"Trial {id} was terminated");

    public void StoppingForError() => Write("ERROR", "Stopping batch because a trial failed (pending trials can be started as needed)");

    public void Stopping() => Write("INFO", "Stopping batch");

    public void Say(string text) => Write("INFO", text);

    private string Describe(IReadOnlyDictionary<string, object?> flags) =>
        $"{operation} ({string.Join(", ", flags.Where(flag => flag.Value is not null).OrderBy(flag => flag.Key, StringComparer.Ordinal).Select(flag => $"{flag.Key}={FlagDisplay.Show(flag.Value)}"))})";

    private void Write(string level, string text) =>
        _file.Append(Encoding.UTF8.GetBytes($"{level}: [guild] {text.ReplaceLineEndings(" ")}\n"), lines: 1, OutputStreamKind.Error);
}
