using System.Globalization;
using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>What the record of a batch says of its begin and end. The process that carries it out stands for it, since it has no program of its own.</summary>
internal sealed class BatchMarks(RunDirectory batch, TimeProvider time)
{
    private readonly RunMarks _marks = new(batch, time);

    public void Begin()
    {
        _marks.Begin();

        // Guild AI knows this file only.
        var unfinished = batch.LockPath + ".new";
        File.Delete(unfinished);
        RunDirectory.WriteAndMove(unfinished, batch.LockPath, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
    }

    public void Renew() => _marks.Renew();

    public void End(int exitStatus, IReadOnlyList<string> notes) => _marks.End(exitStatus, notes);
}
