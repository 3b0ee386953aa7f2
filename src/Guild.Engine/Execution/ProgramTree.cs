using Guild.Engine.Metrics;

namespace Guild.Engine.Execution;

/// <summary>How hard a program is asked to end. Each step is harder than the one before it.</summary>
public enum StopStep
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As Ctrl-C asks: SIGINT to all of its session; a control event on Windows.</summary>
    Interrupt,

    /// <summary>SIGTERM to it and all that it started; a control event on Windows.</summary>
    Terminate,

    /// <summary>SIGKILL to it and all that it started; on Windows its job is ended.</summary>
    Kill,
}

/// <summary>A program with all that it started.</summary>
internal abstract class ProgramTree : IDisposable
{
    public virtual void Dispose()
    {
    }

    /// <summary>Asks everything in the tree to end.</summary>
    internal abstract void Signal(StopStep step);

    /// <summary>True if nothing of the tree runs any more.</summary>
    internal abstract bool IsEmpty();

    /// <summary>What the tree uses of the machine; null if it is empty, or if this is not told here.</summary>
    internal virtual TreeUsage? Usage() => null;
}
