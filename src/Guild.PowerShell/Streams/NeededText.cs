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

    /// <summary>Tells that a run is not made, because one is there already.</summary>
    public static void Tell(Cmdlet cmdlet, RunPlan plan, Run there) => cmdlet.WriteInformation(
        new HostInformationMessage { Message = $"Operation '{plan.FullName}' is not run, because run {there.ShortId} has the same flags, source code and resources." },
        ["PSHOST", "GuildNote"]);
}
