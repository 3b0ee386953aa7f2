using System.Management.Automation;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Streams;

/// <summary>Says why a run is needed, or not, in words.</summary>
internal static class NeededText
{
    /// <summary>The reason, as scripts compare it.</summary>
    public static string Of(NeededReason reason) => reason switch
    {
        NeededReason.New => "new",
        NeededReason.FlagChanged => "flag changed",
        NeededReason.SourceChanged => "source changed",
        NeededReason.ResourceChanged => "resource changed",
        NeededReason.UpstreamChanged => "upstream changed",
        NeededReason.CheckFailed => "check failed",
        NeededReason.UpToDate => "up to date",
        _ => "unknown",
    };

    /// <summary>Why something is run or not, for people: <c>flag changed: lr: 0.1 → 0.2</c>, <c>up to date, not run</c>.</summary>
    /// <param name="reason">The reason, as scripts compare it.</param>
    /// <param name="detail">What differs, or null.</param>
    /// <param name="fate">What becomes of it if it is up to date.</param>
    public static string Told(string reason, string? detail, UpToDateFate fate) => reason == Of(NeededReason.UpToDate)
        ? $"{reason}, {(fate == UpToDateFate.Run ? "run all the same" : "not run")}"
        : detail is null ? reason : $"{reason}: {detail}";

    /// <summary>Tells that a run is not made, because one is there already.</summary>
    public static void Tell(Cmdlet cmdlet, RunPlan plan, Run there) => cmdlet.WriteInformation(
        new HostInformationMessage { Message = $"Operation '{plan.FullName}' is not run, because run {there.ShortId} has the same flags, source code and resources." },
        ["PSHOST", "GuildNote"]);
}

/// <summary>What becomes of a step or a trial of which a run is there already.</summary>
internal enum UpToDateFate
{
    /// <summary>It is run once more.</summary>
    Run,

    /// <summary>The run that is there stands for it.</summary>
    Skipped,
}
