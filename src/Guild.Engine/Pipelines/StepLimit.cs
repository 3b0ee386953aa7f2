namespace Guild.Engine.Pipelines;

/// <summary>Ends a step when it has taken as long as it may: <c>stop-after</c>, in minutes.</summary>
internal sealed class StepLimit : IDisposable
{
    // A timer takes no longer time.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _source;
    private readonly PipelineStep _step;
    private readonly CancellationToken _terminate;
    private readonly PipelineOutput _output;

    public StepLimit(PipelineStep step, PipelineOutput output, CancellationToken terminate)
    {
        (_step, _terminate, _output) = (step, terminate, output);
        _source = CancellationTokenSource.CreateLinkedTokenSource(terminate);
    }

    /// <summary>Begins to count. There is a run by now, whose record says that it was ended.</summary>
    public void Start()
    {
        if (_step.Definition.StopAfterMinutes is { } minutes and >= 0 && TimeSpan.FromMinutes(Math.Min(minutes, Longest.TotalMinutes)) is var limit && limit < Longest)
        {
            _source.Token.Register(() =>
            {
                if (!_terminate.IsCancellationRequested)
                {
                    _output.Log("INFO", FormattableString.Invariant($"stopping {_step.Definition.Name} early - {minutes} minute(s) elapsed"));
                }
            });
            _source.CancelAfter(limit);
        }
    }

    /// <summary>Cancelled when the step is to be ended.</summary>
    public CancellationToken Terminate => _source.Token;

    public void Dispose() => _source.Dispose();
}
