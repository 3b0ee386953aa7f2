using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Guild.Engine.Execution;

/// <summary>A process that outlives this one, for as long as the two still speak to each other: by three pipes, and by nothing else that this process has open.</summary>
internal abstract class DetachedProcess : IDisposable
{
    /// <summary>Its number.</summary>
    internal abstract int ProcessId { get; }

    /// <summary>What it answers.</summary>
    internal abstract OutputSource Output { get; }

    /// <summary>What it complains about.</summary>
    internal abstract OutputSource Error { get; }

    /// <summary>Starts it in a session of its own, on Windows in a process group of its own.</summary>
    /// <exception cref="ProgramException">The system refuses to start it.</exception>
    internal static DetachedProcess Start(ProgramStart start) => OperatingSystem.IsWindows() ? new OnWindows(start) : new OnUnix(start);

    /// <summary>Gives it its input, which ends there.</summary>
    internal abstract void Send(string text);

    /// <summary>Ends it by force.</summary>
    internal abstract void Kill();

    public abstract void Dispose();

    private sealed class OnUnix : DetachedProcess
    {
        private readonly SpawnedProgram _program;
        private int _input;

        public OnUnix(ProgramStart start)
        {
            (var read, _input) = Posix.OpenPipe();
            try
            {
                _program = SpawnedProgram.Start(start with { InheritsInput = true, ClosesOthers = true }, read);
            }
            catch (ProgramException)
            {
                CloseInput();
                throw;
            }
            finally
            {
                _ = Posix.close(read);
            }
        }

        internal override int ProcessId => _program.ProcessId;

        internal override OutputSource Output => _program.Output!;

        internal override OutputSource Error => _program.Error!;

        internal override void Send(string text)
        {
            Posix.WriteAll(_input, Encoding.UTF8.GetBytes(text));
            CloseInput();
        }

        internal override void Kill() => _program.Kill();

        public override void Dispose()
        {
            CloseInput();
            _program.Dispose();
        }

        private void CloseInput()
        {
            if (_input >= 0)
            {
                _ = Posix.close(_input);
                _input = -1;
            }
        }
    }

    [SupportedOSPlatform("windows")]
    private sealed class OnWindows : DetachedProcess
    {
        private readonly Process _process;

        // Not in the job of a program: such a job ends with its owner.
        public OnWindows(ProgramStart start)
        {
            var info = new ProcessStartInfo(start.FileName, start.Arguments)
            {
                WorkingDirectory = start.WorkingDirectory,
                UseShellExecute = false,
                CreateNewProcessGroup = true,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            info.Environment.Clear();
            foreach (var (name, value) in start.Environment)
            {
                info.Environment[name] = value;
            }

            try
            {
                _process = Process.Start(info)!;
            }
            catch (System.ComponentModel.Win32Exception error)
            {
                throw new ProgramException(start.FileName, $"'{start.FileName}' cannot be started: {error.Message}", inner: error);
            }

            Output = new StreamSource(_process.StandardOutput.BaseStream);
            Error = new StreamSource(_process.StandardError.BaseStream);
        }

        internal override int ProcessId => _process.Id;

        internal override OutputSource Output { get; }

        internal override OutputSource Error { get; }

        internal override void Send(string text)
        {
            try
            {
                _process.StandardInput.Write(text);
                _process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended; why, its streams tell.
            }
        }

        internal override void Kill() => _process.Kill(entireProcessTree: true);

        public override void Dispose()
        {
            Output.Dispose();
            Error.Dispose();
            _process.Dispose();
        }
    }
}
