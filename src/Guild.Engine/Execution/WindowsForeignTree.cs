using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace Guild.Engine.Execution;

/// <summary>A program on Windows that another process started, and whose job is out of reach. It can only be killed, with its descendants.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsForeignTree(int program, long? start) : ProgramTree
{
    internal override bool IsEmpty() => WindowsProcess.StartOf(program) is not { } found || (start is not null && found != start);

    internal override void Signal(StopStep step)
    {
        if (IsEmpty())
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(program);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended meanwhile, or is not ours to end; the caller looks again.
        }
    }
}
