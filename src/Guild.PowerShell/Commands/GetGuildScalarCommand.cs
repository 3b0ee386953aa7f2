using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Gets the values that runs logged, one by one as they are read, or what they come to.</summary>
[Cmdlet(VerbsCommon.Get, "GuildScalar", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(GuildScalar), typeof(GuildScalarSummary))]
public sealed class GetGuildScalarCommand : RunPartCommand
{
    private ScalarNames? _names;

    /// <summary>Names of scalars; wildcards are allowed. A name without <c>#</c> also means scalars of that name in folders.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ScalarCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>Gives one object a scalar, with its first, last, smallest and greatest value, mean, sum and count.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override bool NeedsNewest => false;

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        _names ??= new ScalarNames(Name);
        if (Summary)
        {
            foreach (var summary in run.Record.Scalars.Values.Where(s => _names.Mean(s.Name)))
            {
                WriteObject(new GuildScalarSummary(run.Id, summary));
            }

            return;
        }

        // Of the many values of one name only the first is matched.
        var meant = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var point in RunScalars.Read(run.Path))
        {
            StopToken.ThrowIfCancellationRequested();
            if (!meant.TryGetValue(point.Tag, out var isMeant))
            {
                meant.Add(point.Tag, isMeant = _names.Mean(point.Tag));
            }

            if (isMeant)
            {
                WriteObject(new GuildScalar(run.Id, point));
            }
        }
    }
}
