using System.Management.Automation;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Streams;

/// <summary>Shows what a program prints while it runs, by reading the record back: recording never waits for display.</summary>
internal sealed class RunDisplay : IDisposable
{
    private const string OutputTag = "GuildOutput";
    private const string ErrorTag = "GuildError";

    // In one turn, so that events and a stop are not kept waiting.
    private const int MostPortions = 16;

    // Nobody reads what scrolls by at megabytes a second, and showing it would take the processor from the program. What is small is shown whole.
    private static readonly OutputFollowing Following = new() { PortionBytes = 16 * 1024, SkipBytes = 512 * 1024 };

    private readonly Cmdlet _cmdlet;
    private OutputFollower? _follower;
    private OutputFollower? _trial;

    private RunDisplay(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
    }

    /// <summary>A display, or null where nobody would see it.</summary>
    public static RunDisplay? For(PSCmdlet cmdlet, bool isQuiet)
    {
        var preference = cmdlet.MyInvocation.BoundParameters.TryGetValue("InformationAction", out var bound)
            ? bound
            : cmdlet.GetVariableValue("InformationPreference");
        return isQuiet || string.Equals(preference?.ToString(), nameof(ActionPreference.Ignore), StringComparison.OrdinalIgnoreCase) ? null : new RunDisplay(cmdlet);
    }

    /// <summary>True to show what the trials of a batch print. Of trials that run side by side nobody could tell the lines apart, so there only the batch itself is shown.</summary>
    public bool ShowsTrials { get; set; }

    /// <summary>Names the run to show, and where in its output that begins which is to be shown.</summary>
    public void Open(RunDirectory directory, long start) =>
        _follower ??= new OutputFollower(directory, Following with { Start = start }) { End = ShowsTrials ? start : long.MaxValue };

    /// <summary>Names the trial of the batch that runs now.</summary>
    /// <param name="directory">The trial.</param>
    /// <param name="start">Where in its output that begins which is to be shown.</param>
    /// <param name="batchEnd">Where in the output of the batch that ends which is to be shown before.</param>
    public void OpenTrial(RunDirectory directory, long start, long batchEnd)
    {
        if (ShowsTrials)
        {
            CloseTrial(batchEnd);
            _trial = new OutputFollower(directory, Following with { Start = start });
        }
    }

    /// <summary>Shows all that is left of a trial when it has ended, and then what the batch says of its end.</summary>
    public void CloseTrial(long batchEnd)
    {
        if (_trial is not null)
        {
            Finish(_trial);
            _trial.Dispose();
            _trial = null;
        }

        // A trial that is over in no time is looked at when the next one has begun already: what the batch says of that one comes later.
        if (ShowsTrials && _follower is not null)
        {
            _follower.End = batchEnd;
            Take(_follower, MostPortions);
        }
    }

    /// <summary>Shows what has come since the last call.</summary>
    public void Update()
    {
        if (_follower is not null)
        {
            Take(_follower, MostPortions);
        }

        if (_trial is not null)
        {
            Take(_trial, MostPortions);
        }
    }

    /// <summary>Shows all that is left when the program has ended.</summary>
    public void Finish()
    {
        CloseTrial(long.MaxValue);
        if (_follower is not null)
        {
            Finish(_follower);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _follower?.Dispose();
        _trial?.Dispose();
    }

    private void Finish(OutputFollower follower)
    {
        Take(follower, int.MaxValue);
        Show(follower.Finish());
    }

    // What comes steadily is shown as it comes; of a flood there is a little now and then.
    private void Take(OutputFollower follower, int portions)
    {
        OutputPortion portion;
        do
        {
            portion = follower.Next();
            Show(portion);
            portions--;
        }
        while (portion.HasMore && portion.SkippedLines == 0 && portions > 0);
    }

    private void Show(OutputPortion portion)
    {
        if (portion.SkippedLines > 0)
        {
            _cmdlet.WriteWarning($"{portion.SkippedLines} lines of output were not shown, because they came faster than they could be. The record has them all.");
        }

        foreach (var piece in portion.Pieces)
        {
            var message = new HostInformationMessage { Message = piece.Text, NoNewLine = !piece.EndsLine };
            _cmdlet.WriteInformation(message, ["PSHOST", piece.Stream == OutputStreamKind.Error ? ErrorTag : OutputTag]);
        }
    }
}
