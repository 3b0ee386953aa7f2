namespace Guild.Engine.Execution;

/// <summary>Runs the program of a run from its start to its end, stops it when asked to, and keeps the record of it.</summary>
public sealed class RunSupervisor
{
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
        _ladder = new StopLadder(program.Tree, run.StopTimes, run.Clock) { Patience = run.Patience };
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
        var marks = new RunMarks(run.Directory, run.Clock) { IsNew = run.IsNew };
        using var terminal = run.Program.InheritsInput ? TerminalMode.ForProgram() : null;
        Guarded(run, marks, marks.Begin);
        if (run.PreProcess is { } preparation)
        {
            var prepared = RunProgram(run with { Program = preparation, LineSink = null, OutputEnded = null, Metrics = null, IsStoppable = false }, marks, events, stop);
            if (prepared.ExitStatus != 0 || prepared.StopRequest != StopStep.None)
            {
                return EndUnprepared(run, marks, prepared, events);
            }
        }

        return End(run, marks, RunProgram(run, marks, events, stop), events);
    }

    private static RunOutcome RunProgram(SupervisedRun run, RunMarks marks, IEventSink events, StopTokens stop)
    {
        SpawnedProgram? program = null;
        ProgramException? fault = null;
        Guarded(run, marks, () =>
        {
            try
            {
                program = SpawnedProgram.Start(run.Program);
            }
            catch (ProgramException e)
            {
                fault = e;
                marks.WriteFault(e);
            }
        });
        if (program is null)
        {
            return new RunOutcome { ExitStatus = 1, StartError = fault, Duration = TimeSpan.Zero };
        }

        using (program)
        {
            return new RunSupervisor(run, program, marks).Supervise(events, stop);
        }
    }

    private static void Guarded(SupervisedRun run, RunMarks marks, Action begin)
    {
        try
        {
            begin();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            marks.Abandon();
            throw new HomeException(
                run.Directory.Path,
                $"The run '{run.Directory.Id}' cannot be started, because its record cannot be written: {e.Message}",
                "See that the disk has room and that you may write to the folder.",
                e);
        }
    }

    private static RunOutcome EndUnprepared(SupervisedRun run, RunMarks marks, RunOutcome prepared, IEventSink events)
    {
        var notes = prepared.Notes.ToList();
        if (prepared.StartError is null)
        {
            Try(run, () => marks.WriteAsError($"The pre-process of the operation {RunNotes.HowItEnded(prepared)}, so its program was not started."), "why it was not started", notes);
        }

        // A pre-process that ends well in spite of being stopped is not a run that completed.
        var status = prepared.ExitStatus == 0 ? -Posix.SigInt : prepared.ExitStatus;
        return End(run, marks, prepared with { ExitStatus = status, Notes = notes }, events);
    }

    private static RunOutcome End(SupervisedRun run, RunMarks marks, RunOutcome outcome, IEventSink events)
    {
        var notes = outcome.Notes.ToList();
        var duration = TimeSpan.Zero;
        HomeException? error = null;
        try
        {
            duration = marks.End(outcome.ExitStatus, notes, run.IsDurable ? RecordWrite.Durable : RecordWrite.Plain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = run.Directory.HasAttribute(RunMarks.ExitStatusAttribute) ? null : RunNotes.NotRecorded(run.Directory, outcome, e);
            notes.AddRange(error is null ? [RunNotes.Incomplete(run.Directory, "all of its end", e)] : []);
        }

        foreach (var note in notes.Where(note => !outcome.Reported.Contains(note, StringComparer.Ordinal)))
        {
            events.Report(new WarningEvent(note));
        }

        return outcome with { Duration = duration, Notes = notes, RecordError = error };
    }

    private RunOutcome Supervise(IEventSink events, StopTokens stop)
    {
        var notes = new List<string>();
        Try(_run, () => _marks.ProgramStarted(_program), "that it runs", notes);
        using var recorder = OpenRecorder(events);
        using var watch = ProgramWatch.Of(_program, recorder, stop);
        _run.Metrics?.Start(_program.Tree);
        EndIfMarked();
        WaitToEnd(watch);
        _run.Metrics?.Finish();
        recorder?.Finish();
        Try(_run, () => _run.OutputEnded?.Invoke(), "all of its scalars", notes);
        var exit = _program.Ended ?? new ProgramExit(null, Posix.SigKill);
        AddNotes(notes, recorder, exit);
        var measured = _run.Metrics?.Notes ?? [];
        notes.AddRange(measured);
        return new RunOutcome
        {
            ExitStatus = StatusOf(exit),
            Exit = exit,
            StopRequest = _ladder.First,
            HardestStep = _ladder.Current,
            Duration = TimeSpan.Zero,
            Notes = notes,
            Reported = [.. recorder?.Fault is { } fault ? [RunNotes.OutputInPart(_run.Directory, fault)] : Array.Empty<string>(), .. measured],
        };
    }

    // That nothing more is recorded must be heard of when it happens: the program may run for days yet.
    private OutputRecorder? OpenRecorder(IEventSink events)
    {
        if (_run.Program.InheritsOutput)
        {
            return null;
        }

        var file = new OutputFile(_run.Directory.OutputPath, _run.Directory.OutputIndexPath, _run.Clock, fault => events.Report(new WarningEvent(RunNotes.OutputInPart(_run.Directory, fault)))) { Copy = _run.Copy };
        var lines = _run.LineSink is null ? null : new OutputLineReader(_run.LineSink, _run.LineMark);
        return new OutputRecorder(_program, file, lines, _run.Clock);
    }

    // Who asked for the end while the program was being started could not know of it: it was not in the record yet.
    private void EndIfMarked()
    {
        if (StopMark.IsThere(_run.Directory))
        {
            StopMark.Clear(_run.Directory);
            _ladder.Request(StopStep.Terminate);
        }
    }

    // After a program that ended by itself, what it left running is left alone. After one that was stopped, nothing may be left.
    private void WaitToEnd(ProgramWatch watch)
    {
        while ((_program.Ended is null || (_ladder.IsStopping && !_program.Tree.IsEmpty())) && !_ladder.IsExhausted)
        {
            if (watch.Wait(_ladder.IsStopping ? StopLadder.PollTime : _run.RenewalPeriod) is var asked and not StopStep.None)
            {
                _ladder.Request(asked);
            }

            _ladder.Advance();
            RenewInTime();
        }
    }

    private void RenewInTime()
    {
        if (_run.Clock.GetElapsedTime(_renewed) < _run.RenewalPeriod)
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
            notes.Add(RunNotes.OutputInPart(_run.Directory, fault));
        }

        if (recorder?.LineFault is { } lineFault)
        {
            notes.Add($"Lines of the output were no longer read for scalars: {lineFault.Message}");
        }
    }

    // The program runs, or ran: whatever happens to the disk, it is waited for, and its end is reported.
    private static void Try(SupervisedRun run, Action write, string what, List<string> notes)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notes.Add(RunNotes.Incomplete(run.Directory, what, e));
        }
    }
}
