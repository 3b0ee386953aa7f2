namespace Guild.Engine.Execution;

/// <summary>Runs the program of a run from its start to its end, stops it when asked to, and keeps the record of it.</summary>
public sealed class RunSupervisor
{
    private static readonly TimeSpan RenewalTime = Runs.ProcessRecord.RenewalPeriod;

    private readonly SupervisedRun _run;
    private readonly SpawnedProgram _program;
    private readonly StopLadder _ladder;
    private readonly RunMarks _marks;
    private long _renewed;

    private RunSupervisor(SupervisedRun run, SpawnedProgram program, RunMarks marks)
    {
        _run = run;
        _program = program;
        _marks = marks;
        _ladder = new StopLadder(program.Tree, run.StopTimes, run.Clock);
        _renewed = run.Clock.GetTimestamp();
    }

    /// <summary>Runs a run and waits until it has ended, on the calling thread.</summary>
    /// <param name="run">The run; staged, and with its resources resolved.</param>
    /// <param name="events">Where warnings go, such as that the disk is full.</param>
    /// <param name="stop">Interrupts the run as Ctrl-C does.</param>
    /// <exception cref="HomeException">The record cannot be written; the program was not started.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for before the run began; nothing was changed.</exception>
    public static RunOutcome Run(SupervisedRun run, IEventSink events, CancellationToken stop) => Run(run, events, new StopTokens(stop));

    /// <summary>Runs a run and waits until it has ended, on the calling thread.</summary>
    /// <param name="run">The run; staged, and with its resources resolved.</param>
    /// <param name="events">Where warnings go, such as that the disk is full.</param>
    /// <param name="stop">The ways in which the run can be stopped.</param>
    /// <returns>How it ended. A program that could not be started is an outcome, too, with the reason in the run's output.</returns>
    /// <exception cref="HomeException">The record cannot be written; the program was not started.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for before the run began; nothing was changed.</exception>
    public static RunOutcome Run(SupervisedRun run, IEventSink events, StopTokens stop)
    {
        stop.Interrupt.ThrowIfCancellationRequested();
        stop.Terminate.ThrowIfCancellationRequested();
        stop.Kill.ThrowIfCancellationRequested();
        var marks = new RunMarks(run.Directory, run.Clock);
        SpawnedProgram program;
        using var terminal = run.Program.InheritsInput ? TerminalMode.ForProgram() : null;
        try
        {
            marks.Begin();
            program = SpawnedProgram.Start(run.Program);
        }
        catch (ProgramException e)
        {
            marks.WriteAsError(e);
            return new RunOutcome { ExitStatus = 1, StartError = e, Duration = marks.End(exitStatus: 1, []) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(run.Directory.Path, $"The run cannot be started, because its record cannot be written: {e.Message}", "See that the disk has room and the folder may be written to.", e);
        }

        using (program)
        {
            return new RunSupervisor(run, program, marks).Supervise(events, stop);
        }
    }

    private RunOutcome Supervise(IEventSink events, StopTokens stop)
    {
        var notes = new List<string>();
        using var recorder = StartRecorder();
        Try(() => _marks.ProgramStarted(_program), "that it runs", notes);
        WaitToEnd(stop);
        recorder?.Finish();
        var exit = _program.Exit.IsCompleted ? _program.Exit.Result : new ProgramExit(null, Posix.SigKill);
        AddNotes(notes, recorder, exit);
        var status = StatusOf(exit);
        var duration = TimeSpan.Zero;
        Try(() => duration = _marks.End(status, notes), "how it ended", notes);
        notes.ForEach(note => events.Report(new WarningEvent(note)));
        return new RunOutcome
        {
            ExitStatus = status,
            Exit = exit,
            StopRequest = _ladder.First,
            HardestStep = _ladder.Current,
            Duration = duration,
            Notes = notes,
        };
    }

    private OutputRecorder? StartRecorder() => _run.Program.InheritsOutput
        ? null
        : OutputRecorder.Start(_program, new OutputFile(_run.Directory.OutputPath, _run.Directory.OutputIndexPath, _run.Clock), _run.LineSink, _run.Clock);

    // After a program that ended by itself, what it left running is left alone. After one that was stopped, nothing may be left.
    private void WaitToEnd(StopTokens stop)
    {
        var requests = new List<(WaitHandle Handle, StopStep Step)>
        {
            (stop.Interrupt.WaitHandle, StopStep.Interrupt),
            (stop.Terminate.WaitHandle, StopStep.Terminate),
            (stop.Kill.WaitHandle, StopStep.Kill),
        };
        var exit = ((IAsyncResult)_program.Exit).AsyncWaitHandle;
        while (true)
        {
            var hasEnded = _program.Exit.IsCompleted;
            if ((hasEnded && (!_ladder.IsStopping || _program.Tree.IsEmpty())) || _ladder.IsExhausted)
            {
                return;
            }

            WaitHandle[] handles = [.. requests.Select(request => request.Handle), .. hasEnded ? Array.Empty<WaitHandle>() : [exit]];
            var signalled = WaitForAny(handles, _ladder.IsStopping ? StopLadder.PollTime : RenewalTime);
            if (signalled < requests.Count && signalled >= 0)
            {
                _ladder.Request(requests[signalled].Step);
                requests.RemoveAt(signalled);
            }

            _ladder.Advance();
            RenewInTime();
        }
    }

    private static int WaitForAny(WaitHandle[] handles, TimeSpan time)
    {
        if (handles.Length == 0)
        {
            Pause.For(time);
            return -1;
        }

        var index = WaitHandle.WaitAny(handles, time);
        return index == WaitHandle.WaitTimeout ? -1 : index;
    }

    private void RenewInTime()
    {
        if (_run.Clock.GetElapsedTime(_renewed) < RenewalTime)
        {
            return;
        }

        _renewed = _run.Clock.GetTimestamp();
        _marks.Renew();
    }

    private int StatusOf(ProgramExit exit)
    {
        var isProperEnd = _run.IsStoppable
            && (exit.Signal == Posix.SigTerm || (exit.Signal == Posix.SigInt && _ladder.IsStopping));
        return isProperEnd ? 0 : exit.Status;
    }

    private void AddNotes(List<string> notes, OutputRecorder? recorder, ProgramExit exit)
    {
        if (exit is { ExitCode: null, Signal: null })
        {
            notes.Add("The exit status was collected by another part of this process and is not known; 1 is recorded.");
        }

        if (_ladder.IsExhausted)
        {
            notes.Add("Processes of the run could not be ended, not even by force.");
        }

        if (recorder?.IsCutShort == true)
        {
            notes.Add("Something that the program started still holds its output open; what it writes from now on is not recorded.");
        }

        if (recorder?.Fault is { } fault)
        {
            notes.Add($"The output is recorded only in part, because it could not be written: {fault.Message}");
        }

        if (recorder?.LineFault is { } lineFault)
        {
            notes.Add($"Lines of the output were no longer read for scalars: {lineFault.Message}");
        }
    }

    // The program runs, or ran: whatever happens to the disk, it is waited for, and its end is reported.
    private void Try(Action write, string what, List<string> notes)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notes.Add($"The record of run {_run.Directory.Id} does not say {what}: {e.Message}");
        }
    }
}
