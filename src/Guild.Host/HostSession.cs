using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Guild.Host;

/// <summary>One PowerShell session with the module at hand, from the start of the process to its end.</summary>
internal sealed class HostSession : IDisposable
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int BadRequest = 2;

    private readonly TerminationSignals _signals;
    private readonly GuildHost _host;
    private readonly Runspace _runspace;

    private HostSession(TerminationSignals signals, GuildHost host, Runspace runspace)
    {
        _signals = signals;
        _host = host;
        _runspace = runspace;
    }

    /// <summary>Opens the session. Pipelines run on the calling thread.</summary>
    /// <param name="request">What it is opened for.</param>
    /// <param name="signals">What stops them.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where all else goes.</param>
    internal static HostSession Open(HostRequest request, TerminationSignals signals, TextStream output, TextStream error)
    {
        var host = new GuildHost(new ConsoleInterface(output, error, signals.Stopping));
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // What pwsh ships as its own setting; without one, the module's script file could not be loaded.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        if (request is WordsRequest)
        {
            ModuleWords.AddTo(state);
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        ModuleLocation.AddToModulePath();
        return new HostSession(signals, host, runspace);
    }

    /// <summary>Does what is asked, and gives the exit code of the process.</summary>
    internal int Answer(HostRequest request) => request switch
    {
        CommandRequest command => RunText(command),
        FileRequest file => RunFile(file),
        WordsRequest words => RunWords(words),
        _ => throw new InvalidOperationException($"The host has no answer to {request}."),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals.OnSignal(null);
        _runspace.Dispose();
    }

    // Runs text as a script. Gives the code of exit; else 0, or 1 if the last statement failed.
    private int RunText(CommandRequest request)
    {
        RunOutcome outcome = Run(new Command(request.Text, isScript: true, useLocalScope: false));
        return outcome.ExitCode ?? (outcome.LastSucceeded ? Success : Failure);
    }

    // Runs a script file. Gives the code of exit; else 0, or 1 if the script threw or did not take its arguments.
    private int RunFile(FileRequest request)
    {
        string path = Path.GetFullPath(request.Path);
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            _host.Interface.WriteErrorLine($"guild: '{request.Path}' is not a script file (.ps1) that exists.");
            return BadRequest;
        }

        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter argument in request.Arguments)
        {
            command.Parameters.Add(argument);
        }

        ScriptExit.Rethrow(_runspace);
        RunOutcome outcome = Run(command);
        return outcome.ExitCode ?? (outcome.Failed ? Failure : Success);
    }

    // Hands the classic words to the module, exactly as they came. Gives the code that the module leaves in $LASTEXITCODE.
    private int RunWords(WordsRequest request)
    {
        var command = new Command(ModuleWords.CmdletName);
        foreach (string word in request.Words)
        {
            command.Parameters.Add(new CommandParameter(null, word));
        }

        RunOutcome outcome = Run(command);
        if (outcome.LastExitCode is { } code && (code != 0 || !outcome.Failed))
        {
            return code;
        }

        return outcome.ExitCode ?? (outcome.Failed ? Failure : Success);
    }

    private RunOutcome Run(Command command)
    {
        // Only a pipeline that is kept in the history leaves its $? behind.
        using Pipeline pipeline = _runspace.CreatePipeline(command.CommandText, addToHistory: true);
        pipeline.Commands.Clear();
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(command);
        pipeline.Commands.Add("Out-Default");
        bool failed = false;
        try
        {
            _signals.OnSignal(pipeline.StopAsync);
            pipeline.Invoke();
        }
        catch (PipelineStoppedException)
        {
            failed = true;
        }
        catch (RuntimeException exception)
        {
            failed = true;
            ReportError(exception);
        }
        finally
        {
            _signals.OnSignal(null);
            _host.Interface.EndProgress();
        }

        return new RunOutcome(
            Failed: failed,
            LastSucceeded: !failed && _runspace.SessionStateProxy.GetVariable("?") is true,
            LastExitCode: _runspace.SessionStateProxy.GetVariable("global:LASTEXITCODE") as int?,
            ExitCode: _signals.ExitCode ?? _host.ExitCode);
    }

    // Through the formatter, so that an error that ended the script looks like any other.
    private void ReportError(RuntimeException exception)
    {
        using IDisposable redirection = _host.Interface.SendOutputToError();
        using Pipeline pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        pipeline.Input.Write(exception.ErrorRecord);
        pipeline.Input.Close();
        try
        {
            pipeline.Invoke();
        }
        catch (RuntimeException)
        {
            _host.Interface.WriteErrorLine(exception.Message);
        }
    }

    /// <summary>How a pipeline ended.</summary>
    /// <param name="Failed">An error or a signal ended it.</param>
    /// <param name="LastSucceeded">What <c>$?</c> said.</param>
    /// <param name="LastExitCode">What <c>$LASTEXITCODE</c> said, if anything.</param>
    /// <param name="ExitCode">The code that the process must end with: after a signal, or after <c>exit</c>.</param>
    private sealed record RunOutcome(bool Failed, bool LastSucceeded, int? LastExitCode, int? ExitCode);
}
