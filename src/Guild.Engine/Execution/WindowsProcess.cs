using System.Diagnostics;
using System.Runtime.Versioning;

namespace Guild.Engine.Execution;

/// <summary>A program on Windows: the framework's process, in a job that holds all that it starts.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsProcess : ProgramProcess
{
    private readonly Process _process;
    private readonly WindowsTree _tree;

    private WindowsProcess(Process process)
    {
        _process = process;
        _tree = new WindowsTree(process);
        StartTime = StartOf(process);
        Exit = WaitAsync();
        Output = process.StartInfo.RedirectStandardOutput ? new StreamSource(process.StandardOutput.BaseStream) : null;
        Error = process.StartInfo.RedirectStandardError ? new StreamSource(process.StandardError.BaseStream) : null;
    }

    internal override int ProcessId => _process.Id;

    internal override long? StartTime { get; }

    internal override Task<ProgramExit> Exit { get; }

    internal override ProgramExit? Ended => Exit.IsCompleted ? Exit.Result : null;

    internal override OutputSource? Output { get; }

    internal override OutputSource? Error { get; }

    internal override ProgramTree Tree => _tree;

    public override void Dispose()
    {
        Output?.Dispose();
        Error?.Dispose();
        _tree.Dispose();
        _process.Dispose();
    }

    // The framework cannot give one pipe to both streams: where merging is asked for, each still has its own, and the recorder joins them by lines.
    internal static WindowsProcess Start(string path, ProgramStart start)
    {
        var info = new ProcessStartInfo(path, start.Arguments)
        {
            WorkingDirectory = start.WorkingDirectory,
            UseShellExecute = false,
            CreateNewProcessGroup = true,
            RedirectStandardInput = !start.InheritsInput,
            RedirectStandardOutput = !start.InheritsOutput,
            RedirectStandardError = !start.InheritsOutput,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(info)!;
            if (!start.InheritsInput)
            {
                process.StandardInput.Close();
            }

            return new WindowsProcess(process);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Directory.Exists(start.WorkingDirectory)
                ? new ProgramException(start.FileName, $"'{path}' cannot be started: {e.Message}", inner: e)
                : SpawnErrors.NoDirectory(start);
        }
    }

    internal static long? StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : StartOf(process);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Another user's process is there, but does not say when it started.
            return 0;
        }
    }

    private static long? StartOf(Process process)
    {
        try
        {
            return process.StartTime.ToFileTimeUtc();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // There are no signals on Windows: what ended after we asked for it counts as ended by the signal that Unix would have used.
    private async Task<ProgramExit> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode != 0 && _tree.LastSignal is { } signal ? new ProgramExit(null, signal) : new ProgramExit(_process.ExitCode, null);
    }
}
